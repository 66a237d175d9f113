"""Additive measures: one query per table and anchor date, grouped by raw day, kept as running sums.

Counts and sums add up over days, so a day's totals answer any period of any length, and the difference of
what began and what ended answers any instant of a stock.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from metrics.definition import Measure, Test
from metrics.engine.cells import EXACT, Cell, Found, Group, Ran, Series, as_day, as_group, exact
from metrics.engine.conditions import unit_of
from metrics.engine.daily import Place
from metrics.engine.leaves import Leaf, Wanted
from metrics.engine.rows import Setting
from metrics.engine.windows import Days
from metrics.warehouse.connect import Answered


def is_additive(measure: Measure) -> bool:
    """Whether days of this measure add up: counts and sums whose conditions do not look at the period."""
    tests = [t for where in [measure.where, *measure.any_of] for t in where.values() if isinstance(t, Test)]
    return measure.aggregate in {"count", "sum"} and not any(test.in_window for test in tests)


def source_of(leaf: Leaf) -> tuple[Any, ...]:
    """Which query a leaf belongs to: the same table, dates and slice are answered together."""
    measure = leaf.expression
    assert isinstance(measure, Measure)
    return (measure.table, str(measure.date), str(measure.until), measure.at is not None, leaf.slice)


@dataclass(frozen=True)
class Rolled:
    """The day rollup of one measure as it is kept: what began and what ended, by group, and what ran for it.

    It holds all days from ``since`` on.
    """

    begins: dict[Group, Series]
    ends: dict[Group, Series] | None
    queries: tuple[Ran, ...]
    column: str
    since: date

    @property
    def points(self) -> int:
        """How many days of how many groups it holds."""
        maps = [self.begins, self.ends or {}]
        return sum(len(series.days) + 1 for found in maps for series in found.values())


def since(setting: Setting, wanted: Wanted) -> date:
    """The day from which on a leaf needs its days; whole years are fetched, for the next question's sake.

    Where groups are shown, all that ever were are: which ones must not depend on what else was asked.
    """
    measure = wanted.leaf.expression
    assert isinstance(measure, Measure)
    days = setting.days(measure, wanted.leaf.period, wanted.as_of)
    if days.instants or setting.shows_groups(wanted.leaf.slice):
        return date.min
    return days.start.replace(month=1, day=1)


def series(answered: Answered, place: Place, groups: int) -> dict[Group, Series]:
    """The running sums of one measure, by group, out of a day rollup's rows."""
    amount, count = 1 + groups + place.amount, 1 + groups + place.rows
    found: dict[Group, Series] = {}
    for row in sorted((row for row in answered.rows if row[count]), key=lambda row: as_day(row[0])):
        group = as_group(row[1 : 1 + groups])
        found.setdefault(group, Series()).add(as_day(row[0]), exact(row[amount]), int(row[count]))
    return found


def read(setting: Setting, wanted: Wanted, rolled: Rolled) -> Found:
    """A leaf's cells out of running sums."""
    measure = wanted.leaf.expression
    assert isinstance(measure, Measure)
    days = setting.days(measure, wanted.leaf.period, wanted.as_of)
    planned, unit = setting.planned(measure.table), unit_of(measure.column)
    cells = {}
    for group in _groups(rolled.begins, rolled.ends):
        opened = rolled.begins.get(group, NOTHING)
        closed = (rolled.ends or {}).get(group, NOTHING)
        cell = _stock(opened, closed, days) if days.instants else _flow(opened, days)
        total = None if cell.total is None else cell.total * unit
        cells[group] = Cell(total, cell.rows, None if planned else cell.newest)
    return Found(cells, rolled.queries, (rolled.column,))


NOTHING = Series()
"""A group without a day; nothing is ever added to it."""


def _groups(*maps: dict[Group, Series] | None) -> Iterable[Group]:
    return {group: None for found in maps if found for group in found}


def _flow(opened: Series, days: Days) -> Cell:
    (upper, many), (lower, few) = opened.before(days.end), opened.before(days.start)
    newest = opened.newest_before(days.end)
    fresh = newest if newest is not None and newest >= days.start else None
    return Cell(Fraction(EXACT.subtract(upper, lower)), many - few, fresh)


def _stock(opened: Series, closed: Series, days: Days) -> Cell:
    total, rows = Decimal(0), 0
    for instant in days.instants:
        (came, some), (went, gone) = opened.before(instant), closed.before(instant)
        total = EXACT.add(total, EXACT.subtract(came, went))
        rows += some - gone
    last = days.instants[-1]
    moved = [day for day in (opened.newest_before(last), closed.newest_before(last)) if day is not None]
    count = len(days.instants)
    return Cell(Fraction(total) / count, rows // count, max(moved, default=None))
