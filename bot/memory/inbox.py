"""The inbox: questions that were acknowledged, each kept until it is answered, whichever process does it.

A question is one row, named by keys of which each may be claimed once. Whoever works on it holds it on a lease; when
the lease runs out, or the process is gone, another one takes it over. Rows of a thread are worked on in order.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from time import time
from typing import Any

from sqlalchemy import Connection, Engine, Select, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.memory.holders import may_live
from bot.memory.schema import claims
from bot.memory.slack_tables import inbox

LEASE = 30.0
"""Seconds after which a question whose process says nothing more is taken over."""
OLDEST = timedelta(hours=24)
"""Questions older than this are not answered any more: nobody waits for them."""
OPEN = ("waiting", "working")
STOPPED = "stopped"
"""Somebody pressed Stop."""
WITHDRAWN = "withdrawn"
"""The message that asked was deleted, or asks something else now."""


@dataclass(frozen=True)
class Entry:
    """A question in the inbox. ``resumed``: another process began to work on it and did not end it.

    ``begun``: a message was about to be begun that nothing marks before it ends.
    """

    ticket: str
    channel: str
    thread: str
    user: str
    work: Mapping[str, Any]
    sent: tuple[str, ...]
    resumed: bool = False
    begun: bool = False


@dataclass(frozen=True)
class Asked:
    """What became of a question: its state, and the messages that answer it."""

    ticket: str
    channel: str
    thread: str
    state: str
    sent: tuple[str, ...]


@dataclass(frozen=True)
class Busy:
    """The next question of a thread is in the hands of another process."""


@dataclass(frozen=True)
class Inbox:
    """What was asked and is not answered yet. Calls block for a few milliseconds."""

    engine: Engine
    holder: str
    lease: float = LEASE

    def take(
        self,
        ticket: str,
        keys: Iterable[str],
        *,
        channel: str,
        thread: str,
        user: str,
        source: str,
        work: Mapping[str, Any],
    ) -> bool:
        """Keep a question, once: false where any of its keys was seen before. All keys count as seen then."""
        now = datetime.now(UTC)
        with self.engine.begin() as connection:
            fresh = [_claim(connection, key, now) for key in sorted(set(keys))]
            if not all(fresh):
                return False
            connection.execute(
                insert(inbox).values(
                    ticket_id=ticket,
                    channel=channel,
                    thread=thread,
                    user_id=user,
                    source=source,
                    work=dict(work),
                    state="waiting",
                    holder=self.holder,
                    held_until=time() + self.lease,
                    sent=[],
                    at=now,
                )
            )
        return True

    def next(self, channel: str, thread: str) -> Entry | Busy | None:
        """The oldest open question of a thread, now in our hands; None where all are done."""
        here = (inbox.c.channel == channel) & (inbox.c.thread == thread) & inbox.c.state.in_(OPEN)
        oldest = select(inbox).where(here).order_by(inbox.c.position).limit(1).with_for_update()
        with self.engine.begin() as connection:
            row = connection.execute(oldest).one_or_none()
            if row is None:
                return None
            if row.holder != self.holder and row.held_until > time() and may_live(row.holder):
                return Busy()
            held = {"holder": self.holder, "held_until": time() + self.lease, "state": "working"}
            connection.execute(update(inbox).where(inbox.c.position == row.position).values(**held))
        resumed = row.state == "working" and row.holder != self.holder
        sent, begun = tuple(row.sent), bool(row.begun)
        return Entry(row.ticket_id, row.channel, row.thread, row.user_id, row.work, sent, resumed, begun)

    def begin(self, ticket: str) -> None:
        """A message is about to be begun that cannot be marked yet: whoever comes next has to look for it."""
        self._change(ticket, begun=1)

    def note_sent(self, ticket: str, sent: Iterable[str]) -> None:
        """Which messages hold the answer so far."""
        self._change(ticket, sent=list(sent))

    def move(self, ticket: str, *, channel: str, thread: str, work: Mapping[str, Any]) -> None:
        """The question waits in another thread from now on."""
        self._change(ticket, channel=channel, thread=thread, work=dict(work), state="waiting")

    def sent_in(self, channel: str, thread: str) -> set[str]:
        """The messages that answer anything in a thread."""
        here = (inbox.c.channel == channel) & (inbox.c.thread == thread)
        with self.engine.connect().execution_options(reading=True) as connection:
            rows = connection.execute(select(inbox.c.sent).where(here)).all()
        return {str(one) for row in rows for one in row.sent}

    def close(self, ticket: str, state: str = "done") -> None:
        """The question needs no more work; nothing of it is kept but where its answer stands."""
        self._change(ticket, state=state, work={})

    def renew(self) -> None:
        """Say that this process still works on what it holds."""
        ours = (inbox.c.holder == self.holder) & inbox.c.state.in_(OPEN)
        with self.engine.begin() as connection:
            connection.execute(update(inbox).where(ours).values(held_until=time() + self.lease))

    def release(self) -> None:
        """Leave what is open to whoever comes next, at once."""
        ours = (inbox.c.holder == self.holder) & inbox.c.state.in_(OPEN)
        with self.engine.begin() as connection:
            connection.execute(update(inbox).where(ours).values(held_until=0))

    def abandoned(self) -> list[tuple[str, str]]:
        """The threads in which questions wait whose process is gone. Those too old are closed."""
        late = inbox.c.state.in_(OPEN) & (inbox.c.at < datetime.now(UTC) - OLDEST)
        others = inbox.c.state.in_(OPEN) & (inbox.c.holder != self.holder)
        with self.engine.begin() as connection:
            connection.execute(update(inbox).where(late).values(state="late", work={}))
            rows = connection.execute(select(inbox).where(others).order_by(inbox.c.position)).all()
        gone = [row for row in rows if row.held_until <= time() or not may_live(row.holder)]
        return list(dict.fromkeys((row.channel, row.thread) for row in gone))

    def of_source(self, source: str, *, but: str = "") -> Asked | None:
        """The newest question that a message asked, other than ``but``."""
        query = (
            select(inbox)
            .where(inbox.c.source == source, inbox.c.ticket_id != but)
            .order_by(inbox.c.position.desc())
            .limit(1)
        )
        with self.engine.connect().execution_options(reading=True) as connection:
            row = connection.execute(query).one_or_none()
        return Asked(row.ticket_id, row.channel, row.thread, row.state, tuple(row.sent)) if row else None

    def knows(self, channel: str, thread: str) -> bool:
        """Whether anything was ever asked in a thread."""
        here = (inbox.c.channel == channel) & (inbox.c.thread == thread)
        return bool(self._tickets(select(inbox.c.ticket_id).where(here).limit(1)))

    def open_of_source(self, source: str) -> list[str]:
        """The tickets of a message that are not done, oldest first."""
        return self._tickets(
            select(inbox.c.ticket_id)
            .where(inbox.c.source == source, inbox.c.state.in_(OPEN))
            .order_by(inbox.c.position)
        )

    def open_in(self, channel: str, thread: str, user: str | None = None) -> list[str]:
        """The tickets of a thread that are not done: all of them, or those of one person."""
        here = (inbox.c.channel == channel) & (inbox.c.thread == thread) & inbox.c.state.in_(OPEN)
        if user is not None:
            here &= inbox.c.user_id == user
        return self._tickets(select(inbox.c.ticket_id).where(here))

    def ended(self, tickets: Iterable[str]) -> dict[str, str]:
        """How those of these tickets were ended that somebody ended, in whatever process; one forgotten is none."""
        wanted = inbox.c.ticket_id.in_(list(tickets)) & inbox.c.state.in_((STOPPED, WITHDRAWN))
        with self.engine.connect().execution_options(reading=True) as connection:
            rows = connection.execute(select(inbox.c.ticket_id, inbox.c.state).where(wanted)).all()
        return {row.ticket_id: row.state for row in rows}

    def _tickets(self, query: Select[Any]) -> list[str]:
        with self.engine.connect().execution_options(reading=True) as connection:
            return [str(row[0]) for row in connection.execute(query)]

    def _change(self, ticket: str, **values: Any) -> None:
        with self.engine.begin() as connection:
            connection.execute(update(inbox).where(inbox.c.ticket_id == ticket).values(**values))


def _claim(connection: Connection, key: str, now: datetime) -> bool:
    """Whether the key is new; inserted either way. Another transaction with the same key is waited for."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    wanted = dialect.insert(claims).values(claim_key=key, at=now).on_conflict_do_nothing()
    counted = wanted.execution_options(preserve_rowcount=True)  # or PostgreSQL's is not known
    return connection.execute(counted).rowcount == 1
