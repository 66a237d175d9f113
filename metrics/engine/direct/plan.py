"""One direct query for all leaves of a shape."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from metrics.engine.direct.columns import Columns, Planned, Three, stands
from metrics.engine.direct.shapes import Shape, measure_of
from metrics.engine.direct.sorting import sorted_into_periods
from metrics.engine.leaves import Wanted
from metrics.engine.rows import Rows, Setting
from metrics.engine.windows import Days, window


def plan(setting: Setting, shape: Shape, group: Sequence[Wanted]) -> Planned:
    """One query for all leaves of a shape.

    Raises:
        MissingError: the company lacks something that they need.
    """
    first, rows_of = measure_of(group[0]), group[0].leaf.slice
    stock = first.at is not None
    rows = Rows(setting, first.table, first.date, rows_of, until=first.until, stock=stock)
    return (
        sorted_into_periods(setting, rows, shape, group) if shape.buckets else _abreast(setting, rows, group)
    )


def _abreast(setting: Setting, rows: Rows, group: Sequence[Wanted]) -> Planned:
    """Columns of their own for each leaf and instant, over all rows."""
    columns = Columns()
    places: dict[Wanted, tuple[Three, ...]] = {}
    since, until = rows.spell()
    for wanted in group:
        measure, period = measure_of(wanted), wanted.leaf.period
        condition, amount = rows.condition(measure, window(measure.over, period)), rows.amount(measure)
        at = []
        for inside in _stretches(setting.days(measure, period, wanted.as_of), since, until):
            counts = sa.and_(inside, condition)
            newest = sa.func.max(sa.case((counts, since)))
            at.append(columns.three(measure, sa.case((counts, amount)), newest))
        places[wanted] = tuple(at)
    selected = rows.select(*rows.groups, *columns.labelled())
    statement = selected.group_by(*(label.element for label in rows.groups))
    return Planned(statement, places, setting.planned(rows.reach.name))


def _stretches(
    days: Days, since: sa.ColumnElement[Any], until: sa.ColumnElement[Any] | None
) -> list[sa.ColumnElement[bool]]:
    """The conditions that a row lies in the window, or stands at each instant."""
    if not days.instants:
        return [sa.and_(since >= days.start, since < days.end)]
    return [stands(since, until, instant) for instant in days.instants]
