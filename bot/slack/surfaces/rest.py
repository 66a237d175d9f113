"""All else: events are acknowledged and left alone, or Slack would send each three times more; old buttons say so."""

from __future__ import annotations

import re
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond

from bot.slack.surfaces.pressed import tell
from bot.slack.work.desk import Desk


def register(app: AsyncApp, _desk: Desk) -> None:
    """Listen to whatever no other surface does; registered last, for Bolt asks listeners in order."""

    async def unheard() -> None:
        return

    async def old(ack: AsyncAck, body: dict[str, Any], respond: AsyncRespond) -> None:
        await ack()
        await tell(body, respond)

    app.event(re.compile(".*"))(unheard)
    app.action(re.compile(".*", re.DOTALL))(old)
