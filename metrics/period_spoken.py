"""Periods as people say them: the third quarter, October last year, from March to June, two quarters ago."""

from __future__ import annotations

import re
from datetime import date, timedelta

from metrics.period_forms import (
    COUNT,
    MONTH,
    MONTHS,
    NUMBERS,
    SHORT,
    UNIT,
    YEAR,
    begun,
    compiled,
    grain_of,
    number_of,
    quarter_of,
)
from metrics.periods import Calendar, Period, add_months, span

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
_NTH = r"(?:the )?(?P<nth>first|second|third|fourth|1st|2nd|3rd|4th)"
_OF_A_YEAR = rf"(?: (?:of |in )?{SHORT}| (?:of |in )?(?P<which>last|this|previous|next) year)"
_LONG_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|april|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?"
    r"|dec(?:ember)?)"
)
"""Without a word before it; "may" and "march" are verbs too."""
_DAY = r"(?P<day>[12]\d|3[01]|0?[1-9])"


def _year_of(found: re.Match[str], as_of: date) -> int | None:
    """The year that is said; None without one."""
    if found["which"]:
        return as_of.year + {"last": -1, "previous": -1, "next": 1}.get(found["which"].lower(), 0)
    return number_of(found["year"]) if found["year"] else None


def _nth(found: re.Match[str], as_of: date, calendar: Calendar) -> Period:
    """The third quarter, the second half; of a year, or the newest one that has begun."""
    number, fiscal, year = _ORDINAL[found["nth"].lower()], bool(found["fiscal"]), _year_of(found, as_of)
    if found["part"].lower() == "quarter":
        one = calendar.quarter(year or as_of.year, number, fiscal=fiscal)
    else:
        start = add_months(calendar.year(year or as_of.year, fiscal=fiscal).start, 6 * (number - 1))
        one = span(start, add_months(start, 6))
    return one if year else begun(one, as_of)


def _quarter_of_year(found: re.Match[str], as_of: date, calendar: Calendar) -> Period:
    moved = {"last": -1, "previous": -1, "next": 1}.get(found["which"].lower(), 0)
    return calendar.quarter(as_of.year + moved, int(found["nth"]), fiscal=False)


def _month_of(found: re.Match[str], as_of: date, calendar: Calendar) -> Period:
    """October, October last year, last October."""
    number, year = MONTHS.index(found["month"][:3].lower()) + 1, found.groupdict().get("which")
    moved = {"last": -1, "previous": -1, "next": 1}.get((year or "").lower(), 0)
    if found.groupdict().get("before"):
        one = begun(calendar.containing(date(as_of.year, number, 1), "month"), as_of)
        return one.year_before() if one.end > as_of else one
    one = calendar.containing(date(as_of.year + moved, number, 1), "month")
    return one if year else begun(one, as_of)


def _months(found: re.Match[str], as_of: date, _: Calendar) -> Period:
    """From March to June; without a year the newest that have begun, the first before the last."""
    first, last = (MONTHS.index(found[name][:3].lower()) + 1 for name in ("first", "last"))
    until = int(found["until"]) if found["until"] else int(found["since"]) if found["since"] else as_of.year
    since = int(found["since"]) if found["since"] else until
    start, end = date(since, first, 1), add_months(date(until, last, 1), 1)
    if not (found["since"] or found["until"]) and start > as_of:
        start, end = add_months(start, -12), add_months(end, -12)
    if end <= start:
        start = add_months(start, -12)
    return span(start, end)


def _quarters(found: re.Match[str], as_of: date, calendar: Calendar) -> Period:
    year = number_of(found["year"]) if found["year"] else as_of.year
    first, last = (calendar.quarter(year, int(found[name]), fiscal=bool(found["fiscal"])) for name in "ab")
    if last.end <= first.start:
        raise ValueError("a period ends after it starts")
    return span(first.start, last.end)


def _years(found: re.Match[str], _: date, calendar: Calendar) -> Period:
    first, last = (calendar.year(int(found[name]), fiscal=False) for name in "ab")
    if last.end <= first.end:
        raise ValueError("a period ends after it starts")
    return span(first.start, last.end)


def _week(found: re.Match[str], as_of: date, calendar: Calendar) -> Period:
    year = int(found["year"]) if found["year"] else as_of.isocalendar().year
    week = calendar.containing(date.fromisocalendar(year, int(found["number"]), 1), "week")
    return week if found["year"] or week.start <= as_of else week.year_before()


def _day(found: re.Match[str], as_of: date, calendar: Calendar) -> Period:
    month = MONTHS.index(found["month"][:3].lower()) + 1
    year = int(found["year"]) if found["year"] else as_of.year
    day = date(year, month, int(found["day"]))
    if not found["year"] and day > as_of:
        day = day.replace(year=year - 1)
    return calendar.containing(day, "day")


def _days(found: re.Match[str], as_of: date, _: Calendar) -> Period:
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


def _twelve_months(_: re.Match[str], as_of: date, calendar: Calendar) -> Period:
    newest = calendar.last_complete("month", as_of)
    return span(newest.shifted(-11).start, newest.end)


def _so_far(found: re.Match[str], as_of: date, calendar: Calendar) -> Period:
    return span(calendar.containing(as_of, grain_of(found["unit"])).start, as_of + timedelta(days=1))


def _begun_with(found: re.Match[str], as_of: date, calendar: Calendar) -> Period:
    current = calendar.containing(as_of, grain_of(found["unit"]))
    return current.previous() if found["which"] in ("last", "previous") else current


def _ago(found: re.Match[str], as_of: date, calendar: Calendar) -> Period:
    said = found["count"].lower()
    steps = 1 if said in ("a", "an") else NUMBERS.get(said) or int(said)
    return calendar.containing(as_of, grain_of(found["unit"])).shifted(-steps)


def _before_last(found: re.Match[str], as_of: date, calendar: Calendar) -> Period:
    return calendar.last_complete(grain_of(found["unit"]), as_of).previous()


def _fiscal_year(found: re.Match[str], as_of: date, calendar: Calendar) -> Period:
    if found["year"]:
        return calendar.year(number_of(found["year"]), fiscal=True)
    this = as_of.year + (1 if as_of.month >= calendar.fiscal_year_start > 1 else 0)
    moved = {"last": -1, "previous": -1, "next": 1}.get(found["which"].lower(), 0)
    return calendar.year(this + moved, fiscal=True)


_TO = r" ?(?:-|–|to|until|till|through|thru) ?"
_FROM_TO = (
    rf"(?:from |between )?{MONTH.replace('month', 'first', 1)}(?: (?P<since>20\d\d))?(?:{_TO}| and )"
    rf"{MONTH.replace('month', 'last', 1)}(?: (?P<until>20\d\d))?"
)

_FIRST, _LAST = MONTH.replace("month", "first", 1), MONTH.replace("month", "last", 1)
_A, _B = (rf"(?:the )?{_DAY.replace('day', name, 1)}(?:st|nd|rd|th)?\.?" for name in ("a", "b"))
_SINCE, _UNTIL = r"(?:,? (?P<since>20\d\d))?", r"(?:,? (?P<until>20\d\d))?"
_DAY_TO_DAY = (
    rf"(?:from |between )?{_A}(?:(?: of)? {_FIRST}{_SINCE})?(?:{_TO}| and ){_B}(?: of)? {_LAST}{_UNTIL}"
)
_MONTH_DAY_TO_DAY = rf"(?:from |between ){_FIRST} {_A}{_SINCE}(?:{_TO}| and )(?:{_LAST} )?{_B}{_UNTIL}"

SPOKEN = compiled(
    (_DAY_TO_DAY, _days),
    (_MONTH_DAY_TO_DAY, _days),
    (
        rf"{_NTH} (?P<part>quarter|half)(?: of (?:the|this) year)?(?P<fiscal>(?!))?(?P<year>(?!))?(?P<which>(?!))?",
        _nth,
    ),
    (rf"{_NTH} (?P<part>quarter|half){_OF_A_YEAR}", _nth),
    (rf"(?:the )?(?P<nth>last|final) (?P<part>quarter) of {SHORT}(?P<which>(?!))?", _nth),
    (r"q(?P<q>[1-4])'(?P<fiscal>(?!))?(?P<year>\d\d)", quarter_of),
    (r"(?P<q>[1-4])q ?'?(?P<fiscal>(?!))?(?P<year>20\d\d|\d\d)", quarter_of),
    (r"q(?P<nth>[1-4]) (?:of )?(?P<which>last|this|previous|next) year", _quarter_of_year),
    (rf"(?:the )?(?P<before>last|previous) {_LONG_MONTH}", _month_of),
    (rf"{MONTH} (?:of )?(?P<which>last|this|previous|next) year", _month_of),
    (_LONG_MONTH, _month_of),
    (_FROM_TO, _months),
    (rf"(?:from |between )?q(?P<a>[1-4])(?:{_TO}| and )q(?P<b>[1-4])(?: (?:of )?{SHORT})?", _quarters),
    (rf"(?:from )?(?P<a>20\d\d){_TO}(?P<b>20\d\d)", _years),
    (r"between (?P<a>20\d\d) and (?P<b>20\d\d)", _years),
    (rf"(?:calendar )?(?:week|wk|cw|kw) ?(?P<number>\d\d?)(?: (?:of )?{YEAR})?", _week),
    (rf"(?:on |since |from |until )?{MONTH} {_DAY}(?:st|nd|rd|th)?,? {YEAR}", _day),
    (rf"(?:on |since |from |until )?(?:the )?{_DAY}(?:st|nd|rd|th)?\.?(?: of)? {MONTH},? {YEAR}", _day),
    (rf"(?:on|since|from|until) {MONTH} {_DAY}(?:st|nd|rd|th)?(?P<year>(?!))?", _day),
    (rf"(?:on|since|from|until) (?:the )?{_DAY}(?:st|nd|rd|th)?\.?(?: of)? {MONTH}(?P<year>(?!))?", _day),
    (r"(?:ltm|ttm|trailing twelve|trailing 12)", _twelve_months),
    (rf"(?:this |the )?{UNIT} so far", _so_far),
    (rf"so far this {UNIT}", _so_far),
    (
        rf"since (?:the )?(?:start|beginning|begin) of (?:the )?(?:(?P<which>last|previous|this) )?{UNIT}",
        _begun_with,
    ),
    (rf"{COUNT.replace('(?P<count>', '(?P<count>an?|')} {UNIT}s? ago", _ago),
    (rf"(?:the )?{UNIT} before (?:the )?last", _before_last),
    (r"(?:fiscal|financial)(?: year)? (?P<which>(?!))?(?P<year>20\d\d)", _fiscal_year),
    (r"(?:the )?(?P<which>last|this|previous|next|current) (?:fy|fiscal)(?P<year>(?!))?", _fiscal_year),
)
