"""Leaves -> cells: what is not kept is sorted into as few queries as the data allows, run, and kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from time import monotonic
from typing import Any

import sqlalchemy as sa

from metrics.definition import Entities, Measure
from metrics.engine import daily, direct, entities, rollup
from metrics.engine.behind import Behind
from metrics.engine.cells import Found, Ran
from metrics.engine.leaves import Leaf, Wanted
from metrics.engine.needs import missing
from metrics.engine.rows import Setting
from metrics.engine.store import Store
from metrics.warehouse.connect import Answered

Planned = direct.Planned | entities.Planned
BIG = 1_000_000
"""From this many rows on a table is read with memory in mind."""
POINT, CELL = 200, 400
"""About how many bytes one day of a rollup takes, and one cell of a result."""


@dataclass
class Fetched:
    """What came back as of one day: cells by leaf, and what is missing by leaf."""

    cells: dict[Leaf, Found] = field(default_factory=dict)
    missing: dict[Leaf, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Source:
    """Where leaves come from: the company's data, and what was kept of it.

    ``lacking`` remembers what each definition lacks, for a company's columns do not change while it is open.
    """

    setting: Setting
    store: Store
    behind: Behind
    lacking: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def missing(self, leaf: Leaf) -> tuple[str, ...]:
        """What the company lacks for a leaf."""
        if leaf.key not in self.lacking:
            self.lacking[leaf.key] = missing(leaf.expression, self.setting.relations, self.setting.settings)
        return self.lacking[leaf.key]

    def run(self, statement: sa.Select[Any]) -> tuple[Answered, Ran]:
        """Run a statement; its receipt is kept with what it gives."""
        answered = self.setting.relations.warehouse.run(statement)
        return answered, Ran(answered.sql, answered.parameters)


def opened(setting: Setting, window: float = 0, clock: Callable[[], float] = monotonic) -> Source:
    """The source of a company's numbers. ``window`` says for how many seconds they stay fresh; 0 keeps nothing."""
    return Source(setting, Store(setting.relations, window, clock), Behind(setting.relations))


def fetch(source: Source, leaves: Mapping[date, Sequence[Leaf]]) -> dict[date, Fetched]:
    """Answer every leaf as of its day: from what is kept, else with one query for all that share a source.

    Raises:
        CompanyError: the warehouse refuses a query.
    """
    found = {day: Fetched() for day in leaves}
    asked = dict.fromkeys(Wanted(leaf, day) for day, many in leaves.items() for leaf in many)
    for wanted in asked:
        lacking = source.missing(wanted.leaf)
        if lacking:
            found[wanted.as_of].missing[wanted.leaf] = lacking
    present = [wanted for wanted in asked if wanted.leaf not in found[wanted.as_of].missing]
    for wanted, cells in _answered(source, present).items():
        found[wanted.as_of].cells[wanted.leaf] = cells
    return found


def _answered(source: Source, asked: Sequence[Wanted]) -> dict[Wanted, Found]:
    """The cells of each leaf. Whoever has to ask the database looks first whether more rows have come."""
    tables = frozenset(table for wanted in asked for table in source.behind.leaf(wanted.leaf))
    looked_at = source.store.check(tables)
    kept = _kept(source, asked)
    lacking = [wanted for wanted in asked if wanted not in kept]
    if lacking and tables - looked_at:
        source.store.glance(tables - looked_at)
        kept = _kept(source, asked)
        lacking = [wanted for wanted in asked if wanted not in kept]
    if lacking:
        _note_whole(source, tables)
    groups: dict[tuple[Any, ...], list[Wanted]] = {}
    for wanted in lacking:
        groups.setdefault(_group(source, wanted.leaf), []).append(wanted)
    plans: list[Planned] = []
    for (kind, *_), group in groups.items():
        if kind == "rollup":
            kept |= _roll_up(source, group)
        else:
            plans += _plans(source, kind, group)
    for found in (_run(source, bundle) for bundle in _bundles(source, plans)):
        for wanted, one in found.items():
            weight = CELL * (1 + len(one.cells))
            source.store.put(("result", wanted), source.behind.leaf(wanted.leaf), weight, one)
        kept |= found
    return kept


def _note_whole(source: Source, tables: frozenset[str]) -> None:
    """Find out which tables hold rows that count in no metric: where there are none, none are kept out."""
    relations = source.setting.relations
    for table in sorted(tables):
        leave_out = relations.catalog.tables[table].leave_out
        if not leave_out:
            continue
        left = source.store.get(("left out", table))
        if left is None:
            relation = relations.table(table)
            out = [
                relation.c[name] == sa.literal(value)
                for name, value in leave_out.items()
                if name in relation.c
            ]
            answered, _ = source.run(
                sa.select(sa.func.count()).select_from(relation).where(sa.or_(sa.false(), *out))
            )
            left = int(answered.rows[0][0])
            source.store.put(("left out", table), source.behind.table(table), CELL, left)
        relations.whole -= {table}
        relations.whole |= set() if left else {table}


def _rolls_up(source: Source, leaf: Leaf) -> bool:
    """Whether a leaf is answered out of running sums.

    Derived tables that are made of a big one are not: they are made once for all that is asked of them.
    """
    measure = leaf.expression
    return isinstance(measure, Measure) and rollup.is_additive(measure) and not _is_heavy(source, leaf)


def _is_heavy(source: Source, leaf: Leaf) -> bool:
    """Whether a leaf reads a derived table that is made of a big one."""
    expression = leaf.expression
    measures = list(expression.inputs.values()) if isinstance(expression, Entities) else [expression]
    tables = source.setting.relations.catalog.tables
    derived = any(tables[measure.table].derived for measure in measures)
    return derived and any(source.store.rows(table) >= BIG for table in source.behind.leaf(leaf))


def _group(source: Source, leaf: Leaf) -> tuple[Any, ...]:
    """Which leaves are asked for together."""
    if isinstance(leaf.expression, Entities):
        return ("entities", *entities.source_of(leaf))
    return ("rollup" if _rolls_up(source, leaf) else "direct", *rollup.source_of(leaf))


def _kept(source: Source, asked: Iterable[Wanted]) -> dict[Wanted, Found]:
    """What is kept: a rollup serves all periods from a day on, a result only its own."""
    found: dict[Wanted, Found] = {}
    for wanted in asked:
        if not _rolls_up(source, wanted.leaf):
            kept = source.store.get(("result", wanted))
            if kept is not None:
                found[wanted] = kept
            continue
        rolled = source.store.get(_rollup_key(wanted))
        if rolled is not None and rolled.since <= rollup.since(source.setting, wanted):
            found[wanted] = rollup.read(source.setting, wanted, rolled)
    return found


def _rollup_key(wanted: Wanted) -> tuple[Any, ...]:
    assert isinstance(wanted.leaf.expression, Measure)
    return ("rollup", rollup.source_of(wanted.leaf), wanted.leaf.expression.content)


def _roll_up(source: Source, group: list[Wanted]) -> dict[Wanted, Found]:
    since = min(rollup.since(source.setting, wanted) for wanted in group)
    planned = daily.plan(source.setting, [wanted.leaf for wanted in group], since)
    groups = len(group[0].leaf.slice.by)
    began, ran = source.run(planned.begins)
    ended, queries = None, (ran,)
    if planned.ends is not None:
        ended, ran = source.run(planned.ends)
        queries = (*queries, ran)
    rolled: dict[str, rollup.Rolled] = {}
    for content, place in planned.places.items():
        begins = rollup.series(began, place, groups)
        ends = None if ended is None else rollup.series(ended, place, groups)
        rolled[content] = rollup.Rolled(begins, ends, queries, place.column, since)
    found = {}
    for wanted in group:
        assert isinstance(wanted.leaf.expression, Measure)
        kept = rolled[wanted.leaf.expression.content]
        source.store.put(_rollup_key(wanted), source.behind.leaf(wanted.leaf), POINT * kept.points, kept)
        found[wanted] = rollup.read(source.setting, wanted, kept)
    return found


def _plans(source: Source, kind: str, group: list[Wanted]) -> list[Planned]:
    if kind == "direct":
        shapes = direct.arranged(source.setting, group)
        return [direct.plan(source.setting, shape, alike) for shape, alike in shapes]
    first = group[0].leaf.expression
    assert isinstance(first, Entities)
    big = any(source.store.rows(item.table) >= BIG for item in first.inputs.values())
    chunks = entities.chunks(source.setting, group, big=big)
    return [entities.plan(source.setting, chunk, big=big) for chunk in chunks]


def _bundles(source: Source, plans: list[Planned]) -> list[list[Planned]]:
    """Plans that read the same derived tables made of a big one, in one statement; every other by itself."""
    bundles: dict[Any, list[Planned]] = {}
    for plan in plans:
        leaf = next(iter(plan.places)).leaf
        heavy = _is_heavy(source, leaf) and leaf.slice.whole
        big = frozenset(table for table in source.behind.leaf(leaf) if source.store.rows(table) >= BIG)
        bundles.setdefault(big if heavy else id(plan), []).append(plan)
    return list(bundles.values())


def _run(source: Source, bundle: list[Planned]) -> dict[Wanted, Found]:
    """Run plans that give one row each side by side, as one statement."""
    if len(bundle) == 1:
        return bundle[0].read(*source.run(bundle[0].statement))
    parts = [plan.statement.subquery(f"q{index}") for index, plan in enumerate(bundle)]
    columns = [column for part in parts for column in part.c]
    origin: sa.FromClause = parts[0]
    for part in parts[1:]:
        origin = origin.join(part, sa.true())
    labelled = [column.label(f"c{index}") for index, column in enumerate(columns)]
    answered, ran = source.run(sa.select(*labelled).select_from(origin))
    found: dict[Wanted, Found] = {}
    start = 0
    for plan, part in zip(bundle, parts, strict=True):
        found |= plan.shifted(start).read(answered, ran)
        start += len(part.c)
    return found
