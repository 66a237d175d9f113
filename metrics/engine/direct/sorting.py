"""A direct query whose rows belong to one period at most: sorted into periods first, aggregated for each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

import sqlalchemy as sa

from metrics.definition import Measure
from metrics.engine.direct.columns import Columns, Planned, Three, stands
from metrics.engine.direct.shapes import Bucket, Shape, bucket_of, measure_of
from metrics.engine.leaves import Wanted
from metrics.engine.pieces import fixed
from metrics.engine.rows import Rows, Setting


def sorted_into_periods(setting: Setting, rows: Rows, shape: Shape, group: Sequence[Wanted]) -> Planned:
    """Rows sorted into their periods, aggregated for each: one row for each period and group."""
    since, until = rows.spell()
    axis = setting.relations.day(rows.reach.column(shape.axis)) if shape.axis else since
    contents = list({measure_of(wanted).content: measure_of(wanted) for wanted in group}.values())
    mark = _sort(axis, shape, shape.mark)
    inside = sa.and_(axis >= fixed(shape.buckets[0].start), axis < fixed(shape.buckets[-1].end))
    if shape.axis:
        instant = mark if shape.tells_instants else _sort(axis, shape, _instant)
        inside = sa.and_(inside, stands(since, until, instant))
    every_group = setting.shows_groups(group[0].leaf.slice)
    counts = inside if every_group else sa.true()
    values = [
        sa.case((sa.and_(counts, rows.condition(measure)), rows.amount(measure))).label(f"v{index}")
        for index, measure in enumerate(contents)
    ]
    selected = rows.select(mark.label("mark"), *rows.groups, since.label("since"), *values)
    sorted_rows = (selected if every_group else selected.where(inside)).subquery("sorted_rows")
    groups = [sorted_rows.c[label.name] for label in rows.groups]
    columns = Columns([sorted_rows.c.mark])
    threes = {measure.content: _three(columns, measure, sorted_rows, i) for i, measure in enumerate(contents)}
    places: dict[Wanted, tuple[Three, ...]] = {
        wanted: (threes[measure_of(wanted).content],) for wanted in group
    }
    statement = sa.select(*groups, *columns.labelled()).group_by(*groups, sorted_rows.c.mark)
    marks = {wanted: shape.mark(bucket_of(setting, wanted, shape.axis)) for wanted in group}
    return Planned(statement, places, setting.planned(rows.reach.name), marks)


def _sort(axis: sa.ColumnElement[Any], shape: Shape, mark: Callable[[Bucket], date]) -> sa.ColumnElement[Any]:
    """The mark of the period that a row lies in. Where no gap lies between periods, their ends tell it."""
    gaps = any(before.end != after.start for before, after in pairwise(shape.buckets))
    whens = [
        (
            sa.and_(axis >= fixed(one.start), axis < fixed(one.end)) if gaps else axis < fixed(one.end),
            fixed(mark(one)),
        )
        for one in shape.buckets
    ]
    return sa.case(*whens)


def _instant(bucket: Bucket) -> date:
    assert bucket.instant is not None, "an axis of its own has a stock beside it"
    return bucket.instant


def _three(columns: Columns, measure: Measure, rows: sa.Subquery, index: int) -> Three:
    value = rows.c[f"v{index}"]
    return columns.three(measure, value, sa.func.max(sa.case((value.is_not(None), rows.c.since))))
