"""The rows a group of measures shares: its table with joins, filters and groups, as SQL."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from metrics.calendar.periods import Period
from metrics.definition import Measure, Where
from metrics.engine.asking.declared import whole
from metrics.engine.asking.kept import named_or_none, outside, way, within
from metrics.engine.asking.leaves import Slice
from metrics.engine.asking.windows import Days, days_of
from metrics.engine.queries.conditions import computed, holds
from metrics.engine.queries.paths import Reach
from metrics.engine.tables.canonical import as_meant
from metrics.engine.tables.relations import Relations
from metrics.errors import UserError

ZERO, ONE = (sa.literal_column(digit, sa.Integer()) for digit in "01")
"""Written out: a bound zero would widen the type of every amount beside it."""
STRETCHES = 10_000
"""How many stretches of days are remembered."""


@dataclass(frozen=True)
class Setting:
    """What the engine knows of a company when it writes SQL."""

    relations: Relations
    timezone: str
    settings: Mapping[str, Any]
    _days: dict[tuple[str, Period, date], Days] = field(default_factory=dict)

    def planned(self, table: str) -> bool:
        """Whether a table holds plans, which are known beforehand."""
        return self.relations.catalog.tables[table].planned

    def shows_groups(self, rows: Slice) -> bool:
        """Whether the groups of a slice are shown: all of them, also those in which nothing happened.

        What a metric is computed across, and reduced again, is a column and no dimension.
        """
        return any(name in self.relations.catalog.dimensions for name in rows.by)

    def days(self, measure: Measure, period: Period, as_of: date) -> Days:
        """The days a measure looks at within a period, remembered: a question is often asked again."""
        key = (measure.fingerprint, period, as_of)
        if key not in self._days:
            if len(self._days) >= STRETCHES:
                self._days.clear()
            mature, planned = whole(measure.mature_days, self.settings), self.planned(measure.table)
            self._days[key] = days_of(measure, period, as_of, planned=planned, mature=mature)
        return self._days[key]


class Rows:
    """One table, reached through its paths, restricted and grouped as a slice says.

    A flow reads history tables on the day of each row. A stock has no such day: its rows are cut into the
    stretches for which a history row was in force, so that who moves is counted where they are. A question
    about one morning reads history as of that morning (``on``). What happened to an ``entity``, the column that
    names it, then belongs where the entity is, not where it happened.
    """

    def __init__(
        self,
        setting: Setting,
        table: str,
        anchor: str | list[str],
        rows: Slice,
        *,
        until: str | list[str] | None = None,
        stock: bool = False,
        on: date | None = None,
        entity: str | None = None,
    ) -> None:
        self.setting = setting
        self.reach = Reach(setting.relations, table)
        self.entity = entity
        self.since = setting.relations.day(self.reach.first(anchor))
        self.until = setting.relations.day(self.reach.first(until)) if until is not None else None
        if on is not None:
            self.reach.anchor = sa.literal(on - timedelta(days=1), sa.Date())
        elif stock:
            self.reach.clipped = []
        else:
            self.reach.anchor = self.since
        self.groups = [self._group(name).label(f"g{i}") for i, name in enumerate(rows.by)]
        self.filters = [within(self.reach.column(self._path(name)), values) for name, values in rows.filters]
        if rows.besides:
            columns = [self.reach.column(self._path(name)) for name in rows.beside]
            self.filters.append(outside(columns, rows.besides))

    def _group(self, name: str) -> sa.ColumnElement[Any]:
        """What rows are grouped by.

        A column of its own, which a metric is computed across, is never shown: words for the same are one group.
        """
        path = self._path(name)
        column = self.reach.column(path)
        if name in self.setting.relations.catalog.dimensions:
            return named_or_none(column)
        return as_meant(column, self.setting.relations.spellings(self.reach.name, path))

    def _path(self, name: str) -> str:
        """The way from this table to a dimension or a canonical column; any other name is a column of its own."""
        path = way(self.setting.relations.catalog, self.reach.name, name)
        if path is None:
            raise NoPathError(name, self.reach.name)
        return path if self.entity is None or ">" in path else self._followed(name, self.entity) or path

    def _followed(self, name: str, entity: str) -> str | None:
        """The way from an entity to a dimension, where that is in a history table."""
        catalog = self.setting.relations.catalog
        named = next((one for one in catalog.tables[self.reach.name].columns if one.name == entity), None)
        if name not in catalog.dimensions or named is None or named.references is None:
            return None
        table, key = named.leads_to
        first, hop, rest = catalog.dimensions[name].paths.get(table, "").partition(">")
        return f"{entity}>{rest}" if hop and first == key else None

    def condition(self, measure: Measure, window: Period | None = None) -> sa.ColumnElement[bool]:
        """What a row must be for a measure to count it."""
        found = self._holds(measure.where, window)
        if measure.any_of:
            found.append(sa.or_(*(sa.and_(*self._holds(where, window)) for where in measure.any_of)))
        return sa.and_(sa.true(), *found)

    def _holds(self, where: Where, window: Period | None) -> list[sa.ColumnElement[bool]]:
        day = self.setting.relations.day
        return holds(where, self.reach.column, self.setting.settings, window, day)

    def amount(self, measure: Measure) -> sa.ColumnElement[Any]:
        """What a measure aggregates: its column, or one for each row."""
        return ONE if measure.column is None else computed(measure.column, self.reach)

    def spell(self) -> tuple[sa.ColumnElement[Any], sa.ColumnElement[Any] | None]:
        """When a row begins and ends to count in a stock, cut to the history rows that were joined."""
        since, until = self.since, self.until
        for begins, ends, is_first in self.reach.clipped or []:
            since = sa.case((sa.or_(begins.is_(None), is_first, begins < since), since), else_=begins)
            until = (
                ends
                if until is None
                else sa.case(
                    (until.is_(None), ends), (ends.is_(None), until), (ends < until, ends), else_=until
                )
            )
        return sa.type_coerce(since, sa.Date()), None if until is None else sa.type_coerce(until, sa.Date())

    def told(self) -> list[sa.Label[Any]]:
        """The day of the newest record in a row, where that is another than the one on which it begins to count."""
        newest = self.setting.relations.catalog.tables[self.reach.name].newest
        return [self.reach.column(newest).label("told")] if newest else []

    def select(self, *columns: sa.ColumnElement[Any]) -> sa.Select[Any]:
        """These columns of the rows that count at all."""
        kept = [*self.reach.left_out(), *self.filters]
        return sa.select(*columns).select_from(self.reach.origin).where(sa.and_(sa.true(), *kept))


def newest_in(rows: sa.Subquery) -> sa.ColumnElement[Any]:
    """The day of the newest record in each of some rows, out of their ``since`` and what of them is ``told``."""
    return rows.c.get("told", rows.c.since)


class NoPathError(UserError):
    """A metric cannot be grouped or filtered that way, because a table it rests on knows nothing of it."""

    def __init__(self, dimension: str, table: str) -> None:
        self.dimension, self.table = dimension, table
        super().__init__(
            f"There is no way from {table} to {dimension}: choose another dimension; "
            "`counterpoise catalog ID` lists those of a metric."
        )
