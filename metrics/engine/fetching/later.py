"""Which leaves a day in the past needs other tables for: those that would be told by what came after it.

A leaf that only looks at the day by which its rows count is cut off there. One that looks at something that becomes
known later, such as whether a lead of that day became a customer, has to be asked of the tables as they were.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from metrics.definition import Measure, looked_at
from metrics.engine.asking.kept import way
from metrics.engine.asking.leaves import Leaf, Slice, Wanted
from metrics.engine.fetching.behind import Behind
from metrics.engine.fetching.freshness import newest_told
from metrics.engine.fetching.store import Store
from metrics.model import Catalog

NONE: frozenset[str] = frozenset()
LEAVES = 10_000
"""Of how many leaves it is remembered."""


def looks_later(catalog: Catalog, measure: Measure, rows: Slice) -> bool:
    """Whether a measure looks at anything of a row that becomes known after the day by which the row counts.

    What tables are derived for is just that.
    """
    own = measure.date if isinstance(measure.date, str) else measure.date[0]
    split = [way(catalog, measure.table, name) for name in (*rows.by, *rows.beside, *dict(rows.filters))]
    for path in (*looked_at(measure), *filter(None, split)):
        *hops, last = path.split(">")
        tables = [measure.table, *(step.partition(".")[0] for step in (*hops, last)[1:])]
        if any(catalog.tables[table].derived for table in tables):
            return True
        name = last.rpartition(".")[2]
        known_from = next((c.known_from for c in catalog.tables[tables[-1]].columns if c.name == name), "")
        if known_from and path.removesuffix(name) + known_from != own:
            return True
    return catalog.tables[measure.table].derived != []


@dataclass
class Later:
    """Which tables hold rows that came after its day and would tell a leaf.

    That is worked out once for each leaf, and for each state of a table.
    """

    store: Store
    behind: Behind
    _told: dict[Leaf, frozenset[str]] = field(default_factory=dict)
    _newest: dict[str, tuple[int, date]] = field(default_factory=dict)

    def tables(self, wanted: Wanted) -> frozenset[str]:
        """The tables in which something came after its day that would tell a leaf; mostly there are none.

        The tables behind it have been looked at.
        """
        told = self._told_by(wanted.leaf)
        return (
            frozenset([table for table in told if self._newest_day(table) > wanted.as_of]) if told else NONE
        )

    def forget(self) -> None:
        """Work it out anew: some tables can be read that could not, or the other way round."""
        self._told.clear()
        self._newest.clear()

    def _told_by(self, leaf: Leaf) -> frozenset[str]:
        """The tables of which later rows would tell a leaf."""
        found = self._told.get(leaf)
        if found is None:
            if len(self._told) >= LEAVES:
                self._told.clear()
            catalog = self.store.seen.relations.catalog
            looks = any(looks_later(catalog, measure, leaf.slice) for measure in leaf.measures)
            found = self._told[leaf] = self.behind.leaf(leaf) if looks else NONE
        return found

    def _newest_day(self, table: str) -> date:
        """The newest day of a table on which anything happened, as it was seen last."""
        state = self.store.state(table)
        known = self._newest.get(table)
        if known is None or known[0] != state:
            newest = max(newest_told(self.store, table), default=date.min)
            known = self._newest[table] = (state, newest)
        return known[1]
