"""The columns of a direct query, three for each leaf and instant, and the cells that are read out of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

import sqlalchemy as sa

from metrics.definition import Measure
from metrics.engine.cells import Cell, Found, Group, Rows, as_day, as_group, exact
from metrics.engine.conditions import unit_of
from metrics.engine.direct.shapes import measure_of
from metrics.engine.leaves import Wanted
from metrics.engine.portable import exact_sum, quantile

Three = tuple[int, int, int]
"""The columns of one instant: the aggregate, the rows it rests on, the newest of them."""


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

    def read(self, rows: Rows) -> dict[Wanted, Found]:
        """The cells of each leaf out of the query's rows."""
        width = len(next(iter(self.places)).leaf.slice.by)
        by_mark: dict[date | None, dict[Group, Sequence[Any]]] = {}
        groups: dict[Group, None] = {} if width else {(): None}
        for row in rows.rows:
            mark = None if self.marks is None or row[width] is None else as_day(row[width])
            group = as_group(row[:width])
            groups[group] = None
            by_mark.setdefault(mark, {})[group] = row[width:]
        found: dict[Wanted, Found] = {}
        for wanted, places in self.places.items():
            mark = None if self.marks is None else self.marks[wanted]
            own, measure = by_mark.get(mark, {}), measure_of(wanted)
            cells = {group: self._cell(measure, own.get(group), places) for group in groups}
            found[wanted] = rows.found(
                cells, [value for value, _, _ in places], {} if mark is None else {0: mark}
            )
        return found

    def _cell(self, measure: Measure, row: Sequence[Any] | None, places: tuple[Three, ...]) -> Cell:
        """The mean over a leaf's instants of one group, which may have no row in that period."""
        parts = [] if row is None else [[row[place] for place in three] for three in places]
        rows = sum(int(part[1] or 0) for part in parts) // len(places)
        days = [as_day(part[2]) for part in parts if part[2] is not None and not self.planned]
        if measure.aggregate in {"median", "percentile_75"} and rows == 0:
            return Cell(None, 0)
        total = sum((Fraction(exact(part[0])) for part in parts), Fraction(0)) / len(places)
        return Cell(total * unit_of(measure.column), rows, max(days, default=None))


@dataclass
class Columns:
    """The columns of a query that are filled as leaves need them."""

    made: list[sa.ColumnElement[Any]] = field(default_factory=list)

    def three(self, measure: Measure, value: sa.ColumnElement[Any], newest: sa.ColumnElement[Any]) -> Three:
        """The columns of one instant; what counts rows needs no second count of them."""
        at = len(self.made)
        counted = sa.func.count(value)
        if measure.aggregate == "count":
            self.made += [counted, newest]
            return at, at, at + 1
        self.made += [aggregated(measure, value), counted, newest]
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
            return quantile(value, sa.literal(0.5))
        case "percentile_75":
            return quantile(value, sa.literal(0.75))
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
