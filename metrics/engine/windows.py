"""A window's name, for a period and an as-of day -> days and instants."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from metrics.definition import Instant, Measure, Window
from metrics.periods import Period, add_months, span

EARLIEST = date(1, 1, 1)


@dataclass(frozen=True)
class Days:
    """The days a measure looks at: a half-open stretch, cut off after the as-of day.

    ``instants`` are the days whose mornings a stock is read on (one, or the month ends of an average).
    """

    start: date
    end: date
    instants: tuple[date, ...] = ()


def window(name: Window, period: Period) -> Period:
    """The stretch that a window's name means beside a period."""
    match name:
        case "period":
            return period
        case "previous":
            return period.previous()
        case "year_before":
            return period.year_before()
        case "next":
            return period.shifted(1)
        case "trailing_30_days":
            return period.trailing(days=30)
        case "trailing_13_weeks":
            return period.trailing(days=7 * 13)
        case "trailing_52_weeks":
            return period.trailing(days=7 * 52)
        case "trailing_3_months":
            return period.trailing(months=3)
        case "trailing_12_months":
            return period.trailing(months=12)
        case "since_start":
            return span(EARLIEST, period.end)


def days_of(measure: Measure, period: Period, as_of: date) -> Days:
    """The days of a measure within its own window, as far as ``as_of`` allows."""
    stretch = window(measure.over, period)
    cut = as_of + timedelta(days=1)
    end = min(stretch.end, cut)
    if measure.mature_days:
        end = min(end, cut - timedelta(days=measure.mature_days))
    start = min(stretch.start, end)
    if measure.at is None:
        return Days(start, end)
    return Days(start, end, _instants(measure.at, start, end))


def _instants(at: Instant, start: date, end: date) -> tuple[date, ...]:
    if at == "start":
        return (start,)
    if at in {"end", "known"}:
        return (end,)
    inner, month = [], add_months(start.replace(day=1), 1)
    while month < end:
        inner.append(month)
        month = add_months(month, 1)
    return (start, *inner, end)
