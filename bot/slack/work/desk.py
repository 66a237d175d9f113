"""One question from Slack: kept, acknowledged, and put in its turn; or stopped."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Hashable
from dataclasses import dataclass
from functools import partial

from bot.memory.inbox import STOPPED, WITHDRAWN
from bot.slack.tickets.ticket import Ticket
from bot.slack.work.lanes import Job
from bot.slack.work.turns import Turns
from bot.slack.work.ways import way_out

log = logging.getLogger(__name__)

KEPT_BY = 2.0
"""Seconds that keeping a question may hold up its acknowledgement, of which Slack waits three."""


@dataclass(frozen=True)
class Desk(Turns):
    """What every surface shares: it takes questions, and lets go of them."""

    async def keep(self, ticket: Ticket) -> None:
        """Keep the question and put it in its thread's lane: what is acknowledged after this is answered.

        A memory that is slow or down does not hold up the acknowledgement for long: the question is then
        answered all the same, but would not survive a crash before it is kept.
        """
        kept = self.at_once(lambda: self._take(ticket))
        self.lanes.put((ticket.channel, ticket.thread), lambda: self._work(ticket, kept))
        await asyncio.wait({kept}, timeout=KEPT_BY)

    def later(self, lane: Hashable, job: Job) -> None:
        """Do something after its acknowledgement, in its turn; the process does not end before it is done."""
        self.lanes.put(lane, job)

    async def stop(self, channel: str, thread: str, user: str | None = None) -> None:
        """End the work on a thread's questions, or on those of one person there; who works on one says so."""
        for ticket in await self.at_once(lambda: self.inbox.open_in(channel, thread, user)):
            await self.end(ticket, STOPPED)

    async def stop_older(self, source: str, *, open_edits: bool) -> None:
        """End the work on what a message asked; where it was edited, on all but what it says now. Nothing is said."""
        tickets = await self.at_once(lambda: self.inbox.open_of_source(source))
        for ticket in tickets[:-1] if open_edits else tickets:
            await self.end(ticket, WITHDRAWN)

    async def resume(self) -> None:
        """Take over the questions of processes that are gone."""
        for channel, thread in await self.at_once(self.inbox.abandoned):
            log.info("Taking over questions in %s", channel)
            self.lanes.put((channel, thread), partial(self.clear, channel, thread))

    def _take(self, ticket: Ticket) -> bool:
        return self.inbox.take(
            ticket.id,
            ticket.keys,
            channel=ticket.channel,
            thread=ticket.thread,
            user=ticket.user,
            source=ticket.source,
            work=ticket.work(),
        )

    async def _work(self, ticket: Ticket, kept: asyncio.Future[bool]) -> None:
        try:
            if await kept:
                await self.clear(ticket.channel, ticket.thread)
        except Exception as error:  # noqa: BLE001 - the asker gets a sentence, whatever failed
            await self.failed(error, way_out(self.client, self.pace, ticket))
