"""A database -> the tables that its account may see."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from metrics.begin.source import Source, company_at, holds_no_day, quoted_names
from metrics.errors import CompanyError
from metrics.warehouse import open_warehouse
from metrics.warehouse.reasons import reason

ANY_SCHEMA = ("postgresql", "redshift", "duckdb")
OWN = "information_schema"
"""A schema in which databases keep what they know of themselves."""
MOST = 2_000
"""Tables of a database that are looked at."""


def tables_of(url: str, folder: Path) -> Source:
    """The tables of a database, each with its columns.

    Raises:
        CompanyError: it cannot be reached, or shows no table.
    """
    engine = open_warehouse(company_at(folder, url)).engine
    try:
        inspector = sa.inspect(engine)
        placed = dict(islice(_placed(inspector, everywhere=_names_no_schema(engine.url)), MOST))
        tables, unread, never = {}, [], {}
        for name, (schema, table) in placed.items():
            try:
                columns = inspector.get_columns(table, schema)
                tables[name] = [str(column["name"]) for column in columns]
                never[name] = [str(one["name"]) for one in columns if holds_no_day(str(one["type"]))]
            except SQLAlchemyError as error:
                unread.append(f"{name}: {reason(error)}")
    except SQLAlchemyError as error:
        raise CompanyError(
            f"The tables of the database cannot be listed: {reason(error)}; ask who runs it."
        ) from None
    if not placed:
        raise CompanyError("The database holds no table that this account may see: give --url another.")
    quotes = quoted_names(engine, [column for columns in tables.values() for column in columns])
    quote = engine.dialect.identifier_preparer.quote
    named = {
        name: ".".join(map(quote, filter(None, (schema and _alone(schema), table))))
        for name, (schema, table) in placed.items()
        if name in tables
    }
    return Source(tables, named, quotes, url=url, unread=tuple(unread), never_days=never)


def _names_no_schema(url: sa.URL) -> bool:
    """Whether a URL leaves open in which schema to look; that of other databases names one."""
    return url.get_backend_name() in ANY_SCHEMA and "search_path" not in str(dict(url.query))


def _placed(inspector: sa.Inspector, *, everywhere: bool) -> Iterator[tuple[str, tuple[str | None, str]]]:
    """The tables of a database by their names, each with its schema unless that is the usual one.

    Of two that have one name, the second is called by its schema's, too.
    """
    seen = set()
    usual = inspector.default_schema_name
    given = inspector.get_schema_names() if everywhere else []
    others = [name for name in given if _alone(name) != usual and not _is_own(name)]
    for schema in (None, *sorted(others)):
        for table in sorted({*inspector.get_table_names(schema), *inspector.get_view_names(schema)}):
            name = f"{_alone(schema)}.{table}" if schema and table in seen else table
            seen.add(name)
            yield name, (schema, table)


def _alone(schema: str) -> str:
    """A schema's name without its database's, which DuckDB writes before it, and without quotes."""
    return schema.rpartition(".")[2].strip('"') if schema.endswith('"') or "." in schema else schema


def _is_own(schema: str) -> bool:
    """Whether a schema is the database's own."""
    return schema.startswith(("pg_", "system.", "temp.")) or _alone(schema) == OWN
