"""The workspace takes the bot out: everything that was kept of it goes."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

from slack_bolt.async_app import AsyncApp

from bot.memory.retention import erase
from bot.slack.work.desk import Desk

log = logging.getLogger(__name__)


def register(app: AsyncApp, desk: Desk) -> None:
    """Listen to the app being uninstalled, and to its token being taken back."""

    async def uninstalled() -> None:
        log.warning("The app was uninstalled: erasing what was kept of the workspace")
        await asyncio.to_thread(erase, desk.path.memory.engine)

    async def revoked(event: dict[str, Any]) -> None:
        if (event.get("tokens") or {}).get("bot"):
            await uninstalled()

    app.event("app_uninstalled")(uninstalled)
    app.event("tokens_revoked")(revoked)
