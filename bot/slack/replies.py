"""A message that asks -> a ticket for an answer in its thread. What DMs and mentions have in common."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.slack import incoming
from bot.slack.desk import Desk, Ticket
from bot.slack.outlets import in_thread
from bot.slack.signs import status


def take(
    desk: Desk,
    client: AsyncWebClient,
    bot_user: str | None,
    event: Mapping[str, Any],
    body: Mapping[str, Any],
) -> None:
    """Take the question in a message, to be answered in its thread."""
    channel, thread = str(event["channel"]), incoming.thread(event)
    desk.take(
        Ticket(
            question=incoming.question(event, bot_user),
            keys=incoming.keys(event, body),
            outlet=in_thread(client, desk.pace, channel=channel, thread=thread),
            sign=status(client, channel=channel, thread=thread, ts=str(event["ts"]), after=desk.sign_after),
        )
    )
