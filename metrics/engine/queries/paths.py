"""Column paths -> joins: `owner_id>job_history.department_id` becomes a column and the joins on its way."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from metrics.engine.portable import constant
from metrics.engine.tables.lacking import BrokenError, MissingError
from metrics.engine.tables.ours import counts
from metrics.engine.tables.relations import Relations

Spelled = tuple[sa.ColumnElement[Any], sa.ColumnElement[Any], sa.ColumnElement[bool]]


class Reach:
    """One table with whatever is joined to it. Joins never multiply rows: each reaches one row at most.

    ``anchor`` is the day on which history tables are read; it may be set after the table is known.
    Without a day, ``clipped`` collects the spells of the history rows that were joined (all of them: a row
    then stands once for each).
    """

    def __init__(self, relations: Relations, table: str) -> None:
        self.relations = relations
        self.name = table
        self.base = relations.table(table)
        self.anchor: sa.ColumnElement[Any] | None = None
        self.clipped: list[Spelled] | None = None
        self.origin: sa.FromClause = self.base
        self._joined: dict[str, sa.FromClause] = {}

    def column(self, path: str) -> sa.ColumnElement[Any]:
        """The column that a path leads to, joining the tables on the way.

        Raises:
            MissingError: the company has no such table or column.
        """
        if ">" not in path:
            if path not in self.base.c:
                raise MissingError(f"{self.name}.{path}")
            return self.base.c[path]
        *hops, last = path.split(">")
        key, here = hops[0], self.name
        if key not in self.base.c:
            raise MissingError(f"{here}.{key}")
        column: sa.ColumnElement[Any] = self.base.c[key]
        for index, hop in enumerate([*hops[1:], last]):
            table, _, name = hop.partition(".")
            try:
                joined = self._join(">".join(hops[: index + 1]), column, table)
            except MissingError as lacking:
                return self._assumed(table, name, lacking)
            if name not in joined.c:
                raise MissingError(f"{table}.{name}")
            column = joined.c[name]
        return column

    def _assumed(self, table: str, name: str, lacking: MissingError) -> sa.ColumnElement[Any]:
        """What the catalog assumes of a column where the company has no such table, or none with its key.

        Raises:
            MissingError: it assumes nothing, and what the table lacks is named.
        """
        if (value := self.relations.assumption(table, name)) is None:
            raise lacking
        self.relations.remark(
            self.name, f"{table} cannot be reached: {name} is taken as {value.value} everywhere"
        )
        return constant(value)

    def first(self, paths: str | list[str]) -> sa.ColumnElement[Any]:
        """The first of several paths that the company has.

        Raises:
            MissingError: it has none of them; what the first needs is named.
        """
        missing: MissingError | None = None
        for path in [paths] if isinstance(paths, str) else paths:
            try:
                return self.column(path)
            except BrokenError:
                raise
            except MissingError as error:
                missing = missing or error
        assert missing is not None, "a measure names at least one column"
        raise missing

    def left_out(self) -> list[sa.ColumnElement[bool]]:
        """The conditions that keep out rows which count in no metric (internal accounts and users)."""
        return counts(self.relations, self.name, self.base)

    def _join(self, way: str, key: sa.ColumnElement[Any], table: str) -> sa.FromClause:
        way = f"{way}>{table}"
        if way in self._joined:
            return self._joined[way]
        target = self.relations.table(table)
        joins_on = self.relations.joins_on(table)
        other = target.alias()
        if joins_on not in other.c:
            raise MissingError(f"{table}.{joins_on}")
        condition = key == other.c[joins_on]
        if self.relations.catalog.tables[table].spell is not None:
            condition = sa.and_(condition, self._in_force(other))
        self.origin = self.origin.outerjoin(other, condition)
        self._joined[way] = other
        return other

    def _in_force(self, history: sa.FromClause) -> sa.ColumnElement[bool]:
        """Which rows of a history table count: the one in force on the anchor day, or all, clipped."""
        if self.anchor is not None:
            begun = history.c["in_force_from"] <= self.anchor
            return sa.and_(begun, history.c["in_force_before"] > self.anchor)
        assert self.clipped is not None, "rows are read on a day, or as stretches"
        stretch = (history.c["in_force_since"], history.c["in_force_over"], history.c["in_force_first"])
        self.clipped.append(stretch)
        return sa.true()
