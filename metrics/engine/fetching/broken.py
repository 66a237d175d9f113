"""Which tables of a company cannot be read: found out when the database refuses a query, and tried again later."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from metrics.engine.fetching.source import Source
from metrics.engine.queries.cells import as_day
from metrics.engine.tables.lacking import MissingError
from metrics.engine.tables.unfit import loses_rows, unfit
from metrics.errors import Problem, RefusedError

AGAIN = 60.0
"""Seconds after which a table that could not be read is tried again."""


@dataclass
class Broken:
    """What is known of the tables that cannot be read. One caller at a time."""

    source: Source
    _tried: float = 0.0

    def blame(self, tables: Iterable[str]) -> bool:
        """Find the tables for which a query was refused; whether there are any.

        One may have other columns than when it was first read, or columns of other types: it is read as it is now. A
        SELECT may run and still hold a row that cannot be read: a text that is no day, a division by zero.

        Raises:
            CompanyError: the warehouse cannot be reached, or took too long.
        """
        warehouse = self.source.setting.relations.warehouse
        readable = [table for table in sorted(tables) if table not in warehouse.broken]
        moved = [table for table in readable if warehouse.renew(table)]
        if moved:
            self._forget(moved)
        doubted = [table for table in moved or readable if table not in warehouse.broken]
        found = [table for table in doubted if not self._reads(table)]
        if found:
            self._forget(found)
        return bool(moved or found)

    def again(self) -> None:
        """Try those tables again that could not be read a while ago."""
        relations, now = self.source.setting.relations, self.source.store.seen.clock()
        broken = relations.warehouse.broken
        if not broken or now - self._tried < AGAIN:
            return
        if self._tried:  # the first time they were only just found
            tried = dict(broken)
            broken.clear()
            for table in tried:
                relations.warehouse.renew(table)
            self._forget(tried)
            for table in tried:
                self._reads(table)
            self._forget(tried)
        self._tried = now

    def _reads(self, table: str) -> bool:
        """Whether every row of a table can be read, each column as what it stands for; noted where it cannot."""
        relations = self.source.setting.relations
        try:
            relation = relations.table(table)
            seen = [one for column in relation.c for one in _seen(column)]
            [ends] = relations.warehouse.run(sa.select(*seen).select_from(relation)).rows
            for column, end in zip(seen, ends, strict=True):
                if end is not None and isinstance(column.type, sa.Date | sa.DateTime):
                    as_day(end)
        except MissingError:
            return table not in relations.warehouse.broken
        except RefusedError as error:
            relations.warehouse.broken[table] = self._why(table, error)
            return False
        return not self._loses(table)

    def _loses(self, table: str) -> bool:
        """Whether the database gives nothing for what stands in a row of a table, without a word; noted if so."""
        relations = self.source.setting.relations
        canonical = relations.catalog.tables[table]
        why = next(unfit(relations, canonical), "") if loses_rows(relations, canonical) else ""
        if why:
            relations.warehouse.broken[table] = Problem(why)
        return bool(why)

    def _why(self, table: str, error: RefusedError) -> Problem:
        """What is wrong with a table of which the database refuses to read a row."""
        relations = self.source.setting.relations
        try:
            given = relations.warehouse.source(table).subquery("given")
            relations.warehouse.run(sa.select(*(sa.func.max(column) for column in given.c)))
            columns = list(unfit(relations, relations.catalog.tables[table]))
        except RefusedError as refused:
            return unread(table, refused)
        return Problem(columns[0]) if columns else unread(table, error)

    def note(self, table: str, why: Problem) -> None:
        """Take it from somebody who looked that a table cannot be read."""
        self.source.setting.relations.warehouse.broken.setdefault(table, why)
        self._forget([table])

    def _forget(self, tables: Iterable[str]) -> None:
        for table in tables:
            self.source.store.forget_look(table)
        self.source.setting.relations.forget()
        self.source.forget()


def unread(table: str, error: RefusedError) -> Problem:
    """What is wrong with a table of which the database refuses to read a row, and its own words for it."""
    return Problem(f"tables/{table}.sql cannot be read", error.why)


def _seen(column: sa.ColumnElement[Any]) -> list[sa.ColumnElement[Any]]:
    """What takes every row of a column to be read, and of days those that lie furthest out to be fetched."""
    if isinstance(column.type, sa.Date | sa.DateTime):
        return [sa.func.min(column), sa.func.max(column)]
    return [sa.func.count(column)]
