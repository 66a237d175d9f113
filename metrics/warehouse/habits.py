"""What each kind of database needs beside its SQL: a package, a read-only session, a limit of time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from metrics.warehouse.lead import dialect_name

CLICKHOUSE_SESSION = (
    "SET join_use_nulls = 1",  # an outer join without a match gives NULL, as everywhere else, not zero
    "SET cast_keep_nullable = 1",
    "SET prefer_column_name_to_alias = 1",  # a name is the column it was, not the alias beside it
    "SET session_timezone = 'UTC'",
    "SET max_execution_time = {seconds}",
    "SET readonly = 2",
)


@dataclass(frozen=True)
class Habits:
    """One kind of database.

    ``name`` is its dialect as sqlglot writes it, ``package`` what to install for it. ``session`` are the
    statements that every new connection begins with: they make it read-only where the database can, set its
    clock to UTC and tell the server when to give a query up (``{seconds}``, ``{milliseconds}``).
    ``interrupts``: the database runs in this process, so a query is given up by interrupting the connection.
    ``typed``: columns have types; without, every column is cast to what the catalog says.
    ``exact_quantile``: medians are exact; else values are flagged. ``one_quantile``: a query may hold only
    one. ``written_parameters``: the driver's own way to write parameters into the text is not safe or not
    complete, so they are written here.
    """

    name: str
    package: str = ""
    session: tuple[str, ...] = ()
    interrupts: bool = False
    typed: bool = True
    exact_quantile: bool = True
    one_quantile: bool = False
    written_parameters: bool = False


CLICKHOUSE = Habits("clickhouse", "clickhouse-connect", CLICKHOUSE_SESSION)
HABITS: Mapping[str, Habits] = {
    "duckdb": Habits("duckdb", "duckdb-sqlalchemy", interrupts=True),
    "sqlite": Habits("sqlite", interrupts=True, typed=False),
    "postgresql": Habits(
        "postgres",
        "psycopg[binary]",
        (
            "SET default_transaction_read_only = on",
            "SET TIME ZONE 'UTC'",
            "SET statement_timeout = {milliseconds}",
        ),
    ),
    "redshift": Habits(
        "redshift",
        "sqlalchemy-redshift",
        ("SET TIME ZONE 'UTC'", "SET statement_timeout TO {milliseconds}"),
        one_quantile=True,
    ),
    "snowflake": Habits(
        "snowflake",
        "snowflake-sqlalchemy",
        (
            "ALTER SESSION SET TIMEZONE = 'UTC'",
            "ALTER SESSION SET STATEMENT_TIMEOUT_IN_SECONDS = {seconds}",
        ),
    ),
    "bigquery": Habits("bigquery", "sqlalchemy-bigquery", exact_quantile=False),
    "trino": Habits(
        "trino",
        "trino[sqlalchemy]",
        ("SET TIME ZONE 'UTC'", "SET SESSION query_max_run_time = '{seconds}s'"),
        exact_quantile=False,
    ),
    "databricks": Habits(
        "databricks",
        "databricks-sqlalchemy",
        ("SET TIME ZONE 'UTC'", "SET STATEMENT_TIMEOUT = {seconds}"),
    ),
    "hive": Habits(
        "spark",
        "pyhive[hive_pure_sasl]",
        ("SET TIME ZONE 'UTC'", "SET spark.sql.thriftServer.queryTimeout={seconds}s"),
        written_parameters=True,
    ),
    "clickhousedb": CLICKHOUSE,
    "chdb": Habits("clickhouse", "chdb-sqlalchemy", CLICKHOUSE_SESSION),
}
"""By SQLAlchemy's name of the dialect."""


def habits_of(backend: str) -> Habits:
    """The habits of a database; one that is not listed is spoken to in plain SQL."""
    return HABITS.get(backend) or Habits(dialect_name(backend))
