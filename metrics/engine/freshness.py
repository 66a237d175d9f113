"""How fresh the data is: the newest day on which anything happened."""

from __future__ import annotations

from datetime import date, timedelta

import sqlalchemy as sa

from metrics.engine.cells import as_day
from metrics.engine.relations import Relations


def newest_day(relations: Relations, today: date) -> date:
    """The newest day on which anything happened in the data, but not after today; today if there is none."""
    days = []
    for table in relations.catalog.tables.values():
        for name in table.happened:
            if relations.has(table.name, name):
                column = relations.column(table.name, name)
                newest = sa.select(sa.cast(sa.func.max(column), sa.Date()).label("day"))
                days.append(newest.where(column < today + timedelta(days=1)))
    if not days:
        return today
    rows = relations.warehouse.run(sa.select(sa.union_all(*days).subquery("days"))).rows
    return max((as_day(row[0]) for row in rows if row[0] is not None), default=today)
