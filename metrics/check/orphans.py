"""Columns that lead to no row of the table they name: by what stands there, nothing can be split or joined."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

import sqlalchemy as sa

from metrics.engine import Engine
from metrics.engine.tables.typed import typed
from metrics.errors import CompanyError
from metrics.model import Table

Text = sa.ColumnElement[str]
Ends = tuple[tuple[str, str], tuple[str, str]]
"""A column of a table, and the key that it leads to."""


def _plain(key: Text) -> Text:
    return key


def _without_places(key: Text) -> Text:
    """The text of a whole number that was written as one with places."""
    return sa.case((key.like("%.0"), sa.func.substr(key, 1, sa.func.length(key) - 2)), else_=key)


@dataclass(frozen=True)
class Way:
    """How keys that do not meet are brought together, and what to do then; nothing is changed unasked."""

    said: str
    written: Callable[[Text], Text]
    mend: str


WAYS = (
    Way("without blanks around it", sa.func.trim, "trim({name}) AS {name}"),
    Way("without `.0` behind whole numbers", _without_places, "{name} as a whole number"),
    Way("without zeros before it", lambda key: sa.func.ltrim(key, "0"), "ltrim({name}, '0') AS {name}"),
    Way("in small letters", sa.func.lower, "lower({name}) AS {name}"),
)


def orphans(engine: Engine, table: Table) -> list[str]:
    """A remark for each column of which some values, or all, are no key of the mapped table that it names.

    Raises:
        CompanyError: the warehouse cannot be reached.
    """
    given = engine.warehouse.described(table.name)
    found = []
    for column in table.columns:
        target, key = column.leads_to
        if column.name not in given or target == table.name or target not in engine.company.selects:
            continue
        ends = (table.name, column.name), (target, key)
        try:
            if key not in engine.warehouse.described(target):
                continue
            rows, lost = _lost(engine, ends, _plain)
            how = _how(engine, ends, rows, lost) if lost else ""
        except CompanyError:  # the other table does not run, which is said of it
            continue
        if lost:
            found.append(f"{column.name} leads to no row of {target} in {lost:,} of {rows:,} rows{how}")
    return found


def _how(engine: Engine, ends: Ends, rows: int, lost: int) -> str:
    """What would bring most of the lost rows to their keys; a question where nothing would and all are lost."""
    brought = [(lost - _lost(engine, ends, way.written)[1], way) for way in WAYS]
    found, best = max(brought, key=itemgetter(0))
    if not found:
        return "; are both written alike?" if lost == rows else ""
    (_, name), (target, key) = ends
    there = "" if key == name else f" ({key} in that of {target})"
    mend = best.mend.format(name=name)
    return f"; {best.said} {found:,} of them would: make it {mend} in both SELECTs{there}"


def _lost(engine: Engine, ends: Ends, written: Callable[[Text], Text]) -> tuple[int, int]:
    """How many rows have a value in a column, and in how many of them it is no key of the other table."""
    start, end = ends
    keys = sa.select(written(_text(engine, *end)).label("key")).distinct().subquery("keys")
    names = sa.select(written(_text(engine, *start)).label("name")).subquery("names")
    joined = names.outerjoin(keys, keys.c.key == names.c.name)
    lost = sa.func.sum(sa.case((keys.c.key.is_(None), 1), else_=0))
    counted: list[sa.ColumnElement[Any]] = [sa.func.count(), lost]
    known = sa.select(*counted).select_from(joined).where(names.c.name.is_not(None))
    [(rows, found)] = engine.warehouse.run(known).rows
    return int(rows), int(found or 0)


def _text(engine: Engine, table: str, column: str) -> Text:
    """A column as it is compared with those of other tables."""
    warehouse = engine.warehouse
    raw = warehouse.source(table).subquery(f"of_{table}").c[column]
    return typed(raw, "text", warehouse.described(table)[column], trusted=warehouse.habits.typed)
