"""Forecasts of one day for one period: of several only one counts, such as that of one rep for the whole company."""

from __future__ import annotations

import sqlalchemy as sa

from metrics.check.looked_at import looked_at
from metrics.engine import Engine
from metrics.model import Table

FORECASTS = "forecasts"
NEEDED = {"submitted_on", "period_start", "period_end"}


def forecasts_alike(engine: Engine, table: Table) -> list[str]:
    """A remark where several forecasts of nobody, or of one owner, were given on one day for the same period."""
    if table.name != FORECASTS:
        return []
    owned = engine.relations.has(FORECASTS, "owner_id")
    count = looked_at(engine, FORECASTS, NEEDED, lambda rows: _beside_another(engine, rows, owned=owned))
    if not count:
        return []
    is_one = "1 row is" if count == 1 else f"{count:,} rows are"
    same = "day, period and owner" if owned else "day and period"
    mend = "" if owned else ": map owner_id, or add them up"
    return [f"{is_one} of the same {same} as another, and only one of them counts{mend}"]


def _beside_another(engine: Engine, rows: sa.FromClause, *, owned: bool) -> int:
    kept = rows.c.category == "commit" if "category" in rows.c else sa.true()
    keys = [rows.c[name] for name in sorted(NEEDED)] + ([rows.c.owner_id] if owned else [])
    given = sa.select(*keys, sa.func.count().label("number")).where(kept, rows.c.submitted_on.is_not(None))
    same = given.group_by(*keys).subquery("same")
    [(count,)] = engine.warehouse.run(sa.select(sa.func.sum(same.c.number - 1))).rows
    return int(count or 0)
