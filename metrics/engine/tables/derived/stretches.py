"""Rows of days of employees, joined into stretches: several that overlap or follow each other are one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from metrics.engine.portable import exact_sum, in_order
from metrics.engine.tables.pieces import named


def after_others(rows: sa.CTE) -> sa.CTE:
    """Rows of ``employee_id``, ``since`` and ``until`` with ``before``: the last end of those that began earlier."""
    before = sa.func.max(rows.c.until).over(
        partition_by=rows.c.employee_id,
        order_by=(in_order(rows.c.since), in_order(rows.c.until)),
        rows=(None, -1),
    )
    return named(
        sa.select(*rows.c, sa.type_coerce(before, sa.Date()).label("before")), f"{rows.name}_in_order"
    )


def stretches(
    rows: sa.CTE,
    begins: sa.ColumnElement[bool],
    ends: tuple[str, str],
    *,
    origin: sa.FromClause | None = None,
    added: Sequence[str] = (),
) -> sa.Select[Any]:
    """One row per stretch of rows :func:`after_others`: who, its ``ends`` under these names, and what is ``added`` up.

    ``begins`` says of a row with another before it whether a stretch begins with it all the same; ``origin`` is where
    that is looked up, if not in the rows alone.
    """
    first = sa.case((sa.or_(rows.c.before.is_(None), begins), 1), else_=0)
    chosen = sa.select(*rows.c, first.label("is_first")).select_from(rows if origin is None else origin)
    marked = named(chosen, f"{rows.name}_marked")
    # Of two rows of the same days the one that begins the stretch comes first: the other is part of it.
    order = (in_order(marked.c.since), in_order(marked.c.until), marked.c.is_first.desc())
    number = sa.func.sum(marked.c.is_first).over(
        partition_by=marked.c.employee_id, order_by=order, rows=(None, 0)
    )
    counted = sa.select(*marked.c, number.label("stretch")).subquery(f"{rows.name}_numbered")
    return sa.select(
        counted.c.employee_id,
        sa.type_coerce(sa.func.min(counted.c.since), sa.Date()).label(ends[0]),
        sa.type_coerce(sa.func.max(counted.c.until), sa.Date()).label(ends[1]),
        *(exact_sum(counted.c[name]).label(name) for name in added),
    ).group_by(counted.c.employee_id, counted.c.stretch)
