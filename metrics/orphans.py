"""Columns that lead to no row of the table they name: by what stands there, nothing can be split or joined."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from metrics.engine import Engine
from metrics.engine.typed import typed
from metrics.errors import CompanyError
from metrics.model import Table


def orphans(engine: Engine, table: Table) -> list[str]:
    """A remark for each column of which some values, or all, are no key of the mapped table that it names.

    Raises:
        CompanyError: the warehouse cannot be reached.
    """
    given = engine.warehouse.described(table.name)
    found = []
    for column in table.columns:
        target, _, key = (column.references or "").partition(".")
        if column.name not in given or target == table.name or target not in engine.company.selects:
            continue
        try:
            if key not in engine.warehouse.described(target):
                continue
            rows, lost = _lost(engine, (table.name, column.name), (target, key))
        except CompanyError:  # the other table does not run, which is said of it
            continue
        if lost:
            how = "; are both written alike?" if lost == rows else ""
            found.append(f"{column.name} leads to no row of {target} in {lost:,} of {rows:,} rows{how}")
    return found


def _lost(engine: Engine, start: tuple[str, str], end: tuple[str, str]) -> tuple[int, int]:
    """How many rows have a value in a column, and in how many of them it is no key of the other table."""
    keys = sa.select(_text(engine, *end).label("key")).distinct().subquery("keys")
    names = sa.select(_text(engine, *start).label("name")).subquery("names")
    joined = names.outerjoin(keys, keys.c.key == names.c.name)
    lost = sa.func.sum(sa.case((keys.c.key.is_(None), 1), else_=0))
    counted: list[sa.ColumnElement[Any]] = [sa.func.count(), lost]
    known = sa.select(*counted).select_from(joined).where(names.c.name.is_not(None))
    [(rows, found)] = engine.warehouse.run(known).rows
    return int(rows), int(found or 0)


def _text(engine: Engine, table: str, column: str) -> sa.ColumnElement[str]:
    """A column as it is compared with those of other tables."""
    warehouse = engine.warehouse
    raw = warehouse.source(table).subquery(f"of_{table}").c[column]
    return typed(raw, "text", warehouse.described(table)[column], trusted=warehouse.habits.typed)
