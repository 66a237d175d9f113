"""People are counted for the lattice, so that whole tables are suppressed before any of their values leaves."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property, lru_cache

import numpy as np

from metrics.definition import Entities
from metrics.engine.cells import Cell, Found, Group
from metrics.engine.fetch import Fetched
from metrics.engine.leaves import Frame, Leaf, Slice
from metrics.engine.population import Population
from metrics.model import Metric
from metrics.periods import Period
from metrics.privacy.combinations import People
from metrics.privacy.lattice import Key, Place, Table
from metrics.privacy.release import Cells, Count, alone, released
from metrics.privacy.suppress import blank
from metrics.privacy.thresholds import FEW, Reader
from metrics.privacy.times import Span, Unit, first_months
from metrics.values import Status, Value

NONE = "(none)"
NO_FIGURE = {Status.NOT_MEASURED, Status.NOT_APPLICABLE}
"""Statuses that say nothing of the people."""
Filters = Mapping[str, Sequence[str]]
Heads = int | Fraction
"""People: on average over a month, there may be half a one."""
Pair = tuple[Leaf, Leaf | None]
Shown = tuple[tuple[Group, ...], frozenset[Hashable], frozenset[int]]


@dataclass(frozen=True)
class Guard:
    """What it takes to decide which values of one ask are shown to a reader."""

    metric: Metric
    frame: Frame
    population: Population
    place: Place
    units: tuple[Unit, ...]
    reader: Reader
    same: dict[Leaf, Leaf] = field(default_factory=dict, repr=False, compare=False)
    """The leaves that other guards count, too."""

    @cached_property
    def months(self) -> tuple[Period, ...]:
        """The months whose people are counted; first the one before, where they stand there from month to month."""
        own = [month for unit in self.units for month in (*unit.before, *unit.months)]
        return (own[0].previous(), *own) if own and self.population.standing else tuple(own)

    @cached_property
    def counted(self) -> Mapping[Period, Pair]:
        """What has to be counted for each month: people, and the small counts among them if there are any."""
        rows = Slice(by=self.place.dimensions)
        frames = [replace(self.frame, period=month, slice=rows) for month in self.months]
        found = {frame.period: self.population.leaves(self.metric, frame, rows) for frame in frames}
        return {
            month: (self._one(people), None if few is None else self._one(few))
            for month, (people, few) in found.items()
        }

    def _one(self, leaf: Leaf) -> Leaf:
        return self.same.setdefault(leaf, leaf)

    @cached_property
    def leaves(self) -> list[Leaf]:
        """What has to be counted."""
        return [one for pair in self.counted.values() for one in pair if one is not None]

    @cached_property
    def least(self) -> tuple[int, ...]:
        """The fewest people that a cell of each table may hold."""
        return self.place.least(self.reader)

    def apply(
        self, by: Sequence[str], filters: Filters, values: Sequence[Value], fetched: Fetched
    ) -> list[Value]:
        """The values as they may leave the engine."""
        if not all(map(fetched.cells.__contains__, self.leaves)):  # nobody can be counted
            shown = self.population.stranger and not self.place.table.dimensions
            return [value if shown or value.status in NO_FIGURE else blank(value) for value in values]
        units = self._decided(fetched.cells)
        verdicts = None if units is None else [self._verdict(unit, fetched) for unit in units]
        return [
            value if self._is_shown(value, self._key(by, filters, value), verdicts) else blank(value)
            for value in values
        ]

    def _decided(self, cells: Mapping[Leaf, Found]) -> tuple[Unit, ...] | None:
        """The units that each have to be shown; None where nothing may be."""
        if not self.population.standing:
            return self.units
        people = [_people(one, cells[one]) for one, _ in self.counted.values()]
        before, *heads = [sum(month.values()) for month in people]
        first = first_months(before, heads, self.least[0])
        return None if first is None else self.units[0 if self.place.table.dimensions else first :]

    def _is_shown(self, value: Value, key: Key, verdicts: Sequence[Mapping[Key, bool]] | None) -> bool:
        if value.status in NO_FIGURE:
            return True
        known = not self.population.stranger  # a group in which nobody was counted is empty
        if verdicts is None or not all(verdict.get(key, known) for verdict in verdicts):
            return False
        if known and value.n is not None and 0 < value.n < self.least[-1]:
            return False
        top = value.citation.numerator
        return self.population.few is None or top is None or not 0 < top < _few(self.place.table)

    def _key(self, by: Sequence[str], filters: Filters, value: Value) -> Key:
        if self.place.table.sets:
            return frozenset(filters[self.place.table.dimensions[0]])
        given: dict[str, str] = {name: values[0] for name, values in filters.items()}
        given |= {name: value.group[name] for name in by if name in value.group}
        return tuple(None if given[name] == NONE else given[name] for name in self.place.table.dimensions)

    def _verdict(self, unit: Unit, fetched: Fetched) -> dict[Key, bool]:
        """For each cell of the asked table whether it is shown in the stretches that were asked for."""
        pairs = tuple([self.counted[month] for month in unit.months])
        unit = self._begun(unit, fetched.cells)
        if len(pairs) > 1:  # the months of a year are decided together, whichever of them is asked for
            key = (self.place, self.reader, unit.spans, pairs)
            groups, shown, busy = fetched.known(key, lambda: self._shown(pairs, unit, fetched.cells))
        else:
            groups, shown, busy = self._shown(pairs, unit, fetched.cells)
        if not groups:
            return {}
        ways = [[_whole(part, unit, busy) for part in way] for way in unit.wanted]
        keys = self.place.table.keys(self.place.dimensions, groups)
        return {key: any(all((key, part) in shown for part in way) for way in ways) for key in keys}

    def _shown(self, pairs: Sequence[Pair], unit: Unit, cells: Mapping[Leaf, Found]) -> Shown:
        """Of the months of a unit all groups, which cells of the asked table are shown, and who has people."""
        people = [_people(one, cells[one]) for one, _ in pairs]
        few = [_people(one, cells[one]) for _, one in pairs if one is not None]
        groups = tuple(sorted({group for month in [*people, *few] for group in month}, key=str))
        if not groups:
            return (), frozenset(), frozenset()
        if len(self.place.tables) == len(unit.spans) == len(pairs) == 1:  # the whole company for one month
            found = [(people[0].get((), 0), self.least[0])]
            found += [(month.get((), 0), _few(self.place.table)) for month in few]
            own = [((), part) for part in unit.spans] if alone(found) else []
            return groups, frozenset(own), frozenset([0] if any(people[0].values()) else [])
        counts = [Count(_pieces(people, groups), self.least)]
        if few:
            counts.append(Count(_pieces(few, groups), tuple(_few(table) for table in self.place.tables)))
        cells_of = _of_all if groups == ((),) else _cells
        shown = released(cells_of(self.place, groups, unit.spans, len(unit.months)), counts)[-1]
        return groups, shown, frozenset(index for index, month in enumerate(people) if any(month.values()))

    def _begun(self, unit: Unit, cells: Mapping[Leaf, Found]) -> Unit:
        """The unit with all its months as one stretch, where the data begins in them."""
        earlier = [self.counted[month][0] for month in unit.before]
        if not earlier or any(any(_people(one, cells[one]).values()) for one in earlier):
            return unit
        return replace(unit, spans=(tuple(range(len(unit.months))),))


def _cells(place: Place, groups: tuple[Group, ...], spans: tuple[Span, ...], months: int) -> list[Cells]:
    """The cells of each table of a place: they follow from its groups and months, whoever is in them."""
    return [_cells_of(table, place.dimensions, groups, spans, months) for table in place.tables]


_of_all = lru_cache(maxsize=256)(_cells)
"""The same for the whole company, where there is one group: small enough to be kept."""


def _cells_of(
    table: Table, dimensions: Sequence[str], groups: Sequence[Group], spans: Sequence[Span], months: int
) -> Cells:
    parts = [*spans, *((month,) for month in range(months) if table.monthly)]
    keys, rows = table.keys(dimensions, groups), table.rows(dimensions, groups)
    days = np.array([[month in part for month in range(months)] for part in parts], dtype=np.int64)
    days = days.reshape(len(parts), months)
    cells = np.einsum("sm,kg->skgm", days, rows).reshape(len(parts) * len(keys), len(groups) * months)
    return Cells(tuple((key, part) for part in parts for key in keys), cells)


def _few(table: Table) -> int:
    return FEW if table.sensitivity == "restricted" else 0


def _whole(part: Span, unit: Unit, busy: frozenset[int]) -> Span:
    """A month that holds all of its quarter's people is that quarter."""
    if part in unit.spans:
        return part
    asked = {month for way in unit.wanted for piece in way for month in piece}
    for larger in unit.spans:
        if set(part) <= set(larger) and busy & set(larger) <= asked:
            return larger
    return part


def _people(one: Leaf, found: Found) -> dict[Group, Heads]:
    """People by group; rows without a value of a dimension are one group."""
    whole = found.cells.get(())
    if whole is not None:
        return {(): _heads(one, whole)}
    counted: dict[Group, Heads] = {}
    for group, cell in found.cells.items():
        name = tuple([part or None for part in group])
        counted[name] = counted.get(name, 0) + _heads(one, cell)
    return counted


def _heads(one: Leaf, cell: Cell) -> Heads:
    """How many a cell counts: its total where that is a count, else the rows or entities it rests on."""
    counted = one.expression
    if isinstance(counted, Entities) or counted.aggregate not in {"count", "distinct"}:
        return cell.rows
    return cell.total or 0


def _pieces(months: Sequence[Mapping[Group, Heads]], groups: Sequence[Group]) -> People:
    return np.array([[float(month.get(group, 0)) for month in months] for group in groups]).ravel()
