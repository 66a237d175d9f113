"""The columns of a direct query, three for each leaf and instant, and the cells that are read out of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any, NamedTuple

import sqlalchemy as sa

from metrics.definition import Measure
from metrics.engine.asking.leaves import Wanted
from metrics.engine.portable import exact_sum, quantile
from metrics.engine.queries.cells import Cell, Group, Standing, as_day, as_group, fraction
from metrics.engine.queries.conditions import AS_IT_IS, unit_of
from metrics.engine.queries.direct.shapes import measure_of
from metrics.engine.queries.resting import of_nothing

MEDIAN, UPPER_QUARTILE = (sa.literal_column(share, sa.Float()) for share in ("0.5", "0.75"))
Three = tuple[int, int, int]
"""The columns of one instant: the aggregate, the rows it rests on, the newest of them."""


class Taken(NamedTuple):
    """How a leaf is taken out of rows: where it stands, which rows are its own, what it is worth without any."""

    wanted: Wanted
    places: tuple[Three, ...]
    mark: date | None
    unit: Fraction
    of_nothing: Cell


@dataclass(frozen=True)
class Planned:
    """A query, and the columns of each leaf's instants. Of ``planned`` rows no newest day is told.

    There is one row for each group. Where rows were sorted into periods there is one for each period and group:
    its first column behind the groups holds the mark of the period, and ``marks`` says which is whose.
    """

    statement: sa.Select[Any]
    places: dict[Wanted, tuple[Three, ...]]
    planned: bool
    marks: dict[Wanted, date] | None = None

    def read(self, rows: Sequence[Sequence[Any]]) -> dict[Wanted, dict[Group, Cell]]:
        """The cells of each leaf out of the query's rows."""
        width = len(next(iter(self.places)).leaf.slice.by)
        by_mark: dict[date | None, dict[Group, Sequence[Any]]] = {}
        groups: dict[Group, None] = {} if width else {(): None}
        for row in rows:
            mark = None if self.marks is None or row[width] is None else as_day(row[width])
            group = as_group(row[:width])
            groups[group] = None
            by_mark.setdefault(mark, {})[group] = row[width:]
        found: dict[Wanted, dict[Group, Cell]] = {}
        for one in self._taken:
            own = by_mark.get(one.mark, {})
            found[one.wanted] = {group: self._cell(one, own.get(group)) for group in groups}
        return found

    def standing(self) -> dict[Wanted, Standing]:
        """Where the numbers of each leaf stand."""
        return {
            one.wanted: Standing(
                tuple(value for value, _, _ in one.places), () if one.mark is None else ((0, one.mark),)
            )
            for one in self._taken
        }

    @cached_property
    def _taken(self) -> list[Taken]:
        """How each leaf is taken out of the rows, remembered: the same is often asked of other rows."""
        marks = self.marks or {}
        return [
            Taken(
                wanted, places, marks.get(wanted), unit_of(measure_of(wanted).column), of_nothing(wanted.leaf)
            )
            for wanted, places in self.places.items()
        ]

    def _cell(self, one: Taken, row: Sequence[Any] | None) -> Cell:
        """The mean over a leaf's instants of one group, which may have no row in that period."""
        if row is None:
            return one.of_nothing
        places = one.places
        rows = sum([int(row[count] or 0) for _, count, _ in places]) // len(places)
        if one.of_nothing.total is None and not rows:
            return one.of_nothing
        days = [as_day(row[day]) for _, _, day in places if row[day] is not None and not self.planned]
        totals = [fraction(row[value]) for value, _, _ in places]
        total = totals[0] if len(totals) == 1 else sum(totals, Fraction(0)) / len(totals)
        return Cell(total if one.unit is AS_IT_IS else total * one.unit, rows, max(days, default=None))


@dataclass
class Columns:
    """The columns of a query that are filled as leaves need them."""

    made: list[sa.ColumnElement[Any]] = field(default_factory=list)

    def three(self, measure: Measure, value: sa.ColumnElement[Any], newest: sa.ColumnElement[Any]) -> Three:
        """The columns of one instant; what counts rows needs no second count of them."""
        return self._place(measure, aggregated(measure, value), sa.func.count(value), newest)

    def added(self, measure: Measure, days: sa.Subquery, index: int) -> Three:
        """The columns of one measure out of what each day adds up to: ``s``, ``n`` and ``d`` with its number."""
        total, counted, newest = (days.c[f"{kind}{index}"] for kind in "snd")
        return self._place(measure, exact_sum(total), sa.func.sum(counted), sa.func.max(newest))

    def _place(
        self,
        measure: Measure,
        total: sa.ColumnElement[Any],
        counted: sa.ColumnElement[Any],
        newest: sa.ColumnElement[Any],
    ) -> Three:
        at = len(self.made)
        if measure.aggregate == "count":
            self.made += [counted, newest]
            return at, at, at + 1
        self.made += [total, counted, newest]
        return at, at + 1, at + 2

    def labelled(self) -> list[sa.Label[Any]]:
        """The columns by their names."""
        return [column.label(f"c{index}") for index, column in enumerate(self.made)]


def aggregated(measure: Measure, value: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    """What a measure makes of the values of its rows."""
    match measure.aggregate:
        case "distinct":
            return sa.func.count(sa.distinct(value))
        case "median":
            return quantile(value, MEDIAN)
        case "percentile_75":
            return quantile(value, UPPER_QUARTILE)
        case "count":
            return sa.func.count(value)
        case "sum":
            return exact_sum(value)


def stands(
    since: sa.ColumnElement[Any], until: sa.ColumnElement[Any] | None, instant: Any
) -> sa.ColumnElement[bool]:
    """The condition that a row counts at an instant: it has begun and not ended."""
    alive = sa.true() if until is None else sa.or_(until.is_(None), until >= instant)
    return sa.and_(since < instant, alive)
