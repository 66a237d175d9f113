"""Mondays to Fridays: how many lie before a day, and from one day to another."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa

from metrics.engine.portable import as_exact, as_whole, days_between, monday

WEEKDAYS = 5
WEEK = 7
ANY_MONDAY = date(2001, 1, 1)


def weekdays_before(day: sa.ColumnElement[Any], more: int) -> sa.ColumnElement[Any]:
    """Seven times the weekdays before a day (or, with one ``more``, up to it), without dividing anything."""
    start = monday(day)
    passed = days_between(start, day) + more
    weeks = days_between(sa.literal(ANY_MONDAY, sa.Date()), start)
    return WEEKDAYS * weeks + WEEK * sa.case((passed < WEEKDAYS, passed), else_=WEEKDAYS)


def weekdays(first: sa.ColumnElement[Any], last: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    """The weekdays from the first day to the last, both counted, as an exact number."""
    sevenfold = weekdays_before(last, 1) - weekdays_before(first, 0)
    return as_exact(as_whole(sevenfold // WEEK))  # it divides evenly, as whole numbers or as others
