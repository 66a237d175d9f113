"""How fresh the data is: the newest day on which anything happened."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from metrics.engine.cells import as_day
from metrics.engine.portable import morning
from metrics.engine.relations import Relations
from metrics.engine.store import Store
from metrics.engine.together import side_by_side


def newest_day(store: Store, today: date) -> date:
    """The newest day on which anything happened in the data, but not after today; today if there is none."""
    return max(newest_days(store, store.relations.catalog.tables, today).values(), default=today)


def newest_days(store: Store, tables: Iterable[str], today: date) -> dict[str, date]:
    """The newest day on which anything happened, not after today, by table; without those that tell no day.

    Whoever looked at a table saw its newest day; it is asked for again only where rows lie after today.
    """
    reads, known = store.relations.warehouse.reads, store.relations.catalog.tables
    told = [table for table in tables if known[table].happened and reads(table)]
    store.check(told)
    found: dict[str, date] = {}
    for table in told:
        days = [as_day(value) for value in store.newest(table) if value is not None]
        late = any(day > today for day in days)
        newest = _not_after(store, table, today) if late else max(days, default=None)
        if newest is not None:
            found[table] = newest
    return found


def _not_after(store: Store, table: str, today: date) -> date | None:
    """The newest day of a table in which some rows lie after today."""
    days = store.known(
        ("newest", table, today),
        frozenset((table,)),
        lambda: store.relations.warehouse.run(_up_to(store.relations, table, today)).rows[0],
    )
    return max((as_day(value) for value in days if value is not None), default=None)


def _up_to(relations: Relations, table: str, today: date) -> sa.Select[Any]:
    days = []
    for name in relations.catalog.tables[table].happened:
        if relations.has(table, name):
            column = relations.column(table, name)
            days.append(
                sa.select(sa.func.max(column)).where(column < morning(column, today + timedelta(days=1)))
            )
    return side_by_side(days)[0]
