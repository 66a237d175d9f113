"""Quotas of one employee whose periods overlap: what is won in both counts for each of them."""

from __future__ import annotations

import sqlalchemy as sa

from metrics.check.looked_at import looked_at
from metrics.engine import Engine
from metrics.model import Table

QUOTAS = "quotas"
NEEDED = {"employee_id", "period_start", "period_end"}


def quotas_overlap(engine: Engine, table: Table) -> list[str]:
    """A remark where an employee has another quota before one is over, such as one for each product."""
    if table.name != QUOTAS:
        return []
    count = looked_at(engine, QUOTAS, NEEDED, lambda quotas: _begun_too_early(engine, quotas))
    if not count:
        return []
    begins = "1 row begins" if count == 1 else f"{count:,} rows begin"
    return [
        f"{begins} before an earlier quota of the same employee is over: what is won then counts for both"
    ]


def _begun_too_early(engine: Engine, quotas: sa.FromClause) -> int:
    begin, end = quotas.c.period_start, quotas.c.period_end
    before = sa.func.max(end).over(partition_by=quotas.c.employee_id, order_by=(begin, end), rows=(None, -1))
    rows = (
        sa.select(begin.label("begin"), before.label("before"))
        .where(quotas.c.employee_id.is_not(None), begin.is_not(None), end.is_not(None))
        .subquery("following")
    )
    [(count,)] = engine.warehouse.run(
        sa.select(sa.func.count()).select_from(rows).where(rows.c.before > rows.c.begin)
    ).rows
    return int(count)
