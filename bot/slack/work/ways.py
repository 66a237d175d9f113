"""A ticket -> the way its answer goes out, for whom it grows there, and its sign of life."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.audience.places import is_direct
from bot.slack.sending.growing import Begin, Note
from bot.slack.sending.outlets import Outlet, aside, either, to_asker
from bot.slack.sending.pace import Pace
from bot.slack.sending.signs import Sign, status, word
from bot.slack.sending.threads import in_thread
from bot.slack.tickets.people import People
from bot.slack.tickets.ticket import Ticket

WORD_AFTER = 3.0
"""Seconds after which who asked alone is told that work goes on: that sentence stays, so it is not said early."""


def way_out(
    client: AsyncWebClient,
    pace: Pace,
    ticket: Ticket,
    *,
    standing: Sequence[str] = (),
    note: Note | None = None,
    begin: Begin | None = None,
    live: bool = False,
    recipient: Mapping[str, str] | None = None,
) -> Outlet:
    """Into the thread that asked; for what was asked alone to the asker alone, at last in a direct message.

    ``live``: the answer may grow while it is made; ``recipient`` says for whom, where it stands in a channel. What did
    not call the bot by name does not grow: it may come to nothing.
    """
    if not ticket.response_url:
        where = {"channel": ticket.channel, "thread": ticket.root, "ticket": ticket.id}
        grows = live and not ticket.quiet and (is_direct(ticket.channel) or bool(recipient))
        return in_thread(
            client,
            pace,
            **where,
            standing=standing,
            note=note,
            begin=begin,
            live=grows,
            recipient=recipient,
        )
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


async def recipient_of(people: People, ticket: Ticket) -> dict[str, str] | None:
    """For whom an answer in a channel grows: members of this workspace only; None where it does not."""
    if is_direct(ticket.channel) or ticket.response_url:
        return None
    if (await people.viewer(ticket.user)).kind != "member":
        return None
    try:
        _, team = await people.me()
    except (SlackApiError, aiohttp.ClientError, TimeoutError):
        return None  # the answer comes all the same
    return {"recipient_team_id": team, "recipient_user_id": ticket.user}
