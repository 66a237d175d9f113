"""What it takes to decide what a whole table shows: who has to be counted, and what that comes to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from metrics.calendar.periods import Period
from metrics.engine.asking.ending import stands_at_its_end
from metrics.engine.asking.leaves import Frame, Leaf, Slice
from metrics.engine.fetching.fetch import Fetched
from metrics.engine.queries.cells import Found
from metrics.engine.suppression.counts import Counts
from metrics.engine.suppression.decided import Shown, shown_of
from metrics.engine.suppression.heads import people_of
from metrics.engine.suppression.population import Population
from metrics.model import Metric
from metrics.privacy.lattice import Key, Place
from metrics.privacy.thresholds import Reader
from metrics.privacy.times import Span, Unit, first_months


@dataclass(frozen=True)
class Deciding:
    """A table of a metric's values, who is counted for it, and for whom."""

    metric: Metric
    frame: Frame
    population: Population
    place: Place
    units: tuple[Unit, ...]
    reader: Reader
    same: dict[Leaf, Leaf] = field(default_factory=dict, repr=False, compare=False)
    """The leaves that are counted for other tables, too."""

    @cached_property
    def months(self) -> tuple[Period, ...]:
        """The months whose people are counted; first the one before, where they stand there from month to month."""
        own = [month for unit in self.units for month in (*unit.before, *unit.months)]
        return (own[0].previous(), *own) if own and self.population.standing else tuple(own)

    @cached_property
    def counted(self) -> Mapping[Period, Counts]:
        """What has to be counted for each month."""
        rows = Slice(by=self.place.dimensions)
        frames = [replace(self.frame, period=month, slice=rows) for month in self.months]
        found = {frame.period: self.population.leaves(self.metric, frame, rows) for frame in frames}
        return {month: counts.shared(self.same) for month, counts in found.items()}

    @cached_property
    def leaves(self) -> list[Leaf]:
        """What has to be counted."""
        before = self.earlier.leaves if self.earlier else []
        return [*before, *(one for counts in self.counted.values() for one in counts.all)]

    @cached_property
    def needed(self) -> list[Leaf]:
        """Without which nothing is decided."""
        before = self.earlier.needed if self.earlier else []
        return [*before, *(one for counts in self.counted.values() for one in counts.needed)]

    @cached_property
    def earlier(self) -> Deciding | None:
        """The same of the tables before the last dimension of which one person may be in several groups.

        Who is in several of its groups counts for less there, and what these tables show must not depend on it. So may
        be who changed departments, levels or whatever there is within a month.
        """
        tables, names = self.place.tables, self.place.dimensions
        own = names if self.population.moves else [names[at] for at in self.repeated]
        first = max(
            (next(i for i, one in enumerate(tables) if name in one.dimensions) for name in own), default=0
        )
        used = dict.fromkeys(name for table in tables[:first] for name in table.dimensions)
        return replace(self, place=Place(tables[:first], tuple(used))) if first else None

    @cached_property
    def least(self) -> tuple[int, ...]:
        """The fewest people that a cell of each table may hold."""
        return self.place.least(self.reader)

    @property
    def both(self) -> bool:
        """Whether few people are as few on either side of a rate, of a protected trait and without it, and none too."""
        return "protected" in self.metric.tags

    @cached_property
    def repeated(self) -> tuple[int, ...]:
        """The places of dimensions of which one person may be in several groups: whoever answered two questions is."""
        known = self.frame.catalog.dimensions
        paths = [known[name].paths.get(self.population.table, "") for name in self.place.dimensions]
        named = enumerate(zip(self.place.dimensions, paths, strict=True))
        return tuple(at for at, (name, path) in named if self.population.repeats(name, path))

    def verdicts(self, fetched: Fetched) -> list[dict[Key, bool]] | None:
        """For each stretch that has to be shown, which cells of the asked table are; None where nothing may be."""
        units = self._decided(fetched.cells)
        return None if units is None else [self._verdict(unit, fetched) for unit in units]

    def _decided(self, cells: Mapping[Leaf, Found]) -> tuple[Unit, ...] | None:
        """The units that each have to be shown; None where nothing may be."""
        if not self.population.standing or stands_at_its_end(self.metric, self.frame):
            return self.units  # of what is true at the end nothing before it is a part
        people = [people_of(counts.people, cells[counts.people]) for counts in self.counted.values()]
        before, *heads = [sum(month.values()) for month in people]
        first = first_months(before, heads, self.least[0])
        return None if first is None else self.units[0 if self.place.table.dimensions else first :]

    def _verdict(self, unit: Unit, fetched: Fetched) -> dict[Key, bool]:
        """For each cell of the asked table whether it is shown in the stretches that were asked for."""
        unit = self._begun(unit, fetched.cells)
        groups, shown, busy = self._tables(unit, fetched)
        if not groups:
            return {}
        ways = [[_whole(part, unit, busy) for part in way] for way in unit.wanted]
        keys = self.place.table.keys(self.place.dimensions, groups)
        return {key: any(all((key, part) in shown[-1] for part in way) for way in ways) for key in keys}

    def _tables(self, unit: Unit, fetched: Fetched) -> Shown:
        """What is shown of each table in the stretches of a unit."""
        counts = tuple([self.counted[month] for month in unit.months])
        before = self.earlier._tables(unit, fetched)[1] if self.earlier else ()  # noqa: SLF001 - of its own kind

        def decide() -> Shown:
            held = (self.place, self.least, counts, unit, fetched.cells)
            return shown_of(*held, both=self.both, repeated=self.repeated, earlier=before)

        if len(counts) > 1:  # the months of a year are decided together, whichever of them is asked for
            key = (self.place, self.reader, self.both, unit.spans, len(counts), counts[0], counts[-1])
            found: Shown = fetched.known(key, decide)
            return found
        return decide()

    def _begun(self, unit: Unit, cells: Mapping[Leaf, Found]) -> Unit:
        """The unit with all its months as one stretch, where the data begins in them."""
        earlier = [self.counted[month].people for month in unit.before]
        if not earlier or any(any(people_of(one, cells[one]).values()) for one in earlier):
            return unit
        return replace(unit, spans=(tuple(range(len(unit.months))),))


def _whole(part: Span, unit: Unit, busy: frozenset[int]) -> Span:
    """A month that holds all of its quarter's people is that quarter."""
    if part in unit.spans:
        return part
    asked = {month for way in unit.wanted for piece in way for month in piece}
    for larger in unit.spans:
        if set(part) <= set(larger) and busy & set(larger) <= asked:
            return larger
    return part
