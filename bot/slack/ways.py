"""A ticket -> the way its answer goes out, its sign of life, and what of its answer stands already."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.growing import Note, stop_stream
from bot.slack.outlets import Outlet, aside, either, to_asker
from bot.slack.pace import Pace, TryLaterError
from bot.slack.signs import Sign, status, word
from bot.slack.threads import MARK, in_thread
from bot.slack.ticket import Ticket

log = logging.getLogger(__name__)

REPEATED = "I was restarted while I answered this, so it may stand here twice."
WORD_AFTER = 3.0
"""Seconds after which who asked alone is told that work goes on: that sentence stays, so it is not said early."""


def way_out(
    client: AsyncWebClient,
    pace: Pace,
    ticket: Ticket,
    *,
    standing: Sequence[str] = (),
    note: Note | None = None,
    live: bool = False,
) -> Outlet:
    """Into the thread that asked; for what was asked alone to the asker alone, at last in a direct message.

    ``live``: the answer may grow while it is made. In channels it does not: Slack streams to one person only, and
    others' answers wait for their turn to post there.
    """
    if not ticket.response_url:
        where = {"channel": ticket.channel, "thread": ticket.root, "ticket": ticket.id}
        grows = live and ticket.channel.startswith("D")
        return in_thread(client, pace, **where, standing=standing, note=note, live=grows)
    direct = in_thread(client, pace, channel=ticket.user, thread="", ticket=ticket.id)
    return either(to_asker(ticket.response_url, pace), direct)


def way_aside(client: AsyncWebClient, pace: Pace, ticket: Ticket) -> Outlet:
    """To the asker alone: where they asked, or in a direct message where Slack cannot show it there.

    A mention at the top of a channel is answered at the top: in a thread that nobody opened it would not be seen.
    """
    thread = ticket.root if ticket.in_thread else ""
    there = aside(client, pace, channel=ticket.channel, thread=thread, user=ticket.user)
    return either(there, in_thread(client, pace, channel=ticket.user, thread="", ticket=ticket.id))


def sign_of(client: AsyncWebClient, pace: Pace, ticket: Ticket, *, after: float) -> Sign:
    """Slack's status in a thread; one sentence to who asked alone."""
    if ticket.response_url:
        return word(to_asker(ticket.response_url, pace), after=WORD_AFTER)
    return status(client, channel=ticket.channel, thread=ticket.root, ts=ticket.ts, after=after)


async def found(client: AsyncWebClient, ticket: Ticket) -> tuple[str, ...] | None:
    """The messages in the thread that answer this ticket, in order; None where Slack does not let us look."""
    if ticket.response_url:
        return None
    try:
        parts: list[Mapping[str, Any]] = []
        async for page in await client.conversations_replies(
            channel=ticket.channel, ts=ticket.root, include_all_metadata=True, limit=200
        ):
            parts += [one for one in page["messages"] if _of(one) == ticket.id]
    except SlackApiError as error:
        log.info("A thread cannot be looked at: %s", error.response.get("error"))
        return None
    parts.sort(key=lambda one: int(one["metadata"]["event_payload"].get("part", 0)))
    return tuple(str(one["ts"]) for one in parts)


async def begun(client: AsyncWebClient, ticket: Ticket, sent: Sequence[str]) -> None:
    """End what grew when a process was killed: a message that streams cannot be changed."""
    for ts in sent:
        try:
            await stop_stream(client, ticket.channel, ts)
        except (SlackApiError, TryLaterError) as error:
            log.info("A message of an earlier process does not end: %s", error)


def _of(message: Mapping[str, Any]) -> str | None:
    mark = message.get("metadata") or {}
    return mark.get("event_payload", {}).get("ticket") if mark.get("event_type") == MARK else None
