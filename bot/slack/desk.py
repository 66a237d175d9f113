"""One question from Slack: kept, acknowledged, answered in its turn and delivered; or a sentence with an id."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Hashable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from uuid import uuid4

from slack_sdk.web.async_client import AsyncWebClient

from bot.leading import Show
from bot.memory.inbox import Busy, Entry, Inbox
from bot.slack.delivery import deliver
from bot.slack.growing import Note
from bot.slack.lacks import Lacks
from bot.slack.lanes import Job, Lanes
from bot.slack.opening import opened
from bot.slack.outlets import Outlet
from bot.slack.pace import Pace
from bot.slack.serving import OPERATORS, Path, Reply
from bot.slack.signs import Sign, shown
from bot.slack.standing import REPEATED, standing
from bot.slack.stopping import given_up_when_cancelled
from bot.slack.ticket import Ticket, ticket_of
from bot.slack.ways import recipient_of, sign_of, way_aside, way_out
from bot.slack.written import said

log = logging.getLogger(__name__)

FAILED = (
    "Something went wrong on my side, so I have no answer. It is logged as `{id}`: "
    "ask again, and if it happens again, give that id to whoever runs me."
)
UNREADABLE = (
    "I cannot read the company's data, so I have no answer. It is logged as `{id}`: "
    "whoever runs me finds the reason there."
)
KEPT_BY = 2.0
"""Seconds that keeping a question may hold up its acknowledgement, of which Slack waits three."""
LOOK_AGAIN = 0.2
"""Seconds between two looks at a thread on which another process works."""


@dataclass(frozen=True)
class Desk:
    """What every surface shares.

    ``path`` answers a question, ``inbox`` keeps those that were acknowledged. ``patience`` is how many
    seconds an answer may take, ``sign_after`` when a sign of life is due; ``lacks`` is what the workspace takes not.
    """

    path: Path
    inbox: Inbox
    client: AsyncWebClient
    lanes: Lanes
    pace: Pace
    patience: float = 120.0
    sign_after: float = 0.3
    lacks: Lacks = field(default_factory=Lacks)
    _hands: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(2, "inbox"))
    """Threads of their own, so that no answer in the making holds up an acknowledgement."""
    _working: dict[str, asyncio.Task[Reply]] = field(default_factory=dict)

    async def keep(self, ticket: Ticket) -> None:
        """Keep the question and put it in its thread's lane: what is acknowledged after this is answered.

        A memory that is slow or down does not hold up the acknowledgement for long: the question is then
        answered all the same, but would not survive a crash before it is kept.
        """
        loop = asyncio.get_running_loop()
        kept = loop.run_in_executor(self._hands, self._take, ticket)
        self.lanes.put((ticket.channel, ticket.thread), lambda: self._work(ticket, kept))
        await asyncio.wait({kept}, timeout=KEPT_BY)

    def later(self, lane: Hashable, job: Job) -> None:
        """Do something after its acknowledgement, in its turn; the process does not end before it is done."""
        self.lanes.put(lane, job)

    async def stop(self, channel: str, thread: str) -> None:
        """End the work on a thread's questions; nothing is said about it."""
        for ticket in await asyncio.to_thread(self.inbox.open_in, channel, thread):
            await self._end(ticket)

    async def stop_older(self, source: str, *, open_edits: bool) -> None:
        """End the work on what a message asked; where it was edited, on all but what it says now."""
        tickets = await asyncio.to_thread(self.inbox.open_of_source, source)
        for ticket in tickets[:-1] if open_edits else tickets:
            await self._end(ticket)

    async def resume(self) -> None:
        """Take over the questions of processes that are gone."""
        for channel, thread in await asyncio.to_thread(self.inbox.abandoned):
            log.info("Taking over questions in %s", channel)
            self.lanes.put((channel, thread), lambda c=channel, t=thread: self._clear(c, t))  # type: ignore[misc]

    async def _end(self, ticket: str) -> None:
        await asyncio.to_thread(self.inbox.close, ticket, "stopped")
        if task := self._working.get(ticket):
            task.cancel()

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
                await self._clear(ticket.channel, ticket.thread)
        except Exception as error:  # noqa: BLE001 - the asker gets a sentence, whatever failed
            await self._failed(error, way_out(self.client, self.pace, ticket))

    async def _clear(self, channel: str, thread: str) -> None:
        """Answer what is open in a thread, the oldest first, until nothing is."""
        while entry := await asyncio.to_thread(self.inbox.next, channel, thread):
            if isinstance(entry, Busy):
                await asyncio.sleep(LOOK_AGAIN)
            elif (ticket := ticket_of(entry)).form:
                await self._open(ticket)
            else:
                await self._serve(entry)

    async def _open(self, ticket: Ticket) -> None:
        """Ask what a form asks in a message of its own, in whose thread it is answered then."""
        try:
            there = await opened(self.client, self.pace, self.path, ticket)
        except Exception as error:  # noqa: BLE001 - the asker gets a sentence, whatever failed
            await self._failed(error, way_out(self.client, self.pace, ticket))
            await asyncio.to_thread(self.inbox.close, ticket.id, "failed")
            return
        where = {"channel": there.channel, "thread": there.thread}
        await asyncio.to_thread(lambda: self.inbox.move(ticket.id, **where, work=there.work()))
        self.lanes.put((there.channel, there.thread), lambda: self._clear(**where))

    async def _serve(self, entry: Entry) -> None:
        """Answer one question. Only when the process ends does it stay open, for the next one."""
        ticket = ticket_of(entry)
        own, _ = await self.path.people.me()
        there, sure = await standing(self.client, self.inbox, entry, ticket, own)
        live = self.path.live is not None
        outlet = way_out(
            self.client,
            self.pace,
            ticket,
            standing=there,
            note=self._note(ticket),
            begin=lambda: asyncio.to_thread(self.inbox.begin, ticket.id),
            live=live,
            recipient=await recipient_of(self.path.people, ticket) if live else None,
        )
        try:
            reply = await self._answered(ticket, outlet.show)
            if reply is None and outlet.stop is not None:
                await outlet.stop()
            if reply and reply.public:
                await deliver(outlet, reply.public if sure else [*reply.public, *said(REPEATED)], self.lacks)
            if reply and reply.alone:
                await deliver(way_aside(self.client, self.pace, ticket), reply.alone, self.lacks)
        except Exception as error:  # noqa: BLE001 - the asker gets a sentence, whatever failed
            await self._failed(error, outlet)
            await asyncio.to_thread(self.inbox.close, ticket.id, "failed")
        else:
            await asyncio.to_thread(self.inbox.close, ticket.id)

    def _note(self, ticket: Ticket) -> Note:
        async def note(sent: Sequence[str]) -> None:
            await asyncio.to_thread(self.inbox.note_sent, ticket.id, sent)

        return note

    async def _answered(self, ticket: Ticket, show: Show | None) -> Reply | None:
        """The answer, or None where somebody stopped it."""
        task = asyncio.create_task(self._reply(ticket, show))
        self._working[ticket.id] = task
        try:
            await asyncio.wait({task})
            return None if task.cancelled() else task.result()
        finally:
            task.cancel()
            del self._working[ticket.id]

    async def _failed(self, error: Exception, outlet: Outlet) -> None:
        failure = uuid4().hex[:8]
        log.error("Question %s failed", failure, exc_info=error)
        sentence = UNREADABLE if isinstance(error, OPERATORS) else FAILED
        try:
            await deliver(outlet, said(sentence.format(id=failure)), self.lacks)
        except Exception:
            log.exception("Nor could that be told")

    async def _reply(self, ticket: Ticket, show: Show | None) -> Reply:
        sign: Sign = sign_of(self.client, self.pace, ticket, after=self.sign_after)
        async with shown(sign) as ending, asyncio.timeout(self.patience):
            with given_up_when_cancelled():
                reply = await self.path.reply(ticket, show)
            ending.answered = bool(reply.public or reply.alone)
            return reply
