"""One question from Slack: its thread's turn, claimed once, answered, delivered; or a sentence with an id."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from uuid import uuid4

from bot.model import Answer, Question
from bot.slack.blocks import render, said
from bot.slack.delivery import deliver
from bot.slack.lanes import Lanes
from bot.slack.limits import Block
from bot.slack.outlets import Outlet
from bot.slack.pace import Pace
from bot.slack.signs import Sign, shown
from metrics.errors import CatalogError, CompanyError, TooSlowError, UserError

log = logging.getLogger(__name__)

FAILED = (
    "Something went wrong on my side, so I have no answer. It is logged as `{id}`: "
    "ask again, and if it happens again, give that id to whoever runs me."
)
OPERATORS = (CompanyError, CatalogError)
"""Mistakes in files or the warehouse: their words are for whoever runs the bot, and not for a channel."""
UNREADABLE = (
    "I cannot read the company's data, so I have no answer. It is logged as `{id}`: "
    "whoever runs me finds the reason there."
)


@dataclass(frozen=True)
class Ticket:
    """A question with all that is needed to answer it in Slack.

    ``keys`` name the same question in each way that Slack may deliver it; any of them claimed before means
    that it was taken already.
    """

    question: Question
    keys: tuple[str, ...]
    outlet: Outlet
    sign: Sign


@dataclass(frozen=True)
class Desk:
    """What every surface shares.

    ``answer`` is the path of a question. ``claim`` is an insert-or-ignore on durable memory that says whether
    the key was new; it may block, for it is called in a thread. ``patience`` is how many seconds an answer
    may take, ``sign_after`` when a sign of life is due.
    """

    answer: Callable[[Question], Awaitable[Answer]]
    claim: Callable[[str], bool]
    lanes: Lanes
    pace: Pace
    patience: float = 120.0
    sign_after: float = 0.3

    def take(self, ticket: Ticket) -> None:
        """Put the question in its thread's lane. Returns at once: nothing here keeps Slack waiting."""
        question = ticket.question
        self.lanes.put((question.channel, question.thread), lambda: self._serve(ticket))

    async def _serve(self, ticket: Ticket) -> None:
        try:
            if await self._is_new(ticket.keys):
                await deliver(ticket.outlet, await self._blocks(ticket))
        except Exception as error:
            failure = uuid4().hex[:8]
            log.exception("Question %s failed", failure)
            sentence = UNREADABLE if isinstance(error, OPERATORS) else FAILED
            await deliver(ticket.outlet, said(sentence.format(id=failure)))

    async def _is_new(self, keys: tuple[str, ...]) -> bool:
        """Claim all keys. All of them, so that the next delivery is known by any one of them."""
        return all([await asyncio.to_thread(self.claim, key) for key in keys])

    async def _blocks(self, ticket: Ticket) -> list[Block]:
        try:
            async with shown(ticket.sign), asyncio.timeout(self.patience):
                return render(await self.answer(ticket.question))
        except UserError as mistake:
            if isinstance(mistake, OPERATORS) and not isinstance(mistake, TooSlowError):
                raise
            return said(str(mistake))
