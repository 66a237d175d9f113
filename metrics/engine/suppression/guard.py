"""People are counted for the lattice, so that whole tables are suppressed before any of their values leaves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product

from metrics.engine.asking.kept import NONE
from metrics.engine.asking.leaves import Leaf
from metrics.engine.fetching.fetch import Fetched
from metrics.engine.queries.cells import Group
from metrics.engine.suppression.decided import fewest
from metrics.engine.suppression.deciding import Deciding
from metrics.engine.suppression.heads import people_of
from metrics.privacy.lattice import Key
from metrics.privacy.suppress import blank
from metrics.values import Status, Value

NO_FIGURE = {Status.NOT_MEASURED, Status.NOT_APPLICABLE}
"""Statuses that say nothing of the people."""
Filters = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Guard:
    """Which values of one ask are shown to a reader.

    ``own`` is what the metric itself is narrowed to, beside what was asked for.
    """

    deciding: Deciding
    own: Filters = field(default_factory=dict)

    @property
    def leaves(self) -> list[Leaf]:
        """What has to be counted."""
        return self.deciding.leaves

    @cached_property
    def by_trait(self) -> bool:
        """Whether the table is by a protected trait: then it tells of no group whether there is anybody in it."""
        known = self.deciding.frame.catalog.dimensions
        return any(known[name].sensitivity == "restricted" for name in self.deciding.place.table.dimensions)

    def untold(self, by: Sequence[str], values: Sequence[Value], fetched: Fetched) -> list[Group]:
        """The groups of a table by a protected trait that nobody is in: left out, they would be told apart."""
        told = not self.by_trait or not by or any(value.status in NO_FIGURE for value in values)
        if told or not all(map(fetched.cells.__contains__, self.deciding.needed)):
            return []
        people = [counts.people for counts in self.deciding.counted.values()]
        counted = (people_of(one, fetched.cells[one]) for one in people)
        groups = {group for month in counted for group in month}
        places = [self.deciding.place.dimensions.index(name) for name in by]
        parts = [sorted({group[place] for group in groups}, key=str) for place in places]
        there = {value.citation.scope.group for value in values}
        return [group for group in product(*parts) if group not in there]

    def apply(
        self, by: Sequence[str], filters: Filters, values: Sequence[Value], fetched: Fetched
    ) -> list[Value]:
        """The values as they may leave the engine."""
        if not (
            fetched.whole or all(map(fetched.cells.__contains__, self.deciding.needed))
        ):  # nobody can be counted
            shown = self.deciding.population.stranger and not self.deciding.place.table.dimensions
            return [value if shown or value.status in NO_FIGURE else blank(value) for value in values]
        verdicts = self.deciding.verdicts(fetched)
        return [value if self._is_shown(value, by, filters, verdicts) else blank(value) for value in values]

    def _is_shown(
        self,
        value: Value,
        by: Sequence[str],
        filters: Filters,
        verdicts: Sequence[Mapping[Key, bool]] | None,
    ) -> bool:
        if value.status in NO_FIGURE:
            return True
        if value.status is Status.NOT_COMPUTABLE and (by or not filters):  # it is of a whole table
            return not filters
        key = self._key(by, filters, value)
        known = not self.deciding.population.stranger  # a group in which nobody was counted is empty
        if (self.by_trait and not value.n) or verdicts is None:
            return False
        if not all(verdict.get(key, known) for verdict in verdicts):
            return False
        if known and value.n is not None and 0 < value.n < self.deciding.least[-1]:
            return False
        return not self._tells_few(value)

    def _tells_few(self, value: Value) -> bool:
        """Whether its numerator counts so few people that it tells of persons, or leaves out as few."""
        top, whole = value.citation.numerator, value.citation.denominator
        if self.deciding.population.few is None or top is None:
            return False
        if self.deciding.both and whole:  # where it is none or all of them, it is known of each
            return any(few < fewest(self.deciding.place.table) for few in (top, whole - top))
        return 0 < top < fewest(self.deciding.place.table)

    def _key(self, by: Sequence[str], filters: Filters, value: Value) -> Key:
        filters = {**self.own, **filters}
        if self.deciding.place.table.sets:
            return frozenset(filters[self.deciding.place.table.dimensions[0]])
        given: dict[str, str] = {name: values[0] for name, values in filters.items()}
        given |= {name: value.group[name] for name in by if name in value.group}
        return tuple(
            None if given[name] == NONE else given[name] for name in self.deciding.place.table.dimensions
        )
