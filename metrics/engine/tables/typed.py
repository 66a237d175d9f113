"""Columns of the company's own tables, read as the types that the catalog promises."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from metrics.engine.portable import (
    EXACT,
    as_day,
    as_exact,
    as_moment,
    as_text,
    as_told_day,
    as_told_exact,
    as_told_moment,
    as_told_whole,
    as_whole,
    as_whole_text,
    from_real,
    in_utc,
    nullable,
    tidy,
)
from metrics.model import TableColumn
from metrics.warehouse.families import Family

TRUE_WORDS = ("true", "t", "yes", "y", "1", "1.0")
"""What is true as text; of SQLite's numbers, too, of which a gap makes floats."""
SQL_TYPES: Mapping[str, sa.types.TypeEngine[Any]] = {
    "text": sa.Text(),
    "date": sa.Date(),
    "timestamp": sa.DateTime(),
    "decimal": EXACT,
    "integer": sa.BigInteger(),
    "boolean": sa.Boolean(),
}
READ_AS = {"date": as_day, "timestamp": as_moment, "decimal": as_exact, "integer": as_whole}
TOLD = {"date": as_told_day, "timestamp": as_told_moment, "decimal": as_told_exact, "integer": as_told_whole}
"""How text is read, and whatever a database without column types has, for that may be text."""
FROM_FLOAT = {"decimal": from_real, "text": as_whole_text}
AS_IS: Mapping[str, set[Family]] = {
    "text": {"text"},
    "date": {"date"},
    "timestamp": {"timestamp"},
    "decimal": {"exact", "integer"},
    "integer": {"integer", "exact"},
}
"""Which families of types need no cast. A database without column types casts everything."""
READABLE: Mapping[str, set[Family]] = {
    "date": {"date", "timestamp", "zoned", "text", "code", "unknown"},
    "timestamp": {"timestamp", "zoned", "date", "text", "code", "unknown"},
    "decimal": {"exact", "integer", "float", "text", "code", "unknown"},
    "integer": {"integer", "exact", "text", "code", "unknown"},
    "boolean": {"boolean", "text", "code", "integer", "exact", "float", "unknown"},
}
"""Which families of types can be read as what the catalog promises."""


def typed(
    column: sa.ColumnElement[Any], wanted: str, given: Family, *, trusted: bool
) -> sa.ColumnElement[Any]:
    """A column read as its canonical type, cast only where the source's type differs.

    ``trusted`` says whether this database's columns have types at all.
    """
    if given == "code":
        column, given = as_text(column), "text"
    if wanted == "boolean":
        return _truth(column, given)
    if given == "zoned":
        column, given = in_utc(column), "timestamp"
    if trusted and given in AS_IS[wanted]:
        return nullable(sa.type_coerce(column, SQL_TYPES[wanted]))
    if given == "float" and wanted in FROM_FLOAT:
        return FROM_FLOAT[wanted](column)
    if wanted == "text":
        return as_text(column) if trusted else as_whole_text(column)
    if given == "text":
        return TOLD[wanted](_filled(column))
    return (READ_AS if trusted else TOLD)[wanted](column)


def stand_in(column: TableColumn) -> sa.BindParameter[Any]:
    """What is assumed of a column where nobody has it, as its type."""
    value: object = column.when_absent
    if column.type == "integer" and isinstance(value, Decimal):
        value = int(value)  # SQLite binds no Decimal
    return sa.literal(value, SQL_TYPES[column.type])


def _filled(column: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    """A text that stands for something else, without blanks around it: an empty one stands for nothing."""
    return sa.type_coerce(sa.func.nullif(sa.func.trim(column), ""), sa.Text())


def summed(columns: Mapping[str, sa.ColumnElement[Any]], names: list[str]) -> sa.ColumnElement[Any]:
    """The sum of columns; those with a minus before their name are taken off, and an empty one is zero."""
    result = columns[names[0]]
    for name in names[1:]:
        part = sa.func.coalesce(columns[name.lstrip("-")], 0)
        result = result - part if name.startswith("-") else result + part
    return tidy(sa.type_coerce(result, EXACT))


def _truth(column: sa.ColumnElement[Any], given: Family) -> sa.ColumnElement[Any]:
    if given == "boolean":
        return nullable(sa.type_coerce(column, sa.Boolean()))
    if given in {"integer", "exact", "float"}:
        truth = column != sa.literal(0)
        return sa.case((column.is_(None), sa.null()), (truth, sa.true()), else_=sa.false())
    word = sa.func.lower(sa.func.trim(column if given == "text" else as_text(column)))
    blank = sa.or_(column.is_(None), word == "")
    return sa.case((blank, sa.null()), (word.in_(TRUE_WORDS), sa.true()), else_=sa.false())
