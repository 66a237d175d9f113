"""Leaves -> jobs: everything that has to be asked of the database, as few statements as the data allows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import sqlalchemy as sa

from metrics.definition import Entities, Input, Measure
from metrics.engine import daily, direct, entities, rollup
from metrics.engine.behind import Behind
from metrics.engine.bundle import Bundle, Planned, width_of
from metrics.engine.lacking import MissingError
from metrics.engine.later import Later
from metrics.engine.leaves import Leaf, Wanted, takes_quantile
from metrics.engine.rows import Setting
from metrics.engine.together import below_one_another

BIG = 1_000_000
"""From this many rows on a table is read with memory and time in mind."""
MANY = 100_000
"""From this many rows on the newest day is that of a table's rows, not of the entities that were kept."""


@dataclass(frozen=True)
class Sizes:
    """Which tables are behind a leaf, how big they are, and whether rows that came later would tell it."""

    setting: Setting
    behind: Behind
    rows: Callable[[str], int]
    later: Later

    def held(self, entities: Entities) -> int:
        """How many records of entities the database may hold at once: as many as there are rows, or fewer.

        Each thread holds its own, and there are no more entities than rows in the table to which their key leads.
        """
        inputs, threads = entities.inputs.values(), self.setting.relations.warehouse.threads
        rows = max(self.rows(item.table) for item in inputs)
        own = [self._led_to(item) for item in inputs]
        return min(rows, max(own) * threads) if threads and all(own) else rows

    def _led_to(self, item: Input) -> int:
        """How many rows the table has to which an input's key leads; 0 where nobody looked, or it leads nowhere."""
        columns = self.setting.relations.catalog.tables[item.table].columns
        led = [column.references for column in columns if column.name == item.key and column.references]
        return self.rows(led[0].partition(".")[0]) if led else 0

    def is_alone(self, leaf: Leaf) -> bool:
        """Whether a leaf has a query of its own: a quantile, where the database takes only one in a query."""
        return self.setting.relations.warehouse.habits.one_quantile and takes_quantile(leaf)

    def is_big(self, table: str) -> bool:
        """Whether a canonical table is big."""
        return self.rows(table) >= BIG

    def big(self, leaf: Leaf) -> frozenset[str]:
        """The big tables behind a leaf."""
        return frozenset(table for table in self.behind.leaf(leaf) if self.is_big(table))

    def is_heavy(self, leaf: Leaf) -> bool:
        """Whether a leaf reads a derived table that is made of a big one."""
        tables = self.setting.relations.catalog.tables
        return any(tables[name].derived for name in leaf.tables) and bool(self.big(leaf))

    def shared(self, leaf: Leaf) -> Any:
        """What leaves of one statement share: the big tables that derived ones are made of, or small tables.

        None where nothing may be shared: two queries at once of a big table take twice the memory.
        """
        if self.is_alone(leaf):
            return None
        if self.is_heavy(leaf):
            return self.big(leaf)
        return None if self.big(leaf) else ("small", frozenset(leaf.tables))

    def rolls_up(self, wanted: Wanted) -> bool:
        """Whether a leaf is answered out of running sums, which serve all days as of which it may be asked.

        Derived tables that are made of a big one are not: they are made once for all that is asked of them.
        """
        measure = wanted.leaf.expression
        additive = isinstance(measure, Measure) and measure.is_additive
        return additive and not self.is_heavy(wanted.leaf) and not self.later.tells(wanted)

    def on(self, as_of: date) -> Sizes:
        """The same of the tables as they were on a day."""
        return replace(self, setting=replace(self.setting, relations=self.setting.relations.on(as_of)))


@dataclass(frozen=True)
class RollUp:
    """A day rollup to be made, and the leaves that it answers."""

    planned: daily.Planned
    wanted: Sequence[Wanted]
    since: date

    @property
    def statement(self) -> sa.Select[Any]:
        """What runs for it."""
        return self.planned.statement

    @property
    def leaves(self) -> list[Wanted]:
        """The leaves that it answers."""
        return list(self.wanted)


@dataclass(frozen=True)
class Jobs:
    """What is to be asked, and what cannot be because the company lacks a column of the groups or filters."""

    found: Sequence[RollUp | Bundle]
    missing: Mapping[Wanted, tuple[str, ...]]


def jobs(sizes: Sizes, lacking: Sequence[Wanted]) -> Jobs:
    """What to ask of the database for these leaves, of the tables as they are or as they were on a day."""
    days: dict[date | None, list[Wanted]] = {}
    for wanted in lacking:
        days.setdefault(wanted.as_of if sizes.later.tells(wanted) else None, []).append(wanted)
    parts = [_jobs(sizes if day is None else sizes.on(day), group) for day, group in days.items()]
    missing = {wanted: what for part in parts for wanted, what in part.missing.items()}
    return Jobs([job for part in parts for job in part.found], missing)


def _jobs(sizes: Sizes, lacking: Sequence[Wanted]) -> Jobs:
    groups: dict[tuple[Any, ...], list[Wanted]] = {}
    for wanted in lacking:
        groups.setdefault(_group(sizes, wanted), []).append(wanted)
    found: list[RollUp | Bundle] = []
    plans: list[Planned] = []
    missing: dict[Wanted, tuple[str, ...]] = {}
    for (kind, *_), group in groups.items():
        try:
            if kind == "rollup":
                found.append(_roll_up(sizes, group))
            else:
                plans += _direct(sizes, group) if kind == "direct" else _entities(sizes, group)
        except MissingError as error:
            missing |= dict.fromkeys(group, error.what)
    return Jobs([*found, *_bundles(sizes, plans)], missing)


def _roll_up(sizes: Sizes, group: list[Wanted]) -> RollUp:
    since = min(rollup.since(sizes.setting, wanted) for wanted in group)
    return RollUp(daily.plan(sizes.setting, [wanted.leaf for wanted in group], since), group, since)


def _group(sizes: Sizes, wanted: Wanted) -> tuple[Any, ...]:
    """Which leaves are asked for together."""
    leaf = wanted.leaf
    if isinstance(leaf.expression, Entities):
        return ("entities", *entities.source_of(sizes.setting, wanted))
    alone = (leaf,) if sizes.is_alone(leaf) else ()
    return ("rollup" if sizes.rolls_up(wanted) else "direct", *rollup.source_of(leaf), *alone)


def _direct(sizes: Sizes, group: list[Wanted]) -> list[Planned]:
    shapes = direct.arranged(sizes.setting, group)
    return [direct.plan(sizes.setting, shape, alike) for shape, alike in shapes]


def _entities(sizes: Sizes, group: list[Wanted]) -> list[Planned]:
    leaf = group[0].leaf
    rows = max(map(sizes.rows, leaf.tables))
    chunks = entities.chunks(sizes.setting, group, sizes.held(entities.entities_of(leaf)))
    return [entities.plan(sizes.setting, chunk, apart=rows >= MANY) for chunk in chunks]


def _bundles(sizes: Sizes, plans: list[Planned]) -> list[Bundle]:
    """Plans that share what is costly to make or to read in one statement; every other by itself.

    Of several groupings only one is in it, the first: groups of others would not fit into its columns.
    """
    bundles: dict[Any, list[Planned]] = {}
    by: dict[Any, tuple[str, ...]] = {}
    for plan in plans:
        leaf = next(iter(plan.places)).leaf
        shared, own = sizes.shared(leaf), leaf.slice.by
        together = shared is not None and (not own or by.setdefault(shared, own) == own)
        bundles.setdefault(shared if together else id(plan), []).append(plan)
    found = []
    for bundle in bundles.values():
        if len(bundle) == 1:
            found.append(Bundle(bundle[0].statement, bundle))
        else:
            widths = [width_of(plan) for plan in bundle]
            statement, places = below_one_another([plan.statement for plan in bundle], widths)
            found.append(Bundle(statement, bundle, places))
    return found
