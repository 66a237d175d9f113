"""What of an answer stands in Slack already: from before an edit, or from a process that was killed at it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.memory.inbox import Entry, Inbox
from bot.slack.sending.growing import stop_stream
from bot.slack.sending.meanings import code_of
from bot.slack.sending.pace import TryLaterError
from bot.slack.sending.threads import MARK
from bot.slack.tickets.people import UNREACHED
from bot.slack.tickets.ticket import Ticket

log = logging.getLogger(__name__)

REPEATED = "I was restarted while I answered this, so it may stand here twice."


async def standing(
    client: AsyncWebClient, inbox: Inbox, entry: Entry, ticket: Ticket, own: str
) -> tuple[tuple[str, ...], bool]:
    """Which messages hold an answer to this already, and whether that is all of them. ``own`` is the bot's own id."""
    if entry.resumed:
        return await _left(client, inbox, entry, ticket, own)
    if ticket.edits:
        earlier = await asyncio.to_thread(inbox.of_source, ticket.source, but=ticket.id)
        return (earlier.sent if earlier else (), True)
    return entry.sent, True


async def _left(
    client: AsyncWebClient, inbox: Inbox, entry: Entry, ticket: Ticket, own: str
) -> tuple[tuple[str, ...], bool]:
    """What a killed process left. A message that was growing is ended, so that it can be changed.

    One that was begun and never noted carries no mark: it is the bot's newest in the thread that answers nothing else.
    """
    seen = await _found(client, ticket, own)
    marked = seen.marked if seen else ()
    growing = tuple(one for one in entry.sent if one not in marked)
    if seen and entry.begun and not entry.sent:
        others = await asyncio.to_thread(inbox.sent_in, entry.channel, entry.thread)
        growing = tuple(one for one in seen.unmarked if one not in others)[-1:]
    await _end(client, ticket, growing)
    return (*marked, *growing), seen is not None


@dataclass(frozen=True)
class Found:
    """Messages in a thread: those that answer a ticket, in order, and later ones of the bot's without a mark."""

    marked: tuple[str, ...]
    unmarked: tuple[str, ...]


async def _found(client: AsyncWebClient, ticket: Ticket, own: str) -> Found | None:
    """What stands in the thread; None where Slack does not let us look."""
    if ticket.response_url:
        return None
    try:
        there: list[Mapping[str, Any]] = []
        async for page in await client.conversations_replies(
            channel=ticket.channel, ts=ticket.root, include_all_metadata=True, limit=200
        ):
            there += page["messages"]
    except SlackApiError as error:
        log.info("A thread cannot be looked at: %s", code_of(error))
        return None
    except UNREACHED as error:
        log.info("A thread cannot be looked at: %s", type(error).__name__)
        return None
    parts = [one for one in there if _of(one) == ticket.id]
    parts.sort(key=lambda one: int(one["metadata"]["event_payload"].get("part", 0)))
    mine = (one for one in there if one.get("user") == own and _of(one) is None)
    later = (str(one["ts"]) for one in mine if str(one["ts"]) > ticket.ts)
    return Found(tuple(str(one["ts"]) for one in parts), tuple(later))


async def _end(client: AsyncWebClient, ticket: Ticket, sent: Sequence[str]) -> None:
    """End what grew when a process was killed: a message that streams cannot be changed."""
    for ts in sent:
        try:
            await stop_stream(client, ticket.channel, ts)
        except (SlackApiError, TryLaterError) as error:
            log.info("A message of an earlier process does not end: %s", error)


def _of(message: Mapping[str, Any]) -> str | None:
    mark = message.get("metadata") or {}
    return mark.get("event_payload", {}).get("ticket") if mark.get("event_type") == MARK else None
