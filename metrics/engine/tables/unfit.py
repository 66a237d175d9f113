"""Columns that cannot be read as what they stand for: text that is no day, or no number, in some row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import sqlalchemy as sa

from metrics.engine.portable import as_text, says_something
from metrics.engine.tables.relations import Relations
from metrics.engine.tables.typed import AS_IS, typed
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
READ_BY: Mapping[str, Mapping[str, str]] = {
    "DuckDB": {
        "moments": "strptime({name}, '%m/%d/%Y %H:%M') reads 12/31/2025 08:30, "
        "and strptime({name}, '%d.%m.%Y %H:%M:%S') reads 31.12.2025 08:30:00",
        "days": "strptime({name}, '%m/%d/%Y') reads 12/31/2025, and strptime({name}, '%Y%m%d') reads 20251231",
        "numbers": "to_timestamp({name}) reads seconds since 1970, to_timestamp({name} / 1000) milliseconds, "
        "and strptime(CAST({name} AS TEXT), '%Y%m%d') reads 20251231",
        "money": "CAST(regexp_replace({name}, '[$,]', '', 'g') AS DECIMAL(18, 2)) reads $1,234.50, "
        "and CAST(replace(replace({name}, '.', ''), ',', '.') AS DECIMAL(18, 2)) reads 1.234,50",
        "floats": "CASE WHEN isfinite({name}) THEN {name} END leaves out what is no number",
    },
    "PostgreSQL": {
        "moments": "to_timestamp({name}, 'MM/DD/YYYY HH24:MI') reads 12/31/2025 08:30, "
        "and to_timestamp({name}, 'DD.MM.YYYY HH24:MI:SS') reads 31.12.2025 08:30:00",
        "days": "to_date({name}, 'MM/DD/YYYY') reads 12/31/2025, and to_date({name}, 'YYYYMMDD') reads 20251231",
        "numbers": "to_timestamp({name}) reads seconds since 1970, to_timestamp({name} / 1000.0) milliseconds, "
        "and to_date(CAST({name} AS TEXT), 'YYYYMMDD') reads 20251231",
        "money": "CAST(regexp_replace({name}, '[$,]', '', 'g') AS DECIMAL(18, 2)) reads $1,234.50, "
        "and CAST(replace(replace({name}, '.', ''), ',', '.') AS DECIMAL(18, 2)) reads 1.234,50",
        "floats": "CASE WHEN {name} NOT IN ('NaN', 'Infinity', '-Infinity') THEN {name} END "
        "leaves out what is no number",
    },
    "SQLite": {
        "moments": "substr({name}, 7, 4) || '-' || substr({name}, 1, 2) || '-' || substr({name}, 4, 2) || "
        "substr({name}, 11) reads 12/31/2025 08:30, and datetime({name}, 'unixepoch') seconds since 1970",
        "days": "substr({name}, 7, 4) || '-' || substr({name}, 1, 2) || '-' || substr({name}, 4, 2) reads 12/31/2025, "
        "and datetime({name}, 'unixepoch') seconds since 1970",
        "money": "CAST(replace(replace({name}, '$', ''), ',', '') AS REAL) reads $1,234.50, "
        "and CAST(replace(replace({name}, '.', ''), ',', '.') AS REAL) reads 1.234,50",
    },
    "ClickHouse": {
        "moments": "parseDateTime({name}, '%m/%d/%Y %H:%i') reads 12/31/2025 08:30, "
        "and parseDateTime({name}, '%d.%m.%Y %H:%i:%S') reads 31.12.2025 08:30:00",
        "days": "parseDateTime({name}, '%m/%d/%Y') reads 12/31/2025, "
        "and parseDateTime({name}, '%Y%m%d') reads 20251231",
        "numbers": "toDateTime64({name}, 3) reads seconds since 1970, fromUnixTimestamp64Milli(toInt64({name})) "
        "milliseconds, and parseDateTime(toString({name}), '%Y%m%d') reads 20251231",
        "money": "toDecimal64(replaceRegexpAll({name}, '[$,]', ''), 2) reads $1,234.50, "
        "and toDecimal64(replaceAll(replaceAll({name}, '.', ''), ',', '.'), 2) reads 1.234,50",
        "floats": "CASE WHEN isFinite({name}) THEN {name} END leaves out what is no number",
    },
}
"""How a database reads a column that is written in another way: a plain cast fails in the very rows that are meant."""
SPOKEN = {"postgres": "PostgreSQL", "sqlite": "SQLite", "clickhouse": "ClickHouse"}
"""What databases are called that read such columns in a way of their own; of others DuckDB's is told."""
WRITTEN = {
    ("date", "text"): "days",
    ("timestamp", "text"): "moments",
    ("date", "integer"): "numbers",
    ("timestamp", "integer"): "numbers",
    ("decimal", "float"): "floats",
    ("decimal", "text"): "money",
}

Given = tuple[TableColumn, Family]
"""A column, and the family of types that a company's database has it for."""


def unfit(relations: Relations, table: Table) -> Iterator[str]:
    """One sentence for each column of which a row cannot be read; the SELECT itself is known to run.

    Raises:
        CompanyError: the warehouse cannot be reached, or took too long.
    """
    for column, family in _doubtful(relations, table):
        try:
            read = not _lost(relations, table, [(column, family)])
        except RefusedError:
            read = False
        if not read:
            yield misfit(table.name, column, family, relations.warehouse.habits.name)


def loses_rows(relations: Relations, table: Table) -> bool:
    """Whether a database gives nothing for what a row holds, and says nothing of it: some do of text.

    Raises:
        CompanyError: the warehouse refuses the query.
    """
    return relations.warehouse.habits.loses and _lost(relations, table, _doubtful(relations, table))


def _doubtful(relations: Relations, table: Table) -> list[Given]:
    """The columns that are read as something else than their database has them for, with what that is."""
    given = relations.warehouse.described(table.name)
    as_is: dict[str, set[Family]] = (
        {**AS_IS, "boolean": {"boolean", "text", "code"}} if _typed(relations) else {}
    )
    return [
        (column, family)
        for column in table.columns
        if (family := given.get(column.name))
        and column.type != "text"
        and family not in as_is.get(column.type, set())
    ]


def misfit(table: str, column: TableColumn, family: Family, dialect: str) -> str:
    """What is wrong with a column of a table, and what to do in this database."""
    expected, cast = EXPECTED[column.type]
    found = "text" if family in {"code", "unknown"} else family
    where = SPOKEN.get(dialect, "DuckDB")
    read = READ_BY[where].get(WRITTEN.get((column.type, found), ""))
    how = (f"in {where} {read}" if read else "CAST({name} AS {cast})").format(name=column.name, cast=cast)
    return (
        f"tables/{table}.sql: {column.name} should be {expected} and is {found} that is none in some row: "
        f"turn it into one in that SELECT ({how}), and leave empty what is none."
    )


def _typed(relations: Relations) -> bool:
    return relations.warehouse.habits.typed


def _lost(relations: Relations, table: Table, columns: Sequence[Given]) -> bool:
    """Whether some row holds something in one of these columns that cannot be read."""
    if not columns:
        return False
    source = relations.warehouse.source(table.name).subquery("given")
    rows = []
    for column, family in columns:
        raw = source.c[column.name]
        read = typed(raw, column.type, family, trusted=_typed(relations))
        text = says_something(as_text(raw))
        written = text if family in {"text", "code", "unknown"} else raw.is_not(None)
        rows.append(sa.func.max(sa.case((sa.and_(written, read.is_(None)), 1), else_=0)))
    return any(relations.warehouse.run(sa.select(*rows)).rows[0])
