"""Which tables are behind a leaf, how big they are and what came later: what decides how a leaf is asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from metrics.definition import Entities, Input, Measure
from metrics.engine.asking.leaves import Leaf, Wanted, takes_quantile
from metrics.engine.fetching.behind import Behind
from metrics.engine.fetching.later import Later
from metrics.engine.queries.rows import Setting
from metrics.engine.tables.relations import Past

BIG = 1_000_000
"""From this many rows on a table is read with memory and time in mind."""


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
        led = next((column.leads_to[0] for column in columns if column.name == item.key), "")
        return self.rows(led) if led else 0

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

        Derived tables that are made of a big one are not: they are made once for all that is asked of them. Nor are
        those whose rows stand for a stretch of days: the newest day of running sums is the one they are added up by.
        """
        measure = wanted.leaf.expression
        additive = isinstance(measure, Measure) and measure.is_additive
        tables = self.setting.relations.catalog.tables
        if not additive or any(tables[name].newest for name in wanted.leaf.tables):
            return False
        return not self.is_heavy(wanted.leaf) and not self.later.tables(wanted)

    def on(self, past: Past) -> Sizes:
        """The same of the tables as they were on a day."""
        return replace(self, setting=replace(self.setting, relations=self.setting.relations.on(past)))
