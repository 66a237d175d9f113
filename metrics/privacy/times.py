"""The days of the lattice: whole calendar months that are over, and what is made of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from metrics.calendar.periods import Calendar, Period, add_months, span
from metrics.privacy.lattice import OffLatticeError

QUARTER = 3
YEAR = 12
FRIDAY = 4
LAG = timedelta(days=31)
"""How long after a month its rows may still be loaded day by day: older data is merely old."""
Span = tuple[int, ...]


def open_from(as_of: date, today: date | None) -> date:
    """The first day that belongs to no month that is over in the data.

    The clock alone does not end a month: where its rows still arrive, a value more with every day that is loaded would
    tell of that day's few. Data that reaches a month's last working day has come to its end once the clock has, too;
    and for what is older than ``LAG`` nobody waits any more.
    """
    opens = _after(as_of)
    if today is None or today <= as_of:
        return opens
    following = add_months(as_of.replace(day=1), 1)
    is_over = today >= following and as_of >= _last_weekday_before(following)
    return max(following if is_over else opens, _after(today - LAG))


def _after(day: date) -> date:
    """The first day that belongs to no month that is over by a day."""
    return (day + timedelta(days=1)).replace(day=1)


def _last_weekday_before(day: date) -> date:
    last = day - timedelta(days=1)
    return last - timedelta(days=max(0, last.weekday() - FRIDAY))


def closed(period: Period, opens: date) -> Period:
    """The part of a period that lies in months that are over; itself where all of it does.

    Raises:
        OffLatticeError: it does not begin and end with a month.
    """
    if period.start.day != 1 or period.end.day != 1:
        raise OffLatticeError(
            f"Values about people are given for whole months, quarters and years, and {period} is none: "
            "ask for a month, for example 2025-11."
        )
    if period.end <= opens:
        return period
    over = span(period.start, max(period.start, opens))
    months = months_of(over)
    return months[0] if len(months) == 1 else over


def months_of(period: Period) -> tuple[Period, ...]:
    """The calendar months of a period."""
    found, calendar, day = [], Calendar(), period.start
    while day < period.end:
        found.append(calendar.containing(day, "month"))
        day = add_months(day, 1)
    return tuple(found)


@dataclass(frozen=True)
class Unit:
    """Months that are decided together, and the stretches of them for which values are given.

    A stretch is given as positions of months. ``wanted`` are ways to make up what was asked for: all stretches of
    one of them must be shown. ``before`` are the months of the year before where no quarter is over yet: if nothing
    happened in them either, the data begins here, and all months so far are a stretch.
    """

    months: tuple[Period, ...]
    spans: tuple[Span, ...]
    wanted: tuple[tuple[Span, ...], ...]
    before: tuple[Period, ...] = ()

    @property
    def needs_months(self) -> bool:
        """Whether what was asked for is not made up of the stretches that every table has."""
        return any(part not in self.spans for way in self.wanted for part in way)


def standing_units(period: Period) -> tuple[Unit, ...]:
    """Each month on its own: what is true of people at a time is shown for a period if for each of its months."""
    return tuple(Unit((month,), ((0,),), (((0,),),)) for month in months_of(period))


def first_months(before: int | Fraction, heads: Sequence[int | Fraction], least: int) -> int | None:
    """How many months of a young company count as one with the month that follows them.

    ``heads`` are the people of each month of a period, ``before`` those of the month before it. From nothing to the
    first month with enough people is one stretch: else a long period would give the first months away, or could
    never be shown. A period that begins inside that stretch is not shown: then there is None.
    """
    if 0 < before < least:
        return None
    small = next((index for index, count in enumerate(heads) if count >= least), len(heads))
    return small if not before and small < len(heads) else 0


def passing_units(period: Period, opens: date) -> tuple[Unit, ...]:
    """Each year on its own, with its quarters: months of what happens to people now and then are too thin."""
    return tuple(
        _year(number, period, opens) for number in range(period.start.year, period.last_day.year + 1)
    )


def _year(number: int, period: Period, opens: date) -> Unit:
    months = tuple(m for m in months_of(Calendar().year(number, fiscal=False)) if m.end <= opens)
    inside = tuple(i for i, m in enumerate(months) if period.start <= m.start and m.end <= period.end)
    quarters = [
        tuple(range(first, first + QUARTER)) for first in range(0, len(months) - QUARTER + 1, QUARTER)
    ]
    whole = tuple(range(YEAR))
    spans = (*([whole] if len(months) == YEAR else []), *quarters)
    parts = tuple(quarter for quarter in quarters if set(quarter) <= set(inside))
    rest = tuple((i,) for i in inside if not any(i in quarter for quarter in parts))
    ways = (((whole,),) if inside == whole else ()) + ((*parts, *rest),)
    before = () if spans else months_of(Calendar().year(number - 1, fiscal=False))
    return Unit(months, spans, ways, before)
