"""Absence: rows of sickness and unplanned absence with no working day between them are one spell."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from metrics.engine.portable import in_order
from metrics.engine.tables.derived.stretches import after_others, stretches
from metrics.engine.tables.pieces import flag, named
from metrics.engine.tables.relations import Relations, need
from metrics.engine.tables.weekdays import weekdays_before

UNPLANNED = ("sickness", "unplanned")


def absence_spells(relations: Relations) -> sa.Select[Any]:
    """One row per spell: who, from when, how many working days.

    Working days are those of ``calendar``; days that it does not hold count as working days from Monday to
    Friday. Without ``absences.end_on`` nothing is joined.
    """
    given = need(relations, "absences", "employee_id", "absence_type", "start_on")
    end = given.c.end_on if "end_on" in given.c else given.c.start_on
    lost = ["working_days"] if "working_days" in given.c else []
    columns = [given.c.employee_id, given.c.start_on.label("since"), *(given.c[name] for name in lost)]
    dated = sa.and_(given.c.absence_type.in_(UNPLANNED), given.c.start_on.is_not(None))
    away = after_others(named(sa.select(*columns, end.label("until")).where(dated), "derived_away"))
    begins, origin = _working_day_between(relations, away) if "end_on" in given.c else (sa.true(), away)
    return stretches(away, begins, ("start_on", "end_on"), origin=origin, added=lost)


def _working_day_between(relations: Relations, away: sa.CTE) -> tuple[sa.ColumnElement[bool], sa.FromClause]:
    """Whether a working day lies between the end of what came before and the start of a row."""
    weekday = weekdays_before(away.c.since, 0) > weekdays_before(away.c.before, 1)
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
    origin = away.outerjoin(first, first.c.day == away.c.since).outerjoin(last, last.c.day == away.c.before)
    between = flag(first.c.worked - first.c.is_work > last.c.worked)
    known = sa.and_(first.c.day.is_not(None), last.c.day.is_not(None))
    return sa.case((known, between), else_=flag(weekday)) == sa.true(), origin
