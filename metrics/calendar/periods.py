"""Stretches of time: a Period, its neighbours, and the fiscal calendar it lives in."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Grain = Literal["day", "week", "month", "quarter", "year", "custom"]
GRAINS: tuple[Grain, ...] = ("day", "week", "month", "quarter", "year")
"""Those that have neighbours in the calendar."""
MONTHS = {"month": 1, "quarter": 3, "year": 12}


def add_months(day: date, months: int) -> date:
    """The same day of the month, ``months`` later; the month's last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def months_between(start: date, end: date) -> int:
    """How many months lie between the month of one day and that of another."""
    return (end.year - start.year) * 12 + end.month - start.month


@dataclass(frozen=True)
class Calendar:
    """When a company's fiscal year starts. FY2025 is the fiscal year that ends in 2025."""

    fiscal_year_start: int = 1

    def year(self, number: int, *, fiscal: bool) -> Period:
        """Calendar year 2025, or fiscal year FY2025."""
        if not fiscal:
            return Period(date(number, 1, 1), date(number + 1, 1, 1), str(number), "year")
        first = number if self.fiscal_year_start == 1 else number - 1
        start = date(first, self.fiscal_year_start, 1)
        return Period(start, add_months(start, 12), f"FY{number}", "year")

    def quarter(self, year: int, number: int, *, fiscal: bool) -> Period:
        """Quarter 1 to 4 of a calendar or fiscal year."""
        start = add_months(self.year(year, fiscal=fiscal).start, 3 * (number - 1))
        return Period(start, add_months(start, 3), f"{'FY' if fiscal else ''}{year}-Q{number}", "quarter")

    def containing(self, day: date, grain: Grain, *, fiscal: bool = False) -> Period:
        """The calendar week, month, quarter or year that ``day`` lies in; quarters and years may be fiscal ones."""
        if grain == "day":
            return Period(day, day + timedelta(days=1), day.isoformat(), "day")
        if grain == "week":
            iso = day.isocalendar()
            start = day - timedelta(days=iso.weekday - 1)
            return Period(start, start + timedelta(days=7), f"{iso.year}-W{iso.week:02d}", "week")
        if grain == "month":
            start = day.replace(day=1)
            return Period(start, add_months(start, 1), f"{day:%Y-%m}", "month")
        first = self.fiscal_year_start if fiscal else 1
        year = day.year + (day.month >= first > 1)
        if grain == "quarter":
            return self.quarter(year, (day.month - first) % 12 // 3 + 1, fiscal=fiscal)
        return self.year(year, fiscal=fiscal)

    def last_complete(self, grain: Grain, as_of: date, *, fiscal: bool = False) -> Period:
        """The newest period of that grain whose last day is not after ``as_of``."""
        current = self.containing(as_of, grain, fiscal=fiscal)
        return current if current.last_day <= as_of else current.previous()


@dataclass(frozen=True)
class Period:
    """A half-open stretch of days: ``start`` is in it, ``end`` is not. ``label`` is how people write it."""

    start: date
    end: date
    label: str
    grain: Grain = "custom"

    @property
    def last_day(self) -> date:
        """The last day in the period."""
        return self.end - timedelta(days=1)

    @property
    def days(self) -> int:
        """How many days the period has."""
        return (self.end - self.start).days

    def __str__(self) -> str:
        return self.label

    def shifted(self, steps: int) -> Period:
        """The period of the same length that many steps later (negative: earlier), along the calendar."""
        if self.grain in MONTHS:
            start = add_months(self.start, steps * MONTHS[self.grain])
            return Period(start, add_months(start, MONTHS[self.grain]), self._relabelled(start), self.grain)
        if self.start.day == self.end.day == 1:  # whole months: before July to December lies the half year
            months = months_between(self.start, self.end)
            return span(add_months(self.start, steps * months), add_months(self.end, steps * months))
        start = self.start + timedelta(days=steps * self.days)
        return span(start, start + timedelta(days=self.days), self.grain)

    def previous(self) -> Period:
        """The period of the same length just before this one."""
        return self.shifted(-1)

    def year_before(self) -> Period:
        """The same period one year earlier (52 weeks earlier for a week)."""
        if self.grain == "week":
            return self.shifted(-52)
        if self.grain in MONTHS:
            return self.shifted(-12 // MONTHS[self.grain])
        start = add_months(self.start, -12)
        if self.days == 1:
            return Calendar().containing(start, "day")
        if self.end.day == 1:  # what ends with a month does so a year before, too
            return span(start, add_months(self.end, -12))
        return span(start, add_months(self.last_day, -12) + timedelta(days=1))  # there may be no 29 February

    def as_far_as(self, part: Period) -> Period:
        """As much of this period as ``part`` is of a later one like it, from the first day on; else all of it.

        The quarter before one that has come to 13 February goes as many days, to 13 November; whole months and years
        go by the calendar.
        """
        whole = self.shifted(self._steps_to(part.start))
        if self.grain not in (*MONTHS, "week") or whole.start != part.start or part.end >= whole.end:
            return self
        back = months_between(whole.start, self.start)
        if part.end.day == 1:
            end = add_months(part.end, back)
        elif self.grain == "year":
            end = add_months(part.last_day, back) + timedelta(days=1)
        else:
            end = self.start + timedelta(days=part.days)
        return span(self.start, min(end, self.end))

    def _steps_to(self, day: date) -> int:
        """How many periods like this one lie between its start and a day's."""
        if self.grain in MONTHS:
            return months_between(self.start, day) // MONTHS[self.grain]
        return (day - self.start).days // self.days

    def trailing(self, *, months: int = 0, days: int = 0) -> Period:
        """The stretch of that length ending where this period ends."""
        start = add_months(self.end, -months) if months else self.end - timedelta(days=days)
        what = f"{months} months" if months else f"{days} days"
        return Period(start, self.end, f"{what} to {self.last_day.isoformat()}")

    def _relabelled(self, start: date) -> str:
        fiscal = self.label.startswith("FY")
        if self.grain == "month":
            return f"{start:%Y-%m}"
        offset = months_between(self.start, start)
        digits = self.label.removeprefix("FY")
        if self.grain == "year":
            return f"{'FY' if fiscal else ''}{int(digits) + offset // 12}"
        year, quarter = digits.split("-Q")
        moved = int(year) * 4 + int(quarter) - 1 + offset // 3
        return f"{'FY' if fiscal else ''}{moved // 4}-Q{moved % 4 + 1}"


def span(start: date, end: date, grain: Grain = "custom") -> Period:
    """A period between two days (``end`` excluded), labelled as people write it: with its last day."""
    if grain == "week":
        return Calendar().containing(start, "week")
    if grain == "day":
        return Calendar().containing(start, "day")
    return Period(start, end, f"{start.isoformat()}..{(end - timedelta(days=1)).isoformat()}", grain)
