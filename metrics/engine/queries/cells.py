"""What a query gives back for one leaf: a total, how many rows it rests on, the newest of them, the query."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Context, Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from metrics.engine.portable.types import FEW
from metrics.errors import RefusedError
from metrics.warehouse.reasons import REFUSED, UNREADABLE

Group = tuple[str | None, ...]
EXACT = Context(prec=60)
"""Wide enough that sums of money never round."""
LARGEST = 9e18
"""What whole numbers of eight bytes hold, about: SQLite makes anything larger the largest of them."""
Total = Decimal | int
"""An exact amount; what counts rows is whole."""


class Cell(NamedTuple):
    """One number out of the database. ``total`` is None where there were no rows to take it from."""

    total: Fraction | None
    rows: int
    newest: date | None = None


@dataclass(frozen=True, eq=False)
class Ran:
    """A statement as it ran, with its parameters. Each is itself only: it may run again and find other rows."""

    sql: str
    parameters: Mapping[str, Any]


class Found(NamedTuple):
    """The cells of one leaf, by group, which statements gave them, and in which of their columns.

    ``marks`` are columns and what they hold in the rows that count; without, all rows do. ``by_day``: there is a row
    for each day, to be added up.
    """

    cells: Mapping[Group, Cell]
    queries: tuple[Ran, ...]
    columns: tuple[str, ...] = ()
    marks: tuple[tuple[str, Any], ...] = ()
    by_day: bool = False


class Standing(NamedTuple):
    """Where the numbers of a leaf stand in the rows of a plan: in which columns, counted behind the groups.

    ``marks`` are the columns that tell its rows from others, and what they hold there.
    """

    columns: tuple[int, ...]
    marks: tuple[tuple[int, Any], ...] = ()


@dataclass(frozen=True)
class Series:
    """Daily amounts as running sums: any stretch of days is a difference of two of them."""

    days: Sequence[date] = ()
    totals: Sequence[Total] = ()
    counts: Sequence[int] = ()

    def before(self, day: date) -> tuple[Total, int]:
        """Total and rows of all days before ``day``."""
        index = bisect_left(self.days, day) - 1
        return (self.totals[index], self.counts[index]) if index >= 0 else (0, 0)

    def newest_before(self, day: date) -> date | None:
        """The newest day before ``day`` that has rows."""
        index = bisect_left(self.days, day) - 1
        return self.days[index] if index >= 0 else None


def less(amount: Total, other: Total) -> Total:
    """The difference of two amounts."""
    if type(amount) is int and type(other) is int:
        return amount - other
    return EXACT.subtract(amount, other)


def exact(value: Any) -> Decimal:
    """A number as drivers give it, as an exact decimal; nothing is zero.

    What floats there are (SQLite has no decimals) stand for numbers with eight places, or as many as fifteen digits
    leave them: behind these is noise.

    Raises:
        UnfitError: it is a float beyond what SQLite adds up in whole units: it would stop there, or be infinite.
    """
    if isinstance(value, Decimal):
        return value
    if value is None:
        return Decimal(0)
    if not isinstance(value, float):  # some drivers give numbers as text
        return Decimal(value) if isinstance(value, int) else Decimal(str(value))
    if abs(value) >= LARGEST:
        raise UnfitError
    return Decimal(str(round(value, 8))) if abs(value) < FEW else Decimal(f"{value:.15g}")


class UnfitError(RefusedError):
    """The database gives what cannot be computed with: infinity where a sum is out of its range, the year 20255."""

    def __init__(self) -> None:
        super().__init__(REFUSED.format(reason=UNREADABLE), UNREADABLE, of_data=True)


def fraction(value: Any) -> Fraction:
    """A number as drivers give it, as an exact fraction; nothing is zero.

    Raises:
        UnfitError: it is infinite, or none.
    """
    if type(value) is int:
        return Fraction(value)
    try:
        return Fraction(exact(value))
    except (ArithmeticError, ValueError):
        raise UnfitError from None


def as_day(value: Any) -> date:
    """A day as drivers give it: a date, a timestamp or ISO text.

    Raises:
        UnfitError: it is one that databases know and Python does not: one after the year 9999.
    """
    if type(value) is date:  # what nearly all of them are
        return value
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        raise UnfitError from None


def all_exact(values: Sequence[Any]) -> Sequence[Decimal]:
    """Numbers as drivers give them, as exact decimals; of a whole column, they mostly are."""
    return values if set(map(type, values)) <= {Decimal} else list(map(exact, values))


def all_days(values: Sequence[Any]) -> Sequence[date]:
    """Days as drivers give them; of a whole column, they mostly are."""
    return values if set(map(type, values)) <= {date} else list(map(as_day, values))


def as_group(values: Iterable[Any]) -> Group:
    """The values of the dimensions of one row, with control characters spelled out; a missing one stays None."""
    return tuple(None if value is None else spelled(_told(value)) for value in values)


def _told(value: Any) -> str:
    """A value as text; a number without the places that one database adds and another does not."""
    if not isinstance(value, Decimal | float):
        return str(value)
    whole, point, places = f"{exact(value):f}".partition(".")
    return f"{whole}{point}{places}".rstrip("0").rstrip(".") if point else whole


def spelled(text: str) -> str:
    """Data is untrusted: an escape sequence in a name must not reach a terminal."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)
