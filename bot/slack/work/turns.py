"""The questions that were kept, in turn: each answered and delivered, or a sentence with an id in its place."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TypeVar
from uuid import uuid4

from slack_sdk.web.async_client import AsyncWebClient

from bot.leading import Show
from bot.memory.inbox import STOPPED, Busy, Entry, Inbox
from bot.slack.layout.written import said, small
from bot.slack.sending.delivery import deliver
from bot.slack.sending.growing import STOPPED_SAID, Note
from bot.slack.sending.lacks import Lacks
from bot.slack.sending.outlets import Outlet
from bot.slack.sending.pace import Pace
from bot.slack.sending.signs import Sign, shown
from bot.slack.tickets.ticket import Ticket, ticket_of
from bot.slack.work.lanes import Lanes
from bot.slack.work.opening import opened
from bot.slack.work.serving import OPERATORS, Path, Reply
from bot.slack.work.standing import REPEATED, standing
from bot.slack.work.stopping import given_up_when_cancelled
from bot.slack.work.ways import recipient_of, sign_of, way_aside, way_out

log = logging.getLogger(__name__)
T = TypeVar("T")

FAILED = (
    "Something went wrong on my side, so I have no answer. It is logged as `{id}`: "
    "ask again, and if it happens again, give that id to whoever runs me."
)
UNREADABLE = (
    "I cannot read the company's data, so I have no answer. It is logged as `{id}`: "
    "whoever runs me finds the reason there."
)
LOOK_AGAIN = 0.2
"""Seconds between two looks at a thread on which another process works."""


@dataclass(frozen=True)
class Turns:
    """Works on what the inbox keeps.

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
    _working: dict[str, asyncio.Task[Reply]] = field(default_factory=dict)

    _hands: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(2, "inbox"))
    _notes: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(2, "notes"))

    def at_once(self, look: Callable[[], T]) -> asyncio.Future[T]:
        """Ask the memory in threads of their own: no answer in the making holds up an acknowledgement or a stop."""
        return asyncio.get_running_loop().run_in_executor(self._hands, look)

    def _noted(self, look: Callable[[], T]) -> asyncio.Future[T]:
        """The same for how far the work on a question is, which in turn holds up no acknowledgement."""
        return asyncio.get_running_loop().run_in_executor(self._notes, look)

    async def end(self, ticket: str, how: str) -> None:
        """End the work on a question, in a way that the inbox has a word for."""
        await self.at_once(lambda: self.inbox.close(ticket, how))
        if task := self._working.get(ticket):
            task.cancel()

    async def let_go(self) -> None:
        """End the work on what was ended in another process: Slack tells one of them, not the one that works."""
        working = list(self._working)
        if working:
            for ticket in await self.at_once(lambda: self.inbox.ended(working)):
                if task := self._working.get(ticket):
                    task.cancel()

    async def clear(self, channel: str, thread: str) -> None:
        """Answer what is open in a thread, the oldest first, until nothing is."""
        while entry := await self._noted(lambda: self.inbox.next(channel, thread)):
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
            await self.failed(error, way_out(self.client, self.pace, ticket))
            await self._noted(lambda: self.inbox.close(ticket.id, "failed"))
            return
        where = {"channel": there.channel, "thread": there.thread}
        await self._noted(lambda: self.inbox.move(ticket.id, **where, work=there.work()))
        self.lanes.put((there.channel, there.thread), lambda: self.clear(**where))

    async def _serve(self, entry: Entry) -> None:
        """Answer one question. Only when the process ends does it stay open, for the next one."""
        ticket = ticket_of(entry)
        outlet = way_out(self.client, self.pace, ticket, note=self._note(ticket))
        try:
            there, sure = await self._standing(entry, ticket)
            outlet = await self._outlet(ticket, there)
            reply = await self._answered(ticket, outlet.show)
            if ended := await self._noted(lambda: self.inbox.ended([ticket.id])):
                await self._unsaid(reply)  # ended before the work began, or in another process
                reply = None
            if reply is None:
                pressed = ended.get(ticket.id) == STOPPED
                await self._stopped(outlet, told=pressed and not there and not ticket.quiet)
            if reply and reply.public:
                await deliver(outlet, reply.public if sure else [*reply.public, *said(REPEATED)], self.lacks)
            if reply and reply.alone:
                await deliver(way_aside(self.client, self.pace, ticket), reply.alone, self.lacks)
        except Exception as error:  # noqa: BLE001 - the asker gets a sentence, whatever failed
            await self.failed(error, outlet)
            await self._noted(lambda: self.inbox.close(ticket.id, "failed"))
        else:
            await self._noted(lambda: self.inbox.close(ticket.id))

    async def _standing(self, entry: Entry, ticket: Ticket) -> tuple[tuple[str, ...], bool]:
        """Which messages of an earlier attempt stand there, and whether that is sure."""
        own, _ = await self.path.people.me()
        return await standing(self.client, self.inbox, entry, ticket, own)

    async def _outlet(self, ticket: Ticket, there: tuple[str, ...]) -> Outlet:
        """The way out of an answer, over what stands there already."""
        live = self.path.live is not None
        return way_out(
            self.client,
            self.pace,
            ticket,
            standing=there,
            note=self._note(ticket),
            begin=lambda: self._noted(lambda: self.inbox.begin(ticket.id)),
            live=live,
            recipient=await recipient_of(self.path.people, ticket) if live else None,
        )

    async def _stopped(self, outlet: Outlet, *, told: bool) -> None:
        """End what is shown of an answer that is wanted no more; one line says so, where that is to be ``told``."""
        shown = outlet.stop is not None and await outlet.stop()
        if told and not shown:
            await deliver(outlet, small([STOPPED_SAID]), self.lacks)

    async def _unsaid(self, reply: Reply | None) -> None:
        """Forget an answer that was made and that nobody sees: nothing later can point back at it."""
        if reply and reply.answers:
            await self._noted(lambda: self.path.memory.retract(reply.answers))

    def _note(self, ticket: Ticket) -> Note:
        async def note(sent: Sequence[str]) -> None:
            await self._noted(lambda: self.inbox.note_sent(ticket.id, sent))

        return note

    async def _answered(self, ticket: Ticket, show: Show | None) -> Reply | None:
        """The answer, or None where somebody stopped it."""
        task = asyncio.create_task(self._reply(ticket, show))
        self._working[ticket.id] = task
        try:
            if await self._noted(lambda: self.inbox.ended([ticket.id])):
                return None  # ended before anybody could find it among what is worked on
            await asyncio.wait({task})
            return None if task.cancelled() else task.result()
        finally:
            task.cancel()
            del self._working[ticket.id]

    async def failed(self, error: Exception, outlet: Outlet) -> None:
        """Say in a sentence with an id that there is no answer, and log why."""
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
