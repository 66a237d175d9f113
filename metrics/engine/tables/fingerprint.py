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

from metrics.engine.tables.relations import Relations
from metrics.engine.tables.typed import typed


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
DECIDED_BY_KEY = {"forecasts"}
"""Tables of which the row with the higher key holds, of several of one day; so it is of those that have a spell."""


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

    A key that only says who a row is, not what it holds, is left out.
    """
    given = relations.warehouse.source(table).subquery(table)
    name = _name_alone(relations, table)
    held = [column for column in given.c if column.name != name] or list(given.c)
    return sa.select(content(*held).label("content")).select_from(given)


def _name_alone(relations: Relations, table: str) -> str:
    """The key of a table that is a row's name and nothing else; empty where it has none.

    A day is more than that, and so is what another table points to, or what decides which of two rows of one day holds.
    """
    declared = relations.catalog.tables[table]
    keys = [column for column in declared.columns if column.key]
    if len(keys) != 1 or keys[0].type != "text" or declared.spell is not None or table in DECIDED_BY_KEY:
        return ""
    return "" if _points(relations, f"{table}.{keys[0].name}") else keys[0].name


def _points(relations: Relations, key: str) -> bool:
    """Whether a table that the company has refers to a key: which row it finds there must not change unseen."""
    mapped = relations.warehouse.company.selects
    return any(
        column.references == key
        for name, table in relations.catalog.tables.items()
        if not table.derived and name in mapped
        for column in table.columns
    )
