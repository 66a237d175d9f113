"""Opens a company's warehouse read-only and runs statements on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError

from metrics.company import Company
from metrics.errors import CompanyError, UnknownNameError
from metrics.warehouse.families import Family, family
from metrics.warehouse.habits import Habits, habits_of
from metrics.warehouse.lead import checked_select, placed_files
from metrics.warehouse.session import read_only_engine
from metrics.warehouse.watch import watched

ROW_LIMIT = 200_000
TOO_SLOW = (
    "The warehouse took longer than {seconds} seconds, so the query was cancelled: ask for less, "
    "or raise timeout_seconds in company.toml."
)


@dataclass(frozen=True)
class Answered:
    """A statement as it ran, with its parameters and rows."""

    sql: str
    parameters: dict[str, Any]
    rows: Sequence[Sequence[Any]]


@dataclass(frozen=True)
class Warehouse:
    """A company's canonical tables in its own database. Nothing is ever written."""

    company: Company
    engine: sa.Engine
    _columns: dict[str, dict[str, Family]] = field(default_factory=dict)

    @cached_property
    def habits(self) -> Habits:
        """What this kind of database needs beside its SQL."""
        return habits_of(self.engine.dialect.name)

    @property
    def dialect(self) -> str:
        """The name of the SQL dialect, as sqlglot writes it."""
        return self.habits.name

    def select_text(self, table: str) -> str:
        """The operator's SELECT for a canonical table, checked, with its file paths placed."""
        sql = checked_select(table, self.company.selects[table], self.dialect)
        placed = placed_files(sql, self.company.folder, self.dialect) if self.dialect == "duckdb" else sql
        return placed + "\n"  # a comment on its last line must not swallow what follows

    def source(self, table: str) -> sa.TextualSelect:
        """The operator's SELECT as SQLAlchemy sees it, with the columns it really gives."""
        columns: list[sa.ColumnClause[Any]] = [sa.column(name) for name in self.columns(table)]
        return sa.text(self.select_text(table).replace(":", r"\:")).columns(*columns)

    def columns(self, table: str) -> dict[str, Family]:
        """The columns that a table's SELECT gives, with the family of each one's type; empty if not mapped.

        Raises:
            CompanyError: the SELECT does not run.
        """
        if table not in self.company.selects:
            return {}
        if table not in self._columns:
            self._columns[table] = self._describe(table)
        return self._columns[table]

    def run(self, statement: sa.Select[Any]) -> Answered:
        """Run one statement and fetch its rows; there are few, because the database aggregates.

        Raises:
            CompanyError: the database refuses it, or it gives more rows than an answer can need.
        """
        limited = statement.limit(ROW_LIMIT + 1)
        compiled = limited.compile(self.engine)
        seconds = self.company.file.timeout_seconds
        with self.engine.connect() as connection, watched(connection, self.habits, seconds) as watch:
            try:
                rows = connection.execute(limited).fetchall()
            except DBAPIError as error:
                if watch.over:
                    raise CompanyError(TOO_SLOW.format(seconds=seconds)) from error
                raise CompanyError(f"The warehouse refused a query: {_reason(error)}") from error
        if len(rows) > ROW_LIMIT:
            raise CompanyError("The answer would have too many groups: choose a dimension with fewer values.")
        return Answered(str(compiled), dict(compiled.params), rows)

    def _describe(self, table: str) -> dict[str, Family]:
        probe = f"SELECT * FROM ({self.select_text(table)}) AS {table} WHERE 1 = 0"
        try:
            with self.engine.connect() as connection:
                description = connection.exec_driver_sql(probe).cursor.description
        except DBAPIError as error:
            raise CompanyError(f"tables/{table}.sql does not run: {_reason(error)}") from error
        return {str(column[0]).lower(): family(column[1], self.dialect) for column in description}


def open_warehouse(company: Company) -> Warehouse:
    """Open the warehouse that a company folder points at, read-only.

    Raises:
        CompanyError: the URL names no known database, or the database cannot be reached.
    """
    package = "its SQLAlchemy dialect"
    try:
        habits = habits_of(sa.make_url(company.url).get_backend_name())
        package = habits.package or package
        engine = read_only_engine(company, habits)
        with engine.connect():
            return Warehouse(company, engine)
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError):
        raise CompanyError(
            f"The warehouse's URL names a database without a driver here: install {package}."
        ) from None
    except SQLAlchemyError as error:
        raise CompanyError(f"The warehouse cannot be reached: {_reason(error)}") from error


def _reason(error: SQLAlchemyError) -> str:
    """The driver's own first line, as a sentence, without statements, addresses or traces."""
    original = getattr(error, "orig", None) or error
    lines = [line.strip() for line in str(original).splitlines() if line.strip()]
    text = (lines[0] if lines else type(original).__name__).rstrip(".")
    for line in lines[1:]:
        if line.startswith(("Candidate bindings", "HINT", "Did you mean")):
            text += f" ({line})"
            break
    return text + "."


def unknown_table(name: str, company: Company) -> UnknownNameError:
    """The error for a table that the folder does not map."""
    return UnknownNameError("table", name, company.selects)
