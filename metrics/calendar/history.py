"""A period -> the N periods that end with it, by week, month, quarter or year, along the calendar or the fiscal one."""

from __future__ import annotations

from datetime import date

from metrics.calendar.periods import Calendar, Grain, Period
from metrics.errors import PeriodError

MOST = 400
"""More periods than this are a mistake."""


def history(
    period: Period,
    count: int,
    as_of: date,
    calendar: Calendar,
    *,
    grain: Grain | None = None,
    fiscal: bool = False,
) -> list[Period]:
    """The last ``count`` periods of a grain up to ``period``, oldest first.

    Without a grain it is the period's own. Where the period is of another grain, the newest one that is over by
    its end (and by ``as_of``) comes last. Quarters and years are fiscal ones where ``fiscal`` says so, or where
    the period is a fiscal one itself.

    Raises:
        PeriodError: not a number of periods that can be shown.
    """
    if not 1 <= count <= MOST:
        raise PeriodError(f"{count} is no number of periods: give 1 to {MOST}.")
    fiscal = fiscal or period.label.startswith("FY")
    wanted: Grain = grain or ("month" if period.grain == "custom" else period.grain)
    if wanted == period.grain and fiscal == period.label.startswith("FY"):
        last = period
    else:
        last = calendar.last_complete(wanted, min(as_of, period.last_day), fiscal=fiscal)
    return [last.shifted(-step) for step in reversed(range(count))]
