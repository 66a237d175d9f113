"""What does not add up over days: medians, distinct counts and conditions on the period itself.

One query per table and dates, with a column for each measure and instant.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import sqlalchemy as sa

from metrics.definition import Measure
from metrics.engine.cells import Cell, Found, Group, as_day, as_group, exact
from metrics.engine.conditions import unit_of
from metrics.engine.leaves import Leaf
from metrics.engine.portable import quantile, total
from metrics.engine.rows import Rows, Setting
from metrics.engine.windows import Days, window
from metrics.warehouse.connect import Answered

WIDTH = 3
"""Columns for each instant: the aggregate, the rows it rests on, the newest of them."""


def plan(setting: Setting, group: list[Leaf], as_of: date) -> sa.Select[Any]:
    """One query for all leaves of a source.

    Raises:
        MissingError: the company lacks something that they need.
    """
    first = group[0].expression
    assert isinstance(first, Measure)
    stock = first.at is not None
    rows = Rows(setting, first.table, first.date, group[0].slice, until=first.until, stock=stock)
    columns: list[sa.ColumnElement[Any]] = []
    for leaf in group:
        measure = leaf.expression
        assert isinstance(measure, Measure)
        condition = rows.condition(measure, window(measure.over, leaf.period))
        amount = rows.amount(measure)
        since, until = rows.spell()
        for inside in _stretches(setting.days(measure, leaf.period, as_of), since, until):
            value = sa.case((sa.and_(inside, condition), amount))
            newest = sa.func.max(sa.case((sa.and_(inside, condition), since)))
            columns += [_aggregate(measure, value), sa.func.count(value), newest]
    labelled = [column.label(f"c{index}") for index, column in enumerate(columns)]
    return rows.select(*rows.groups, *labelled).group_by(*(label.element for label in rows.groups))


def read(
    setting: Setting, answered: Answered, group: list[Leaf], as_of: date, query: int
) -> dict[Leaf, Found]:
    """The cells of each leaf out of the query's one row per group."""
    found: dict[Leaf, dict[Group, Cell]] = {leaf: {} for leaf in group}
    columns = _columns(setting, group, as_of)
    for row in answered.rows:
        width = len(group[0].slice.by)
        key, position = as_group(row[:width]), width
        for leaf in group:
            measure = leaf.expression
            assert isinstance(measure, Measure)
            instants = max(1, len(setting.days(measure, leaf.period, as_of).instants))
            parts = [row[position + WIDTH * i : position + WIDTH * (i + 1)] for i in range(instants)]
            position += WIDTH * instants
            found[leaf][key] = _cell(measure, parts, planned=setting.planned(measure.table))
    return {leaf: Found(cells, (query,), columns[leaf]) for leaf, cells in found.items()}


def _columns(setting: Setting, group: list[Leaf], as_of: date) -> dict[Leaf, tuple[str, ...]]:
    """In which columns each leaf's aggregates stand: one for each instant."""
    found, position = {}, 0
    for leaf in group:
        measure = leaf.expression
        assert isinstance(measure, Measure)
        instants = max(1, len(setting.days(measure, leaf.period, as_of).instants))
        found[leaf] = tuple(f"c{position + WIDTH * i}" for i in range(instants))
        position += WIDTH * instants
    return found


def _cell(measure: Measure, parts: list[Any], *, planned: bool) -> Cell:
    rows = sum(int(part[1]) for part in parts) // len(parts)
    days = [as_day(part[2]) for part in parts if part[2] is not None and not planned]
    if measure.aggregate in {"median", "percentile_75"} and rows == 0:
        return Cell(None, 0)
    total = sum((Fraction(exact(part[0])) for part in parts), Fraction(0)) / len(parts)
    return Cell(total * unit_of(measure.column), rows, max(days, default=None))


def _stretches(
    days: Days, since: sa.ColumnElement[Any], until: sa.ColumnElement[Any] | None
) -> list[sa.ColumnElement[bool]]:
    """The conditions that a row lies in the window, or stands at each instant."""
    if not days.instants:
        return [sa.and_(since >= days.start, since < days.end)]
    return [
        sa.and_(since < instant, sa.true() if until is None else sa.or_(until.is_(None), until >= instant))
        for instant in days.instants
    ]


def _aggregate(measure: Measure, value: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
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
            return total(value)
