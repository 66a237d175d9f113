"""Asks -> tables of values: each from its own place, or from the first wider one that may be shown."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from metrics.engine.asking.ask import Ask
from metrics.engine.asking.framing import Framing
from metrics.engine.asking.kept import way
from metrics.engine.asking.leaves import Leaf
from metrics.engine.asking.needs import lacks_path
from metrics.engine.evaluation.valued import Valued
from metrics.engine.fetching.fetch import Fetched, fetch
from metrics.engine.fetching.source import Source
from metrics.engine.queries.rows import Setting
from metrics.engine.suppression.placing import Lattice
from metrics.engine.suppression.spots import Spot, is_hidden, spot
from metrics.privacy import Reader, level_of, may_see, withhold_table
from metrics.values import Status, Value

SPOTS = 2_000
"""How many asks are remembered with what follows from them alone, for the next time."""


@dataclass(frozen=True)
class Answers:
    """What it takes to answer asks: the company's data, the frames of its metrics, and the lattice of its people."""

    setting: Setting
    source: Source
    framing: Framing
    lattice: Lattice
    _spots: dict[Hashable, tuple[Spot, bool]] = field(default_factory=dict)

    def tables(
        self, asked: Sequence[Ask], as_of: date, today: date | None, reader: Reader
    ) -> list[list[Value]]:
        """The values of each ask, in order.

        Raises:
            CompanyError: the warehouse refuses a query.
            OffLatticeError: a people value is asked for rows or days for which there is none.
        """
        spots = [self._spot(ask, as_of, today, reader) for ask in asked]
        tables = self._tables([one for one, _ in spots])
        return [
            table if seen else withhold_table(table) for table, (_, seen) in zip(tables, spots, strict=True)
        ]

    def _spot(self, ask: Ask, as_of: date, today: date | None, reader: Reader) -> tuple[Spot, bool]:
        """Where an ask is answered: as it stands, or on the lattice if it is about people; and whether for them."""
        # where a table can be read no more, or has other columns, another definition may serve
        key = (ask.key, as_of, today, reader, self.setting.relations.times)
        if key not in self._spots:
            if len(self._spots) >= SPOTS:
                self._spots.clear()
            level = level_of(self.framing.catalog, ask.metric, (*ask.by, *ask.filters, *ask.beside))
            seen = may_see(reader, level, ask.metric)
            found = spot(self.lattice, ask, self.framing.frame(ask, as_of, today), reader)
            if not seen:  # a wider place would tell them that the one asked for has few people in it
                found = replace(found, ask=replace(found.ask, roll_up=False))
            self._spots[key] = found, seen
        return self._spots[key]

    def _tables(self, spots: Sequence[Spot]) -> list[list[Value]]:
        """The values of each spot, as they may leave the engine: its own, or the first wider one that may.

        What is too small is widened for all at once, so that they share queries.
        """
        fetched = self._fetched(spots)
        tables = [self._shown(one, fetched[one.frame.as_of]) for one in spots]
        wider = {
            place: one.wider(self.lattice)
            for place, (one, table) in enumerate(zip(spots, tables, strict=True))
            if one.ask.roll_up and is_hidden(table)
        }
        while wider:
            tried = {place: wide for place, ways in wider.items() if (wide := next(ways, None)) is not None}
            found = self._tables(list(tried.values()))
            shown = {place: table for place, table in zip(tried, found, strict=True) if not _is_out(table)}
            for place, table in shown.items():
                tables[place] = table
            wider = {place: wider[place] for place in tried if place not in shown}
        return tables

    def _fetched(self, spots: Sequence[Spot]) -> dict[date, Fetched]:
        """What the database gives for all spots, by as-of day."""
        found = fetch(self.source, tuple([wanted for one in spots for wanted in one.wanted]))
        return {one.frame.as_of: found.get(one.frame.as_of, Fetched()) for one in spots}

    def _shown(self, one: Spot, fetched: Fetched) -> list[Value]:
        """The values of one spot, as they may be shown there."""
        guarded = one.guard is not None
        valued = Valued(one.metric, one.ask, one.frame, one.own, fetched, self.setting, guarded)
        if one.is_empty:
            if lacking := self._lacking(one):  # no month that is still to end will have it
                return [valued.without(Status.NOT_MEASURED, lacking)]
            return [valued.without(Status.IMMATURE_COHORT if one.young else Status.INSUFFICIENT)]
        values = valued.values()
        if one.guard is not None and (untold := one.guard.untold(one.ask.by, values, fetched)):
            values += [valued.without(Status.INSUFFICIENT, (), group) for group in untold]
            values.sort(key=lambda value: str(value.citation.scope.group))
        return one.shown(values, fetched)

    def _lacking(self, one: Spot) -> tuple[str, ...]:
        """What the company lacks for a spot that asks nothing of the database yet: for its metric, else for groups."""
        own = [leaf for part in one.frame.leaves(one.metric).values() for leaf in part]
        lacking = [need for leaf in own for need in self.source.missing(leaf)]
        return tuple(
            dict.fromkeys(lacking or [need for leaf in own for need in self._lacking_for_groups(leaf)])
        )

    def _lacking_for_groups(self, leaf: Leaf) -> Iterator[str]:
        """What the company lacks to split or filter the rows of a leaf."""
        relations, rows = self.setting.relations, leaf.slice
        for name in (*rows.by, *rows.beside, *dict(rows.filters)):
            for measure in leaf.measures:
                if path := way(relations.catalog, measure.table, name):
                    yield from lacks_path(relations, measure.table, path)


def _is_out(table: Sequence[Value]) -> bool:
    """Whether a wider place has no value that may stand in."""
    return table[0].status in {Status.SUPPRESSED, Status.INSUFFICIENT}
