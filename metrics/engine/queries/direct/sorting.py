"""A direct query whose rows belong to one period at most: sorted into periods first, aggregated for each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from metrics.definition import Measure
from metrics.engine.asking.leaves import Wanted
from metrics.engine.portable import exact_sum
from metrics.engine.queries.direct.columns import Columns, Planned, Three, stands
from metrics.engine.queries.direct.shapes import Bucket, Shape, bucket_of, is_conditional, measure_of
from metrics.engine.queries.rows import Rows, Setting, newest_in
from metrics.engine.tables.pieces import fixed, marked


def sorted_into_periods(setting: Setting, rows: Rows, shape: Shape, group: Sequence[Wanted]) -> Planned:
    """Rows sorted into their periods, aggregated for each: one row for each period and group."""
    since, until = rows.spell()
    axis = setting.relations.day(rows.reach.column(shape.axis)) if shape.axis else since
    measures = list({measure_of(wanted).content: measure_of(wanted) for wanted in group}.values())
    mark = _sort(axis, shape, shape.mark)
    inside = sa.and_(axis >= fixed(shape.buckets[0].start), axis < fixed(shape.buckets[-1].end))
    if shape.axis:
        instant = mark if shape.tells_instants else _sort(axis, shape, _instant)
        inside = sa.and_(inside, stands(since, until, instant))
    conditions = [rows.condition(measure) for measure in measures]
    every_group = setting.shows_groups(group[0].leaf.slice)
    counts = inside if every_group else sa.true()
    values = [
        sa.case((sa.and_(counts, condition), rows.amount(measure))).label(f"v{index}")
        for index, (condition, measure) in enumerate(zip(conditions, measures, strict=True))
    ]
    by_day = not rows.groups and all(measure.adds_up for measure in measures)
    place = axis.label("day") if by_day else mark.label("mark")
    selected = rows.select(place, *rows.groups, since.label("since"), *rows.told(), *values)
    if not every_group:
        some = sa.or_(sa.false(), *conditions) if all(map(is_conditional, measures)) else sa.true()
        selected = selected.where(inside, some)
    statement, threes = _aggregated(selected.subquery("sorted_rows"), rows, shape, measures)
    places: dict[Wanted, tuple[Three, ...]] = {
        wanted: (threes[measure_of(wanted).content],) for wanted in group
    }
    marks = {wanted: shape.mark(bucket_of(setting, wanted, shape.axis)) for wanted in group}
    return Planned(statement, places, setting.planned(rows.reach.name), marks)


def _aggregated(
    sorted_rows: sa.Subquery, rows: Rows, shape: Shape, measures: Sequence[Measure]
) -> tuple[sa.Select[Any], dict[str, Three]]:
    """The aggregates of each period and group, and in which columns those of each measure stand.

    Of the whole company, what adds up is added up by day first: databases group by days without looking them up,
    and only days have to be sorted then.
    """
    values = [sorted_rows.c[f"v{index}"] for index, _ in enumerate(measures)]
    newest = [sa.func.max(sa.case((value.is_not(None), newest_in(sorted_rows)))) for value in values]
    if "day" in sorted_rows.c:
        days = _by_day(sorted_rows, shape, values, newest)
        columns = Columns([days.c.mark])
        added = {one.content: columns.added(one, days, index) for index, one in enumerate(measures)}
        return sa.select(*columns.labelled()).group_by(days.c.mark), added
    groups = [sorted_rows.c[label.name] for label in rows.groups]
    columns = Columns([sorted_rows.c.mark])
    threes = map(columns.three, measures, values, newest)
    found = {measure.content: three for measure, three in zip(measures, threes, strict=True)}
    return sa.select(*groups, *columns.labelled()).group_by(*groups, sorted_rows.c.mark), found


def _by_day(
    sorted_rows: sa.Subquery,
    shape: Shape,
    values: Sequence[sa.ColumnElement[Any]],
    newest: Sequence[sa.ColumnElement[Any]],
) -> sa.Subquery:
    """What every day adds up to, with the mark of its period."""
    day = sorted_rows.c.day
    added = [
        (
            exact_sum(value).label(f"s{index}"),
            sa.func.count(value).label(f"n{index}"),
            last.label(f"d{index}"),
        )
        for index, (value, last) in enumerate(zip(values, newest, strict=True))
    ]
    mark = _sort(day, shape, shape.mark).label("mark")
    return sa.select(mark, *(column for three in added for column in three)).group_by(day).subquery("days")


def _sort(axis: sa.ColumnElement[Any], shape: Shape, mark: Callable[[Bucket], date]) -> sa.ColumnElement[Any]:
    """The mark of the period that a row lies in."""
    return marked(axis, [(one.start, one.end, mark(one)) for one in shape.buckets])


def _instant(bucket: Bucket) -> date:
    assert bucket.instant is not None, "an axis of its own has a stock beside it"
    return bucket.instant
