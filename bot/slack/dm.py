"""Direct messages: every message at the top level starts a thread, and is answered in it."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncApp, AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack import incoming, replies
from bot.slack.desk import Desk


def register(app: AsyncApp, desk: Desk) -> None:
    """Listen to direct messages. Edits, deletions and what bots say go unanswered, but are acknowledged."""

    async def heard(
        event: dict[str, Any], body: dict[str, Any], client: AsyncWebClient, context: AsyncBoltContext
    ) -> None:
        if event.get("channel_type") == "im" and incoming.asks(event):
            replies.take(desk, client, context.bot_user_id, event, body)

    app.event("message")(heard)
