"""A table's fingerprint: what tells, without reading it again, whether a table has changed.

A *glance* counts the rows and takes the newest day of each column that says when something happened: most
databases know both without a scan. A *sum* over a hash of every row's content also tells a row that was changed
in place. SQLite is taught a hash function; a database without one adds up what its columns hold instead.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction

from metrics.engine.relations import Relations
from metrics.engine.typed import typed


class content(GenericFunction[Any]):  # noqa: N801 - SQL functions are named as SQL writes them
    """One number or text that changes when a row of the table does."""

    type = sa.Text()
    inherit_cache = True


HASHES = {
    "duckdb": "SUM(hash({columns}))",
    "sqlite": "SUM(content_hash({columns}))",
    "postgresql": "SUM(hashtextextended(CAST(ROW({columns}) AS TEXT), 0))",
    "snowflake": "HASH_AGG({columns})",
    "hive": "SUM(CAST(xxhash64({columns}) AS DECIMAL(38, 0)))",
    "databricks": "SUM(CAST(xxhash64({columns}) AS DECIMAL(38, 0)))",
    "trino": "TO_HEX(CHECKSUM(ROW({columns})))",
    "bigquery": "BIT_XOR(FARM_FINGERPRINT(TO_JSON_STRING(STRUCT({columns}))))",
    "clickhousedb": "SUM(cityHash64(toString(tuple({columns}))))",
    "chdb": "SUM(cityHash64(toString(tuple({columns}))))",
}
DAYS = {"date", "timestamp", "zoned", "unknown"}
MODULUS = 1_000_003


@compiles(content)
def _content(element: content, compiler: SQLCompiler, **kw: Any) -> str:
    columns = [compiler.process(clause, **kw) for clause in element.clauses]
    known = HASHES.get(compiler.dialect.name)
    if known is not None:
        return known.format(columns=", ".join(columns))
    kinds = [
        _number(clause, text, compiler.dialect.name)
        for clause, text in zip(element.clauses, columns, strict=True)
    ]
    mixed = " + ".join(f"{7 + 4 * place} * COALESCE({number}, -1)" for place, number in enumerate(kinds))
    return f"SUM(({mixed}) * (({mixed}) % {MODULUS}) % {MODULUS})"


def _number(clause: Any, text: str, dialect: str) -> str:
    """A column as a number, for databases that cannot hash."""
    if isinstance(clause.type, sa.Numeric | sa.Integer):
        return f"CAST({text} AS DECIMAL(28, 2)) % {MODULUS}"
    written = f"CAST({text} AS VARCHAR(1000))"
    return f"STRTOL(LEFT(MD5({written}), 7), 16)" if dialect == "redshift" else f"CHAR_LENGTH({written})"


def glance(relations: Relations, table: str) -> sa.Select[Any]:
    """How many rows, and the newest day of each column that says when something happened."""
    given = relations.warehouse.source(table).subquery(table)
    newest = [sa.func.max(_day(relations, table, given.c[name])) for name in happened(relations, table)]
    looked: list[sa.ColumnElement[Any]] = [sa.func.count().label("rows"), *newest]
    return sa.select(*looked).select_from(given)


def happened(relations: Relations, table: str) -> list[str]:
    """The columns of a table that say when something happened, of those that the company gives."""
    given = relations.warehouse.described(table)
    return [name for name in relations.catalog.tables[table].happened if name in given]


def _day(relations: Relations, table: str, column: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    """A day as the database has it; text is read as one, for its greatest is not the newest day, nor always a day."""
    warehouse = relations.warehouse
    family = warehouse.described(table)[column.name]
    if warehouse.habits.typed and family in DAYS:
        return column
    wanted = relations.catalog.tables[table].column(column.name).type
    return typed(column, wanted, family, trusted=warehouse.habits.typed)


def contents(relations: Relations, table: str) -> sa.Select[Any]:
    """The sum over all rows.

    A key to which no other table points says who a row is, not what it holds: it is left out.
    """
    given = relations.warehouse.source(table).subquery(table)
    keys = [column.name for column in relations.catalog.tables[table].columns if column.key]
    alone = len(keys) == 1 and not _points(relations, f"{table}.{keys[0]}")
    held = [column for column in given.c if not alone or column.name not in keys] or list(given.c)
    return sa.select(content(*held).label("content")).select_from(given)


def _points(relations: Relations, key: str) -> bool:
    """Whether a table that the company has refers to a key: which row it finds there must not change unseen."""
    mapped = relations.warehouse.company.selects
    return any(
        column.references == key
        for name, table in relations.catalog.tables.items()
        if not table.derived and name in mapped
        for column in table.columns
    )
