"""Coached rules and what waits for a yes: rows that are added and retired, and never changed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from sqlalchemy import Connection, Row, delete, insert, select, text, update

from bot.memory.schema import LOCK, coached_rules, proposals
from bot.memory.store import Memory
from bot.model import Question

Scope = Literal["user", "channel", "workspace"]

Unkept = Literal["changed", "gone"]
"""Why what waits was not stored: other rules are in force by now, or somebody else has answered the proposal."""

PATIENCE = timedelta(days=1)
"""How long a proposal waits: a yes of next week answers something else."""


@dataclass(frozen=True)
class Kept:
    """A coached rule as it is stored: what, for whom (``of`` is a user or channel), in whose words, and when."""

    id: str
    rule: Mapping[str, Any]
    scope: Scope
    of: str
    company: str
    quoted: str
    by: str
    at: datetime
    retired_by: str | None = None
    retired_at: datetime | None = None


@dataclass(frozen=True)
class Spot:
    """Where a proposal waits: it belongs to one person in one thread."""

    user: str
    channel: str
    thread: str


def spot_of(question: Question) -> Spot:
    """Where a proposal of whoever asks waits."""
    return Spot(question.user, question.channel, question.thread)


@dataclass(frozen=True)
class Proposal:
    """A rule that was understood and waits for a yes."""

    id: int
    rule: Mapping[str, Any]
    scope: Scope
    quoted: str


def rules(memory: Memory, *, retired: bool = False) -> list[Kept]:
    """All active coached rules, oldest first; with ``retired`` those that were retired too."""
    query = select(coached_rules).order_by(coached_rules.c.position)
    return [_kept(row) for row in memory.rows(query if retired else query.where(_active))]


def propose(memory: Memory, spot: Spot, rule: Mapping[str, Any], scope: Scope, quoted: str) -> Proposal:
    """Let a rule wait for a yes, in place of what waited there before."""
    row = {"rule": dict(rule), "scope": scope, "quoted": quoted, "at": datetime.now(UTC)}
    with memory.engine.begin() as connection:
        connection.execute(delete(proposals).where(_there(spot)))
        place = {"user_id": spot.user, "channel": spot.channel, "thread": spot.thread}
        added = insert(proposals).values(**row, **place).returning(proposals.c.position)
        return Proposal(connection.execute(added).scalar_one(), dict(rule), scope, quoted)


def proposal(memory: Memory, spot: Spot) -> Proposal | None:
    """What waits for a yes there, unless it has waited too long."""
    since = datetime.now(UTC) - PATIENCE
    found = memory.rows(select(proposals).where(_there(spot) & (proposals.c.at > since)))
    return Proposal(found[0].position, found[0].rule, found[0].scope, found[0].quoted) if found else None


def withdraw(memory: Memory, spot: Spot) -> None:
    """Let what waits there go."""
    with memory.engine.begin() as connection:
        connection.execute(delete(proposals).where(_there(spot)))


def keep(
    memory: Memory,
    waiting: Proposal,
    spot: Spot,
    company: str,
    *,
    replacing: Sequence[str] = (),
    judged: Collection[str],
) -> Kept | Unkept:
    """Store what waits, and retire the rules it takes the place of: both or neither, one process at a time.

    ``judged`` are the active rules that it was found to hold beside: no others may be in force at that moment.
    """
    of = {"user": spot.user, "channel": spot.channel, "workspace": ""}[waiting.scope]
    row = {
        "rule": dict(waiting.rule),
        "scope": waiting.scope,
        "scope_key": of,
        "company": company,
        "quoted": waiting.quoted,
        "created_by": spot.user,
        "created_at": datetime.now(UTC),
    }
    with _alone(memory) as connection:
        active = connection.execute(select(coached_rules).where(_active))
        if {kept.id for kept in map(_kept, active)} != set(judged):
            return "changed"
        if connection.execute(delete(proposals).where(proposals.c.position == waiting.id)).rowcount != 1:
            return "gone"
        for rule_id in replacing:
            _retired(connection, rule_id, spot.user)
        added = insert(coached_rules).values(row).returning(coached_rules.c.position)
        position = connection.execute(added).scalar_one()
        return _kept(
            connection.execute(select(coached_rules).where(coached_rules.c.position == position)).one()
        )


def retire(memory: Memory, rule_id: str, by: str) -> bool:
    """Retire a rule; false where it is none, or was retired before."""
    with _alone(memory) as connection:
        return _retired(connection, rule_id, by)


_active = coached_rules.c.retired_at.is_(None)


def _there(spot: Spot) -> Any:
    at = proposals.c
    return (at.user_id == spot.user) & (at.channel == spot.channel) & (at.thread == spot.thread)


def _retired(connection: Connection, rule_id: str, by: str) -> bool:
    position = int(rule_id[1:]) if rule_id[1:].isdigit() else 0
    done = update(coached_rules).where((coached_rules.c.position == position) & _active)
    return connection.execute(done.values(retired_by=by, retired_at=datetime.now(UTC))).rowcount == 1


@contextmanager
def _alone(memory: Memory) -> Iterator[Connection]:
    """A transaction in which no other process changes the rules. SQLite lets one writer in at a time anyway."""
    with memory.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK + 1})
        yield connection


def _kept(row: Row[Any]) -> Kept:
    return Kept(
        id=f"C{row.position}",
        rule=row.rule,
        scope=row.scope,
        of=row.scope_key,
        company=row.company,
        quoted=row.quoted,
        by=row.created_by,
        at=_utc(row.created_at),
        retired_by=row.retired_by,
        retired_at=_utc(row.retired_at) if row.retired_at else None,
    )


def _utc(moment: datetime) -> datetime:
    """SQLite keeps no time zone; what is written is UTC."""
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
