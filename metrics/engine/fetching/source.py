"""Where leaves come from: the company's data, what was kept of it, and what is remembered of the questions."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from time import monotonic
from typing import Any

import sqlalchemy as sa

from metrics.definition import Measure
from metrics.engine.asking.leaves import Leaf, Wanted
from metrics.engine.asking.needs import missing
from metrics.engine.fetching.behind import Behind
from metrics.engine.fetching.jobs import Jobs, jobs
from metrics.engine.fetching.later import Later
from metrics.engine.fetching.sightings import Sightings
from metrics.engine.fetching.sizes import Sizes
from metrics.engine.fetching.store import SMALL, Store
from metrics.engine.queries import rollup
from metrics.engine.queries.cells import Ran
from metrics.engine.queries.rows import Setting
from metrics.warehouse.answered import Answered

PLANS = 64
"""How many plans are remembered: for the next time that the same is asked of other rows."""
READINGS = 10_000
"""How many leaves are remembered with what is read for them out of a rollup."""


@dataclass(frozen=True)
class Asked:
    """What is asked at once: leaves that can be answered, and what the others lack.

    ``tables`` are those behind them, ``days`` all days as of which they are asked. ``rolled`` are the additive ones by
    the rollup that may answer them, ``alone`` all others. ``plans`` are remembered with it.
    """

    present: tuple[Wanted, ...]
    missing: Mapping[Wanted, tuple[str, ...]]
    tables: frozenset[str]
    days: frozenset[date]
    rolled: Mapping[Hashable, Sequence[Wanted]]
    alone: Sequence[Wanted]
    plans: dict[Hashable, Jobs] = field(default_factory=dict)


@dataclass(frozen=True)
class Source:
    """Where leaves come from: the company's data, and what was kept of it. One caller at a time.

    ``lacking`` remembers what each definition lacks, until a table has other columns or cannot be read any more.
    ``used`` are the tables that were asked about for one answer, and ``states`` those that were read for it, in the
    state that they were seen in. ``apart``: a query that fails because of its
    rows is asked again in parts, so that what fails does so alone.
    """

    setting: Setting
    store: Store
    behind: Behind
    sizes: Sizes
    used: set[str] = field(default_factory=set)
    states: dict[str, int] = field(default_factory=dict)
    counts: dict[str, sa.Select[Any]] = field(default_factory=dict)
    apart: bool = False
    _lacking: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _questions: dict[tuple[Wanted, ...], Asked] = field(default_factory=dict)
    _readings: dict[Wanted, rollup.Reading] = field(default_factory=dict)
    _refused: set[Wanted] = field(default_factory=set)

    def begin(self) -> None:
        """Begin with another answer."""
        self.used.clear()
        self.states.clear()

    def note_states(self, tables: Iterable[str]) -> None:
        """Note in which state tables are read, if none of them was read before."""
        for table in tables:
            self.states.setdefault(table, self.store.state(table))

    @property
    def is_mixed(self) -> bool:
        """Whether a table was seen to change after something of it was read for this answer."""
        return any(self.store.state(table) != state for table, state in self.states.items())

    def forget(self) -> None:
        """Forget what follows from the company's tables and columns: one of them can be read no more, or again."""
        self.behind.forget()
        self.sizes.later.forget()
        for remembered in (self.counts, self._lacking, self._questions):
            remembered.clear()

    def asked(self, wanted: tuple[Wanted, ...]) -> Asked:
        """What is asked at once, remembered for the next time."""
        found = self._questions.get(wanted)
        if found is None:
            if len(self._questions) >= PLANS:
                self._questions.clear()
            found = self._questions[wanted] = self._asked(dict.fromkeys(wanted))
        return found

    def _asked(self, wanted: Iterable[Wanted]) -> Asked:
        lacking = {one: self.missing(one.leaf) for one in wanted}
        present = tuple(one for one, needs in lacking.items() if not needs)
        rolled: dict[Hashable, list[Wanted]] = {}
        alone: list[Wanted] = []
        for one in present:
            measure = one.leaf.expression
            additive = isinstance(measure, Measure) and measure.is_additive
            (rolled.setdefault(rollup.key_of(one), []) if additive else alone).append(one)
        return Asked(
            present,
            {one: needs for one, needs in lacking.items() if needs},
            frozenset(table for one in present for table in self.behind.leaf(one.leaf)),
            frozenset(one.as_of for one in wanted),
            rolled,
            alone,
        )

    def planned(self, asked: Asked, lacking: tuple[Wanted, ...]) -> Jobs:
        """What to ask of the database for those leaves that are not kept, remembered for the next time."""
        big = frozenset(table for table in asked.tables if self.sizes.is_big(table))
        left = None if len(lacking) == len(asked.present) else lacking
        later = tuple(map(self.sizes.later.tables, lacking))
        key = (left, big, frozenset(self.setting.relations.whole), later)
        if key not in asked.plans:
            if len(asked.plans) >= PLANS:
                asked.plans.clear()
            asked.plans[key] = jobs(self.sizes, lacking)
        return asked.plans[key]

    def missing(self, leaf: Leaf) -> tuple[str, ...]:
        """What the company lacks for a leaf."""
        if leaf.key not in self._lacking:
            self._lacking[leaf.key] = missing(leaf.expression, self.setting.relations, self.setting.settings)
        return self._lacking[leaf.key]

    def reading(self, wanted: Wanted) -> rollup.Reading:
        """What is read for a leaf out of its rollup, remembered for the next time."""
        found = self._readings.get(wanted)
        if found is None:
            if len(self._readings) >= READINGS:
                self._readings.clear()
            found = self._readings[wanted] = rollup.reading(self.setting, wanted)
        return found

    def note_refused(self, wanted: Wanted) -> None:
        """Keep in mind, while its tables stay the same, that rows behind a leaf cannot be computed with."""
        self._refused.add(wanted)
        self.store.put(("refused", wanted), self.behind.leaf(wanted.leaf), SMALL, what=True)

    def known_refused(self, asked: Asked) -> list[Wanted]:
        """The leaves of which that is known."""
        if not self._refused:
            return []
        found = [one for one in asked.present if self.store.get(("refused", one))]
        self._refused.difference_update(one for one in asked.present if one not in found)
        return found

    def run(self, statements: Sequence[sa.Select[Any]]) -> Iterator[tuple[Answered, Ran]]:
        """Run statements, each when it is asked for; the receipt of each is kept with what it gives."""
        for answered in self.setting.relations.warehouse.run_all(statements):
            yield answered, Ran(answered.sql, answered.parameters)


def opened(setting: Setting, window: float = 0, clock: Callable[[], float] = monotonic) -> Source:
    """The source of a company's numbers. ``window`` says for how many seconds they stay fresh; 0 keeps nothing."""
    store, behind = Store(Sightings(setting.relations, window, clock)), Behind(setting.relations)
    return Source(setting, store, behind, Sizes(setting, behind, store.seen.rows, Later(store, behind)))
