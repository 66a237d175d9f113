"""Columns that cannot be read as what they stand for: text that is no day, or no number, in some row."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

from metrics.engine.relations import Relations
from metrics.engine.typed import AS_IS, typed
from metrics.errors import RefusedError
from metrics.model import Table, TableColumn
from metrics.warehouse.families import Family

EXPECTED = {
    "date": ("a date such as 2025-12-31", "DATE"),
    "timestamp": ("a timestamp such as 2025-12-31 08:30:00", "TIMESTAMP"),
    "decimal": ("a number such as 1234.50", "DECIMAL(18, 2)"),
    "integer": ("a whole number such as 12", "BIGINT"),
    "boolean": ("true or false", "BOOLEAN"),
}
"""What a column of a type holds, as people are told it, and the type to cast to."""
WRITTEN = {
    ("date", "text"): "in DuckDB strptime({name}, '%m/%d/%Y') reads 12/31/2025",
    ("timestamp", "text"): "in DuckDB strptime({name}, '%Y%m%d') reads 20251231",
    ("date", "integer"): "in DuckDB to_timestamp({name}) reads seconds since 1970, and "
    "strptime(CAST({name} AS TEXT), '%Y%m%d') 20251231",
    ("timestamp", "integer"): "in DuckDB to_timestamp({name}) reads seconds since 1970",
    ("decimal", "float"): "in DuckDB CASE WHEN isfinite({name}) THEN {name} END leaves out what is no number",
    ("decimal", "text"): "in DuckDB CAST(replace({name}, ',', '') AS DECIMAL(18, 2)) reads 1,234.50",
}
"""How a column that is written in another way is read: a plain cast fails in the very rows that are meant."""


def unfit(relations: Relations, table: Table) -> Iterator[str]:
    """One sentence for each column of which a row cannot be read; the SELECT itself is known to run.

    Raises:
        CompanyError: the warehouse cannot be reached, or took too long.
    """
    given = relations.warehouse.described(table.name)
    as_is: dict[str, set[Family]] = {**AS_IS, "boolean": {"boolean", "text"}} if _typed(relations) else {}
    for column in table.columns:
        family = given.get(column.name)
        if not family or column.type == "text" or family in as_is.get(column.type, set()):
            continue
        if not _is_read(relations, table.name, column, family):
            yield misfit(table.name, column, family)


def misfit(table: str, column: TableColumn, family: Family) -> str:
    """What is wrong with a column of a table, and what to do."""
    expected, cast = EXPECTED[column.type]
    found = "text" if family == "unknown" else family
    how = WRITTEN.get((column.type, found), "CAST({name} AS {cast})").format(name=column.name, cast=cast)
    return (
        f"tables/{table}.sql: {column.name} should be {expected} and is {found} that is none in some row: "
        f"turn it into one in that SELECT ({how}), and leave empty what is none."
    )


def _typed(relations: Relations) -> bool:
    return relations.warehouse.habits.typed


def _is_read(relations: Relations, table: str, column: TableColumn, family: Family) -> bool:
    """Whether every row can be read. Databases without types say nothing and give nothing instead."""
    source = relations.warehouse.source(table).subquery("given")
    raw = source.c[column.name]
    read = typed(raw, column.type, family, trusted=_typed(relations))
    written = sa.func.trim(sa.cast(raw, sa.Text)) != "" if family in {"text", "unknown"} else raw.is_not(None)
    lost = sa.case((sa.and_(written, read.is_(None)), 1), else_=0)
    try:
        return not relations.warehouse.run(sa.select(sa.func.max(lost))).rows[0][0]
    except RefusedError:
        return False
