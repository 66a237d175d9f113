"""Leaves -> cells: what is not kept is sorted into as few queries as the data allows, run, and kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import sqlalchemy as sa

from metrics.definition import Entities, Measure
from metrics.engine import direct, entities, rollup
from metrics.engine.behind import Behind
from metrics.engine.cells import Found, Ran
from metrics.engine.leaves import Leaf, Wanted
from metrics.engine.needs import missing
from metrics.engine.rows import Setting
from metrics.engine.store import Store
from metrics.warehouse.connect import Answered

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
        groups.setdefault(_group(wanted.leaf), []).append(wanted)
    for (kind, *_), group in groups.items():
        kept |= KINDS[kind](source, group)
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


def _group(leaf: Leaf) -> tuple[Any, ...]:
    """Which leaves are asked for together."""
    if isinstance(leaf.expression, Entities):
        return ("entities", *entities.source_of(leaf))
    return ("rollup" if rollup.is_additive(leaf.expression) else "direct", *rollup.source_of(leaf))


def _kept(source: Source, asked: Iterable[Wanted]) -> dict[Wanted, Found]:
    found: dict[Wanted, Found] = {}
    for wanted in asked:
        kept = source.store.get(_key(wanted))
        if isinstance(kept, rollup.Rolled):
            found[wanted] = rollup.read(source.setting, wanted, kept)
        elif kept is not None:
            found[wanted] = kept
    return found


def _key(wanted: Wanted) -> tuple[Any, ...]:
    """Under what a leaf is kept: a rollup serves all periods, a result only its own."""
    expression = wanted.leaf.expression
    if isinstance(expression, Measure) and rollup.is_additive(expression):
        return ("rollup", rollup.source_of(wanted.leaf), expression.content)
    return ("result", wanted)


def _ask_entities(source: Source, group: list[Wanted]) -> dict[Wanted, Found]:
    expression = group[0].leaf.expression
    assert isinstance(expression, Entities)
    big = any(source.store.rows(item.table) >= BIG for item in expression.inputs.values())
    found: dict[Wanted, Found] = {}
    for chunk in entities.chunks(source.setting, group, big=big):
        planned = entities.plan(source.setting, chunk, big=big)
        answered, ran = source.run(planned.statement)
        found |= entities.read(planned, answered, ran)
    return _results(source, found)


def _ask_direct(source: Source, group: list[Wanted]) -> dict[Wanted, Found]:
    found: dict[Wanted, Found] = {}
    for shape, alike in direct.arranged(source.setting, group):
        planned = direct.plan(source.setting, shape, alike)
        answered, ran = source.run(planned.statement)
        found |= direct.read(source.setting, planned, answered, ran)
    return _results(source, found)


def _results(source: Source, found: dict[Wanted, Found]) -> dict[Wanted, Found]:
    for wanted, one in found.items():
        weight = CELL * (1 + len(one.cells))
        source.store.put(_key(wanted), source.behind.leaf(wanted.leaf), weight, one)
    return found


def _ask_rollup(source: Source, group: list[Wanted]) -> dict[Wanted, Found]:
    planned = rollup.plan(source.setting, [wanted.leaf for wanted in group])
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
        rolled[content] = rollup.Rolled(begins, ends, queries, place.column)
    found = {}
    for wanted in group:
        assert isinstance(wanted.leaf.expression, Measure)
        kept = rolled[wanted.leaf.expression.content]
        source.store.put(_key(wanted), source.behind.leaf(wanted.leaf), POINT * kept.points, kept)
        found[wanted] = rollup.read(source.setting, wanted, kept)
    return found


KINDS = {"entities": _ask_entities, "direct": _ask_direct, "rollup": _ask_rollup}
