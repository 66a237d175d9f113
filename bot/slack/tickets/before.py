"""What people said in a thread before the bot was called into it, where the operator lets it read whole channels."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.audience.places import is_direct
from bot.slack.layout.text import spoken
from bot.slack.tickets.people import People
from bot.slack.tickets.ticket import Ticket

log = logging.getLogger(__name__)

SCOPES = {"public": "channels:history", "private": "groups:history", "group": "mpim:history"}
"""What it takes to read a thread in each kind of place: see ``manifest``, whole channels."""
MESSAGES, CHARACTERS = 50, 3_000
"""The most that is read."""
WITHIN = 2.0
"""Seconds that reading it may hold up an answer, which goes on without it."""


async def said_before(people: People, ticket: Ticket) -> str:
    """The words of people in the thread, the newest last; empty where there are none or they may not be read."""
    if not ticket.in_thread or ticket.response_url or is_direct(ticket.channel):
        return ""
    scope = SCOPES.get((await people.room(ticket.channel)).kind)
    if scope is None or scope not in await people.scopes():
        return ""
    try:
        async with asyncio.timeout(WITHIN):
            page = await people.client.conversations_replies(
                channel=ticket.channel, ts=ticket.root, latest=ticket.ts, limit=MESSAGES
            )
    except (SlackApiError, aiohttp.ClientError, TimeoutError) as error:
        log.info("What was said before cannot be read: %s", type(error).__name__)
        return ""
    said = [spoken(str(one.get("text") or ""), None) for one in page["messages"] if _persons(one, ticket)]
    return "\n".join(said)[-CHARACTERS:]


def _persons(message: Mapping[str, Any], ticket: Ticket) -> bool:
    return "bot_id" not in message and not message.get("subtype") and str(message.get("ts")) < ticket.ts
