"""A ticket -> what is said: to everybody in the place, and to the asker alone. Rights come before anything else."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace

from bot.audience.places import is_direct
from bot.audience.rights import LEVELS, Rights
from bot.audience.seeing import refuse_asking
from bot.leading import Show
from bot.memory import Memory
from bot.memory.slack_store import Aside, put_aside
from bot.model import Answer, Question
from bot.slack.layout.blocks import render, render_alone, values_of
from bot.slack.layout.limits import Block
from bot.slack.layout.written import said, small
from bot.slack.tickets.before import said_before
from bot.slack.tickets.incoming import HELP
from bot.slack.tickets.named import named
from bot.slack.tickets.people import People
from bot.slack.tickets.ticket import Ticket
from bot.slack.work.coverage import Coverage
from bot.slack.work.words import COMMANDS, other, owed, rewritten
from metrics.engine import Engine
from metrics.errors import CatalogError, CompanyError, GuardedError, TooSlowError, UserError

Live = Callable[[Question, Show], Awaitable[Answer]]
OPERATORS = (CompanyError, CatalogError)
"""Mistakes in files or the warehouse: their words are for whoever runs the bot, and not for a channel."""
ANSWERED_ALONE = "I answered that to who asked, alone."
"""Left where others see a question that was not answered there; it says nothing of what was asked."""
NOT_GRANTED = "Nobody granted {which} to you (`access.yaml` of the company folder says who sees what)."
"""``{which}``: it or them."""
PASSED_OVER = {"help", "clarification", "refusal"}
"""Kinds of answers that a message gets only if it called the bot by name."""


def for_operators(mistake: UserError) -> bool:
    """Whether its words are for whoever runs the bot alone: a database may quote a row in them."""
    return isinstance(mistake, OPERATORS) and not isinstance(mistake, TooSlowError)


@dataclass(frozen=True)
class Reply:
    """What is said to everybody in the place, and what to the asker alone; ``answers`` are the ids it is kept by."""

    public: list[Block] = field(default_factory=list)
    alone: list[Block] = field(default_factory=list)
    answers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Path:
    """All that it takes to answer a ticket: the path of a question, who is who, the memory and the data.

    ``live`` is the same path where a model words the answer: it shows the prose so far.
    """

    answer: Callable[[Question], Awaitable[Answer]]
    people: People
    memory: Memory
    open: Callable[[], Engine]
    coverage: Coverage
    live: Live | None = None

    async def reply(self, ticket: Ticket, show: Show | None = None) -> Reply:
        """What is said to a ticket; nothing at all to bots. ``show`` is given the prose while it is written.

        Raises:
            CompanyError: the company's folder or data is at fault, which is nothing for a channel.
        """
        viewer = await self.people.viewer(ticket.user)
        if viewer.kind == "bot":
            return Reply()
        private = bool(ticket.response_url)
        rights = await self.people.rights(ticket.user, ticket.channel, private=private)
        seen_by_one = private or is_direct(ticket.channel)
        try:
            word = owed(ticket, asks=rights.ask)
            if word is None:
                refuse_asking(rights)
            if word := word or other(ticket):
                text = await asyncio.to_thread(word, ticket, self.memory, self.coverage, viewer.admin)
                return _to(said(text), alone=not seen_by_one)
            return await self._answered(ticket, rights, seen_by_one, show)
        except GuardedError as refused:
            return Reply() if ticket.quiet else _to(said(str(refused)), alone=not seen_by_one)
        except UserError as mistake:
            if for_operators(mistake):
                raise
            return Reply() if ticket.quiet else Reply(said(str(mistake)))

    async def _answered(self, ticket: Ticket, rights: Rights, seen_by_one: bool, show: Show | None) -> Reply:
        known = await asyncio.to_thread(
            self.memory.last_request, ticket.channel, ticket.thread, ticket.source
        )
        question = Question(
            rewritten(ticket),
            user=ticket.user,
            channel=ticket.channel,
            thread=ticket.thread,
            source=ticket.source,
            channel_name=(await self.people.room(ticket.channel)).name,
            title=(await self.people.viewer(ticket.user)).title,
            groups=ticket.groups,
            before="" if known else await said_before(self.people, ticket),
            rights=rights,
        )
        answer = await (self.live(question, show) if self.live and show else self.answer(question))
        ids = (answer.answer_id, *([answer.alone.answer_id] if answer.alone else []))
        try:
            reply = await self._worded(answer, ticket, rights, seen_by_one)
        except asyncio.CancelledError:
            await asyncio.shield(asyncio.to_thread(self.memory.retract, ids))
            raise
        return replace(reply, answers=ids)

    async def _worded(self, answer: Answer, ticket: Ticket, rights: Rights, seen_by_one: bool) -> Reply:
        """An answer as blocks, for whom it is."""
        answer = await named(answer, self.people)
        if ticket.quiet and answer.kind in PASSED_OVER:
            return Reply()
        most = seen_by_one or LEVELS.index(rights.alone) > LEVELS.index(rights.here)
        blocks = render(answer, ticket.thread, why=rights.why or (NOT_GRANTED if most else ""))
        if ticket.response_url and ticket.text == HELP:
            blocks = [*blocks[:-1], *said(COMMANDS), blocks[-1]]
        if answer.refused:
            return _to(blocks, alone=not seen_by_one)
        if answer.alone is None:
            return Reply(blocks)
        alone = values_of(answer.alone, answer)
        aside = Aside(answer.alone.answer_id, ticket.user, ticket.channel, ticket.root, rights.alone, alone)
        await asyncio.to_thread(put_aside, self.memory.engine, aside)
        return Reply(blocks, render_alone(answer.alone, answer))


def _to(blocks: list[Block], *, alone: bool) -> Reply:
    """What one person is told: where others see the question, they see that it was dealt with."""
    return Reply(small([ANSWERED_ALONE]), blocks) if alone else Reply(blocks)
