"""A window's name, for a period and an as-of day -> days and instants."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from metrics.calendar.periods import Period, add_months, months_between, span
from metrics.definition import Instant, Measure, Window

EARLIEST = date(1, 1, 1)


@dataclass(frozen=True)
class Days:
    """The days a measure looks at: a half-open stretch, cut off after the as-of day.

    ``instants`` are the days whose mornings a stock is read on (one, or those of an average).
    """

    start: date
    end: date
    instants: tuple[date, ...] = ()


WINDOWS: Mapping[Window, Callable[[Period], Period]] = {
    "period": lambda period: period,
    "previous": Period.previous,
    "year_before": Period.year_before,
    "next": lambda period: period.shifted(1),
    "month_before": lambda period: span(add_months(period.start, -1), period.start),
    "trailing_7_days": lambda period: period.trailing(days=7),
    "trailing_30_days": lambda period: period.trailing(days=30),
    "trailing_13_weeks": lambda period: period.trailing(days=7 * 13),
    "trailing_52_weeks": lambda period: period.trailing(days=7 * 52),
    "trailing_1_month": lambda period: period.trailing(months=1),
    "trailing_3_months": lambda period: period.trailing(months=3),
    "trailing_12_months": lambda period: period.trailing(months=12),
    "twelve_months_a_year_ago": lambda period: period.year_before().trailing(months=12),
    "since_start": lambda period: span(EARLIEST, period.end),
}


def window(name: Window, period: Period) -> Period:
    """The stretch that a window's name means beside a period."""
    return WINDOWS[name](period)


def looks_back(measure: Measure) -> bool:
    """Whether a measure looks at so many days or months that end with the period."""
    return measure.over.startswith("trailing")


def days_of(measure: Measure, period: Period, as_of: date, *, planned: bool = False, mature: int = 0) -> Days:
    """The days of a measure within its own window, as far as ``as_of`` allows.

    Rows that were ``planned`` (quotas, the calendar) are known beforehand: for them nothing is cut off.
    ``mature`` days must have passed since a row for it to count.
    """
    stretch = window(measure.over, period)
    cut = as_of + timedelta(days=1)
    end = stretch.end if planned else min(stretch.end, cut)
    if mature:
        end = min(end, cut - timedelta(days=mature))
    start = min(stretch.start, end)
    if measure.at is None:
        return Days(start, end)
    months = _steps if looks_back(measure) else _months
    return Days(start, end, _instants(measure.at, start, end, months(start, end)))


def _instants(at: Instant, start: date, end: date, months: Sequence[date]) -> tuple[date, ...]:
    """The mornings on which a stock is read. A day's closing figure is that of the next morning."""
    match at:
        case "start":
            return (start,)
        case "end" | "known":
            return (end,)
        case "two_point":
            return (start, end)
        case "mid_month" | "twelfth":
            day = timedelta(days=15 if at == "mid_month" else 12)
            middles = [month + day for month in months if start <= month + day <= end]
            return tuple(middles) or (end,)
        case "every_day":
            evenings = range(1, (end - start).days + 1)
            return tuple(start + timedelta(days=after) for after in evenings) or (end,)
        case "average":
            return (start, *(month for month in months if start < month < end), end)


def months_back(end: date, many: int) -> list[Period]:
    """The months before a day, the newest first, which is a part of one where the day is not the first of a month."""
    first = (end - timedelta(days=1)).replace(day=1)
    starts = [add_months(first, -number) for number in range(many)]
    return [span(start, end if start == first else add_months(start, 1)) for start in starts]


def _months(start: date, end: date) -> list[date]:
    """The first days of the months that a stretch touches."""
    months, month = [], start.replace(day=1)
    while month < end:
        months.append(month)
        month = add_months(month, 1)
    return months


def _steps(start: date, end: date) -> list[date]:
    """The same day of each month from a start on: a stretch that looks back may begin on any."""
    return [
        day for number in range(months_between(start, end) + 1) if (day := add_months(start, number)) < end
    ]
