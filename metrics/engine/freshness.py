"""How fresh the data is: the newest day on which anything happened."""

from __future__ import annotations

from datetime import date, timedelta

import sqlalchemy as sa

from metrics.engine import cells
from metrics.engine.portable import as_day, morning
from metrics.engine.relations import Relations


def newest_day(relations: Relations, today: date) -> date:
    """The newest day on which anything happened in the data, but not after today; today if there is none."""
    days = []
    for table in relations.catalog.tables.values():
        for name in table.happened:
            if relations.has(table.name, name):
                column = relations.column(table.name, name)
                newest = sa.select(as_day(sa.func.max(column)).label("day"))
                days.append(newest.where(column < morning(column, today + timedelta(days=1))))
    if not days:
        return today
    rows = relations.warehouse.run(sa.select(sa.union_all(*days).subquery("days"))).rows
    return max((cells.as_day(row[0]) for row in rows if row[0] is not None), default=today)
