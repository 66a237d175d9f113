"""The columns of a direct query, three for each leaf and instant, and the cells that are read out of them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import sqlalchemy as sa

from metrics.definition import Measure
from metrics.engine.cells import Cell, Found, Ran, as_day, as_group, exact
from metrics.engine.conditions import unit_of
from metrics.engine.direct.shapes import measure_of
from metrics.engine.leaves import Wanted
from metrics.engine.portable import exact_sum, quantile
from metrics.warehouse.connect import Answered

WIDTH = 3
"""Columns for each instant: the aggregate, the rows it rests on, the newest of them."""


@dataclass(frozen=True)
class Planned:
    """A query, and the first column of each leaf's instants. Of ``planned`` rows no newest day is told."""

    statement: sa.Select[Any]
    places: dict[Wanted, tuple[int, ...]]
    planned: bool

    def shifted(self, by: int) -> Planned:
        """The same, that many columns further to the right."""
        places = {one: tuple(place + by for place in at) for one, at in self.places.items()}
        return Planned(self.statement, places, self.planned)

    def read(self, answered: Answered, ran: Ran) -> dict[Wanted, Found]:
        """The cells of each leaf out of the query's one row per group."""
        found: dict[Wanted, Found] = {}
        for wanted, places in self.places.items():
            width, cells = len(wanted.leaf.slice.by), {}
            for row in answered.rows:
                parts = [row[width + place : width + place + WIDTH] for place in places]
                cells[as_group(row[:width])] = _cell(measure_of(wanted), parts, planned=self.planned)
            found[wanted] = Found(cells, (ran,), tuple(f"c{place}" for place in places))
        return found


def _cell(measure: Measure, parts: list[Any], *, planned: bool) -> Cell:
    rows = sum(int(part[1] or 0) for part in parts) // len(parts)
    days = [as_day(part[2]) for part in parts if part[2] is not None and not planned]
    if measure.aggregate in {"median", "percentile_75"} and rows == 0:
        return Cell(None, 0)
    total = sum((Fraction(exact(part[0])) for part in parts), Fraction(0)) / len(parts)
    return Cell(total * unit_of(measure.column), rows, max(days, default=None))


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
