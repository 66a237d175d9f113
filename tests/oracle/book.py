"""What the naive formulas stand on: rows as a reader of the documentation sees them, days, sums and ratios.

A formula takes a ``Book`` and a ``Span`` and gives an exact number, or raises ``NoNumber`` with the documented status.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

from tests.oracle.company import Cell, Row, Tables

UNDEFINED = "undefined_zero_denominator"
NOTHING = "insufficient_data"
YOUNG = "immature_cohort"
CAPPED = "capped"
NOT_APPLICABLE = "not_applicable"


class NoNumber(Exception):  # noqa: N818 - it is an answer, not a mistake
    """There is no number, and why."""

    def __init__(self, status: str) -> None:
        super().__init__(status)
        self.status = status


@dataclass(frozen=True)
class Marked:
    """A number that is not simply ok: capped, or of a cohort of which some have not had their time."""

    value: Fraction
    status: str


def months_later(day: date, months: int) -> date:
    """The first of the month so many months after the month of a day."""
    number = day.year * 12 + day.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


def same_day(day: date, months: int) -> date:
    """The same day so many months later; the last of the month where it has no such day."""
    month = months_later(day, months)
    return min(month + timedelta(days=day.day - 1), months_later(month, 1) - timedelta(days=1))


@dataclass(frozen=True)
class Span:
    """A month or several: the first day, and the first day after."""

    start: date
    end: date

    @property
    def months(self) -> int:
        """How many months it has."""
        return (self.end.year - self.start.year) * 12 + self.end.month - self.start.month

    def earlier(self, months: int) -> Span:
        """As long a stretch so many months earlier."""
        return Span(months_later(self.start, -months), months_later(self.end, -months))


@dataclass(frozen=True)
class Book:
    """The rows of a company, without those of internal accounts and users, as known on a day."""

    tables: Tables
    as_of: date
    whole: Tables
    """The tables of all groups, where ``tables`` hold one."""

    def of_all(self) -> Book:
        """The book of all groups."""
        return Book(self.whole, self.as_of, self.whole)

    def rows(self, table: str) -> list[Row]:
        """All rows of a table."""
        return self.tables.get(table, [])

    def within(self, table: str, column: str, span: Span) -> list[Row]:
        """The rows whose day lies in the span."""
        return [row for row in self.rows(table) if is_in(row[column], self.come(span))]

    def come(self, span: Span) -> Span:
        """What has come of a span."""
        return Span(span.start, self.until(span))

    def until(self, span: Span) -> date:
        """The end of a span, or of the day as of which it is looked at."""
        return min(span.end, self.as_of + timedelta(days=1))

    def months(self, span: Span) -> Fraction:
        """How many months of a span have come: those of the calendar, or days by the mean length of a month."""
        if self.until(span) == span.end:
            return Fraction(span.months)
        return self.days(span) / (Fraction("365.25") / 12)

    def days(self, span: Span) -> int:
        """How many days of a span have come."""
        return (self.until(span) - span.start).days

    def instants(self, span: Span) -> list[date]:
        """Its start, and the end of each of its months, as far as they have come."""
        ends = [months_later(span.start, n + 1) for n in range(span.months)]
        return [
            span.start,
            *(min(end, self.until(span)) for end in ends if months_later(end, -1) < self.until(span)),
        ]


def day(cell: Cell) -> date | None:
    """The day of a cell."""
    if isinstance(cell, datetime):
        return cell.date()
    assert cell is None or isinstance(cell, date)
    return cell


def known_day(cell: Cell) -> date:
    """The day of a cell that has one."""
    found = day(cell)
    assert found is not None
    return found


def is_in(cell: Cell, span: Span) -> bool:
    """Whether the day of a cell lies in the span: the first day does, the end does not."""
    found = day(cell)
    return found is not None and span.start <= found < span.end


def is_before(cell: Cell, instant: date) -> bool:
    """Whether the day of a cell lies before an instant."""
    found = day(cell)
    return found is not None and found < instant


def number(cell: Cell) -> Fraction:
    """The number of a cell; an empty one adds nothing."""
    return Fraction(cell) if isinstance(cell, (int, Decimal, Fraction)) else Fraction(0)


def known(row: Row, *columns: str) -> bool:
    """Whether none of these cells is empty."""
    return all(row[column] is not None for column in columns)


def total(rows: Iterable[Row], column: str) -> Fraction:
    """The sum of a column."""
    return sum((number(row[column]) for row in rows), Fraction(0))


def something(rows: Iterable[Row], *columns: str) -> None:
    """A sum, or a count, of rows: where no row has what is added up, nobody knows whether it is zero."""
    if not any(all(row[column] is not None for column in columns) for row in rows):
        raise NoNumber(NOTHING)


def sum_of(rows: Sequence[Row], column: str) -> Fraction:
    """The sum of a column, where there is anything to add up."""
    something(rows, column)
    return total(rows, column)


def ratio(top: Fraction | int, bottom: Fraction | int, scale: int = 1) -> Fraction:
    """``scale x top / bottom``; nothing can be divided by zero."""
    if bottom == 0:
        raise NoNumber(UNDEFINED)
    return Fraction(top) * scale / Fraction(bottom)


def of_spent(top: Fraction | int, spent: Fraction | int, scale: int = 1) -> Fraction:
    """A ratio to what was spent or sold; there is none where more came back than went out."""
    if spent < 0:
        raise NoNumber(UNDEFINED)
    return ratio(top, spent, scale)


def share(rows: Sequence[Row], holds: Callable[[Row], bool]) -> Fraction:
    """How many of the rows it holds for, in percent."""
    return ratio(sum(1 for row in rows if holds(row)), len(rows), 100)


def of_those_who_had(
    cohort: Sequence[Row], had: Sequence[Row], holds: Callable[[Row], bool]
) -> Fraction | Marked:
    """Of the cohort those who had the whole window: how many it holds for."""
    if len(had) == len(cohort):
        return share(had, holds)
    if not had:
        raise NoNumber(YOUNG)
    return Marked(share(had, holds), YOUNG)


def mean(numbers: Iterable[Fraction]) -> Fraction:
    """The sum by how many there are."""
    found = list(numbers)
    if not found:
        raise NoNumber(NOTHING)
    return sum(found, Fraction(0)) / len(found)


def median(numbers: Iterable[Fraction]) -> Fraction:
    """The middle one, or the mean of the middle two."""
    ordered = sorted(numbers)
    if not ordered:
        raise NoNumber(NOTHING)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def seconds(later: Cell, earlier: Cell) -> Fraction:
    """From one moment to another."""
    assert isinstance(later, datetime)
    assert isinstance(earlier, datetime)
    return Fraction((later.astimezone(UTC) - earlier.astimezone(UTC)) // timedelta(microseconds=1), 1_000_000)


OWN_KEYS = {"users": "user_id", "leads": "lead_id", "opportunities": "opportunity_id", "orders": "order_id"}


def in_zone(tables: Tables, timezone: str) -> Tables:
    """The tables with their timestamps, which are in UTC, as the clocks of a place show them."""
    zone = ZoneInfo(timezone)

    def shown(cell: Cell) -> Cell:
        return cell.replace(tzinfo=UTC).astimezone(zone) if isinstance(cell, datetime) else cell

    return {
        name: [{column: shown(cell) for column, cell in row.items()} for row in rows]
        for name, rows in tables.items()
    }


def without_ours(tables: Tables) -> Tables:
    """The tables without internal accounts and users, and without whatever refers to one: they count nowhere."""
    ours: dict[str, set[Cell]] = {
        "account_id": {row["account_id"] for row in tables["accounts"] if row["is_internal"]}
    }
    for table, key in OWN_KEYS.items():
        out = {row[key] for row in tables[table] if refers(row, ours, but=key) or row.get("is_internal")}
        ours[key] = out
    return {name: [row for row in rows if not refers(row, ours)] for name, rows in tables.items()}


def refers(row: Row, ours: dict[str, set[Cell]], but: str = "") -> bool:
    """Whether a row is, or refers to, one of ours."""
    return any(row.get(column) in keys for column, keys in ours.items() if column != but)
