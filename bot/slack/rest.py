"""All other events: acknowledged and left alone. Unacknowledged, Slack would send each three times more."""

from __future__ import annotations

import re

from slack_bolt.async_app import AsyncApp

from bot.slack.desk import Desk


def register(app: AsyncApp, _desk: Desk) -> None:
    """Listen to whatever no other surface does; registered last, for Bolt asks listeners in order."""

    async def unheard() -> None:
        return

    app.event(re.compile(".*"))(unheard)
