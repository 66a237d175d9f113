"""Working weeks of employees, and which of them were overloaded."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from metrics.engine.portable import exact_sum, monday
from metrics.engine.tables.pieces import flag
from metrics.engine.tables.relations import Relations, need

OVERLOAD = sa.literal(11), sa.literal(10)
"""A week is overloaded above eleven tenths of the contracted hours (house definition, hours only)."""


def employee_weeks(relations: Relations) -> sa.Select[Any]:
    """One row per employee and ISO week, with hours worked and scheduled."""
    entries = need(relations, "time_entries", "employee_id", "work_day", "hours_worked", "hours_scheduled")
    week = monday(entries.c.work_day).label("week_start")
    hours = (entries.c.hours_worked, entries.c.hours_scheduled)
    days = sa.select(entries.c.employee_id, week, entries.c.work_day, *hours).subquery("days")
    worked, scheduled = exact_sum(days.c.hours_worked), exact_sum(days.c.hours_scheduled)
    keys = (days.c.employee_id, days.c.week_start)
    weeks = (
        sa.select(
            *keys,
            worked.label("hours_worked"),
            scheduled.label("hours_scheduled"),
            sa.func.max(days.c.work_day).label("last_entry_on"),
        )
        .group_by(*keys)
        .subquery("weeks")
    )
    part, whole = OVERLOAD
    over = weeks.c.hours_worked * whole > weeks.c.hours_scheduled * part
    return sa.select(*weeks.c, flag(over).label("overloaded"))
