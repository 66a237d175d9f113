"""What does not add up over days: medians, distinct counts and conditions on the period itself.

Where every row belongs to one period at most, rows are sorted into their periods first and each period is
aggregated by itself; where periods overlap, each has columns of its own. Either way there is one query for each
table and dates, and one row for each group with columns for each measure and instant.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import Any

import sqlalchemy as sa

from metrics.definition import Measure, Test
from metrics.engine.cells import Cell, Found, Ran, as_day, as_group, exact
from metrics.engine.conditions import unit_of
from metrics.engine.leaves import Wanted
from metrics.engine.portable import exact_sum, quantile
from metrics.engine.rows import Rows, Setting
from metrics.engine.windows import Days, window
from metrics.warehouse.connect import Answered

WIDTH = 3
"""Columns for each instant: the aggregate, the rows it rests on, the newest of them."""


@dataclass(frozen=True)
class Bucket:
    """The days of an axis that belong to one period, and the instant at which its stock is read."""

    start: date
    end: date
    instant: date | None = None


@dataclass(frozen=True)
class Shape:
    """How rows are sorted into periods: along a column, or along the measure's own date; without, not at all."""

    axis: str = ""
    buckets: tuple[Bucket, ...] = ()

    @property
    def tells_instants(self) -> bool:
        """Whether the instants tell the periods from each other."""
        return len({bucket.instant for bucket in self.buckets}) == len(self.buckets)

    def mark(self, bucket: Bucket) -> date | None:
        """What stands for a period: its instant where that is its own, else its first day."""
        return bucket.instant if self.axis and self.tells_instants else bucket.start


def arranged(setting: Setting, group: Sequence[Wanted]) -> list[tuple[Shape, list[Wanted]]]:
    """The leaves of a source by the shape of their query."""
    contents: dict[str, list[Wanted]] = {}
    for wanted in group:
        contents.setdefault(_measure(wanted).content, []).append(wanted)
    shapes: dict[Shape, list[Wanted]] = {}
    for alike in contents.values():
        shapes.setdefault(_shape(setting, alike), []).extend(alike)
    return list(shapes.items())


def _shape(setting: Setting, alike: Sequence[Wanted]) -> Shape:
    measure = _measure(alike[0])
    axis = _axis(measure)
    if axis is None or len(alike) == 1:
        return Shape()
    buckets = sorted({_bucket(setting, wanted, axis) for wanted in alike}, key=lambda bucket: bucket.start)
    apart = all(before.end <= after.start for before, after in pairwise(buckets))
    return Shape(axis, tuple(buckets)) if apart else Shape()


def _axis(measure: Measure) -> str | None:
    """What tells the period of a row: "" for its own date, or the column that has to lie in the window."""
    where = [measure.where, *measure.any_of]
    looks = [path for one in where for path, test in one.items() if isinstance(test, Test) and test.in_window]
    if measure.at is None:
        return "" if not looks else None
    if len(looks) == 1 and not measure.any_of and measure.at != "average":
        return looks[0]
    return None


def _bucket(setting: Setting, wanted: Wanted, axis: str) -> Bucket:
    measure, leaf = _measure(wanted), wanted.leaf
    days = setting.days(measure, leaf.period, wanted.as_of)
    if not axis:
        return Bucket(days.start, days.end)
    looks = window(measure.over, leaf.period)
    return Bucket(looks.start, looks.end, days.instants[0])


def _measure(wanted: Wanted) -> Measure:
    assert isinstance(wanted.leaf.expression, Measure)
    return wanted.leaf.expression


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
                cells[as_group(row[:width])] = _cell(_measure(wanted), parts, planned=self.planned)
            found[wanted] = Found(cells, (ran,), tuple(f"c{place}" for place in places))
        return found


def plan(setting: Setting, shape: Shape, group: Sequence[Wanted]) -> Planned:
    """One query for all leaves of a shape.

    Raises:
        MissingError: the company lacks something that they need.
    """
    first, rows_of = _measure(group[0]), group[0].leaf.slice
    stock = first.at is not None
    rows = Rows(setting, first.table, first.date, rows_of, until=first.until, stock=stock)
    return _sorted(setting, rows, shape, group) if shape.buckets else _abreast(setting, rows, group)


def _abreast(setting: Setting, rows: Rows, group: Sequence[Wanted]) -> Planned:
    """Columns of their own for each leaf and instant, over all rows."""
    columns: list[sa.ColumnElement[Any]] = []
    places: dict[Wanted, tuple[int, ...]] = {}
    since, until = rows.spell()
    for wanted in group:
        measure, period = _measure(wanted), wanted.leaf.period
        condition, amount = rows.condition(measure, window(measure.over, period)), rows.amount(measure)
        at = []
        for inside in _stretches(setting.days(measure, period, wanted.as_of), since, until):
            counts = sa.and_(inside, condition)
            value = sa.case((counts, amount))
            at.append(len(columns))
            newest = sa.func.max(sa.case((counts, since)))
            columns += [_aggregate(measure, value), sa.func.count(value), newest]
        places[wanted] = tuple(at)
    labelled = [column.label(f"c{index}") for index, column in enumerate(columns)]
    statement = rows.select(*rows.groups, *labelled).group_by(*(label.element for label in rows.groups))
    return Planned(statement, places, setting.planned(rows.reach.name))


def _stretches(
    days: Days, since: sa.ColumnElement[Any], until: sa.ColumnElement[Any] | None
) -> list[sa.ColumnElement[bool]]:
    """The conditions that a row lies in the window, or stands at each instant."""
    if not days.instants:
        return [sa.and_(since >= days.start, since < days.end)]
    return [_stands(since, until, instant) for instant in days.instants]


def _stands(
    since: sa.ColumnElement[Any], until: sa.ColumnElement[Any] | None, instant: Any
) -> sa.ColumnElement[bool]:
    alive = sa.true() if until is None else sa.or_(until.is_(None), until >= instant)
    return sa.and_(since < instant, alive)


def _sorted(setting: Setting, rows: Rows, shape: Shape, group: Sequence[Wanted]) -> Planned:
    """Rows sorted into their periods, aggregated for each, and laid out as columns again."""
    since, until = rows.spell()
    axis = setting.relations.day(rows.reach.column(shape.axis)) if shape.axis else since
    contents = list({_measure(wanted).content: _measure(wanted) for wanted in group}.values())
    mark = _sort(axis, shape, shape.mark)
    inside = sa.and_(axis >= shape.buckets[0].start, axis < shape.buckets[-1].end)
    if shape.axis:
        instant = mark if shape.tells_instants else _sort(axis, shape, lambda bucket: bucket.instant)
        inside = sa.and_(inside, _stands(since, until, instant))
    every_group = setting.shows_groups(group[0].leaf.slice)
    counts = inside if every_group else sa.true()
    values = [
        sa.case((sa.and_(counts, rows.condition(measure)), rows.amount(measure))).label(f"v{index}")
        for index, measure in enumerate(contents)
    ]
    selected = rows.select(mark.label("mark"), *rows.groups, since.label("since"), *values)
    sorted_rows = (selected if every_group else selected.where(inside)).subquery("sorted_rows")
    keys = [sorted_rows.c.mark, *(sorted_rows.c[label.name] for label in rows.groups)]
    columns = [
        column for index, measure in enumerate(contents) for column in _three(measure, sorted_rows, index)
    ]
    periods = sa.select(*keys, *columns).group_by(*keys).subquery("periods")
    return _laid_out(
        setting, shape, group, periods, [measure.content for measure in contents], len(rows.groups)
    )


def _sort(
    axis: sa.ColumnElement[Any], shape: Shape, mark: Callable[[Bucket], date | None]
) -> sa.ColumnElement[Any]:
    """The mark of the period that a row lies in. Where no gap lies between periods, their ends tell it."""
    gaps = any(before.end != after.start for before, after in pairwise(shape.buckets))
    whens = [
        (
            sa.and_(axis >= one.start, axis < one.end) if gaps else axis < one.end,
            sa.literal(mark(one), sa.Date()),
        )
        for one in shape.buckets
    ]
    return sa.case(*whens)


def _three(measure: Measure, rows: sa.Subquery, index: int) -> list[sa.Label[Any]]:
    value = rows.c[f"v{index}"]
    newest = sa.func.max(sa.case((value.is_not(None), rows.c.since)))
    three = [_aggregate(measure, value), sa.func.count(value), newest]
    return [column.label(f"a{WIDTH * index + offset}") for offset, column in enumerate(three)]


def _laid_out(
    setting: Setting,
    shape: Shape,
    group: Sequence[Wanted],
    periods: sa.Subquery,
    contents: list[str],
    width: int,
) -> Planned:
    columns: list[sa.ColumnElement[Any]] = []
    places: dict[Wanted, tuple[int, ...]] = {}
    for wanted in group:
        bucket = _bucket(setting, wanted, shape.axis)
        first = WIDTH * contents.index(_measure(wanted).content)
        places[wanted] = (len(columns),)
        here = periods.c.mark == shape.mark(bucket)
        columns += [sa.func.max(sa.case((here, periods.c[f"a{first + i}"]))) for i in range(WIDTH)]
    labelled = [column.label(f"c{index}") for index, column in enumerate(columns)]
    groups = [periods.c[f"g{i}"] for i in range(width)]
    planned = setting.planned(_measure(group[0]).table)
    return Planned(sa.select(*groups, *labelled).group_by(*groups), places, planned)


def _cell(measure: Measure, parts: list[Any], *, planned: bool) -> Cell:
    rows = sum(int(part[1] or 0) for part in parts) // len(parts)
    days = [as_day(part[2]) for part in parts if part[2] is not None and not planned]
    if measure.aggregate in {"median", "percentile_75"} and rows == 0:
        return Cell(None, 0)
    total = sum((Fraction(exact(part[0])) for part in parts), Fraction(0)) / len(parts)
    return Cell(total * unit_of(measure.column), rows, max(days, default=None))


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
            return exact_sum(value)
