"""What would have to be there for a table to be made: found by supposing that it is, until nothing more is lacking."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import sqlalchemy as sa

from metrics.engine.tables.lacking import BrokenError, MissingError
from metrics.engine.tables.relations import Relations
from metrics.engine.tables.typed import SQL_TYPES
from metrics.model import Table, TableColumn


def supposing(relations: Relations, what: Iterable[str]) -> Relations:
    """The tables as if those tables, columns and settings were there: to look for more, never to be read.

    They are remembered by what is supposed: most metrics of a company lack the same few tables.
    """
    supposed = relations.supposed | set(what)
    if supposed == relations.supposed:
        return relations
    known = (supposed, frozenset(relations.whole), relations.past)
    if known not in relations.supposing:
        relations.supposing[known] = replace(relations, supposed=supposed, _made={}, assumed={}, obstacles={})
    return relations.supposing[known]


def obstacles(relations: Relations, table: str) -> tuple[str, ...]:
    """All that the company lacks for a table to be made, in the order it is met; none where it can be."""
    if table not in relations.obstacles:
        relations.obstacles[table] = _met(relations, table)
    return relations.obstacles[table]


def _met(relations: Relations, table: str) -> tuple[str, ...]:
    found: dict[str, None] = {}
    while True:
        try:
            supposing(relations, found).table(table)
        except BrokenError as error:
            return (*found, *error.what)
        except MissingError as error:
            if set(error.what) <= found.keys():
                return tuple(found)
            found |= dict.fromkeys(error.what)
        else:
            return tuple(found)


def supposed_columns(relations: Relations, table: Table) -> dict[str, sa.ColumnElement[object]]:
    """The columns of a canonical table that are supposed to be there: all, where the table is."""
    whole = table.name in relations.supposed
    return {
        column.name: _nothing(column)
        for column in table.columns
        if whole or f"{table.name}.{column.name}" in relations.supposed
    }


def _nothing(column: TableColumn) -> sa.ColumnElement[object]:
    return sa.type_coerce(sa.null(), SQL_TYPES[column.type])
