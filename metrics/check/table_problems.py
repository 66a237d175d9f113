"""What is wrong with a table's columns: names nobody knows, types that say something else, keys that repeat."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from metrics.check.remarks import gives_nothing
from metrics.engine import Engine
from metrics.engine.portable import as_text
from metrics.engine.tables.typed import READABLE, TRUE_WORDS
from metrics.engine.tables.unfit import misfit
from metrics.model import Table
from metrics.warehouse.families import Family

FALSE_WORDS = ("false", "f", "no", "n", "0", "0.0", "")
"""With the engine's words for true: all that a text may say for a boolean."""


def read(engine: Engine, table: str) -> tuple[int, set[str]]:
    """How many rows a table has, every column of each of them read; and the columns that hold anything."""
    source = _given(engine, table)
    counted: list[sa.ColumnElement[Any]] = [sa.func.count(), *(sa.func.count(column) for column in source.c)]
    rows, *held = engine.warehouse.run(sa.select(*counted).select_from(source)).rows[0]
    return int(rows), {column.name for column, count in zip(source.c, held, strict=True) if count}


def unnamed(engine: Engine, table: Table, given: Mapping[str, Family]) -> list[str]:
    """A table whose columns all have names that no one knows."""
    if not gives_nothing(engine, table, given):
        return []
    keys = ", ".join(column.name for column in table.columns if column.key)
    how = f"name its columns as `counterpoise catalog tables` does, first its key ({keys})"
    return [f"gives none of the columns of {table.name} ({len(given)} others): {how}"]


def other_types(
    engine: Engine, table: Table, given: Mapping[str, Family], filled: set[str], cannot: list[str]
) -> list[str]:
    """Columns of another type than expected that can be read all the same, and may say something else.

    A column with nothing in it says nothing else: a database that is told only NULL takes it for a number.
    """
    odd = [
        column
        for column in table.columns
        if column.name in filled and given[column.name] not in READABLE.get(column.type, {given[column.name]})
    ]
    return [
        f"column {column.name} is {given[column.name]}, expected {column.type}: cast it in tables/{table.name}.sql"
        for column in odd
        if misfit(table.name, column, given[column.name], engine.warehouse.habits.name) not in cannot
    ]


def untrue(engine: Engine, table: Table, given: Mapping[str, Family]) -> list[str]:
    """Columns of text, as CSV files have them, that are neither true nor false in some rows."""
    source, found = _given(engine, table.name), []
    for column in table.columns:
        if given.get(column.name) in {"text", "code", "unknown"} and column.type == "boolean":
            text = as_text(source.c[column.name])
            known = sa.func.lower(sa.func.trim(text)).in_((*TRUE_WORDS, *FALSE_WORDS))
            if odd := _count(engine, source, sa.not_(known)):
                said = f"column {column.name} is neither true nor false in {odd} rows: false is taken"
                found.append(f"{said}; say in the SELECT which words are true, such as {column.name} = 'yes'")
    return found


def _given(engine: Engine, table: str) -> sa.Subquery:
    return engine.warehouse.source(table).subquery("given")


def _count(engine: Engine, rows: sa.FromClause, *where: sa.ColumnElement[bool]) -> int:
    counted = sa.select(sa.func.count()).select_from(rows).where(sa.true(), *where)
    return int(engine.warehouse.run(counted).rows[0][0])


def same_keys(engine: Engine, table: Table, given: Mapping[str, Family], rows: int) -> list[str]:
    """Key columns that do not tell rows apart."""
    keys = [column.name for column in table.columns if column.key and column.name in given]
    if not keys or len(keys) < sum(column.key for column in table.columns):
        return []
    source = _given(engine, table.name)
    unique = _count(engine, sa.select(*(source.c[key] for key in keys)).distinct().subquery("keys"))
    many = rows - unique
    said = f"key ({', '.join(keys)}) is not unique: {many:,} row{'' if many == 1 else 's'} too many"
    return [said] if many > 0 else []
