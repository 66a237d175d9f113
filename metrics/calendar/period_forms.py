"""Periods as they are written: 2025-Q4, FY2025-Q4, last quarter, ytd; a pattern and its reader for each form."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from metrics.calendar.periods import Calendar, Grain, Period, add_months, span

NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "twenty": 20,
    "thirty": 30, "sixty": 60, "ninety": 90,
}  # fmt: skip
"""Small numbers as people write them out."""

Reader = Callable[[re.Match[str], date, Calendar], Period]

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
YEAR = r"(?P<year>(?:19|20)\d\d)"
_DAY = r"(?:19|20)\d\d-\d\d-\d\d"
SHORT = r"(?P<fiscal>fy ?)?(?P<year>(?:19|20)\d\d|'?\d\d)"
UNIT = r"(?P<unit>day|week|wk|month|mnth|mth|mo|quarter|quater|qaurter|quartr|qtr|q|year|yr)"
FISCAL = r"(?P<fiscal>fiscal |financial )?"
_WHICH = r"(?P<which>last|lst|past|previous|prev|prior|this|current|curr|next|nxt|coming|upcoming)"
COUNT = rf"(?P<count>\d{{1,3}}|{'|'.join(NUMBERS)})"


_GRAINS: tuple[tuple[str, Grain], ...] = (
    ("d", "day"),
    ("w", "week"),
    ("m", "month"),
    ("q", "quarter"),
    ("y", "year"),
)


def grain_of(unit: str) -> Grain:
    """Day, week, month, quarter or year, however it is written."""
    word = unit.lower()
    return next(grain for letter, grain in _GRAINS if word.startswith(letter))


def number_of(year: str) -> int:
    """A year of two digits is one of this century."""
    digits = year.lstrip("'")
    return int(digits) + (2000 if len(digits) == len("25") else 0)


def begun(period: Period, as_of: date) -> Period:
    """Without a year people mean the newest one that has begun."""
    return period if period.start <= as_of else period.year_before()


def _year(found: re.Match[str], _: date, calendar: Calendar) -> Period:
    return calendar.year(number_of(found["year"]), fiscal=bool(found["fiscal"]))


def quarter_of(found: re.Match[str], as_of: date, calendar: Calendar) -> Period:
    """A quarter; without a year the newest one that has begun."""
    fiscal = bool(found["fiscal"])
    if found["year"]:
        return calendar.quarter(number_of(found["year"]), int(found["q"]), fiscal=fiscal)
    return begun(calendar.quarter(as_of.year, int(found["q"]), fiscal=False), as_of)


def half_of(found: re.Match[str], as_of: date, calendar: Calendar) -> Period:
    """Half a year."""
    named = number_of(found["year"]) if found["year"] else as_of.year
    start = add_months(calendar.year(named, fiscal=bool(found["fiscal"])).start, 6 * (int(found["half"]) - 1))
    half = span(start, add_months(start, 6))
    return half if found["year"] else begun(half, as_of)


def _month(found: re.Match[str], as_of: date, calendar: Calendar) -> Period:
    number = MONTHS.index(found["month"][:3].lower()) + 1
    if found["year"]:
        return calendar.containing(date(number_of(found["year"]), number, 1), "month")
    return begun(calendar.containing(date(as_of.year, number, 1), "month"), as_of)


def _iso_month(found: re.Match[str], _: date, calendar: Calendar) -> Period:
    return calendar.containing(date(int(found["year"]), int(found["number"]), 1), "month")


def _iso_week(found: re.Match[str], _: date, calendar: Calendar) -> Period:
    return calendar.containing(date.fromisocalendar(int(found["year"]), int(found["number"]), 1), "week")


def _iso_days(found: re.Match[str], _: date, calendar: Calendar) -> Period:
    first = date.fromisoformat(found["first"])
    if not found["last"]:
        return calendar.containing(first, "day")
    last = date.fromisoformat(found["last"])
    if last < first:
        raise ValueError("a period ends after it starts")
    return span(first, last + timedelta(days=1))


def _relative(found: re.Match[str], as_of: date, calendar: Calendar) -> Period:
    current = calendar.containing(as_of, grain_of(found["unit"]), fiscal=bool(found["fiscal"]))
    return beside(current, found["which"], as_of)


def beside(current: Period, which: str, as_of: date) -> Period:
    """'last' is the last complete one, 'this' the one that ``as_of`` lies in, 'next' the one after that."""
    match which.lower():
        case "this" | "current" | "curr":
            return current
        case "next" | "nxt" | "coming" | "upcoming":
            return current.shifted(1)
        case _:
            return current if current.grain != "day" and current.last_day <= as_of else current.previous()


def last_few(found: re.Match[str], as_of: date, calendar: Calendar) -> Period:
    """Days end on ``as_of``; longer units are complete ones, so that they compare with each other."""
    count = NUMBERS.get(found["count"].lower()) or int(found["count"])
    grain = grain_of(found["unit"])
    newest = calendar.containing(as_of, grain) if grain == "day" else calendar.last_complete(grain, as_of)
    return newest if count == 1 else span(newest.shifted(1 - count).start, newest.end)


def so_far(found: re.Match[str], as_of: date, calendar: Calendar) -> Period:
    """From the start of this week, month, quarter or year to the day that it is asked on; of a fiscal year, too."""
    current = calendar.containing(as_of, grain_of(found["unit"]), fiscal=bool(found["fiscal"]))
    return span(current.start, as_of + timedelta(days=1))


def _near_day(found: re.Match[str], as_of: date, calendar: Calendar) -> Period:
    return calendar.containing(as_of - timedelta(days=found["near"].lower() == "yesterday"), "day")


def compiled(*forms: tuple[str, Reader]) -> tuple[tuple[re.Pattern[str], Reader], ...]:
    """The forms as whole words of a sentence."""
    return tuple(
        (re.compile(rf"(?<![\w.,$€£/-]){form}(?![\w%/-]|\.\.|[.,]\d)", re.IGNORECASE), reader)
        for form, reader in forms
    )


WRITTEN = compiled(
    (rf"(?:from )?(?P<first>{_DAY})(?: ?(?:\.\.|–|to|until|till|through) ?(?P<last>{_DAY}))?", _iso_days),
    (rf"{YEAR}-w(?P<number>\d\d)", _iso_week),
    (rf"{YEAR}-(?P<number>\d\d)", _iso_month),
    (r"(?P<fiscal>fy ?)?(?P<year>(?:19|20)\d\d)[- ]?q(?P<q>[1-4])", quarter_of),
    (r"(?P<fiscal>fy ?)(?P<year>\d\d)[- ]?q(?P<q>[1-4])", quarter_of),
    (rf"q(?P<q>[1-4])(?:(?: of | |-|/){SHORT})?", quarter_of),
    (r"(?P<fiscal>fy ?)?(?P<year>(?:19|20)\d\d)[- ]?h(?P<half>[12])", half_of),
    (rf"h(?P<half>[12])(?:(?: of | |-|/){SHORT})?", half_of),
    (r"(?P<fiscal>fy ?)(?P<year>(?:20)?\d\d)", _year),
    (r"(?P<fiscal>fy ?)?(?P<year>20(?:0[1-9]|[1-4]\d)|19[89]\d)", _year),
    (rf"{MONTH}(?: of)?[ ,-]{{1,2}}(?P<year>(?:19|20)\d\d|'\d\d)", _month),
    (rf"(?:in|during|for|since) {MONTH}(?P<year>(?!))?(?!(?: of)?[ ,-]+['12]\d)", _month),
    (rf"(?:the )?{_WHICH}[ -]{FISCAL}{UNIT}", _relative),
    (rf"(?:the )?(?:last|lst|past|previous|prev|prior|trailing) {COUNT}[ -]{UNIT}s?", last_few),
    (r"(?P<fiscal>f|fiscal |financial )?(?P<unit>[yqmw])td", so_far),
    (rf"(?:this |the )?{FISCAL}{UNIT}[ -]to[ -]date", so_far),
    (r"(?P<near>today|yesterday)", _near_day),
)
