"""What the bot remembers, and the questions it asks of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Engine, Select, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from bot.memory.records import request_of, request_record
from bot.memory.schema import answers, choices, claims, conversations
from bot.memory.usage import Usage
from bot.model import Question, Request

LISTS_KEPT_IN_VIEW = 20
"""How many of the lists last shown in a thread a question can point back at."""

TURNS_READ = 5 * LISTS_KEPT_IN_VIEW
"""How many turns are searched for them; not every answer shows a list."""

NEVER = 2**62
"""A position that no turn has."""


class Lists(NamedTuple):
    """The lists of metrics shown in a thread, newest last, without the empty ones; how the last one was asked for."""

    shown: list[list[str]]
    last: Request | None


@dataclass(frozen=True)
class Memory:
    """Conversations, answers and claims, shared by every process that opens the same URL.

    Calls block for a few milliseconds; an event loop runs them in a thread. A question without a thread
    stands alone: it is recorded, and nothing later points back at it.
    """

    engine: Engine

    def remember(
        self,
        question: Question,
        request: Request,
        *,
        answer_id: str,
        shown: Sequence[str],
        contract: Mapping[str, Any],
        at: datetime | None = None,
    ) -> None:
        """Record what was asked, how it was read, the metrics shown, and the answer as its contract JSON.

        A question that was edited keeps its place in the conversation.
        """
        at = at or datetime.now(UTC)
        place = {"channel": question.channel, "thread": question.thread, "user_id": question.user, "at": at}
        turn = {
            "question": question.text,
            "request": request_record(request),
            "shown": list(shown),
            "answer_id": answer_id,
            "source": question.source,
            **place,
        }
        with self.engine.begin() as connection:
            if not (question.source and _put_again(connection, question, turn)):
                connection.execute(insert(conversations).values(turn))
            connection.execute(insert(answers).values(answer_id=answer_id, contract=dict(contract), **place))

    def keep(
        self, question: Question, *, answer_id: str, contract: Mapping[str, Any], at: datetime | None = None
    ) -> None:
        """Record an answer that is no turn of its own: what the asker alone saw of another one."""
        row = {
            "answer_id": answer_id,
            "contract": dict(contract),
            "at": at or datetime.now(UTC),
            "user_id": question.user,
            "channel": question.channel,
            "thread": question.thread,
            "aside": 1,
        }
        with self.engine.begin() as connection:
            connection.execute(insert(answers).values(row))

    def retract(self, answer_ids: Sequence[str]) -> None:
        """Forget answers that nobody saw, and that they were turns of a conversation."""
        with self.engine.begin() as connection:
            connection.execute(delete(conversations).where(conversations.c.answer_id.in_(answer_ids)))
            connection.execute(delete(answers).where(answers.c.answer_id.in_(answer_ids)))

    def lists(self, channel: str, thread: str, before: str = "") -> Lists:
        """The lists shown in a thread. ``before``: before a message that asked here already, in other words."""
        if not thread:
            return Lists([], None)
        turn = conversations.c
        query = _turns(channel, thread, before).with_only_columns(turn.shown, turn.request).limit(TURNS_READ)
        turns = [one for one in self.rows(query) if one.shown][:LISTS_KEPT_IN_VIEW]
        last = request_of(turns[0].request) if turns else None
        return Lists([list(one.shown) for one in reversed(turns)], last)

    def last_request(self, channel: str, thread: str, before: str = "") -> Request | None:
        """How the last question of a thread was read; ``before`` as in ``lists``."""
        if not thread:
            return None
        rows = self.rows(_turns(channel, thread, before).with_only_columns(conversations.c.request).limit(1))
        return request_of(rows[0].request) if rows else None

    def answer(self, answer_id: str) -> dict[str, Any] | None:
        """The contract JSON of an answer that was given."""
        if not (answer_id.isascii() and answer_id.isprintable()):
            return None  # no id of ours, and nothing that every database can look for
        rows = self.rows(select(answers.c.contract).where(answers.c.answer_id == answer_id))
        return dict(rows[0].contract) if rows else None

    def claim(self, key: str) -> bool:
        """Take ``key`` for oneself: true for the first who asks, in whatever process, false ever after."""
        try:
            with self.engine.begin() as connection:
                connection.execute(insert(claims).values(claim_key=key, at=datetime.now(UTC)))
        except IntegrityError:
            return False
        return True

    def choose(self, user: str, term: str, chosen: str) -> None:
        """Keep what a person meant by an ambiguous term: an id of the catalog. The newest choice counts."""
        with self.engine.begin() as connection:
            connection.execute(delete(choices).where((choices.c.user_id == user) & (choices.c.term == term)))
            row = {"user_id": user, "term": term, "chosen": chosen, "at": datetime.now(UTC)}
            connection.execute(insert(choices).values(row))

    def choices(self, user: str) -> dict[str, str]:
        """What a person chose before: ambiguous term -> id."""
        rows = self.rows(select(choices.c.term, choices.c.chosen).where(choices.c.user_id == user))
        return {row.term: row.chosen for row in rows}

    @property
    def usage(self) -> Usage:
        """What the language model took."""
        return Usage(self.engine)

    def close(self) -> None:
        """Let go of all connections."""
        self.engine.dispose()

    def rows(self, query: Select[Any]) -> Sequence[Any]:
        """The rows of a query, without keeping writers waiting."""
        with self.engine.connect().execution_options(reading=True) as connection:
            return connection.execute(query).all()


def _turns(channel: str, thread: str, before: str) -> Select[Any]:
    turn = conversations.c
    here = (turn.channel == channel) & (turn.thread == thread)
    if before:
        first = select(func.min(turn.position)).where(_of(channel, thread, before)).scalar_subquery()
        here &= turn.position < func.coalesce(first, NEVER)
    return select(conversations).where(here).order_by(turn.position.desc())


def _put_again(connection: Connection, question: Question, turn: Mapping[str, Any]) -> bool:
    """Put an edited question in the place of what it said before; false where it says something for the first time."""
    before = _of(question.channel, question.thread, question.source)
    return connection.execute(update(conversations).where(before).values(turn)).rowcount > 0


def _of(channel: str, thread: str, source: str) -> ColumnElement[bool]:
    """The turn of a message."""
    turn = conversations.c
    return (turn.channel == channel) & (turn.thread == thread) & (turn.source == source)
