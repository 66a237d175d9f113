"""Leaves -> cells: out of what is kept, else out of the database; and what comes from there is kept."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from time import monotonic
from typing import Any

import sqlalchemy as sa

from metrics.definition import Measure
from metrics.engine import rollup
from metrics.engine.behind import Behind
from metrics.engine.cells import Found, Ran
from metrics.engine.jobs import Bundle, Jobs, RollUp, Sizes, jobs
from metrics.engine.leaves import Known, Leaf, Wanted
from metrics.engine.needs import missing
from metrics.engine.rows import Setting
from metrics.engine.store import Store
from metrics.warehouse.connect import Answered

POINT, CELL = 200, 400
"""About how many bytes one day of a rollup takes, and one cell of a result."""
PLANS = 64
"""How many plans are remembered: for the next time that the same is asked of other rows."""


@dataclass
class Fetched:
    """What came back as of one day: cells by leaf, and what is missing by leaf.

    What several values make of the same cells is worked out once.
    """

    cells: dict[Leaf, Found] = field(default_factory=dict)
    missing: dict[Leaf, tuple[str, ...]] = field(default_factory=dict)
    _known: dict[Hashable, Any] = field(default_factory=dict)

    def known(self, key: Hashable, make: Callable[[], Known]) -> Known:
        """What was made of these cells under a key, or is made now."""
        if key not in self._known:
            self._known[key] = make()
        found: Known = self._known[key]
        return found


@dataclass(frozen=True)
class Asked:
    """What is asked at once: leaves that can be answered, and what the others lack.

    ``tables`` are those behind them, ``days`` all days as of which they are asked. ``rolled`` are the additive ones by
    the rollup that may answer them, ``alone`` all others.
    """

    present: tuple[Wanted, ...]
    missing: Mapping[Wanted, tuple[str, ...]]
    tables: frozenset[str]
    days: frozenset[date]
    rolled: Mapping[Hashable, Sequence[Wanted]]
    alone: Sequence[Wanted]


@dataclass(frozen=True)
class Source:
    """Where leaves come from: the company's data, and what was kept of it. One caller at a time.

    ``lacking`` remembers what each definition lacks, for a company's columns do not change while it is open.
    ``used`` are the tables that were asked about since it was cleared.
    """

    setting: Setting
    store: Store
    behind: Behind
    sizes: Sizes
    lacking: dict[str, tuple[str, ...]] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    plans: dict[Any, Jobs] = field(default_factory=dict)
    questions: dict[tuple[Wanted, ...], Asked] = field(default_factory=dict)
    counts: dict[str, sa.Select[Any]] = field(default_factory=dict)

    def asked(self, wanted: tuple[Wanted, ...]) -> Asked:
        """What is asked at once, remembered for the next time."""
        if wanted not in self.questions:
            if len(self.questions) >= PLANS:
                self.questions.clear()
            self.questions[wanted] = self._asked(dict.fromkeys(wanted))
        return self.questions[wanted]

    def _asked(self, wanted: Iterable[Wanted]) -> Asked:
        lacking = {one: self.missing(one.leaf) for one in wanted}
        present = tuple(one for one, needs in lacking.items() if not needs)
        rolled: dict[Hashable, list[Wanted]] = {}
        alone: list[Wanted] = []
        for one in present:
            measure = one.leaf.expression
            additive = isinstance(measure, Measure) and measure.is_additive
            (rolled.setdefault(_rollup_key(one), []) if additive else alone).append(one)
        return Asked(
            present,
            {one: needs for one, needs in lacking.items() if needs},
            frozenset(table for one in present for table in self.behind.leaf(one.leaf)),
            frozenset(one.as_of for one in wanted),
            rolled,
            alone,
        )

    def missing(self, leaf: Leaf) -> tuple[str, ...]:
        """What the company lacks for a leaf."""
        if leaf.key not in self.lacking:
            self.lacking[leaf.key] = missing(leaf.expression, self.setting.relations, self.setting.settings)
        return self.lacking[leaf.key]

    def forget(self) -> None:
        """Work out anew what is asked of which tables: some can be read that could not, or the other way round."""
        self.behind.forget()
        for worked_out in (self.lacking, self.plans, self.questions, self.counts):
            worked_out.clear()

    def run(self, statement: sa.Select[Any]) -> tuple[Answered, Ran]:
        """Run a statement; its receipt is kept with what it gives."""
        answered = self.setting.relations.warehouse.run(statement)
        return answered, Ran(answered.sql, answered.parameters)


def opened(setting: Setting, window: float = 0, clock: Callable[[], float] = monotonic) -> Source:
    """The source of a company's numbers. ``window`` says for how many seconds they stay fresh; 0 keeps nothing."""
    store, behind = Store(setting.relations, window, clock), Behind(setting.relations)
    return Source(setting, store, behind, Sizes(setting, behind, store.rows))


def fetch(source: Source, wanted: tuple[Wanted, ...]) -> dict[date, Fetched]:
    """Answer every leaf as of its day.

    Raises:
        CompanyError: the warehouse refuses a query.
    """
    asked = source.asked(wanted)
    found = {day: Fetched() for day in asked.days}
    for one, lacking in asked.missing.items():
        found[one.as_of].missing[one.leaf] = lacking
    for one, cells in _answered(source, asked).items():
        if isinstance(cells, Found):
            found[one.as_of].cells[one.leaf] = cells
        else:
            found[one.as_of].missing[one.leaf] = cells
    return found


def _answered(source: Source, asked: Asked) -> dict[Wanted, Found | tuple[str, ...]]:
    """The cells of each leaf, or what its groups or filters lack.

    Whoever has to ask the database looks first whether more rows have come.
    """
    source.used.update(asked.tables)
    looked_at = source.store.check(asked.tables)
    kept: dict[Wanted, Found | tuple[str, ...]] = {**_kept(source, asked)}
    if len(kept) < len(asked.present) and asked.tables - looked_at:
        source.store.glance(asked.tables - looked_at)
        kept = {**_kept(source, asked)} if kept else {}
    lacking = tuple([wanted for wanted in asked.present if wanted not in kept])
    if lacking:
        _note_whole(source, asked.tables)
        planned = _planned(source, lacking, asked.tables)
        kept |= planned.missing
        for job in planned.found:
            kept |= _rolled_up(source, job) if isinstance(job, RollUp) else _read(source, job)
    return kept


def _planned(source: Source, lacking: tuple[Wanted, ...], tables: frozenset[str]) -> Jobs:
    """What to ask of the database, remembered for the next time."""
    big = frozenset(table for table in tables if source.sizes.is_big(table))
    key = (lacking, big, frozenset(source.setting.relations.whole))
    if key not in source.plans:
        if len(source.plans) >= PLANS:
            source.plans.clear()
        source.plans[key] = jobs(source.sizes, lacking)
    return source.plans[key]


def _note_whole(source: Source, tables: frozenset[str]) -> None:
    """Find out which tables hold rows that count in no metric: where there are none, none are kept out."""
    relations = source.setting.relations
    for table in sorted(table for table in tables if relations.catalog.tables[table].leave_out):
        left = source.store.get(("left out", table))
        if left is None:
            left = _left_out(source, table)
            source.store.put(("left out", table), source.behind.table(table), CELL, left)
        relations.whole -= {table}
        relations.whole |= set() if left else {table}


def _left_out(source: Source, table: str) -> int:
    """How many rows of a table count in no metric."""
    if table not in source.counts:
        relations = source.setting.relations
        relation, leave_out = relations.table(table), relations.catalog.tables[table].leave_out
        out = [
            relation.c[name] == sa.literal(value) for name, value in leave_out.items() if name in relation.c
        ]
        counted = sa.select(sa.func.count()).select_from(relation).where(sa.or_(sa.false(), *out))
        source.counts[table] = counted
    return int(source.run(source.counts[table])[0].rows[0][0])


def _kept(source: Source, asked: Asked) -> dict[Wanted, Found]:
    """What is kept: a rollup serves all periods from a day on, a result only its own."""
    found: dict[Wanted, Found] = {}
    alone = list(asked.alone)
    for key, group in asked.rolled.items():
        if not source.sizes.rolls_up(group[0].leaf):
            alone += group
            continue
        rolled = source.store.get(key)
        for wanted in group if rolled is not None else ():
            if rolled.since <= rollup.since(source.setting, wanted):
                found[wanted] = rollup.read(source.setting, wanted, rolled)
    for wanted in alone:
        kept = source.store.get(("result", wanted))
        if kept is not None:
            found[wanted] = kept
    return found


def _rollup_key(wanted: Wanted) -> tuple[Any, ...]:
    assert isinstance(wanted.leaf.expression, Measure)
    return ("rollup", rollup.source_of(wanted.leaf), wanted.leaf.expression.content)


def _rolled_up(source: Source, job: RollUp) -> dict[Wanted, Found]:
    """The leaves of a day rollup, which is kept."""
    groups = len(job.wanted[0].leaf.slice.by)
    ran = [source.run(statement) for statement in job.planned.statements]
    queries = tuple(query for _, query in ran)
    places = job.planned.places
    sums = [rollup.series(answered, places.values(), groups) for answered, _ in ran]
    rolled: dict[str, rollup.Rolled] = {}
    for (content, place), begins, *ends in zip(places.items(), *sums, strict=True):
        rolled[content] = rollup.Rolled(begins, ends[0] if ends else None, queries, place.column, job.since)
    found = {}
    left = dict(rolled)
    for wanted in job.wanted:
        assert isinstance(wanted.leaf.expression, Measure)
        content = wanted.leaf.expression.content
        kept = rolled[content]
        if left.pop(content, None):
            source.store.put(_rollup_key(wanted), source.behind.leaf(wanted.leaf), POINT * kept.points, kept)
        found[wanted] = rollup.read(source.setting, wanted, kept)
    return found


def _read(source: Source, job: Bundle) -> dict[Wanted, Found]:
    """The leaves of a statement, each kept by itself."""
    answered, ran = source.run(job.statement)
    found = job.read(answered.rows, ran)
    for wanted, one in found.items():
        weight = CELL * (1 + len(one.cells))
        source.store.put(("result", wanted), source.behind.leaf(wanted.leaf), weight, one)
    return found
