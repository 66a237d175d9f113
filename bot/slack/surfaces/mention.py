"""Mentions in a channel: answered in the thread, which starts at the mention unless it stands in one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.async_app import AsyncApp, AsyncBoltContext

from bot.slack.tickets import incoming
from bot.slack.work.desk import Desk


def register(app: AsyncApp, desk: Desk) -> None:
    """Listen to mentions of the bot."""

    async def mentioned(
        event: dict[str, Any],
        body: dict[str, Any],
        context: AsyncBoltContext,
        next_: Callable[[], Awaitable[None]],
    ) -> None:
        if incoming.asks(event):
            await desk.keep(incoming.ticket(event, body, context.bot_user_id))
        await next_()

    async def acknowledged() -> None:
        return

    app.event("app_mention", middleware=[mentioned])(acknowledged)
