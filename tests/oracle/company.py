"""Random tiny companies: tables as lists of rows, and a folder of a company that has them.

A maker of rows takes a ``Draw`` and the tables made so far, to refer to. What is drawn depends on the seed alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from random import Random
from typing import TypeVar

from metrics.load import load_catalog

Cell = str | int | bool | Decimal | Fraction | date | datetime | None
Row = dict[str, Cell]
Tables = dict[str, list[Row]]
T = TypeVar("T")

FIRST, LAST = date(2023, 11, 1), date(2024, 7, 31)
"""Most rows lie between these days."""
BOUNDS = [date(2023, 12, 31), date(2024, 1, 1), date(2024, 1, 31), date(2024, 2, 1), date(2024, 2, 28)]
BOUNDS += [date(2024, 2, 29), date(2024, 3, 1), date(2024, 3, 31), date(2024, 4, 1), date(2023, 2, 28)]
"""Days on which engines go wrong."""


@dataclass(frozen=True)
class Draw:
    """What makers draw from: days, moments, money and choices as real data has them."""

    random: Random

    def chance(self, share: float) -> bool:
        """True as often as that."""
        return self.random.random() < share

    def of(self, *choices: T) -> T:
        """One of these."""
        return self.random.choice(choices)

    def key(self, rows: Sequence[Row], column: str, missing: float = 0.0) -> Cell:
        """A key of another table's row, or nothing where it has none."""
        return None if not rows or self.chance(missing) else self.random.choice(rows)[column]

    def count(self) -> int:
        """How many rows: often few, sometimes none."""
        return self.of(0, 1, 2, 3, 5, 8, 13, 21, 30)

    def whole(self, low: int, high: int) -> int:
        """A whole number, the ends included."""
        return self.random.randint(low, high)

    def days(self, low: int, high: int) -> timedelta:
        """So many days."""
        return timedelta(days=self.whole(low, high))

    def day(self) -> date:
        """A day: one in three lies on a bound, a few lie years back or ahead."""
        roll = self.random.random()
        if roll < 0.33:
            return self.random.choice(BOUNDS)
        if roll < 0.40:
            return date(self.of(2022, 2025), self.whole(1, 12), self.whole(1, 28))
        return FIRST + self.days(0, (LAST - FIRST).days)

    def moment(self, day: date | None = None) -> datetime:
        """A moment of that day, or of any: midnight and the last second are as likely as all others."""
        day = day or self.day()
        hour, minute, second = self.of((0, 0, 0), (23, 59, 59), (12, 0, 0), self._time(), self._time())
        return datetime(day.year, day.month, day.day, hour, minute, second)  # noqa: DTZ001 - in UTC, as tables are

    def _time(self) -> tuple[int, int, int]:
        return self.whole(0, 23), self.whole(0, 59), self.whole(0, 59)

    def later(self, moment: datetime, days: int) -> datetime:
        """A moment up to so many days later; at times the same one."""
        return moment + timedelta(
            seconds=self.of(0, 1, self.whole(0, days * 86_400), self.whole(0, days) * 86_400)
        )

    def money(self, low: int = 0, high: int = 5_000) -> Decimal:
        """An amount of money with cents; one in ten is zero."""
        return Decimal(0) if self.chance(0.1) else Decimal(self.whole(low * 100, high * 100)) / 100


Maker = Callable[[Draw, Tables], list[Row]]


@cache
def types(table: str) -> Mapping[str, str]:
    """The type of each column, as the catalog documents it."""
    return {column.name: column.type for column in load_catalog().tables[table].columns}


def make(seed: int, makers: Mapping[str, Maker]) -> Tables:
    """The tables of one company, each made with those before it."""
    draw, tables = Draw(Random(seed)), Tables()  # noqa: S311 - nothing here is secret
    for name, maker in makers.items():
        tables[name] = maker(draw, tables)
    return tables


def folder(path: Path, tables: Tables, toml: str = "", *, as_text: bool = False) -> Path:
    """A company folder that holds these tables, with the types of the catalog or all as text, as files have it."""
    (path / "tables").mkdir(parents=True, exist_ok=True)
    (path / "company.toml").write_text(f'name = "Tiny"\n{toml}')
    for name, rows in tables.items():
        (path / "tables" / f"{name}.sql").write_text(select(name, rows, as_text=as_text))
    return path


def select(table: str, rows: Sequence[Row], *, as_text: bool = False) -> str:
    """The rows as a SELECT of their values. All rows have the same columns; without a row it is all columns."""
    typed = types(table)
    columns = list(rows[0]) if rows else list(typed)
    cast = ", ".join(
        f"CAST({name} AS {'VARCHAR' if as_text else SQL[typed[name]]}) AS {name}" for name in columns
    )
    written = text if as_text else literal
    values = [f"({', '.join(written(row[name]) for name in columns)})" for row in rows]
    none = f"({', '.join('NULL' for _ in columns)})"
    given = f"(VALUES {', '.join(values or [none])}) AS t({', '.join(columns)})"
    return f"SELECT {cast} FROM {given}" + ("" if rows else " WHERE 1 = 0")


SQL = {
    "text": "VARCHAR",
    "date": "DATE",
    "timestamp": "TIMESTAMP",
    "decimal": "DECIMAL(18, 4)",
    "integer": "INTEGER",
    "boolean": "BOOLEAN",
}


def literal(cell: Cell) -> str:
    """A cell as SQL."""
    if cell is None:
        return "NULL"
    return str(cell) if isinstance(cell, (bool, int, Decimal)) else f"'{cell}'"


def text(cell: Cell) -> str:
    """A cell as text: an empty one is blank."""
    return "''" if cell is None else f"'{cell}'"
