"""Rows of a history table, each with the stretch of days during which it held."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

import sqlalchemy as sa

from metrics.engine.portable import as_day, in_order
from metrics.engine.tables.pieces import earliest
from metrics.model import Spell

ALWAYS, NEVER = date(1900, 1, 1), date(2200, 1, 1)
"""Before all days and after all days, where every database still knows them."""

FOLLOWING, BEFORE = "in_force_following", "in_force_preceding"
BEGUN, ENDED = "in_force_begun", "in_force_ended"
"""What the neighbours' days, and those of the whole, are called in between."""


class Whole(NamedTuple):
    """Where the whole stands whose stretches the rows are: a table, its key, and its first and last day if there."""

    table: sa.CTE
    key: str
    first: str | None
    last: str | None


def in_force(spell: Spell, rows: sa.CTE, keys: Sequence[str], whole: Whole | None) -> sa.Select[Any]:
    """The rows with six more columns.

    ``in_force_since`` and ``in_force_until`` bound the stretch a row held, ``in_force_first`` marks the first row
    of each ``per``. Every day belongs to one row: it lies from ``in_force_from`` on (the first row is taken for
    whatever came before) and before ``in_force_before``, when the next begins, also where somebody left earlier.
    These two are never empty, so that a join has only days to compare: databases hash such joins, and try every
    pair of rows for others. Every day until the end of the whole lies before ``in_force_over``, too, which is empty
    while nothing follows: who is between two jobs is still counted where the last one was. No row holds before the
    ``whole`` has begun, and where the spell reaches back the first one holds since then. Of several that begin on
    one day the last by the ``keys`` of the table holds, or by what else they say: never one by chance.
    """
    beside = _beside(spell, rows, keys, whole)
    since, following, before = (beside.c[name] for name in (spell.since, FOLLOWING, BEFORE))
    held: sa.ColumnElement[Any] = since
    if BEGUN in beside.c:
        begun = beside.c[BEGUN]
        late = begun > since
        if spell.reaches_back:
            late = sa.or_(late, sa.and_(before.is_(None), begun < since))
        held = sa.case((late, begun), else_=since)
    over = [beside.c[name] for name in (FOLLOWING, ENDED) if name in beside.c]
    ends = [*over, *([beside.c[spell.until]] if spell.until and spell.until in beside.c else [])]
    columns: list[sa.ColumnElement[Any]] = [
        *(beside.c[column.name] for column in rows.c),
        held.label("in_force_since"),
        earliest(ends).label("in_force_until"),
        earliest(over).label("in_force_over"),
        sa.case((before.is_(None), sa.true()), else_=sa.false()).label("in_force_first"),
        sa.case((before.is_(None), day(ALWAYS)), else_=since).label("in_force_from"),
        sa.func.coalesce(following, day(NEVER)).label("in_force_before"),
    ]
    return sa.select(*columns)


def _beside(spell: Spell, rows: sa.CTE, keys: Sequence[str], whole: Whole | None) -> sa.Subquery:
    """The rows with the days of their neighbours, and those on which the whole begins and ends.

    Here they get a name: the stretches look at them again and again.
    """
    key, since = rows.c[spell.per], rows.c[spell.since]
    named = [name for name in dict.fromkeys((*keys, *rows.c.keys())) if name in rows.c]
    order = [
        in_order(since),
        *(in_order(rows.c[name]) for name in named if name not in (spell.per, spell.since)),
    ]
    found: list[sa.ColumnElement[Any]] = [
        sa.type_coerce(next_to(since).over(partition_by=key, order_by=order), since.type).label(name)
        for name, next_to in ((FOLLOWING, sa.func.lead), (BEFORE, sa.func.lag))
    ]
    origin: sa.FromClause = rows
    if whole is not None:
        origin = rows.outerjoin(whole.table, key == whole.table.c[whole.key])
        bounds = ((BEGUN, whole.first), (ENDED, whole.last))
        found += [whole.table.c[column].label(name) for name, column in bounds if column]
    return sa.select(*rows.c, *found).select_from(origin).subquery("beside")


def day(fixed: date) -> sa.ColumnElement[Any]:
    """A fixed day, which every database takes for one."""
    return as_day(sa.literal(fixed, sa.Date()))
