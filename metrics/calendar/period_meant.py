"""What was found in words of a period -> the period: one reader for each way to say it (period_spoken.py)."""

from __future__ import annotations

import re
from datetime import date, timedelta

from metrics.calendar.period_forms import MONTHS, NUMBERS, begun, beside, grain_of, number_of
from metrics.calendar.periods import Calendar, Period, add_months, span

STEPS = {"last": -1, "previous": -1, "next": 1}
"""How many years back or on from this one."""
_ORDINAL = {
    "first": 1,
    "1st": 1,
    "second": 2,
    "2nd": 2,
    "third": 3,
    "3rd": 3,
    "fourth": 4,
    "4th": 4,
    "last": 4,
    "final": 4,
}


def _year_of(found: re.Match[str], as_of: date) -> int | None:
    """The year that is said; None without one."""
    if found["which"]:
        return as_of.year + STEPS.get(found["which"].lower(), 0)
    return number_of(found["year"]) if found["year"] else None


def nth(found: re.Match[str], as_of: date, calendar: Calendar) -> Period:
    """The third quarter, the second half; of a year, or the newest one that has begun."""
    number, fiscal, year = _ORDINAL[found["nth"].lower()], bool(found["fiscal"]), _year_of(found, as_of)
    if found["part"].lower() == "quarter":
        one = calendar.quarter(year or as_of.year, number, fiscal=fiscal)
    else:
        start = add_months(calendar.year(year or as_of.year, fiscal=fiscal).start, 6 * (number - 1))
        one = span(start, add_months(start, 6))
    return one if year else begun(one, as_of)


def quarter_of_year(found: re.Match[str], as_of: date, calendar: Calendar) -> Period:
    """The second quarter of last year."""
    return calendar.quarter(
        as_of.year + STEPS.get(found["which"].lower(), 0), int(found["nth"]), fiscal=False
    )


def month_of(found: re.Match[str], as_of: date, calendar: Calendar) -> Period:
    """October, October last year, last October."""
    number, year = MONTHS.index(found["month"][:3].lower()) + 1, found.groupdict().get("which")
    moved = STEPS.get((year or "").lower(), 0)
    if found.groupdict().get("before"):
        one = begun(calendar.containing(date(as_of.year, number, 1), "month"), as_of)
        return one.year_before() if one.end > as_of else one
    one = calendar.containing(date(as_of.year + moved, number, 1), "month")
    return one if year else begun(one, as_of)


def months(found: re.Match[str], as_of: date, _: Calendar) -> Period:
    """From March to June; without a year the newest that have begun, the first before the last."""
    first, last = (MONTHS.index(found[name][:3].lower()) + 1 for name in ("first", "last"))
    until = int(found["until"]) if found["until"] else int(found["since"]) if found["since"] else as_of.year
    since = int(found["since"]) if found["since"] else until
    start, end = date(since, first, 1), add_months(date(until, last, 1), 1)
    if end <= start:
        start = add_months(start, -12)
    if not (found["since"] or found["until"]) and start > as_of:
        start, end = add_months(start, -12), add_months(end, -12)
    return span(start, end)


def quarters(found: re.Match[str], as_of: date, calendar: Calendar) -> Period:
    """From one quarter to another of the same year."""
    year = number_of(found["year"]) if found["year"] else as_of.year
    first, last = (calendar.quarter(year, int(found[name]), fiscal=bool(found["fiscal"])) for name in "ab")
    if last.end <= first.start:
        raise ValueError("a period ends after it starts")
    return span(first.start, last.end)


def years(found: re.Match[str], _: date, calendar: Calendar) -> Period:
    """From one year to another."""
    first, last = (calendar.year(int(found[name]), fiscal=False) for name in "ab")
    if last.end <= first.end:
        raise ValueError("a period ends after it starts")
    return span(first.start, last.end)


def week(found: re.Match[str], as_of: date, calendar: Calendar) -> Period:
    """The calendar week of a year; without one the newest that has begun."""
    year = int(found["year"]) if found["year"] else as_of.isocalendar().year
    week = calendar.containing(date.fromisocalendar(year, int(found["number"]), 1), "week")
    return week if found["year"] or week.start <= as_of else week.year_before()


def day(found: re.Match[str], as_of: date, calendar: Calendar) -> Period:
    """A day of a month; without a year the newest that has come."""
    month = MONTHS.index(found["month"][:3].lower()) + 1
    year = int(found["year"]) if found["year"] else as_of.year
    day = date(year, month, int(found["day"]))
    if not found["year"] and day > as_of:
        day = day.replace(year=year - 1)
    return calendar.containing(day, "day")


def days(found: re.Match[str], as_of: date, _: Calendar) -> Period:
    """From one day to another; without a year the newest that have begun."""
    months = [
        MONTHS.index((found[name] or found["last"] or found["first"])[:3].lower()) + 1
        for name in ("first", "last")
    ]
    said = found["until"] or found["since"]
    last_year = int(said) if said else as_of.year
    first = date(int(found["since"] or last_year), months[0], int(found["a"]))
    last = date(int(found["until"] or last_year), months[1], int(found["b"]))
    if first > last and not found["since"]:
        first = first.replace(year=first.year - 1)
    if first > as_of and not said:
        first, last = first.replace(year=first.year - 1), last.replace(year=last.year - 1)
    if last < first:
        raise ValueError("a period ends after it starts")
    return span(first, last + timedelta(days=1))


def twelve_months(_: re.Match[str], as_of: date, calendar: Calendar) -> Period:
    """The last twelve months that are over."""
    newest = calendar.last_complete("month", as_of)
    return span(newest.shifted(-11).start, newest.end)


def begun_with(found: re.Match[str], as_of: date, calendar: Calendar) -> Period:
    """Since the start of this month, quarter or year, or of the one before it."""
    current = calendar.containing(as_of, grain_of(found["unit"]), fiscal=bool(found["fiscal"]))
    return current.previous() if found["which"] in ("last", "previous") else current


def ago(found: re.Match[str], as_of: date, calendar: Calendar) -> Period:
    """The month, quarter or year so many of them back."""
    said = found["count"].lower()
    steps = 1 if said in ("a", "an") else NUMBERS.get(said) or int(said)
    return calendar.containing(as_of, grain_of(found["unit"])).shifted(-steps)


def before_last(found: re.Match[str], as_of: date, calendar: Calendar) -> Period:
    """The month, quarter or year before the last that is over."""
    return calendar.last_complete(grain_of(found["unit"]), as_of).previous()


def fiscal_year(found: re.Match[str], as_of: date, calendar: Calendar) -> Period:
    """A fiscal year: by its number, or this, the last, the next."""
    if found["year"]:
        return calendar.year(number_of(found["year"]), fiscal=True)
    return beside(calendar.containing(as_of, "year", fiscal=True), found["which"], as_of)
