"""Where a hostile company is loaded: a file or a database for each, and its folder, opened."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import duckdb

from metrics.engine import Engine
from metrics.opening import open_company
from tests import postgres
from tests.conformance.hostile.columns import declared, written
from tests.conformance.hostile.companies import Hostile

Load = Callable[[Hostile, Path], Engine]
"""A company and an empty folder for it -> its engine."""
CELLS = list[str | None]
URL = "HOSTILE_URL"
BATCH = 300


def rows_of(company: Hostile, table: str) -> list[CELLS]:
    """The rows of a table as text."""
    kinds = company.kinds[table]
    return [[written(row[name], kind) for name, kind in kinds.items()] for row in company.tables[table]]


def _folder(company: Hostile, path: Path, url: str, schema: str = "") -> Engine:
    (path / "tables").mkdir(parents=True)
    (path / "company.toml").write_text(
        f'name = "Hostile"\nurl = "{url}"\ntimeout_seconds = 600\n{company.toml}', encoding="utf-8"
    )
    for table in company.tables:
        (path / "tables" / f"{table}.sql").write_text(f"SELECT * FROM {schema}{table}")
    return open_company(path)


def quoted(cell: str | None) -> str:
    """A cell as a literal, which the column it goes to reads."""
    return "NULL" if cell is None else "'" + cell.replace("'", "''") + "'"


def batches(rows: Sequence[CELLS]) -> Iterator[str]:
    """Rows as VALUES has them, not too many at once."""
    for first in range(0, len(rows), BATCH):
        yield ", ".join(f"({', '.join(map(quoted, row))})" for row in rows[first : first + BATCH])


def into_duckdb(company: Hostile, path: Path) -> Engine:
    """DuckDB, in a file."""
    path.mkdir(parents=True)
    with duckdb.connect(str(path / "company.duckdb")) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        for table in company.tables:
            connection.execute(f"CREATE TABLE {table} ({declared(company.kinds[table], 'duckdb')})")
            for values in batches(rows_of(company, table)):
                connection.execute(f"INSERT INTO {table} VALUES {values}")
    return _folder(company, path, "duckdb:///company.duckdb")


def into_sqlite(company: Hostile, path: Path) -> Engine:
    """SQLite, in a file; its columns make numbers of what looks like one."""
    path.mkdir(parents=True)
    with closing(sqlite3.connect(path / "company.sqlite")) as connection:
        for table in company.tables:
            kinds = company.kinds[table]
            connection.execute(f"CREATE TABLE {table} ({declared(kinds, 'sqlite')})")
            given = [
                [
                    _truth(cell) if kind == "boolean" else cell
                    for cell, kind in zip(row, kinds.values(), strict=True)
                ]
                for row in rows_of(company, table)
            ]
            connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' for _ in kinds)})", given)
        connection.commit()
    return _folder(company, path, "sqlite:///company.sqlite")


def _truth(cell: str | None) -> int | None:
    return None if cell is None else int(cell == "true")


@contextmanager
def in_duckdb() -> Iterator[Load]:
    """Companies in DuckDB."""
    yield into_duckdb


@contextmanager
def in_sqlite() -> Iterator[Load]:
    """Companies in SQLite."""
    yield into_sqlite


@contextmanager
def in_postgres() -> Iterator[Load]:
    """Companies in a PostgreSQL server, which sorts text as people do."""
    with postgres.server() as url:
        yield postgres_at(url)


def postgres_at(server: str) -> Load:
    """Companies in this server, each in a schema of its own that is gone when the next one comes."""
    import psycopg

    plain = server.replace("+psycopg", "")
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(
            "CREATE DATABASE hostile TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'en-US' LOCALE 'C'"
        )
    plain, url = (f"{address.rpartition('/')[0]}/hostile" for address in (plain, server))

    def load(company: Hostile, path: Path) -> Engine:
        with psycopg.connect(plain) as connection:
            connection.execute("SET TIME ZONE 'UTC'")
            connection.execute("DROP SCHEMA IF EXISTS here CASCADE")
            connection.execute("CREATE SCHEMA here")
            for table in company.tables:
                connection.execute(
                    f"CREATE TABLE here.{table} ({declared(company.kinds[table], 'postgresql')})"
                )
                with connection.cursor().copy(f"COPY here.{table} FROM STDIN") as copy:
                    for row in rows_of(company, table):
                        copy.write_row(row)
        os.environ[URL] = url
        return _folder(company, path, f"env:{URL}", "here.")

    return load


@contextmanager
def in_clickhouse(path: Path) -> Iterator[Load]:
    """Companies in ClickHouse, in this process."""
    from chdb import dbapi

    with closing(dbapi.connect(path=str(path))) as connection:
        cursor = connection.cursor()

        def load(company: Hostile, folder: Path) -> Engine:
            cursor.execute("DROP DATABASE IF EXISTS here")
            cursor.execute("CREATE DATABASE here")
            for table in company.tables:
                columns = declared(company.kinds[table], "clickhouse")
                cursor.execute(f"CREATE TABLE here.{table} ({columns}) ENGINE = MergeTree ORDER BY tuple()")
                lines = ["\t".join(map(_escaped, row)) + "\n" for row in rows_of(company, table)]
                given = path.with_suffix(".tsv")
                given.write_text("".join(lines), encoding="utf-8", newline="")
                if lines:
                    cursor.execute(
                        f"INSERT INTO here.{table} SELECT * FROM file('{given}', TSV, {quoted(columns)})"
                    )
            return _folder(company, folder, f"chdb:///{path}", "here.")

        yield load


def _escaped(cell: str | None) -> str:
    if cell is None:
        return r"\N"
    return cell.replace("\\", r"\\").replace("\t", r"\t").replace("\n", r"\n").replace("\r", r"\r")
