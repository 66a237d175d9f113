"""Hostile rows: what real exports do to the tables of a company, drawn from its seed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal

from metrics.load import load_catalog
from metrics.model import TableColumn
from tests.oracle.company import Cell, Draw, Row, Tables

ODD = (
    *(
        " {}",
        "{} ",
        "\t{}",
        "{}\n",
        "\u00a0{}",
        "{}\u3000",
        "\U0001f642{}",
        "{}\x01",
        "\x1b[31m{}",
        "{}'",
        '"{}"',
    ),
    *(
        "{}\\",
        "{}%",
        "{}_",
        ":{}",
        "{}\u0301",
        "\u00e9{}",
        "\u00df{}",
        "\u0130{}",
        "{}|x",
        "({})",
        "\ufeff{}",
    ),
    *("None{}", "NULL{}", "{};", "--{}", "{}\r\n", "\u202e{}", "\ufb01{}", "long" * 90 + "{}"),
)
"""What a name or a key may look like; braces stand for what it was."""
BLANK = ("", " ", "   ", "(none)")
VAST = ("123456789.12", "-99999999.99", "0.0001", "-0.0001", "0.005", "-12345.67", "987654.3212")
"""Amounts. No sum of them has more than the fifteen digits that a float holds, which is all that SQLite has."""
FACTORS = {"ramp_pct", "fte", "stage_probability", "rate"}
ENDS = (
    "0001-01-01",
    "9999-12-31",
    "1899-12-31",
    "1900-01-01",
    "1969-12-31",
    "2299-12-31",
    "2300-01-01",
    "1582-10-10",
)
"""Days at the ends of calendars, those of several databases among them."""
ORDERED = {"fx_rates", "opportunity_stage_history", "employees"}
"""Tables without stretches of their own whose rows follow each other all the same, or bound the stretches of others."""
Deed = Callable[[Draw, Tables], None]


def columns(table: str) -> dict[str, TableColumn]:
    """The columns of a canonical table, by name."""
    return {column.name: column for column in load_catalog().tables[table].columns}


def cells(tables: Tables, *types: str) -> Iterator[tuple[Row, TableColumn]]:
    """Every filled cell of these types: its row and its column."""
    for table, rows in tables.items():
        known = [column for column in columns(table).values() if column.type in types]
        for row in rows:
            yield from ((row, column) for column in known if row.get(column.name) is not None)


def renamed(draw: Draw, tables: Tables) -> None:
    """A fifth of all names and keys look odd, wherever they stand; some are told from others by their case alone."""
    names = {str(row[column.name]) for row, column in cells(tables, "text") if not column.values}
    changed = {}
    for name in sorted(names):
        if draw.chance(0.2):
            changed[name] = draw.of(name.upper(), name.title(), *(odd.format(name) for odd in ODD))
    for row, column in cells(tables, "text"):
        name = str(row[column.name])
        if name in changed and not column.values:
            row[column.name] = changed[name]


def misspelt(draw: Draw, tables: Tables) -> None:
    """Single cells of text are written in another case, with blanks around them, or are blank."""
    for row, column in cells(tables, "text"):
        if draw.chance(0.02):
            name = str(row[column.name])
            row[column.name] = draw.of(name.swapcase(), f" {name}", f"{name} ", *BLANK)


def twice(draw: Draw, tables: Tables) -> None:
    """Rows stand there twice, as they are or with some cells of another row.

    Of two rows of a history that begin on one day and say different things nobody knows which holds, and each database
    takes the one it meets: `counterpoise check` names them.
    """
    for table, rows in tables.items():
        known = load_catalog().tables[table]
        keys = {column.name for column in known.columns if column.key}
        for row in [row for row in rows if draw.chance(0.1)]:
            other, copy = draw.of(*rows), dict(row)
            if known.spell is None and table not in ORDERED and draw.chance(0.6):
                copy |= {name: other[name] for name in row if name not in keys and draw.chance(0.3)}
            rows.insert(draw.whole(0, len(rows)), copy)


def vast(draw: Draw, tables: Tables) -> None:
    """Amounts are vast, tiny or below zero; what they are multiplied with stays what it is."""
    for row, column in cells(tables, "decimal"):
        if draw.chance(0.03) and column.name not in FACTORS:
            row[column.name] = Decimal(draw.of(*VAST))


def far(draw: Draw, tables: Tables) -> None:
    """Days lie at the ends of calendars."""
    for row, column in cells(tables, "date", "timestamp"):
        if draw.chance(0.01):
            row[column.name] = at_end(draw, row[column.name])


def at_end(draw: Draw, cell: Cell) -> date:
    """A day at the end of a calendar, or its last second."""
    day = date.fromisoformat(draw.of(*ENDS))
    if not isinstance(cell, datetime):
        return day
    return datetime(day.year, day.month, day.day, *draw.of((0, 0, 0), (23, 59, 59)))  # noqa: DTZ001 - in UTC


def split_seconds(draw: Draw, tables: Tables) -> None:
    """Moments have thousandths of a second."""
    for row, column in cells(tables, "timestamp"):
        if draw.chance(0.3):
            moment = row[column.name]
            assert isinstance(moment, datetime)
            row[column.name] = moment + timedelta(milliseconds=draw.of(1, 250, 999))


def emptied(draw: Draw, tables: Tables) -> None:
    """Some tables have no rows, some columns nothing in any row, and some are not there at all."""
    for table, rows in tables.items():
        if draw.chance(0.05):
            rows.clear()
        for name, column in columns(table).items() if rows else ():
            if column.key or name not in rows[0]:
                continue
            if draw.chance(0.04):
                for row in rows:
                    row[name] = None
            elif draw.chance(0.04):
                for row in rows:
                    del row[name]


DEEDS: tuple[Deed, ...] = (renamed, misspelt, twice, vast, far, split_seconds, emptied)


def made_hostile(draw: Draw, tables: Tables) -> None:
    """Do to a company what its seed says: each of the deeds to about half of all companies."""
    for deed in DEEDS:
        if draw.chance(0.5):
            deed(draw, tables)
