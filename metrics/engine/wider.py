"""What stands in for a value about too few people: the whole company, then a longer period, never nothing silently."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from metrics.engine.ask import Ask
from metrics.periods import Calendar, Period

QUARTER_DAYS = 92
YEAR_DAYS = 366


def wider(ask: Ask, looked_at: Period, opens: date) -> Iterator[Ask]:
    """Wider asks, nearest first. ``looked_at`` are the days of the ask, ``opens`` the first that are not over."""
    whole = replace(ask, filters={}, usual_window=False, period=looked_at)
    if ask.filters:
        yield whole
    calendar, last = Calendar(), min(looked_at.last_day, opens - timedelta(days=1))
    if looked_at.days < QUARTER_DAYS:
        yield replace(whole, period=calendar.last_complete("quarter", _end(calendar.containing(last, "quarter"), opens)))
    if looked_at.days < YEAR_DAYS:
        yield replace(whole, period=calendar.last_complete("year", _end(calendar.containing(last, "year"), opens)))


def _end(period: Period, opens: date) -> date:
    """The last day of a period, or the last one that is over."""
    return min(period.last_day, opens - timedelta(days=1))
