"""A SQLAlchemy engine whose every connection is read-only, keeps UTC and gives long queries up."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.pool import StaticPool

from metrics.errors import CompanyError
from metrics.folder.company import Company
from metrics.warehouse.endless import read_without_end
from metrics.warehouse.habits import Habits
from metrics.warehouse.lead import duckdb_lead
from metrics.warehouse.sqlite import prepare
from metrics.warehouse.written import widened, written

MILLI = 1000


def read_only_engine(company: Company, url: sa.URL, habits: Habits) -> sa.Engine:
    """The engine of a company's warehouse. It connects when it is first asked to.

    Raises:
        ArgumentError, NoSuchModuleError, ModuleNotFoundError: no such database, or no driver for it here.
    """
    in_memory = url.database in {None, "", ":memory:"}
    limit = company.file.timeout_seconds
    arguments: dict[str, Any] = {
        name: limit if value == "{seconds}" else value for name, value in habits.arguments.items()
    }
    if habits.name == "duckdb" and not in_memory:
        arguments = {"read_only": True}
    held: dict[str, Any] = {"poolclass": StaticPool} if habits.interrupts else {"pool_pre_ping": True}
    if (
        habits.name == "duckdb"
    ):  # one statement is a transaction of its own: beginning one costs as much as asking
        held |= {"isolation_level": "AUTOCOMMIT", "skip_autocommit_rollback": True}
    if habits.name == "sqlite":
        url = url if in_memory else _opened_for_reading(url)
        arguments = {"check_same_thread": False}  # callers take turns
    held |= {"hide_parameters": True}  # groups that were asked for stand in no error, and so in no log
    engine = sa.create_engine(url, connect_args=arguments, **held)
    sa.event.listen(engine, "connect", _begin(company, habits))
    if habits.written_parameters:
        sa.event.listen(engine, "before_cursor_execute", written, retval=True)
    if habits.narrow_days:
        sa.event.listen(engine, "before_cursor_execute", widened, retval=True)
    return engine


def _opened_for_reading(url: sa.URL) -> sa.URL:
    return url.set(database=f"file:{url.database}", query={**url.query, "mode": "ro", "uri": "true"})


def _is_held(cursor: Any, company: Company) -> bool:
    """Whether an engine of this process holds the same file already: then its lead holds for all, for good.

    Raises:
        CompanyError: that lead is for other folders.
    """
    cursor.execute("SELECT current_setting('lock_configuration'), current_setting('allowed_directories')")
    locked, folders = cursor.fetchone()
    read = {folder for folder in folders if not folder.endswith(".tmp/")}  # DuckDB adds its own for spilling
    if locked and read != {f"{folder}/" for folder in company.folders}:
        raise CompanyError(
            "The warehouse's file is open already, with other `folders` in another company.toml: "
            "use one company folder for it, or copy the file."
        )
    return bool(locked)


def _begin(company: Company, habits: Habits) -> Any:
    """What happens on every new connection."""
    statements = list(habits.session)
    if habits.name == "duckdb":
        statements = duckdb_lead(company.folders, company.file.threads)
    limit = company.file.timeout_seconds

    def begin(connection: Any, _record: Any) -> None:
        if habits.name == "sqlite":
            prepare(connection)
        if hasattr(connection, "adapters"):
            read_without_end(connection)
        cursor = connection.cursor()
        if habits.name == "duckdb" and _is_held(cursor, company):
            return  # another connection to the same file in this process has done it
        if habits.name == "bigquery":
            _limit_jobs(connection, limit)
        for statement in statements:
            cursor.execute(_filled(statement, limit))
        cursor.close()
        if statements and not habits.interrupts:
            connection.commit()  # PostgreSQL would take the settings back with the first rollback

    return begin


def _filled(text: str, seconds: int) -> str:
    """A setting with the limit of time in place."""
    return text.replace("{seconds}", str(seconds)).replace("{milliseconds}", str(seconds * MILLI))


def _limit_jobs(connection: Any, seconds: int) -> None:
    """BigQuery has no statement for it: the limit is a default of the client that a connection holds."""
    from google.cloud.bigquery import QueryJobConfig

    client = connection._client  # noqa: SLF001 - a connection does not show it otherwise
    config = client.default_query_job_config or QueryJobConfig()
    config.job_timeout_ms = seconds * MILLI
    client.default_query_job_config = config
