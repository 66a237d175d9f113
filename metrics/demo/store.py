"""Frames of whole numbers -> tables of a DuckDB file, with real SQL types and no float in between."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from metrics.demo.clock import NOTHING, Array
from metrics.demo.schema import DECIMALS, Column, tables

Frame = Mapping[str, Array]
"""The columns of a table: whole numbers as the schema reads them, or texts (None where empty)."""
Rows = Iterable[Sequence[Any]]
"""The rows of a table in the order of its columns; None where empty."""


def frame(table: str, rows: Rows) -> dict[str, Array]:
    """Rows -> columns, as the schema orders them."""
    columns = tables()[table]
    taken = list(zip(*rows, strict=True)) or [()] * len(columns)
    return {column.name: _array(column, cells) for column, cells in zip(columns, taken, strict=True)}


def texts(values: Iterable[str | None]) -> Array:
    """Texts as a column."""
    return np.array(list(values), dtype=object)


def write(path: Path, content: Mapping[str, Frame]) -> None:
    """Write every table of the schema into a new DuckDB file."""
    with duckdb.connect(str(path), config={"threads": 1}) as connection:  # more only wait for each other here
        connection.begin()
        for name in tables():
            _write_table(connection, name, content[name])
        connection.commit()


def _write_table(connection: duckdb.DuckDBPyConnection, name: str, content: Frame) -> None:
    """Create a table and fill it from a frame."""
    columns = tables()[name]
    declared = ", ".join(f"{c.name} {c.sql_type}{'' if c.null else ' NOT NULL'}" for c in columns)
    connection.execute(f"CREATE TABLE {name} ({declared})")
    given = {c.name: _cells(content[c.name]) for c in columns}
    connection.register("given", given)
    connection.execute(f"INSERT INTO {name} SELECT {', '.join(_value(c) for c in columns)} FROM given")
    connection.unregister("given")


def _array(column: Column, cells: Sequence[Any]) -> Array:
    if column.kind == "text":
        return texts(cells)
    return np.array([NOTHING if cell is None else int(cell) for cell in cells], dtype=np.int64)


def _cells(column: Array) -> Array:
    return column if column.dtype == object else column.astype(np.int64)


def _value(column: Column) -> str:
    """The SQL that turns a whole number of a frame into the value of a column."""
    if column.kind == "text":
        return column.name
    given = f"nullif({column.name}, {NOTHING})"
    if column.kind in DECIMALS:
        precision, scale = DECIMALS[column.kind]
        step = f"0.{'1'.zfill(scale)}"
        return f"CAST(CAST({given} AS DECIMAL(18,0)) * {step} AS DECIMAL({precision},{scale}))"
    if column.is_id:
        prefix = column.kind.rstrip("0123456789")
        width = column.kind[len(prefix) :]
        return f"CASE WHEN {given} IS NOT NULL THEN printf('{prefix}%0{width}d', {given}) END"
    return {
        "date": f"DATE '1970-01-01' + CAST({given} AS INTEGER)",
        "timestamp": f"make_timestamp({given} * 1000000)",
        "boolean": f"CAST({given} AS BOOLEAN)",
        "integer": f"CAST({given} AS INTEGER)",
    }[column.kind]
