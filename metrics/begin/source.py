"""Where a new company's data is: the tables of a database, or the files of a folder, with their columns."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from os.path import relpath
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from metrics.errors import CompanyError
from metrics.folder.company import Company
from metrics.folder.company_file import CompanyFile
from metrics.warehouse import open_warehouse
from metrics.warehouse.address import FILES
from metrics.warehouse.lead import DATA_FILES, quoted
from metrics.warehouse.reasons import reason

ANY_SCHEMA = ("postgresql", "redshift", "duckdb")
OWN = "information_schema"
"""A schema in which databases keep what they know of themselves."""
SHEETS = (".xlsx", ".xls", ".xlsm", ".ods", ".numbers")
TEXTS = (".txt", ".dat", ".tab", ".text")
"""What files are called that may well hold a table, and may as well hold a letter."""
MOST_NAMED = 5
"""Files that are named of what is none."""
MOST = 2_000
"""Tables of a database that are looked at."""
NO_DAYS = (
    "BOOL",
    "TINYINT",
    "SMALLINT",
    "INT",
    "BIGINT",
    "HUGEINT",
    "DECIMAL",
    "NUMERIC",
    "FLOAT",
    "DOUBLE",
    "REAL",
)
"""What the types of columns begin with that hold no days."""


@dataclass(frozen=True)
class Source:
    """The tables there are, each with its columns, and how a SELECT names them.

    ``url`` and ``folders`` are what `company.toml` says; ``unread`` names what could not be read, and why, and
    ``passed_over`` what was not looked at, and why.
    ``never_days`` are the columns of a table whose type holds no day: a boolean `paid` is not when it was paid.
    """

    tables: Mapping[str, Sequence[str]] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    quotes: Mapping[str, str] = field(default_factory=dict)
    url: str = ""
    folders: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    passed_over: tuple[str, ...] = ()
    never_days: Mapping[str, Collection[str]] = field(default_factory=dict)


def source_of(where: str, folder: Path) -> Source:
    """What ``where`` holds, seen from the company folder.

    Raises:
        CompanyError: there is no such folder, no file in it, or the database cannot be reached.
    """
    if not where:
        return Source()
    if where.startswith("env:") or "://" in where:
        return _database(_beside(where, folder), folder)
    return _files(Path(where).expanduser().resolve(), folder)


def _files(data: Path, folder: Path) -> Source:
    if not data.is_dir():
        raise CompanyError(f"There is no folder {data}: give --url a database URL, or a folder of CSV files.")
    there = sorted(path for path in data.iterdir() if not path.name.startswith("."))
    found = [path for path in there if path.is_file() and _is_data(path)]
    passed_over = [_why_not(path) for path in there if path not in found and not _is_ours(path, folder)]
    if not found:
        said = f", only {', '.join(passed_over[:MOST_NAMED])}" if passed_over else ""
        raise CompanyError(f"{data} holds no CSV or Parquet file{said}: give --url the folder that has them.")
    inside = data == folder or folder in data.parents
    company = _company(folder, "", () if inside else (relpath(data, folder),))
    engine = open_warehouse(company).engine
    tables: dict[str, tuple[Path, list[str]]] = {}
    unread, never = [], {}
    with engine.connect() as connection:
        for path in found:
            name = _name_of(path, tables)
            try:
                rows = connection.exec_driver_sql(f"SELECT * FROM {quoted(path)} WHERE 1 = 0")
                types = [(str(one[0]), str(one[1])) for one in rows.cursor.description] if rows.cursor else []
                tables[name] = (path, list(rows.keys()))
                never[name] = [column for column, type_ in types if _is_no_day(type_)]
            except SQLAlchemyError as error:
                unread.append(f"{path.name}: {reason(error)}")
    return Source(
        {name: columns for name, (_, columns) in tables.items()},
        {name: quoted(relpath(path, folder)) for name, (path, _) in tables.items()},
        _quotes(engine, [name for _, columns in tables.values() for name in columns]),
        folders=tuple(company.file.folders),
        unread=tuple(unread),
        passed_over=tuple(passed_over),
        never_days=never,
    )


def _name_of(path: Path, taken: Collection[str]) -> str:
    """What a file is called: without all endings, or with more of its name where another file has that already."""
    names = (path.name.partition(".")[0], path.name.rpartition(".")[0])
    return next((name for name in names if name not in taken), path.name)


def _why_not(path: Path) -> str:
    """A file or folder that is not looked at, and why."""
    if path.is_dir():
        return f"{path.name} (a folder: give --url that one)"
    if path.suffix.lower() in SHEETS:
        return f"{path.name} (a workbook: save each sheet as CSV)"
    if path.suffix.lower() in TEXTS:
        return f"{path.name} (if it is a table, call it .csv)"
    return f"{path.name} (none of {', '.join(DATA_FILES)})"


def _is_ours(path: Path, folder: Path) -> bool:
    """Whether something is the new company folder, or a part of it."""
    return path == folder or folder in path.parents or path in folder.parents


def _is_no_day(type_: str) -> bool:
    return type_.upper().startswith(NO_DAYS)


def _is_data(path: Path) -> bool:
    return path.name.lower().removesuffix(".gz").removesuffix(".zst").endswith(DATA_FILES)


def _database(url: str, folder: Path) -> Source:
    engine = open_warehouse(_company(folder, url)).engine
    try:
        inspector = sa.inspect(engine)
        placed = dict(islice(_placed(inspector, everywhere=_names_no_schema(engine.url)), MOST))
        tables, unread, never = {}, [], {}
        for name, (schema, table) in placed.items():
            try:
                columns = inspector.get_columns(table, schema)
                tables[name] = [str(column["name"]) for column in columns]
                never[name] = [str(one["name"]) for one in columns if _is_no_day(str(one["type"]))]
            except SQLAlchemyError as error:
                unread.append(f"{name}: {reason(error)}")
    except SQLAlchemyError as error:
        raise CompanyError(
            f"The tables of the database cannot be listed: {reason(error)}; ask who runs it."
        ) from None
    if not placed:
        raise CompanyError("The database holds no table that this account may see: give --url another.")
    quotes = _quotes(engine, [column for columns in tables.values() for column in columns])
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


def _company(folder: Path, url: str, folders: Sequence[str] = ()) -> Company:
    return Company(folder=folder, file=CompanyFile(name="new", url=url, folders=list(folders)), selects={})


def _quotes(engine: sa.Engine, names: Sequence[str]) -> dict[str, str]:
    """Names as a SELECT writes them."""
    return {name: engine.dialect.identifier_preparer.quote(name) for name in names}


def _beside(url: str, folder: Path) -> str:
    """A URL as `company.toml` has it: the path of a file, given from here, is relative to the company folder."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        return url
    if parsed.get_backend_name() not in FILES or parsed.database in {None, "", ":memory:"}:
        return url
    path = Path(os.path.abspath(Path(str(parsed.database)).expanduser()))  # noqa: PTH100 - a link stays one
    return parsed.set(database=relpath(path, folder)).render_as_string(hide_password=False)
