"""An ask about people -> its place on the lattice, and the days of it that are over."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from metrics.calendar.periods import Period
from metrics.definition import Test
from metrics.engine.asking.ask import Ask
from metrics.engine.asking.declared import whole
from metrics.engine.asking.ending import only_its_end
from metrics.engine.asking.leaves import Frame
from metrics.engine.suppression.deciding import Deciding
from metrics.engine.suppression.guard import Guard
from metrics.engine.suppression.population import HEADCOUNT, Population, behind_rows, of_people
from metrics.errors import GuardedError
from metrics.model import Catalog, Metric, Sensitivity
from metrics.privacy.lattice import FIRST, OffLatticeError, place, tables
from metrics.privacy.sensitivity import (
    by_dimension,
    department_of,
    holds_pay,
    most,
    of_dimension,
    of_metric,
    parts_pay,
)
from metrics.privacy.thresholds import Reader, least
from metrics.privacy.times import Unit, closed, months_of, open_from, passing_units, standing_units

LEAVES = 5_000
"""How many leaves and places guards share: what is the same thing is found without being compared."""


@dataclass(frozen=True)
class Lattice:
    """What the lattice of a company rests on: its dimensions, its organisations, and what each metric reaches.

    ``heads`` says whether its employees can be counted by a dimension, ``sensible`` whether a dimension says something
    of a metric, whatever the company has; ``reaches`` that it does, with what the company has.
    """

    catalog: Catalog
    organisations: tuple[tuple[str, ...], ...]
    reaches: Callable[[str, str], bool]
    sensible: Callable[[str, str], bool]
    heads: Callable[[str], bool]
    settings: Mapping[str, Any]
    _same: dict[Any, Any] = field(default_factory=dict, repr=False, compare=False)

    def guard(self, ask: Ask, frame: Frame, reader: Reader) -> Guard | None:
        """What guards the values of an ask; None where all of them are open.

        Raises:
            OffLatticeError: there are people values, but none for these rows or days.
            GuardedError: the values would carry names of persons.
        """
        named = [name for name in (*ask.by, *ask.filters, *ask.beside) if name in self.catalog.dimensions]
        refuse_persons(self.catalog, ask.metric, named, reader)
        if parts_pay(self.catalog, ask.metric, named):
            names = " and ".join(dict.fromkeys(named))
            raise OffLatticeError(
                f"{ask.metric} holds pay, and by {names} nobody can say of how many people: ask for it by department, "
                "or by one line of the income statement."
            )
        level = most(*(by_dimension(self.catalog, ask.metric, name) for name in named))
        base = of_metric(self.catalog, ask.metric)
        if not least(most(level, base), reader):
            return None
        if columns := [name for name in ask.filters if name not in self.catalog.dimensions]:
            raise OffLatticeError(
                f"{ask.metric} is about people as it is asked here, so it is not filtered by the column "
                f"{columns[0]}: use a dimension, for example department."
            )
        if ask.besides:
            raise OffLatticeError(
                f"{ask.metric} is about people, so it is not given for all the others as one: ask for the groups."
            )
        metric = self.catalog.metric(ask.metric)
        own = self._own_department(metric)
        people = Population(HEADCOUNT) if own else self._population(metric, frame, base, named)
        if people.counted is HEADCOUNT:
            people = replace(people, paid=holds_pay(self.catalog, metric))
        opens = self.opens(metric, frame)
        period = closed(frame.period, opens)
        units = _units(metric, frame, people, period, opens)
        monthly = any(unit.needs_months for unit in units)
        levels = self._levels(ask.metric, base, people, reader) if named or monthly else {}
        levels |= dict.fromkeys(own, base)
        loose = {name for name in named if name not in levels}  # the same people, whatever its value
        self._refuse_narrower(ask.metric, people, loose)
        base = most(base, *(by_dimension(self.catalog, ask.metric, name) for name in loose))
        by = [name for name in ask.by if name in levels]
        filters = own | {name: values for name, values in ask.filters.items() if name in levels}
        found = tables(base, levels, self._persons(levels), self.organisations)
        if len(self._same) >= LEAVES:
            self._same.clear()
        spot = place(found, by, filters, monthly=monthly)
        spot = self._same.setdefault(spot, spot)
        inside = replace(frame, period=period)
        return Guard(Deciding(metric, inside, people, spot, units, reader, self._same), own)

    def _refuse_narrower(self, metric_id: str, people: Population, names: Iterable[str]) -> None:
        """People values are parted by what people are counted by; a cost alone also by what it went to.

        Raises:
            OffLatticeError: one of these names parts the values into groups of which nobody counts the people.
        """
        for name in names:
            counts = people.counted is HEADCOUNT or not self.reaches(metric_id, name)
            if not (counts and self.sensible(metric_id, name)):
                raise OffLatticeError(
                    f"{metric_id} is about people as it is asked here, and by {name} they are not counted: "
                    "leave that out."
                )

    def opens(self, metric: Metric, frame: Frame) -> date:
        """The first day that belongs to no month of which values are given.

        Such a month is over, and where a metric waits for its people all of them have had their time: one more with
        every day that passes would be a group of one.
        """
        over = open_from(frame.as_of, frame.elapsed)
        leaves = [leaf for part in frame.leaves(metric).values() for leaf in part]
        waits = max((whole(one.mature_days, {}) for leaf in leaves for one in leaf.measures), default=0)
        return min(over, open_from(frame.as_of - timedelta(days=waits), None)) if waits else over

    def _own_department(self, metric: Metric) -> dict[str, Sequence[str]]:
        """The department whose cost a metric adds up, with the pay of its people, where these can be counted."""
        condition = department_of(self.catalog, metric)
        if condition is None or not self.heads(FIRST):
            return {}
        if isinstance(condition, Test):
            condition = self.settings.get(condition.setting or "")
        named = condition if isinstance(condition, list) else [condition]
        return {} if condition is None else {FIRST: [str(name) for name in named]}

    def _population(
        self, metric: Metric, frame: Frame, base: Sensitivity, named: Iterable[str]
    ) -> Population:
        if base != "open":
            return of_people(metric, frame)
        guarded = [name for name in named if of_dimension(self.catalog, name) in {"people", "restricted"}]
        return behind_rows(self.catalog, metric, frame, guarded) if guarded else Population(HEADCOUNT)

    def _levels(
        self, metric_id: str, base: Sensitivity, people: Population, reader: Reader
    ) -> dict[str, Sensitivity]:
        """The dimensions that the people counted can be told apart by, and how guarded values are by each."""
        found = {}
        for name, dimension in self.catalog.dimensions.items():
            if dimension.sensitivity == "person" and not reader.persons:
                continue
            if people.counted is HEADCOUNT and HEADCOUNT.table not in dimension.paths:
                continue
            if base == "open" and dimension.sensitivity in {"open", "person"} and name != FIRST:
                continue
            if self.reaches(metric_id, name):
                found[name] = by_dimension(self.catalog, metric_id, name)
        return found

    def _persons(self, names: Iterable[str]) -> list[str]:
        return [name for name in names if of_dimension(self.catalog, name) == "person"]


def _units(metric: Metric, frame: Frame, people: Population, period: Period, opens: date) -> tuple[Unit, ...]:
    """What is decided together; where only the end of a period matters, its last month says all of it."""
    if not period.days:
        return ()
    if people.passing:
        return passing_units(period, opens)
    return standing_units(months_of(period)[-1] if only_its_end(metric, frame) else period)


def refuse_persons(catalog: Catalog, metric_id: str, names: Iterable[str], reader: Reader) -> None:
    """Only who was granted that sees values under the names of persons.

    Raises:
        GuardedError: a dimension names persons, and this reader may not see them.
    """
    for name in names:
        if of_dimension(catalog, name) == "person" and not reader.persons:
            raise GuardedError(
                f"{metric_id} is not given by {name} here, because that names persons: "
                "ask on the command line, or for another dimension, for example department."
            )
