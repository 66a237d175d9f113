"""Which rows an input looks at, and over which days."""

from __future__ import annotations

from datetime import date

from metrics.calendar.periods import Period
from metrics.definition import Input
from metrics.engine.asking.leaves import Wanted
from metrics.engine.asking.windows import window
from metrics.engine.queries.rows import Setting

Stretch = tuple[date, date, date | None, Period | None]
"""What one sum covers: from, before, the instant of a stock, and the window that a condition looks at."""


def rows_looked_at(item: Input) -> tuple[str, bool]:
    """Which rows an input looks at: inputs of the same rows are one source."""
    return (item.looks_at, item.at is not None)


def stretch_of(setting: Setting, item: Input, wanted: Wanted) -> Stretch:
    """The stretch over which an input is summed for a leaf."""
    days = setting.days(item, wanted.leaf.period, wanted.as_of)
    looks = window(item.over, wanted.leaf.period) if item.looks else None
    if days.instants:
        return (date.min, days.instants[-1], days.instants[-1], looks)
    return (days.start, days.end, None, looks)
