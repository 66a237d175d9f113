"""Which tables hold rows that count in no metric: where there are none, nothing has to keep them out."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

import sqlalchemy as sa

from metrics.engine.fetching.source import Source


def note_whole(source: Source, tables: Iterable[str]) -> None:
    """Find out which tables hold rows that count in no metric: where there are none, none are kept out."""
    relations = source.setting.relations
    for table in sorted(table for table in tables if relations.catalog.tables[table].leave_out):
        behind = source.behind.table(table)
        left = source.store.known(("left out", table), behind, partial(_left_out, source, table))
        relations.whole -= {table}
        relations.whole |= set() if left else {table}


def _left_out(source: Source, table: str) -> int:
    """How many rows of a table count in no metric."""
    if table not in source.counts:
        relations = source.setting.relations
        relation, leave_out = relations.table(table), relations.catalog.tables[table].leave_out
        out = [
            relation.c[name] == sa.literal(value) for name, value in leave_out.items() if name in relation.c
        ]
        counted = sa.select(sa.func.count()).select_from(relation).where(sa.or_(sa.false(), *out))
        source.counts[table] = counted
    [(answered, _)] = source.run([source.counts[table]])
    return int(answered.rows[0][0])
