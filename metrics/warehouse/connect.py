"""A company's warehouse: its tables as the operator's SELECTs give them, and statements run on them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any
from weakref import WeakKeyDictionary

import sqlalchemy as sa
from sqlalchemy.pool import PoolProxiedConnection

from metrics.errors import BrokenTableError, CompanyError, Problem, RefusedError
from metrics.folder.company import Company
from metrics.warehouse.answered import ROW_LIMIT, Answered, answered_by
from metrics.warehouse.families import Family, family
from metrics.warehouse.faults import is_of_data
from metrics.warehouse.habits import Habits, habits_of
from metrics.warehouse.lead import checked_select, cited_files, placed_files, refuse_wide
from metrics.warehouse.limited import connected, driven, reached
from metrics.warehouse.prepared import Prepared, prepared
from metrics.warehouse.reasons import REFUSED, reason
from metrics.warehouse.slim import without_pandas


@dataclass(frozen=True)
class Warehouse:
    """A company's canonical tables in its own database. Nothing is ever written."""

    company: Company
    engine: sa.Engine
    _selects: dict[str, str] = field(default_factory=dict)
    _placed: dict[str, str] = field(default_factory=dict)
    broken: dict[str, Problem] = field(default_factory=dict)
    """The tables that were found unreadable, and why."""
    _columns: dict[str, dict[str, Family]] = field(default_factory=dict)
    _prepared: WeakKeyDictionary[sa.Select[Any], Prepared] = field(default_factory=WeakKeyDictionary)

    @property
    def habits(self) -> Habits:
        """What this kind of database needs beside its SQL."""
        return habits_of(self.engine.dialect.name)

    @property
    def threads(self) -> int | None:
        """How many threads work on one query, each with sums of its own; None where a server decides that."""
        return self.company.file.threads if self.habits.name == "duckdb" else None

    def select_text(self, table: str) -> str:
        """The operator's SELECT for a canonical table, checked, with its file paths placed."""
        if table not in self._selects:
            dialect = self.habits.name
            sql = checked_select(table, self.company.selects[table], dialect)
            placed = placed_files(sql, self.company.folder, dialect) if dialect == "duckdb" else sql
            self._selects[table] = placed + "\n"  # a comment on its last line must not swallow what follows
            written = cited_files(sql, self.company.folder, dialect) if dialect == "duckdb" else sql
            if written != placed:
                self._placed[placed] = written
        return self._selects[table]

    def source(self, table: str) -> sa.TextualSelect:
        """The operator's SELECT as SQLAlchemy sees it, with the columns it really gives."""
        columns: list[sa.ColumnClause[Any]] = [sa.column(name) for name in self.described(table)]
        return _as_written(self.select_text(table)).columns(*columns)

    def columns(self, table: str) -> dict[str, Family]:
        """The columns that a table's SELECT gives, with the family of each one's type; empty if not mapped.

        A table whose SELECT does not run has none, and is ``broken`` from then on: one table must not take the
        others with it.

        Raises:
            CompanyError: the warehouse cannot be reached, or took too long.
        """
        if table not in self.company.selects or table in self.broken:
            return {}
        try:
            return self.described(table)
        except BrokenTableError as error:
            self.broken[table] = error.problem
            return {}

    def given(self, table: str) -> frozenset[str] | None:
        """The columns of a table as they were seen last, though its rows cannot be read; None where nobody saw them.

        Raises:
            CompanyError: the warehouse cannot be reached, or took too long.
        """
        return frozenset(self.columns(table) or self._columns.get(table, {})) or None

    def described(self, table: str) -> dict[str, Family]:
        """The same for a table that the company maps, for whoever wants to know what is wrong with it.

        Raises:
            BrokenTableError: the SELECT does not run.
            CompanyError: the warehouse cannot be reached, or took too long.
        """
        if table not in self._columns:
            self._columns[table] = self._describe(table)
        return self._columns[table]

    def differs(self, table: str) -> bool:
        """Whether a table's SELECT gives other columns now than are known of it, or does not run any more.

        Raises:
            CompanyError: the warehouse cannot be reached, or took too long.
        """
        try:
            return table in self._columns and self._describe(table) != self._columns[table]
        except BrokenTableError:
            return True

    def renew(self, table: str) -> bool:
        """Ask anew which columns a table's SELECT gives; whether they are others than were known.

        Raises:
            CompanyError: the warehouse cannot be reached, or took too long.
        """
        known = self._columns.pop(table, None)
        return known is not None and self.columns(table) != known

    def reads(self, table: str) -> bool:
        """Whether the company maps a table, and it can be read."""
        return table in self.company.selects and bool(self.columns(table))

    def run(self, statement: sa.Select[Any], first: int | None = None) -> Answered:
        """Run one statement and fetch its rows; there are few, because the database aggregates.

        ``first`` fetches only so many of them, however many there are.

        Raises:
            TooSlowError: it took longer than it may, and was cancelled.
            RefusedError: the database refuses it.
            CompanyError: it gives more rows than an answer can need.
        """
        if first is not None:
            return self._first(statement, first)
        [answered] = self.run_all([statement])
        return answered

    def run_all(self, statements: Sequence[sa.Select[Any]]) -> Iterator[Answered]:
        """Run statements one after the other, each under its own limit of time, when its answer is asked for.

        Raises:
            CompanyError: as for :meth:`run`; those before it have been given.
        """
        if statements and all(map(self._prepared.__contains__, statements)):
            yield from self._again(statements)
        else:
            yield from map(self._first, statements)

    def _again(self, statements: Sequence[sa.Select[Any]]) -> Iterator[Answered]:
        """Statements that have run before, sent as they were; what surrounds them takes longer than many of them."""
        seconds = self.company.file.timeout_seconds
        with driven(self.engine, self._driver, seconds, _refused) as watch, without_pandas():
            for statement in statements:
                known = self._prepared.pop(statement)  # one that fails is not known any more
                watch.renew()
                answered = answered_by(known, known.rows(self._driver))
                self._prepared[statement] = known
                yield answered

    def _first(self, statement: sa.Select[Any], most: int = ROW_LIMIT + 1) -> Answered:
        seconds = self.company.file.timeout_seconds
        with connected(self.engine, self.habits, seconds, _refused) as connection, without_pandas():
            result = connection.execute(statement.limit(most))
            known = prepared(statement, result, self._cited)
            answered = answered_by(known, result.fetchall())
        # where each query is sent through a network, that is what takes its time
        if self.habits.interrupts and most > ROW_LIMIT:
            self._prepared[statement] = known
        return answered

    @cached_property
    def _driver(self) -> PoolProxiedConnection:
        """The driver's own connection: to a database of this process there is one, and it is asked for once."""
        return reached(self.engine.raw_connection)

    def _cited(self, sql: str) -> str:
        """A statement as a receipt has it: the operator's SELECTs as written, without paths of this machine."""
        for placed, written in self._placed.items():
            sql = sql.replace(placed, written)
        return sql

    def _describe(self, table: str) -> dict[str, Family]:
        probe = _as_written(f"SELECT * FROM ({self.select_text(table)}) AS {table} WHERE 1 = 0")
        refused, seconds = partial(_broken, table), self.company.file.timeout_seconds
        with connected(self.engine, self.habits, seconds, refused) as connection:
            description = connection.execute(probe).cursor.description
        refuse_wide(table, len(description))
        return {str(column[0]).lower(): family(column[1], self.habits.name) for column in description}


def _as_written(sql: str) -> sa.TextClause:
    """SQL that holds no parameter: a driver would take `LIKE '%test'` for one, as it is told here that it is not."""
    return sa.text(sql.replace(":", r"\:"))


def _refused(error: Exception) -> CompanyError:
    why = reason(error)
    return RefusedError(REFUSED.format(reason=why), why, of_data=is_of_data(error))


def _broken(table: str, error: Exception) -> CompanyError:
    return BrokenTableError(Problem(f"tables/{table}.sql does not run", reason(error)))
