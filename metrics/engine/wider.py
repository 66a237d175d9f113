"""What stands in for a value about too few people: the whole company, then a longer period, never nothing silently."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from metrics.engine.ask import Ask
from metrics.periods import Calendar, Grain, Period

LONGER: tuple[tuple[Grain, int], ...] = (("quarter", 90), ("year", 365))
"""Grains that may stand in for shorter periods, with their fewest days."""


def wider(ask: Ask, looked_at: Period, opens: date) -> Iterator[Ask]:
    """Wider asks, nearest first. ``looked_at`` are the days of the ask, ``opens`` the first that are not over."""
    whole = replace(ask, filters={}, usual_window=False, period=looked_at)
    if ask.filters:
        yield whole
    calendar, over = Calendar(), opens - timedelta(days=1)
    last = min(looked_at.last_day, over)
    for grain, days in LONGER:
        if looked_at.days < days:
            period = calendar.containing(last, grain)
            yield replace(whole, period=calendar.last_complete(grain, min(period.last_day, over)))
