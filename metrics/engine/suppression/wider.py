"""What stands in for a value about too few people: the whole company, then a quarter, then a year, in that order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from metrics.calendar.periods import Calendar, Grain, Period
from metrics.engine.asking.ask import Ask

LONGER: tuple[tuple[Grain, int], ...] = (("quarter", 92), ("year", 366))
"""Grains that may stand in for periods that are no longer than that many days."""


def wider(ask: Ask, looked_at: Period, opens: date, *, ripe: bool) -> Iterator[Ask]:
    """Wider asks, nearest first.

    ``looked_at`` are the days of the ask, ``opens`` the first that are not over. A quarter or year is the one that
    holds its last day, if that is over; the last one that was over by then where the metric waits for its people
    (``ripe``: ramp time looks at hires who have had a year) or where it is not.
    """
    whole = replace(ask, filters={}, usual_window=False, period=looked_at)
    if ask.filters:
        yield whole
    calendar, over = Calendar(), opens - timedelta(days=1)
    last = min(looked_at.last_day, over)
    for grain, longest in LONGER:
        end = last if ripe else min(calendar.containing(last, grain).last_day, over)
        period = calendar.last_complete(grain, end)
        if looked_at.days <= longest and period != looked_at:
            yield replace(whole, period=period)
