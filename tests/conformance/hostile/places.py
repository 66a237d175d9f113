"""Where a hostile company is loaded: a file or a database for each, and its folder, opened."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from uuid import uuid4

import duckdb
from sqlalchemy import make_url

from metrics.engine import Engine
from metrics.opening import open_company
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
def in_postgres(server: str) -> Iterator[Load]:
    """Companies in a database of this PostgreSQL server that sorts text as people do, one after the other."""
    import psycopg

    name = f"hostile_{uuid4().hex[:12]}"
    with psycopg.connect(server.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(
            f"CREATE DATABASE {name} TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'en-US' LOCALE 'C'"
        )
        os.environ[URL] = make_url(server).set(database=name).render_as_string(hide_password=False)
        try:
            yield into_postgres
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
            del os.environ[URL]


def into_postgres(company: Hostile, path: Path) -> Engine:
    """PostgreSQL, in a schema that is gone when the next one comes."""
    import psycopg

    with psycopg.connect(os.environ[URL].replace("+psycopg", "")) as connection:
        connection.execute("SET TIME ZONE 'UTC'")
        connection.execute("DROP SCHEMA IF EXISTS here CASCADE")
        connection.execute("CREATE SCHEMA here")
        for table in company.tables:
            columns = declared(company.kinds[table], "postgresql")
            connection.execute(f"CREATE TABLE here.{table} ({columns})")
            with connection.cursor().copy(f"COPY here.{table} FROM STDIN") as copy:
                for row in rows_of(company, table):
                    copy.write_row(row)
    return _folder(company, path, f"env:{URL}", "here.")


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
