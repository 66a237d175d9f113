"""Which rules contradict each other, and which cannot all hold in one list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from bot.coaching.force import InForce
from bot.coaching.rules import (
    Alias,
    Exclude,
    FiscalYear,
    Include,
    Method,
    Rule,
    Share,
    defines,
    record_of,
    role_of,
    rule_of,
)
from bot.memory.coached import Kept, Scope, Spot
from bot.model import DEFAULT_COUNT
from bot.reading.words.text import key
from metrics.balance.facts import CLOSED, Gates
from metrics.engine import Engine
from metrics.errors import UserError
from metrics.lists.build import order
from metrics.lists.taught import Taught

NEW = "new"
"""The id of a rule that is not stored yet."""


@dataclass(frozen=True)
class Collision:
    """Why a rule cannot hold: with which others it collides, for which role, and what the ranking says of it."""

    rules: tuple[str, ...]
    role: str
    notes: tuple[str, ...]


def hypothetical(rule: Rule, scope: Scope, spot: Spot, company: str) -> Kept:
    """A rule as if it were stored."""
    of = {"user": spot.user, "channel": spot.channel, "workspace": ""}[scope]
    return Kept(NEW, record_of(rule), scope, of, company, "", spot.user, datetime.now(UTC))


def same(new: Kept, active: Sequence[Kept]) -> Kept | None:
    """A rule that says the same, and reaches whoever the new one would."""
    return next(
        (
            old
            for old in active
            if old.rule == new.rule
            and _covers(old, new)
            and (old.company == new.company or not defines(rule_of(new.rule)))
        ),
        None,
    )


def contradicted(new: Kept, active: Sequence[Kept]) -> list[Kept]:
    """The rules that say something else about the same thing to some of the same people."""
    return [
        old
        for old in active
        if _meet(old, new) and _contradict(rule_of(new.rule), rule_of(old.rule), new, old)
    ]


def collision(
    new: Kept, active: Sequence[Kept], engine: Engine, *, day: date, gates: Gates = CLOSED
) -> Collision | None:
    """What keeps a rule from holding together with the others: None where all of them hold in every list.

    Every list it reaches is made and judged: of each role, for each person and channel with rules of their own.
    """
    rule = rule_of(new.rule)
    if defines(rule):
        return None
    role_id = role_of(rule)
    for taught in _audiences(new, active, engine):
        for role in [role_id] if role_id else engine.catalog.roles:
            before = replace(taught, rules=tuple(one for one in taught.rules if one.id != NEW))
            broken, notes = _broken(engine, taught, role, day, gates)
            if broken - _broken(engine, before, role, day, gates)[0]:
                return Collision(tuple(_colliders(engine, taught, role, day, gates)), role, tuple(notes))
    return None


def _audiences(new: Kept, active: Sequence[Kept], engine: Engine) -> Iterator[Taught]:
    """The sets of rules that anyone whom the new rule reaches is under, each once."""
    kept = [*active, new]
    users = {old.of for old in kept if old.scope == "user"} | {""}
    channels = {old.of for old in kept if old.scope == "channel"} | {""}
    seen = set()
    for user in sorted({new.of} if new.scope == "user" else users):
        for channel in sorted({new.of} if new.scope == "channel" else channels):
            found = InForce(tuple(kept), user, channel).taught(engine.catalog)
            applied = tuple(one for one in found.rules if one.applied)
            ids = tuple(one.id for one in applied)
            if ids not in seen:
                seen.add(ids)
                yield replace(found, rules=applied)


def _broken(
    engine: Engine, taught: Taught, role: str, day: date, gates: Gates
) -> tuple[set[str], Sequence[str]]:
    """The rules that the usual list of the role breaks; all of them, where there is no such list."""
    try:
        ranking = order(engine, role, day, gates=gates, count=DEFAULT_COUNT, taught=taught).first(
            DEFAULT_COUNT
        )
    except UserError as error:
        return {one.id for one in taught.applied(role)}, (str(error),)
    metrics = [engine.catalog.metric(name) for name in ranking.ids]
    return {one.rule for one in taught.results(metrics, role) if not one.passed}, ranking.notes


def _colliders(engine: Engine, taught: Taught, role: str, day: date, gates: Gates) -> list[str]:
    """The older rules that the new one cannot hold with: one at a time, else all together."""
    new = [one for one in taught.rules if one.id == NEW]
    old = [one for one in taught.applied(role) if one.id != NEW]
    if _broken(engine, replace(taught, rules=tuple(new)), role, day, gates)[0]:
        return []
    pairs = [
        one.id for one in old if _broken(engine, replace(taught, rules=(one, *new)), role, day, gates)[0]
    ]
    return pairs or [one.id for one in old]


def _covers(old: Kept, new: Kept) -> bool:
    return old.scope == "workspace" or (old.scope, old.of) == (new.scope, new.of)


def _meet(old: Kept, new: Kept) -> bool:
    """Whether somebody somewhere is under both rules."""
    return old.scope != new.scope or old.of == new.of


def _contradict(new: Rule, old: Rule, newer: Kept, older: Kept) -> bool:
    match new, old:
        case (Include(metrics=names, role=role), Exclude(metrics=others, role=other_role)) | (
            Exclude(metrics=names, role=role),
            Include(metrics=others, role=other_role),
        ):
            return _same_role(role, other_role) and not set(names).isdisjoint(others)
        case Share(), Share():
            return new.side == old.side and new.percent < old.percent and _same_role(new.role, old.role)
        case Method(), Method():
            other = new.metric == old.metric and new.variant != old.variant
        case Alias(), Alias():
            other = key(new.words) == key(old.words) and new.metric != old.metric
        case FiscalYear(), FiscalYear():
            other = new.month != old.month
        case _:
            return False
    return other and newer.company == older.company


def _same_role(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one == other
