"""Rows of a history table, each with the stretch of days during which it held."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa

from metrics.engine.pieces import earliest
from metrics.engine.portable import as_day
from metrics.model import Spell

ALWAYS, NEVER = date(1900, 1, 1), date(2200, 1, 1)
"""Before all days and after all days, where every database still knows them."""


def in_force(spell: Spell, rows: sa.CTE, ended: tuple[sa.CTE, str, str] | None) -> sa.Select[Any]:
    """The rows with five more columns.

    ``in_force_since`` and ``in_force_until`` bound the stretch a row held, ``in_force_first`` marks the first
    row of each ``per``. Every day belongs to one row: it lies from ``in_force_from`` on (the first row is taken
    for whatever came before) and before ``in_force_before``, when the next begins, also where somebody left
    earlier. These two are never empty, so that a join has only days to compare: databases hash such joins, and
    try every pair of rows for others. ``ended`` is a table with its key and the column that ends a stretch too.
    """
    key, since = rows.c[spell.per], rows.c[spell.since]
    following = sa.func.lead(since).over(partition_by=key, order_by=since)
    before = sa.func.lag(since).over(partition_by=key, order_by=since)
    ends: list[sa.ColumnElement[Any]] = [following]
    if spell.until and spell.until in rows.c:
        ends.append(rows.c[spell.until])
    origin: sa.FromClause = rows
    if ended is not None:
        other, other_key, last = ended
        origin = rows.outerjoin(other, key == other.c[other_key])
        ends.append(other.c[last])
    columns = [
        *rows.c,
        since.label("in_force_since"),
        earliest(ends).label("in_force_until"),
        sa.case((before.is_(None), sa.true()), else_=sa.false()).label("in_force_first"),
        sa.case((before.is_(None), day(ALWAYS)), else_=since).label("in_force_from"),
        sa.func.coalesce(following, day(NEVER)).label("in_force_before"),
    ]
    return sa.select(*columns).select_from(origin)


def day(fixed: date) -> sa.ColumnElement[Any]:
    """A fixed day, which every database takes for one."""
    return as_day(sa.literal(fixed, sa.Date()))
