"""What a query gives back for one leaf: a total, how many rows it rests on, the newest of them, the query."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Context, Decimal
from fractions import Fraction
from typing import Any

Group = tuple[str | None, ...]
EXACT = Context(prec=60)
"""Wide enough that sums of money never round."""


@dataclass(frozen=True)
class Cell:
    """One number out of the database. ``total`` is None where there were no rows to take it from."""

    total: Fraction | None
    rows: int
    newest: date | None = None


@dataclass(frozen=True, eq=False)
class Ran:
    """A statement as it ran, with its parameters. Each is itself only: it may run again and find other rows."""

    sql: str
    parameters: Mapping[str, Any]


@dataclass(frozen=True)
class Found:
    """The cells of one leaf, by group, which statements gave them, and in which of their columns."""

    cells: Mapping[Group, Cell]
    queries: tuple[Ran, ...]
    columns: tuple[str, ...] = ()


@dataclass
class Series:
    """Daily amounts as running sums: any stretch of days is a difference of two of them."""

    days: list[date] = field(default_factory=list)
    totals: list[Decimal] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)

    def add(self, day: date, amount: Decimal, rows: int) -> None:
        """Append a day; days come in order."""
        self.days.append(day)
        self.totals.append(EXACT.add(self.totals[-1], amount) if self.totals else amount)
        self.counts.append(self.counts[-1] + rows if self.counts else rows)

    def before(self, day: date) -> tuple[Decimal, int]:
        """Total and rows of all days before ``day``."""
        index = bisect_left(self.days, day) - 1
        return (self.totals[index], self.counts[index]) if index >= 0 else (Decimal(0), 0)

    def newest_before(self, day: date) -> date | None:
        """The newest day before ``day`` that has rows."""
        index = bisect_left(self.days, day) - 1
        return self.days[index] if index >= 0 else None


def exact(value: Any) -> Decimal:
    """A number as drivers give it, as an exact decimal; nothing is zero."""
    if value is None:
        return Decimal(0)
    return value if isinstance(value, Decimal) else Decimal(str(value))


def as_day(value: Any) -> date:
    """A day as drivers give it: a date, a timestamp or ISO text."""
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else date.fromisoformat(str(value)[:10])


def as_group(values: Iterable[Any]) -> Group:
    """The values of the dimensions of one row, with control characters spelled out; a missing one stays None."""
    return tuple(None if value is None else _spelled(str(value)) for value in values)


def _spelled(text: str) -> str:
    """Data is untrusted: an escape sequence in a name must not reach a terminal."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)
