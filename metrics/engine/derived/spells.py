"""Absence: rows of sickness and unplanned absence with no working day between them are one spell."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from metrics.engine.pieces import flag, named
from metrics.engine.portable import exact_sum, in_order
from metrics.engine.relations import Relations, need
from metrics.engine.weekdays import weekdays_before

UNPLANNED = ("sickness", "unplanned")


def absence_spells(relations: Relations) -> sa.Select[Any]:
    """One row per spell: who, from when, how many working days.

    Working days are those of ``calendar``; days that it does not hold count as working days from Monday to
    Friday. Without ``absences.end_on`` nothing is joined.
    """
    given = need(relations, "absences", "employee_id", "absence_type", "start_on")
    end = given.c.end_on if "end_on" in given.c else given.c.start_on
    lost = [given.c.working_days] if "working_days" in given.c else []
    columns = [given.c.employee_id, given.c.start_on, *lost]
    dated = sa.and_(given.c.absence_type.in_(UNPLANNED), given.c.start_on.is_not(None))
    away = named(sa.select(*columns, end.label("end_on")).where(dated), "derived_away")
    before = sa.func.max(away.c.end_on).over(
        partition_by=away.c.employee_id,
        order_by=(in_order(away.c.start_on), in_order(away.c.end_on)),
        rows=(None, -1),
    )
    ordered = named(
        sa.select(*away.c, sa.type_coerce(before, sa.Date()).label("before")), "derived_away_in_order"
    )
    if "end_on" in given.c:
        begins, origin = _working_day_between(relations, ordered)
    else:
        begins, origin = sa.true(), ordered
    first = sa.case((sa.or_(ordered.c.before.is_(None), begins), 1), else_=0)
    marked = named(sa.select(*ordered.c, first.label("is_first")).select_from(origin), "derived_away_marked")
    # Of two rows of the same days the one that begins the spell comes first: the other is part of it.
    order = (in_order(marked.c.start_on), in_order(marked.c.end_on), marked.c.is_first.desc())
    number = sa.func.sum(marked.c.is_first).over(
        partition_by=marked.c.employee_id, order_by=order, rows=(None, 0)
    )
    counted = sa.select(*marked.c, number.label("spell")).subquery("away_numbered")
    return sa.select(
        counted.c.employee_id,
        sa.type_coerce(sa.func.min(counted.c.start_on), sa.Date()).label("start_on"),
        sa.type_coerce(sa.func.max(counted.c.end_on), sa.Date()).label("end_on"),
        *(exact_sum(counted.c[column.name]).label(column.name) for column in lost),
    ).group_by(counted.c.employee_id, counted.c.spell)


def _working_day_between(relations: Relations, away: sa.CTE) -> tuple[sa.ColumnElement[bool], sa.FromClause]:
    """Whether a working day lies between the end of what came before and the start of a row."""
    weekday = weekdays_before(away.c.start_on, 0) > weekdays_before(away.c.before, 1)
    if not relations.has("calendar", "day", "is_business_day"):
        relations.remark("absence_spells", "calendar is absent: Monday to Friday are taken as working days")
        return weekday, away
    calendar = relations.table("calendar")
    worked = sa.case((calendar.c.is_business_day == sa.true(), 1), else_=0)
    made = sa.select(
        calendar.c.day,
        worked.label("is_work"),
        sa.func.sum(worked).over(order_by=in_order(calendar.c.day)).label("worked"),
    )
    days = named(made, "derived_working_days")
    first, last = days.alias("first_day"), days.alias("day_before")
    origin = away.outerjoin(first, first.c.day == away.c.start_on).outerjoin(
        last, last.c.day == away.c.before
    )
    between = flag(first.c.worked - first.c.is_work > last.c.worked)
    known = sa.and_(first.c.day.is_not(None), last.c.day.is_not(None))
    return sa.case((known, between), else_=flag(weekday)) == sa.true(), origin
