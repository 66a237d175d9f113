"""Additive measures: one query per table and anchor date, grouped by raw day, kept as running sums.

Counts and sums add up over days, so a day's totals answer any period of any length, and where what ended is taken
off what began, any instant of a stock.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import accumulate, compress
from operator import itemgetter
from typing import Any

from metrics.definition import Measure
from metrics.engine.asking.leaves import Leaf, Wanted
from metrics.engine.asking.windows import Days
from metrics.engine.queries.cells import (
    EXACT,
    Cell,
    Found,
    Group,
    Ran,
    Series,
    UnfitError,
    all_days,
    all_exact,
    as_group,
    less,
)
from metrics.engine.queries.conditions import AS_IT_IS, unit_of
from metrics.engine.queries.daily import Place
from metrics.engine.queries.rows import Setting
from metrics.warehouse.answered import Answered


def source_of(leaf: Leaf) -> tuple[Any, ...]:
    """Which query a leaf belongs to: the same table, dates and slice are answered together."""
    assert isinstance(leaf.expression, Measure)
    return (*leaf.expression.rows, leaf.slice)


def key_of(wanted: Wanted) -> Hashable:
    """Under which key the rollup of a leaf is kept."""
    assert isinstance(wanted.leaf.expression, Measure)
    return ("rollup", source_of(wanted.leaf), wanted.leaf.expression.content)


@dataclass(frozen=True)
class Rolled:
    """The day rollup of one measure as it is kept: its running sums by group, and what ran for it.

    It holds all days from ``since`` on.
    """

    sums: dict[Group, Series]
    queries: tuple[Ran, ...]
    column: str
    since: date

    @property
    def points(self) -> int:
        """How many days of how many groups it holds."""
        return sum(len(series.days) + 1 for series in self.sums.values())


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


def series(answered: Answered, places: Iterable[Place], groups: int) -> list[dict[Group, Series]]:
    """The running sums of each measure, by group, out of a day rollup's rows.

    Raises:
        UnfitError: a day is none that can be computed with.
    """
    try:
        rows = sorted(answered.rows, key=itemgetter(0))  # days of one kind lie in their own order
    except TypeError:  # DuckDB writes a day out as text that no calendar of Python's has
        raise UnfitError from None
    tables: dict[Group, list[Sequence[Any]]] = {}
    if groups:
        for row in rows:
            tables.setdefault(as_group(row[1 : 1 + groups]), []).append(row)
    elif rows:
        tables[()] = rows
    columns = {group: list(zip(*table, strict=True)) for group, table in tables.items()}
    days = {group: all_days(table[0]) for group, table in columns.items()}
    return [
        {group: running(days[group], place, table[1 + groups :]) for group, table in columns.items()}
        for place in places
    ]


def running(days: Sequence[date], place: Place, columns: Sequence[Sequence[Any]]) -> Series:
    """The running sums of one measure over the days on which rows began or ended; what counts rows is whole."""
    amounts, counts, moved = columns[place.amount], columns[place.rows], columns[place.moved]
    if not all(moved):
        days = list(compress(days, moved))
        amounts, counts = list(compress(amounts, moved)), list(compress(counts, moved))
    rows = list(accumulate(map(int, counts)))
    whole = place.amount == place.rows
    return Series(days, rows if whole else list(accumulate(all_exact(amounts), EXACT.add)), rows)


@dataclass(frozen=True)
class Reading:
    """What is read for a leaf: its content, its days, what a unit is worth, and whether its rows are planned."""

    content: str
    days: Days
    unit: Fraction
    planned: bool


def reading(setting: Setting, wanted: Wanted) -> Reading:
    """What is read for an additive leaf."""
    measure = wanted.leaf.expression
    assert isinstance(measure, Measure)
    days = setting.days(measure, wanted.leaf.period, wanted.as_of)
    return Reading(measure.content, days, unit_of(measure.column), setting.planned(measure.table))


def read(asked: Reading, rolled: Rolled) -> Found:
    """A leaf's cells out of running sums.

    Raises:
        UnfitError: a sum is infinite, or none.
    """
    cells = {}
    for group, sums in rolled.sums.items():
        try:
            total, rows, newest = _stock(sums, asked.days) if asked.days.instants else _flow(sums, asked.days)
        except (ArithmeticError, ValueError):
            raise UnfitError from None
        worth = total if asked.unit is AS_IT_IS else total * asked.unit
        cells[group] = Cell(worth, rows, None if asked.planned else newest)
    return Found(cells, rolled.queries, (rolled.column,), by_day=True)


ZERO = Fraction(0)
Read = tuple[Fraction, int, date | None]
"""A total, the rows it rests on, the newest of them."""


def _flow(sums: Series, days: Days) -> Read:
    first, behind = bisect_left(sums.days, days.start), bisect_left(sums.days, days.end)
    if first == behind:
        return ZERO, 0, None
    total, rows = sums.totals[behind - 1], sums.counts[behind - 1]
    if first:
        total, rows = less(total, sums.totals[first - 1]), rows - sums.counts[first - 1]
    return Fraction(total), rows, sums.days[behind - 1]


def _stock(sums: Series, days: Days) -> Read:
    standing = [sums.before(instant) for instant in days.instants]
    newest = sums.newest_before(days.instants[-1])
    if len(standing) == 1:
        [(total, rows)] = standing
        return Fraction(total), rows, newest
    mean = sum((Fraction(total) for total, _ in standing), ZERO) / len(standing)
    return mean, sum(rows for _, rows in standing) // len(standing), newest
