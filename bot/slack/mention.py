"""Mentions in a channel: answered in the thread, which starts at the mention unless it stands in one."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncApp, AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack import incoming, replies
from bot.slack.desk import Desk


def register(app: AsyncApp, desk: Desk) -> None:
    """Listen to mentions of the bot."""

    async def mentioned(
        event: dict[str, Any], body: dict[str, Any], client: AsyncWebClient, context: AsyncBoltContext
    ) -> None:
        if incoming.asks(event):
            replies.take(desk, client, context.bot_user_id, event, body)

    app.event("app_mention")(mentioned)
