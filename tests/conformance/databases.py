"""The small company loaded into each database, and the URL to reach it there."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import duckdb

from metrics.demo.schema import Column, tables
from tests.conformance.small_demo import FILES

SQLITE = {"date": "TEXT", "timestamp": "TEXT", "boolean": "INTEGER", "integer": "INTEGER"}
CLICKHOUSE = {"date": "Date32", "timestamp": "DateTime64(6)", "boolean": "Bool", "integer": "Int32"}


def into_sqlite(source: Path, folder: Path) -> str:
    """SQLite: dates as ISO text, amounts as floats, truth as 0 and 1."""
    with closing(sqlite3.connect(folder / "demo.sqlite")) as connection, duckdb.connect() as given:
        for name, columns in tables().items():
            declared = ", ".join(f"{c.name} {_sqlite_type(c)}" for c in columns)
            connection.execute(f"CREATE TABLE {name} ({declared})")
            places = ", ".join("?" for _ in columns)
            cells = ", ".join(map(_sqlite_cell, columns))
            rows = given.execute(f"SELECT {cells} FROM '{source / FILES / name / name}.parquet'").fetchall()
            connection.executemany(f"INSERT INTO {name} VALUES ({places})", rows)
        connection.commit()
    return "sqlite:///demo.sqlite"


def _sqlite_type(column: Column) -> str:
    if column.sql_type.startswith("DECIMAL"):
        return "REAL"
    return SQLITE.get(column.kind, "TEXT")


def _sqlite_cell(column: Column) -> str:
    """A cell in DuckDB's SQL, as Python's driver of SQLite takes it."""
    if column.sql_type.startswith("DECIMAL"):
        return f"{column.name}::DOUBLE"
    return f"{column.name}::VARCHAR" if column.kind in {"date", "timestamp"} else column.name


def into_postgres(source: Path, url: str) -> str:
    """PostgreSQL, by COPY."""
    import psycopg

    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        for name, columns in tables().items():
            declared = ", ".join(f"{c.name} {c.sql_type}" for c in columns)
            connection.execute(f"CREATE TABLE {name} ({declared})")
            with connection.cursor().copy(f"COPY {name} FROM STDIN (FORMAT csv, HEADER)") as copy:
                copy.write((source / FILES / name / f"{name}.csv").read_bytes())
        connection.execute("ANALYZE")
    return url


def into_clickhouse(source: Path, folder: Path) -> str:
    """ClickHouse in this process, from Parquet files."""
    from chdb import dbapi

    with closing(dbapi.connect(path=str(folder / "clickhouse"))) as connection:
        cursor = connection.cursor()
        for name, columns in tables().items():
            declared = ", ".join(f"{c.name} {_clickhouse_type(c)}" for c in columns)
            cursor.execute(f"CREATE TABLE {name} ({declared}) ENGINE = MergeTree ORDER BY tuple()")
            names = ", ".join(c.name for c in columns)
            given = source / FILES / name / f"{name}.parquet"
            cursor.execute(f"INSERT INTO {name} SELECT {names} FROM file('{given}', Parquet)")
    return f"chdb:///{folder / 'clickhouse'}"


def _clickhouse_type(column: Column) -> str:
    given = (
        column.sql_type if column.sql_type.startswith("DECIMAL") else CLICKHOUSE.get(column.kind, "String")
    )
    return f"Nullable({given})" if column.null else given


def into_spark(source: Path, url: str) -> str:
    """Spark's own catalog, over Parquet files."""
    import sqlalchemy as sa

    engine = sa.create_engine(url)
    with engine.connect() as connection:
        for name in tables():
            given = source / FILES / name / f"{name}.parquet"
            connection.exec_driver_sql(f"CREATE TABLE {name} USING parquet OPTIONS (path '{given}')")
    engine.dispose()
    return url
