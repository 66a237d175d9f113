"""Canonical tables as SELECTs whose columns have the types that the catalog promises."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import sqlalchemy as sa

from metrics.engine.portable import EXACT, local_day
from metrics.model import Catalog, Table, TableColumn
from metrics.warehouse import Warehouse
from metrics.warehouse.families import Family

LEDGER = "mrr_movements"
TRUE_WORDS = ("true", "t", "yes", "y", "1")
SQL_TYPES: Mapping[str, sa.types.TypeEngine[Any]] = {
    "text": sa.Text(),
    "date": sa.Date(),
    "timestamp": sa.DateTime(),
    "decimal": EXACT,
    "integer": sa.BigInteger(),
    "boolean": sa.Boolean(),
}

ALWAYS, NEVER = date(1900, 1, 1), date(2200, 1, 1)
"""Before all days and after all days, where every database still knows them."""


class MissingError(Exception):
    """Something a measure needs is not there: ``table.column`` or ``table``. Caught where values are made."""

    def __init__(self, *what: str) -> None:
        super().__init__(", ".join(what))
        self.what = what


@dataclass
class Relations:
    """The tables of one company, made as they are asked for.

    ``assumed`` collects, per table, what was taken for granted because an optional column is absent.
    ``whole`` are tables known to hold no row that counts in no metric: nothing needs to be kept out by them.
    """

    catalog: Catalog
    warehouse: Warehouse
    assumed: dict[str, list[str]] = field(default_factory=dict)
    whole: set[str] = field(default_factory=set)
    _made: dict[str, sa.CTE] = field(default_factory=dict)

    @property
    def settings(self) -> Mapping[str, Any]:
        """What `company.toml` declares under ``[settings]``."""
        return self.warehouse.company.file.settings

    def table(self, name: str) -> sa.CTE:
        """A canonical or derived table.

        Raises:
            MissingError: the company does not map it, or what it is derived from.
        """
        if name not in self._made:
            table = self.catalog.tables[name]
            self._made[name] = self._derive(table) if table.derived else self._canonical(table)
        return self._made[name]

    def shared(self, name: str, make: Callable[[], sa.Select[Any]]) -> sa.CTE:
        """Something that several derived tables are made of, made once: one query works it out a single time."""
        if name not in self._made:
            self._made[name] = make().cte(name)
        return self._made[name]

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
        column = self._declared(self.catalog.tables[table], name)
        if column is not None and column.setting:
            return f"company.toml settings.{column.setting}"
        for source in self.catalog.tables[table].derived:
            if self._declared(self.catalog.tables[source], name) is not None:
                return f"{source}.{name}"
        return f"{table}.{name}"

    def has(self, table: str, *names: str) -> bool:
        """Whether the company has all those columns, or the catalog assumes a value for those it has not."""
        try:
            return all(self.column(table, name) is not None for name in names)
        except MissingError:
            return False

    def day(self, column: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
        """A date as it is; a timestamp (UTC) as the day it falls on for the company."""
        if not isinstance(column.type, sa.DateTime):
            return column
        timezone = self.warehouse.company.file.timezone
        return sa.cast(column, sa.Date()) if timezone == "UTC" else local_day(column, sa.literal(timezone))

    def joins_on(self, table: str) -> str:
        """The column by which other tables reach a table: its first key, or whom its spells are about."""
        declared = self.catalog.tables[table]
        return declared.spell.per if declared.spell else next(c.name for c in declared.columns if c.key)

    def mapped(self, table: str) -> bool:
        """Whether the company maps that table."""
        return bool(self.warehouse.columns(table))

    def assumption(self, table: str, name: str) -> sa.BindParameter[Any] | None:
        """What is assumed of a column of a table that cannot be reached: it is not mapped, or has no key."""
        declared = self.catalog.tables[table]
        column = self._declared(declared, name)
        reachable = self.joins_on(table) in self.warehouse.columns(table)
        if column is None or column.when_absent is None or declared.derived or reachable:
            return None
        return sa.literal(column.when_absent, SQL_TYPES[column.type])

    def remark(self, table: str, words: str) -> None:
        """Note what was taken for granted about a table."""
        if words not in self.assumed.setdefault(table, []):
            self.assumed[table].append(words)

    def _canonical(self, table: Table) -> sa.CTE:
        given = self.warehouse.columns(table.name)
        if not given:
            raise MissingError(table.name)
        source = self.warehouse.source(table.name).subquery("given")
        columns = {
            name: self._typed(source.c[name], self._declared(table, name), given[name]) for name in given
        }
        absent = [column for column in table.columns if column.name not in given]
        for column in absent:
            if column.when_absent is not None:
                columns[column.name] = sa.literal(column.when_absent, SQL_TYPES[column.type])
                self.remark(
                    table.name,
                    f"{table.name}.{column.name} is absent: taken as {column.when_absent} everywhere",
                )
        for column in absent:
            parts = [name.lstrip("-") for name in column.worked_out]
            if parts and set(parts) <= set(columns):
                columns[column.name] = _sum(columns, column.worked_out)
                words = " + ".join(column.worked_out).replace("+ -", "- ")
                self.remark(table.name, f"{table.name}.{column.name} is worked out as {words}")
        labelled = [expression.label(name) for name, expression in columns.items()]
        return self._with_spell(table, self._converted(_read_anew(sa.select(*labelled).cte(table.name))))

    def _converted(self, relation: sa.CTE) -> sa.CTE:
        """A ledger of recurring revenue in the reporting currency; any other table as it is."""
        if relation.name != LEDGER:
            return relation
        from metrics.engine.currency import in_reporting_currency

        converted = in_reporting_currency(self, relation)
        return relation if converted is None else converted

    def _declared(self, table: Table, name: str) -> TableColumn | None:
        return next((column for column in table.columns if column.name == name), None)

    def _typed(
        self, column: sa.ColumnElement[Any], declared: TableColumn | None, given: Family
    ) -> sa.ColumnElement[Any]:
        """The column read as its canonical type, cast only where the source's type differs."""
        if declared is None:
            return column
        wanted = declared.type
        if wanted == "boolean":
            return _truth(column, given)
        as_is = {
            "text": {"text", "unknown"},
            "date": {"date", "unknown"},
            "timestamp": {"timestamp", "unknown"},
            "decimal": {"exact", "integer", "unknown"},
            "integer": {"integer", "exact", "unknown"},
        }
        target = SQL_TYPES[wanted]
        if given in as_is[wanted]:
            return sa.type_coerce(column, target)
        return sa.cast(column, target)

    def _with_spell(self, table: Table, relation: sa.CTE) -> sa.CTE:
        """The table with the virtual columns of a history table, if its rows follow each other.

        ``in_force_since`` and ``in_force_until`` bound the stretch a row held, ``in_force_first`` marks the first
        row of each ``per``. Every day belongs to one row: it lies from ``in_force_from`` on (the first row is
        taken for whatever came before) and before ``in_force_before``, when the next begins, also where somebody
        left earlier. These two are never empty, so that a join has only days to compare: databases hash such
        joins, and try every pair of rows for others.
        """
        spell = table.spell
        if spell is None:
            return relation
        for name in (spell.per, spell.since):
            if name not in relation.c:
                raise MissingError(f"{table.name}.{name}")
        key, since = relation.c[spell.per], relation.c[spell.since]
        following = sa.func.lead(since).over(partition_by=key, order_by=since)
        ends: list[sa.ColumnElement[Any]] = [following]
        if spell.until and spell.until in relation.c:
            ends.append(relation.c[spell.until])
        origin: sa.FromClause = relation
        if spell.ends_with:
            _, _, target = spell.ends_with.partition(">")
            other_table, _, other_column = target.partition(".")
            other_key = next(c.name for c in self.catalog.tables[other_table].columns if c.key)
            if self.has(other_table, other_column, other_key):
                other = self.table(other_table)
                origin = relation.outerjoin(other, key == other.c[other_key])
                ends.append(other.c[other_column])
        before = sa.func.lag(since).over(partition_by=key, order_by=since)
        columns = [
            *relation.c,
            since.label("in_force_since"),
            earliest(ends).label("in_force_until"),
            sa.case((before.is_(None), sa.true()), else_=sa.false()).label("in_force_first"),
            sa.case((before.is_(None), sa.literal(ALWAYS, sa.Date())), else_=since).label("in_force_from"),
            sa.func.coalesce(following, sa.literal(NEVER, sa.Date())).label("in_force_before"),
        ]
        return sa.select(*columns).select_from(origin).cte(f"{table.name}_in_force")

    def _derive(self, table: Table) -> sa.CTE:
        from metrics.engine.derived import DERIVATIONS

        return DERIVATIONS[table.name](self).cte(table.name)


def _read_anew(relation: sa.CTE) -> sa.CTE:
    """A table that is read each time it is named: copying its columns would cost more than reading few of them."""
    for dialect in ("duckdb", "postgresql"):
        relation = relation.prefix_with("NOT MATERIALIZED", dialect=dialect)
    return relation


def _sum(columns: Mapping[str, sa.ColumnElement[Any]], names: list[str]) -> sa.ColumnElement[Any]:
    """The sum of columns; those with a minus before their name are taken off, and an empty one is zero."""
    result = columns[names[0]]
    for name in names[1:]:
        part = sa.func.coalesce(columns[name.lstrip("-")], 0)
        result = result - part if name.startswith("-") else result + part
    return sa.type_coerce(result, EXACT)


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


def flag(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    """A condition as a column that is true or false, never unknown."""
    return sa.case((condition, sa.true()), else_=sa.false())


def earliest(days: list[sa.ColumnElement[Any]]) -> sa.ColumnElement[Any]:
    """The earliest of several days, where NULL means never."""
    result = days[0]
    for day in days[1:]:
        result = sa.case((result.is_(None), day), (day.is_(None), result), (day < result, day), else_=result)
    return sa.type_coerce(result, sa.Date())


def _truth(column: sa.ColumnElement[Any], given: Family) -> sa.ColumnElement[Any]:
    if given in {"boolean", "unknown"}:
        return sa.type_coerce(column, sa.Boolean())
    truth = (
        sa.func.lower(sa.func.trim(column)).in_(TRUE_WORDS) if given == "text" else column != sa.literal(0)
    )
    blank: sa.ColumnElement[bool] = column.is_(None)
    if given == "text":
        blank = sa.or_(blank, sa.func.trim(column) == "")
    return sa.case((blank, sa.null()), (truth, sa.true()), else_=sa.false())
