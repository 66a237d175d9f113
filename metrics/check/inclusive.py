"""Stretches that end on their last day, where the first day after is meant: a day falls out between two of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from metrics.engine import Engine
from metrics.engine.portable import days_between, in_order
from metrics.engine.tables.typed import typed
from metrics.errors import CompanyError
from metrics.model import Table
from metrics.warehouse.families import Family


def inclusive_ends(engine: Engine, table: Table, families: Mapping[str, Family]) -> list[str]:
    """A remark where most rows that another one follows end on the day before that."""
    spell = table.spell
    if spell is None or spell.until is None or not {spell.per, spell.since, spell.until} <= families.keys():
        return []
    source, trusted = engine.warehouse.source(table.name).subquery("given"), engine.warehouse.habits.typed
    per = typed(source.c[spell.per], "text", families[spell.per], trusted=trusted)
    since, until = (
        typed(source.c[name], "date", families[name], trusted=trusted) for name in (spell.since, spell.until)
    )
    following = sa.func.lead(since).over(partition_by=per, order_by=in_order(since))
    rows = sa.select(until.label("until"), following.label("following")).subquery("rows_in_order")
    both = sa.and_(rows.c.until.is_not(None), rows.c.following.is_not(None))
    before = sa.case((sa.and_(both, days_between(rows.c.until, rows.c.following) == 1), 1), else_=0)
    counted: list[sa.ColumnElement[Any]] = [
        sa.func.sum(sa.case((both, 1), else_=0)),
        sa.func.sum(before),
    ]
    try:
        [(followed, ended)] = engine.warehouse.run(sa.select(*counted).select_from(rows)).rows
    except CompanyError:  # a remark is not worth an error
        return []
    if not ended or 2 * ended <= followed:
        return []
    rows_said = f"{int(ended):,} row{'' if ended == 1 else 's'}"
    return [f"{spell.until} should be the first day after, and looks like the last day in {rows_said}"]
