"""The tables of one company, canonical and derived, made as they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, NamedTuple

import sqlalchemy as sa

from metrics.engine.portable import as_day, local_day
from metrics.engine.tables.lacking import BrokenError, MissingError
from metrics.engine.tables.pieces import named
from metrics.engine.tables.typed import stand_in
from metrics.model import Catalog, Table, TableColumn
from metrics.warehouse import Warehouse

SETTING = "company.toml settings."
"""How a setting that is lacking is named."""
NOWHERE: frozenset[str] = frozenset()
MADE = 1_000
"""How many tables are remembered: of any past day there may be some."""


class Past(NamedTuple):
    """A past day, and the canonical tables in which rows came after it: any other is still what it was."""

    as_of: date
    tables: frozenset[str]


@dataclass
class Relations:
    """The tables of one company, made by ``make`` as they are asked for.

    ``assumed`` collects, per table, what was taken for granted because an optional column is absent.
    ``whole`` are tables known to hold no row that counts in no metric: nothing needs to be kept out by them. What is
    derived from tables is made for each such knowledge. ``times`` counts how often all were made anew: what is
    remembered of them holds no longer. ``past`` is the day on which they are seen: what came later is not in them.
    ``supposed`` is what the company lacks and is taken to be there, to find out what else it lacks.
    """

    catalog: Catalog
    warehouse: Warehouse
    make: Callable[[Relations, Table], sa.CTE]
    assumed: dict[str, list[str]] = field(default_factory=dict)
    whole: set[str] = field(default_factory=set)
    times: int = 0
    past: Past | None = None
    supposed: frozenset[str] = NOWHERE
    obstacles: dict[str, tuple[str, ...]] = field(default_factory=dict)
    supposing: dict[tuple[frozenset[str], frozenset[str], Past | None], Relations] = field(
        default_factory=dict
    )
    _made: dict[tuple[str, frozenset[str], Past | None], sa.CTE] = field(default_factory=dict)

    @property
    def settings(self) -> Mapping[str, Any]:
        """What `company.toml` declares under ``[settings]``."""
        declared = self.warehouse.company.file.settings
        names = [one.partition(SETTING)[2] for one in self.supposed if one.startswith(SETTING)]
        return {**dict.fromkeys(names, 1), **declared} if names else declared

    def table(self, name: str) -> sa.CTE:
        """A canonical or derived table.

        Raises:
            MissingError: the company does not map it, or what it is derived from.
        """
        table = self.catalog.tables[name]
        known = (name, frozenset(self.whole) if table.derived else NOWHERE, self.past)
        if known not in self._made:
            self._made[known] = self.make(self, table)
        return self._made[known]

    def shared(self, name: str, make: Callable[[], sa.Select[Any]]) -> sa.CTE:
        """Something that several derived tables are made of, made once: one query works it out a single time."""
        known = (name, frozenset(self.whole), self.past)
        if known not in self._made:
            self._made[known] = named(make(), f"derived_{name}")
        return self._made[known]

    def on(self, past: Past) -> Relations:
        """The same tables as they were on a day."""
        if len(self._made) >= MADE:
            for known in [known for known in self._made if known[2] is not None]:
                del self._made[known]
        return replace(self, past=past)

    def column(self, table: str, name: str) -> sa.ColumnElement[Any]:
        """A column of a table.

        Raises:
            MissingError: the company has no such column.
        """
        relation = self.table(table)
        if name not in relation.c:
            raise MissingError(self._named(table, name))
        return relation.c[name]

    def _named(self, table: str, name: str) -> str:
        """A column that is not there, as a company would map or declare it."""
        column = self.declared(self.catalog.tables[table], name)
        if column is not None:
            for read in column.reads:
                if not self.has(*read.split(".")):
                    return read
            for setting in column.settings:
                if setting not in self.settings:
                    return f"{SETTING}{setting}"
        for source in self.catalog.tables[table].derived:
            if self.declared(self.catalog.tables[source], name) is not None:
                return f"{source}.{name}"
        return f"{table}.{name}"

    def has(self, table: str, *names: str) -> bool:
        """Whether the company has all those columns, or the catalog assumes a value for those it has not.

        Raises:
            BrokenError: the company maps the table, but it cannot be read.
        """
        try:
            return all(self.column(table, name) is not None for name in names)
        except BrokenError:
            raise
        except MissingError:
            return False

    def day(self, column: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
        """A date as it is; a timestamp (UTC) as the day it falls on for the company."""
        if not isinstance(column.type, sa.DateTime):
            return column
        timezone = self.warehouse.company.file.timezone
        return as_day(column) if timezone == "UTC" else local_day(column, sa.literal(timezone))

    def joins_on(self, table: str) -> str:
        """The column by which other tables reach a table: its first key, or whom its spells are about."""
        declared = self.catalog.tables[table]
        return declared.spell.per if declared.spell else next(c.name for c in declared.columns if c.key)

    def mapped(self, table: str) -> bool:
        """Whether the company maps that table.

        Raises:
            BrokenError: it does, but the table cannot be read.
        """
        found = bool(self.warehouse.columns(table))
        if table in self.warehouse.broken:
            raise BrokenError(table)
        return found

    def forget(self) -> None:
        """Make all tables anew: some can be read that could not, or the other way round."""
        self.times += 1
        self._made.clear()
        self.obstacles.clear()
        self.supposing.clear()
        self.assumed.clear()

    def assumption(self, table: str, name: str) -> sa.BindParameter[Any] | None:
        """What is assumed of a column of a table that cannot be reached: it is not mapped, or has no key."""
        declared = self.catalog.tables[table]
        column = self.declared(declared, name)
        reachable = self.joins_on(table) in self.warehouse.columns(table)
        broken = table in self.warehouse.broken
        if column is None or column.when_absent is None or declared.derived or reachable or broken:
            return None
        return stand_in(column)

    def remark(self, table: str, words: str) -> None:
        """Note what was taken for granted about a table."""
        if words not in self.assumed.setdefault(table, []):
            self.assumed[table].append(words)

    def spellings(self, table: str, path: str) -> Mapping[str, str]:
        """What values of the column that a path leads to are the same as: each by its own word."""
        way, _, last = path.rpartition(">")
        other, _, name = last.rpartition(".")
        column = self.declared(self.catalog.tables[other if way else table], name)
        alike = column.alike if column else []
        return {word: same[0] for same in alike for word in same[1:]}

    def declared(self, table: Table, name: str) -> TableColumn | None:
        """What the catalog says of a column; None where it does not know it."""
        return next((column for column in table.columns if column.name == name), None)


def need(relations: Relations, table: str, *names: str) -> sa.CTE:
    """A table that has all these columns.

    Raises:
        MissingError: it lacks some; all of them are named.
    """
    relation = relations.table(table)
    lacking = [f"{table}.{name}" for name in names if name not in relation.c]
    if lacking:
        raise MissingError(*lacking)
    return relation
