"""Words -> Period: the only reader of periods, for a command's ``--period`` and inside a question."""

from __future__ import annotations

import re
from datetime import date, timedelta

from metrics.calendar.period_forms import NUMBERS, WRITTEN, YEAR
from metrics.calendar.period_spoken import SPOKEN
from metrics.calendar.periods import Calendar, Period, span
from metrics.errors import PeriodError

__all__ = ["NUMBERS", "find_period", "parse_period"]

UNDERSTOOD = (
    "2025-Q4, FY2025-Q4, 2025-11, 2025, FY2025, 2025-W07, 2025-11-03, 2025-10-01..2025-12-31, Q2, Q2 2025, "
    "March 2025, last quarter, this month, next quarter, last year, this fiscal year, last fiscal quarter, "
    "ytd, qtd, mtd, since March or the last 90 days"
)


def parse_period(text: str, *, as_of: date, calendar: Calendar) -> Period:
    """The period that ``text`` names, whole: ``2025-Q4``, ``last quarter``, ``since March``.

    Raises:
        PeriodError: with the forms that are understood.
    """
    words = " ".join(text.split())
    if re.fullmatch(YEAR, words):  # within a sentence round years may be mere numbers
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
    candidates = [(found, reader) for form, reader in (*WRITTEN, *SPOKEN) for found in form.finditer(words)]
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
