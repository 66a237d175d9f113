"""A form that was sent -> the message that says what it asks, whose thread it is answered in."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace

from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.layout.text import mrkdwn
from bot.slack.sending.meanings import told_what_it_means
from bot.slack.sending.pace import Pace
from bot.slack.tickets.incoming import HELP
from bot.slack.tickets.teams import Team, chosen, teams
from bot.slack.tickets.ticket import Ticket
from bot.slack.work.serving import Path
from metrics.model import Catalog

ROLE, COUNT, PERIOD, TEAM = "role", "count", "period", "team"
PERIODS = ("last quarter", "this quarter", "last month", "last year", "year to date")
COUNTS = (5, 10, 15, 20)


async def opened(client: AsyncWebClient, pace: Pace, path: Path, ticket: Ticket) -> Ticket:
    """Post what a form asks, and the ticket for it in the thread that this begins.

    A process that is killed right after leaves that message to be posted once more, as Slack tells nobody of it.

    Raises:
        UserError: the company's folder or data is at fault.
        TryLaterError: Slack kept asking to wait.
        SlackApiError: Slack refuses.
    """
    catalog = (await asyncio.to_thread(path.open)).catalog
    text, key = asked(ticket.form, catalog), ticket.form.get(TEAM)
    team = chosen(await offered(path, ticket.user), key) if key else None
    said = f"{text}, {team.value} only" if team else text
    posted: list[tuple[str, str]] = []

    async def post() -> None:
        with told_what_it_means():
            text_asked = f"You asked: {mrkdwn(said)}"
            root = await client.chat_postMessage(
                channel=ticket.user, text=text_asked, unfurl_links=False, unfurl_media=False
            )
        posted.append((str(root["channel"]), str(root["ts"])))

    await pace.post(ticket.user, post)
    channel, ts = posted[-1]
    groups = {team.dimension: team.value} if team else {}
    there = replace(ticket, channel=channel, thread=ts, root=ts, ts=ts)
    return replace(there, text=text, in_thread=True, groups=groups, form={})


async def offered(path: Path, user: str) -> list[Team]:
    """The teams that somebody may ask about where the form is answered: in their direct messages."""
    rights = await path.people.rights_alone(user)
    return await asyncio.to_thread(lambda: teams(path.open(), rights))


def asked(given: Mapping[str, str], catalog: Catalog) -> str:
    """The question that a filled-in form asks. Only what the form offered is taken from it."""
    if given[ROLE] not in catalog.roles:
        return HELP
    count = int(given[COUNT]) if given[COUNT] in {str(n) for n in COUNTS} else COUNTS[-1]
    period = given[PERIOD] if given[PERIOD] in PERIODS else PERIODS[0]
    return f"Top {count} metrics for the {catalog.role(given[ROLE]).name} {period}"
