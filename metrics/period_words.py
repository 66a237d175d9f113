"""Words -> Period: the only reader of periods, for a command's ``--period`` and inside a question."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import cast

from metrics.errors import PeriodError
from metrics.periods import Calendar, Grain, Period, add_months, span

NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "twenty": 20,
    "thirty": 30, "sixty": 60, "ninety": 90,
}  # fmt: skip
"""Small numbers as people write them out."""

UNDERSTOOD = (
    "2025-Q4, FY2025-Q4, 2025-11, 2025, FY2025, 2025-W07, 2025-11-03, 2025-10-01..2025-12-31, Q2, Q2 2025, "
    "March 2025, last quarter, this month, next quarter, last year, this fiscal year, last fiscal quarter, "
    "ytd, qtd, mtd, since March or the last 90 days"
)

Reader = Callable[[re.Match[str], date, Calendar], Period]

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DAY = r"(?:19|20)\d\d-\d\d-\d\d"
_SHORT = r"(?P<fiscal>fy ?)?(?P<year>(?:19|20)\d\d|'?\d\d)"
_UNIT = r"(?P<unit>day|week|wk|month|quarter|quater|qaurter|quartr|qtr|year|yr)"
_WHICH = r"(?P<which>last|lst|past|previous|prior|this|current|next|coming)"
_COUNT = rf"(?P<count>\d{{1,3}}|{'|'.join(NUMBERS)})"


def _grain(unit: str) -> Grain:
    word = unit.lower()
    return "quarter" if word.startswith("q") else cast("Grain", {"wk": "week", "yr": "year"}.get(word, word))


def _number(year: str) -> int:
    digits = year.lstrip("'")
    return int(digits) + (2000 if len(digits) == len("25") else 0)


def _fiscal(day: date, grain: Grain, calendar: Calendar) -> Period:
    first = calendar.fiscal_year_start
    year = day.year + (1 if first > 1 and day.month >= first else 0)
    if grain == "year":
        return calendar.year(year, fiscal=True)
    return calendar.quarter(year, (day.month - first) % 12 // 3 + 1, fiscal=True)


def _begun(period: Period, as_of: date) -> Period:
    """Without a year people mean the newest one that has begun."""
    return period if period.start <= as_of else period.year_before()


def _year(found: re.Match[str], _: date, calendar: Calendar) -> Period:
    return calendar.year(_number(found["year"]), fiscal=bool(found["fiscal"]))


def _quarter(found: re.Match[str], as_of: date, calendar: Calendar) -> Period:
    fiscal = bool(found["fiscal"])
    if found["year"]:
        return calendar.quarter(_number(found["year"]), int(found["q"]), fiscal=fiscal)
    return _begun(calendar.quarter(as_of.year, int(found["q"]), fiscal=False), as_of)


def _half(found: re.Match[str], as_of: date, calendar: Calendar) -> Period:
    named = _number(found["year"]) if found["year"] else as_of.year
    start = add_months(calendar.year(named, fiscal=bool(found["fiscal"])).start, 6 * (int(found["half"]) - 1))
    half = span(start, add_months(start, 6))
    return half if found["year"] else _begun(half, as_of)


def _month(found: re.Match[str], as_of: date, calendar: Calendar) -> Period:
    number = _MONTHS.index(found["month"][:3].lower()) + 1
    if found["year"]:
        return calendar.containing(date(_number(found["year"]), number, 1), "month")
    return _begun(calendar.containing(date(as_of.year, number, 1), "month"), as_of)


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
    """'last' is the last complete one, 'this' the one that ``as_of`` lies in, 'next' the one after that."""
    grain = _grain(found["unit"])
    current = _fiscal(as_of, grain, calendar) if found["fiscal"] else calendar.containing(as_of, grain)
    which = found["which"].lower()
    if which in ("this", "current"):
        return current
    if which in ("next", "coming"):
        return current.shifted(1)
    if grain == "day":
        return current.previous()
    return current if current.last_day <= as_of else current.previous()


def _last_few(found: re.Match[str], as_of: date, calendar: Calendar) -> Period:
    """Days end on ``as_of``; longer units are complete ones, so that they compare with each other."""
    count = NUMBERS.get(found["count"].lower()) or int(found["count"])
    grain = _grain(found["unit"])
    newest = calendar.containing(as_of, grain) if grain == "day" else calendar.last_complete(grain, as_of)
    return newest if count == 1 else span(newest.shifted(1 - count).start, newest.end)


def _to_date(found: re.Match[str], as_of: date, calendar: Calendar) -> Period:
    letter = found["letter"].lower()
    grain: Grain = "year" if letter == "y" else "quarter" if letter == "q" else "month"
    return span(calendar.containing(as_of, grain).start, as_of + timedelta(days=1))


def _near_day(found: re.Match[str], as_of: date, calendar: Calendar) -> Period:
    return calendar.containing(as_of - timedelta(days=found["near"].lower() == "yesterday"), "day")


_FORMS: tuple[tuple[re.Pattern[str], Reader], ...] = tuple(
    (re.compile(rf"(?<![\w.,$€£/-]){form}(?![\w%/-]|\.\.|[.,]\d)", re.IGNORECASE), reader)
    for form, reader in (
        (rf"(?:from )?(?P<first>{_DAY})(?: ?(?:\.\.|–|to|until|till|through) ?(?P<last>{_DAY}))?", _iso_days),
        (rf"{_YEAR}-w(?P<number>\d\d)", _iso_week),
        (rf"{_YEAR}-(?P<number>\d\d)", _iso_month),
        (r"(?P<fiscal>fy ?)?(?P<year>(?:19|20)\d\d)[- ]?q(?P<q>[1-4])", _quarter),
        (r"(?P<fiscal>fy ?)(?P<year>\d\d)[- ]?q(?P<q>[1-4])", _quarter),
        (rf"q(?P<q>[1-4])(?:(?: of | |-|/){_SHORT})?", _quarter),
        (rf"h(?P<half>[12])(?:(?: of | |-|/){_SHORT})?", _half),
        (r"(?P<fiscal>fy ?)(?P<year>(?:20)?\d\d)", _year),
        (r"(?P<fiscal>fy ?)?(?P<year>20(?:0[1-9]|[1-4]\d)|19[89]\d)", _year),
        (rf"{_MONTH}(?: of)?[ ,-]{{1,2}}(?P<year>(?:19|20)\d\d|'\d\d)", _month),
        (rf"(?:in|during|for|since) {_MONTH}(?P<year>(?!))?(?!(?: of)?[ ,-]+['12]\d)", _month),
        (rf"(?:the )?{_WHICH}[ -](?P<fiscal>fiscal )?{_UNIT}", _relative),
        (rf"(?:the )?(?:last|lst|past|previous|prior|trailing) {_COUNT}[ -]{_UNIT}s?", _last_few),
        (r"(?P<letter>[yqm])(?:td|(?:ear|uarter|onth)[ -]to[ -]date)", _to_date),
        (r"(?P<near>today|yesterday)", _near_day),
    )
)


def parse_period(text: str, *, as_of: date, calendar: Calendar) -> Period:
    """The period that ``text`` names, whole: ``2025-Q4``, ``last quarter``, ``since March``.

    Raises:
        PeriodError: with the forms that are understood.
    """
    words = " ".join(text.split())
    if re.fullmatch(_YEAR, words):  # within a sentence round years may be mere numbers
        return calendar.year(int(words), fiscal=False)
    for attempt in (words, f"in {words}"):
        found = find_period(attempt, as_of=as_of, calendar=calendar)
        if found and found[1] == attempt:
            return found[0]
    raise PeriodError(f"{words!r} is no period; write {UNDERSTOOD}.")


def find_period(question: str, *, as_of: date, calendar: Calendar) -> tuple[Period, str] | None:
    """The first period named inside a question, and the words that name it (spaces made single).

    The longest of several readings that begin at the same word is taken. "since X" runs from the start of
    X to ``as_of``.
    """
    words = " ".join(question.split())
    candidates = [(found, reader) for form, reader in _FORMS for found in form.finditer(words)]
    for found, reader in sorted(candidates, key=lambda pair: (pair[0].start(), -pair[0].end())):
        try:
            period = reader(found, as_of, calendar)
        except (ValueError, OverflowError):  # the thirteenth month, the sixtieth week, the year after 9999
            continue
        before = words[: found.start()].lower()
        if not found[0].lower().startswith("since ") and not before.endswith("since "):
            return period, found[0]
        if period.start <= as_of:
            start = found.start() - (len("since ") if before.endswith("since ") else 0)
            return span(period.start, as_of + timedelta(days=1)), words[start : found.end()]
    return None
