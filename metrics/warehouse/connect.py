"""Opens a company's warehouse read-only and runs statements on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.pool import StaticPool

from metrics.company import Company
from metrics.errors import CompanyError
from metrics.warehouse.address import address
from metrics.warehouse.families import Family, family
from metrics.warehouse.lead import checked_select, cited_files, dialect_name, duckdb_lead, placed_files
from metrics.warehouse.reasons import reason

ROW_LIMIT = 200_000
IN_MEMORY = {None, "", ":memory:"}


@dataclass(frozen=True)
class Answered:
    """A statement as the database ran it, with its parameters by name (or number) and its rows.

    Files are named relative to the company folder: whoever runs it again does so from there.
    """

    sql: str
    parameters: dict[str, Any]
    rows: Sequence[Sequence[Any]]


@dataclass(frozen=True)
class Warehouse:
    """A company's canonical tables in its own database. Nothing is ever written."""

    company: Company
    engine: sa.Engine
    _selects: dict[str, str] = field(default_factory=dict)
    _placed: dict[str, str] = field(default_factory=dict)
    _columns: dict[str, dict[str, Family]] = field(default_factory=dict)

    def select_text(self, table: str) -> str:
        """The operator's SELECT for a canonical table, checked, with its file paths placed."""
        if table not in self._selects:
            dialect = dialect_name(self.engine.dialect.name)
            sql = checked_select(table, self.company.selects[table], dialect)
            placed = placed_files(sql, self.company.folder, dialect) if dialect == "duckdb" else sql
            self._selects[table] = placed + "\n"  # a comment on its last line must not swallow what follows
            written = cited_files(sql, self.company.folder, dialect) if dialect == "duckdb" else sql
            if written != placed:
                self._placed[placed] = written
        return self._selects[table]

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
        try:
            with self.engine.connect() as connection:
                result = connection.execute(statement)
                rows = result.fetchmany(ROW_LIMIT + 1)
        except DBAPIError as error:
            raise CompanyError(
                f"The warehouse refused a query: {reason(error)}; `counterpoise check` looks at every table."
            ) from error
        if len(rows) > ROW_LIMIT:
            raise CompanyError("The answer would have too many groups: choose a dimension with fewer values.")
        ran = result.context
        return Answered(self._cited(str(ran.statement)), _by_name(ran.parameters[0]), rows)

    def _cited(self, sql: str) -> str:
        """A statement as a receipt has it: the operator's SELECTs as written, without paths of this machine."""
        for placed, written in self._placed.items():
            sql = sql.replace(placed, written)
        return sql

    def _describe(self, table: str) -> dict[str, Family]:
        probe = f"SELECT * FROM ({self.select_text(table)}) AS {table} WHERE 1 = 0"
        try:
            with self.engine.connect() as connection:
                description = connection.exec_driver_sql(probe).cursor.description
        except DBAPIError as error:
            raise CompanyError(
                f"tables/{table}.sql does not run: {reason(error)}; mend that SELECT."
            ) from error
        return {str(column[0]).lower(): family(column[1]) for column in description}


def open_warehouse(company: Company) -> Warehouse:
    """Open the warehouse that a company folder points at, read-only.

    Raises:
        CompanyError: the URL names no known database, or the database cannot be reached.
    """
    try:
        engine = _engine(company)
        with engine.connect():
            return Warehouse(company, engine)
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError):
        raise CompanyError(
            "The warehouse's URL names a database without a driver here: install its SQLAlchemy dialect."
        ) from None
    except SQLAlchemyError as error:
        raise CompanyError(
            f"The warehouse cannot be reached: {reason(error)}; look at `url` in company.toml."
        ) from error


def _engine(company: Company) -> sa.Engine:
    url = address(company)
    match url.get_backend_name():
        case "duckdb":
            return _duckdb(url, company)
        case "postgresql":
            return sa.create_engine(url, execution_options={"postgresql_readonly": True})
        case "sqlite" if url.database not in IN_MEMORY:
            read_only = url.set(database=f"file:{url.database}", query={"mode": "ro", "uri": "true"})
            return sa.create_engine(read_only)
    return sa.create_engine(url)


def _duckdb(url: sa.URL, company: Company) -> sa.Engine:
    in_memory = url.database in IN_MEMORY
    arguments: dict[str, Any] = {} if in_memory else {"read_only": True}
    engine = sa.create_engine(url, connect_args=arguments, poolclass=StaticPool)

    @sa.event.listens_for(engine, "connect")
    def hold(connection: Any, _record: Any) -> None:
        cursor = connection.cursor()
        if not _is_held(cursor, company):
            for statement in duckdb_lead(company.folders):
                cursor.execute(statement)
        cursor.close()

    return engine


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


def _by_name(parameters: Any) -> dict[str, Any]:
    """Parameters as the database got them; those that have a place only are named by its number."""
    if isinstance(parameters, Mapping):
        return dict(parameters)
    return {str(number): value for number, value in enumerate(parameters, 1)}
