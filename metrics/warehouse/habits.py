"""What each kind of database needs beside its SQL: a package, a read-only session, a limit of time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from metrics.warehouse.lead import dialect_name

CLICKHOUSE = {
    "join_use_nulls": "1",  # an outer join without a match gives NULL, as everywhere else, not zero
    "cast_keep_nullable": "1",
    "prefer_column_name_to_alias": "1",  # a name is the column it was, not the alias beside it
    "session_timezone": "UTC",
    "max_execution_time": "{seconds}",
    "readonly": "2",
}


@dataclass(frozen=True)
class Habits:
    """One kind of database.

    ``name`` is its dialect as sqlglot writes it, ``extra`` the extra of this package that brings its driver.
    ``session`` are the statements that every new connection begins with: they make it read-only where the
    database can, set its clock to UTC and tell the server when to give a query up (``{seconds}``,
    ``{milliseconds}``). ``arguments`` say the same to a driver that takes them, or sends them along with every query.
    ``interrupts``: the database runs in this process, so a query is given up by interrupting the connection.
    ``gives_up`` is what the driver's connection calls that ends its query from another thread, where it has that.
    ``quantile`` says of a function for medians that every connection is given because the database has none, what it
    is: whoever runs a receipt again has to know it.
    ``typed``: columns have types; without, every column is cast to what the catalog says.
    ``loses``: a text that cannot be read as a number or a day is nothing there, without a word; else it is refused.
    ``exact_quantile``: medians are exact; else values are flagged. ``one_quantile``: a query may hold only
    one. ``written_parameters``: the driver's own way to write parameters into the text is not safe or not
    complete, so they are written here. ``narrow_days``: the dialect binds days as a type that knows those from 1970 to
    2149.
    """

    name: str
    extra: str = ""
    session: tuple[str, ...] = ()
    arguments: Mapping[str, str] = field(default_factory=dict)
    interrupts: bool = False
    gives_up: str = ""
    quantile: str = ""
    typed: bool = True
    loses: bool = False
    exact_quantile: bool = True
    one_quantile: bool = False
    written_parameters: bool = False
    narrow_days: bool = False


HABITS: Mapping[str, Habits] = {
    "duckdb": Habits("duckdb", interrupts=True, gives_up="interrupt"),
    "sqlite": Habits(
        "sqlite",
        interrupts=True,
        gives_up="interrupt",
        quantile="`exact_quantile(x, p)` in the SQL is the quantile p of x, interpolated; SQLite is taught it here.",
        typed=False,
        loses=True,
    ),
    "postgresql": Habits(
        "postgres",
        "postgres",
        (
            "SET default_transaction_read_only = on",
            "SET TIME ZONE 'UTC'",
            "SET statement_timeout = {milliseconds}",
        ),
        gives_up="cancel",
    ),
    "redshift": Habits(
        "redshift",
        "redshift",
        ("SET TIME ZONE 'UTC'", "SET statement_timeout TO {milliseconds}"),
        one_quantile=True,
    ),
    "snowflake": Habits(
        "snowflake",
        "snowflake",
        (
            "ALTER SESSION SET TIMEZONE = 'UTC'",
            "ALTER SESSION SET STATEMENT_TIMEOUT_IN_SECONDS = {seconds}",
        ),
    ),
    "bigquery": Habits("bigquery", "bigquery", exact_quantile=False),
    "trino": Habits(
        "trino",
        "trino",
        ("SET TIME ZONE 'UTC'", "SET SESSION query_max_run_time = '{seconds}s'"),
        exact_quantile=False,
    ),
    "databricks": Habits(
        "databricks",
        "databricks",
        ("SET TIME ZONE 'UTC'", "SET STATEMENT_TIMEOUT = {seconds}"),
        arguments={
            "_retry_stop_after_attempts_duration": "{seconds}"
        },  # else it tries for a quarter of an hour
    ),
    "hive": Habits(
        "spark",
        "spark",
        ("SET TIME ZONE 'UTC'", "SET spark.sql.thriftServer.queryTimeout={seconds}s"),
        written_parameters=True,
    ),
    "clickhousedb": Habits(
        "clickhouse",
        "clickhouse",
        arguments={f"ch_{name}": value for name, value in CLICKHOUSE.items()},
        loses=True,
    ),
    "chdb": Habits(
        "clickhouse",
        session=tuple(f"SET {name} = '{value}'" for name, value in CLICKHOUSE.items()),
        loses=True,
        narrow_days=True,
    ),
}
"""By SQLAlchemy's name of the dialect."""


def habits_of(backend: str) -> Habits:
    """The habits of a database; one that is not listed is spoken to in plain SQL."""
    return HABITS.get(backend) or Habits(dialect_name(backend))
