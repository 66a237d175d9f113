"""What a column of a kind is called in each database, and its cells as text that the database reads."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

from tests.oracle.company import Cell

TYPES = {
    "duckdb": {
        "text": "VARCHAR",
        "date": "DATE",
        "timestamp": "TIMESTAMP",
        "zoned": "TIMESTAMPTZ",
        "decimal": "DECIMAL(18, 4)",
        "float": "DOUBLE",
        "integer": "BIGINT",
        "boolean": "BOOLEAN",
    },
    "postgresql": {
        "text": "TEXT",
        "date": "DATE",
        "timestamp": "TIMESTAMP",
        "zoned": "TIMESTAMPTZ",
        "decimal": "NUMERIC(18, 4)",
        "float": "DOUBLE PRECISION",
        "integer": "BIGINT",
        "boolean": "BOOLEAN",
    },
    "sqlite": {
        "text": "TEXT",
        "date": "TEXT",
        "timestamp": "TEXT",
        "zoned": "TEXT",
        "decimal": "REAL",
        "float": "REAL",
        "integer": "INTEGER",
        "boolean": "INTEGER",
    },
    "clickhouse": {
        "text": "Nullable(String)",
        "date": "Nullable(Date32)",
        "timestamp": "Nullable(DateTime64(6))",
        "zoned": "Nullable(DateTime64(6, 'UTC'))",
        "decimal": "Nullable(Decimal(18, 4))",
        "float": "Nullable(Float64)",
        "integer": "Nullable(Int64)",
        "boolean": "Nullable(Bool)",
    },
}

TEXT = {"csv", "offset"}
"""Kinds that are text in a database: as files have it, where an empty cell is blank, and times with an offset."""
OFFSETS = (timedelta(0), timedelta(hours=2), timedelta(hours=-5, minutes=-30))


def written(cell: Cell, kind: str) -> str | None:
    """A cell of a column of that kind as text; ``offset`` is text that tells how far its clock is from UTC."""
    if cell is None:
        return "" if kind in TEXT else None
    if isinstance(cell, datetime):
        return with_offset(cell) if kind in {"zoned", "offset"} else cell.isoformat(sep=" ")
    if isinstance(cell, bool):
        return str(int(cell)) if kind == "integer" else str(cell).lower()
    if isinstance(cell, date) and kind == "timestamp":
        return f"{cell.isoformat()} 00:00:00"
    return f"{cell:f}" if isinstance(cell, Decimal) else str(cell)


def with_offset(moment: datetime) -> str:
    """A moment in UTC as the clock of one of several places shows it, which depends on the moment alone."""
    offset = OFFSETS[moment.second % len(OFFSETS)]
    try:
        return moment.replace(tzinfo=UTC).astimezone(timezone(offset)).isoformat(sep=" ")
    except OverflowError:  # the first and the last day of all
        return f"{moment.isoformat(sep=' ')}+00:00"


def declared(kinds: Mapping[str, str], database: str) -> str:
    """The columns of a table as CREATE TABLE has them."""
    types = TYPES[database]
    return ", ".join(f"{name} {types['text' if kind in TEXT else kind]}" for name, kind in kinds.items())
