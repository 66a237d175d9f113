"""How fresh the data is: the newest day on which anything happened."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import sqlalchemy as sa

from metrics.engine import cells
from metrics.engine.portable import as_day, morning
from metrics.engine.relations import Relations


def newest_day(relations: Relations, today: date) -> date:
    """The newest day on which anything happened in the data, but not after today; today if there is none."""
    return max(newest_days(relations, relations.catalog.tables, today).values(), default=today)


def newest_days(relations: Relations, tables: Iterable[str], today: date) -> dict[str, date]:
    """The newest day on which anything happened, not after today, by table; without those that tell no day."""
    days = []
    for table in tables:
        for name in relations.catalog.tables[table].happened:
            if relations.has(table, name):
                column = relations.column(table, name)
                newest = sa.select(sa.literal(table).label("name"), as_day(sa.func.max(column)).label("day"))
                days.append(newest.where(column < morning(column, today + timedelta(days=1))))
    found: dict[str, date] = {}
    if days:
        for name, day in relations.warehouse.run(sa.select(sa.union_all(*days).subquery("days"))).rows:
            if day is not None:
                found[str(name)] = max(found.get(str(name), date.min), cells.as_day(day))
    return found
