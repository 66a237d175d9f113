"""A canonical table as it was on a past day: without the rows and the columns of which nobody knew then."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa

from metrics.engine.tables.pieces import fixed, named, read_anew
from metrics.engine.tables.relations import Relations
from metrics.model import Table

KNOWN = "known_"


def known_then(relations: Relations, table: Table, rows: sa.CTE, as_of: date) -> sa.CTE:
    """The rows of a canonical table without what came after a day.

    A column that is known from a later day on is empty, and a row of which nothing had come is not there. All rows stay
    of what others refer to, for they find their department or segment by it, and of a history table: each says from
    when on it is in force, and the first one may stand for the time before it.
    """
    stays = table.spell is not None or _is_referred_to(relations, table)
    begins = [] if stays else [day for day in table.begins if day in rows.c]
    known_later = [
        column for column in table.columns if column.known_from in rows.c and column.name in rows.c
    ]
    if not (begins or known_later):
        return rows

    def had_come(day: str) -> sa.ColumnElement[bool]:
        return relations.day(rows.c[day]) <= fixed(as_of)

    columns: dict[str, sa.ColumnElement[Any]] = dict(rows.c.items())
    for column in known_later:
        held, day = rows.c[column.name], rows.c[column.known_from]
        before = sa.null() if column.until_then is None else fixed(column.until_then)
        then = sa.case((sa.or_(day.is_(None), had_come(column.known_from)), held), else_=before)
        columns[column.name] = sa.type_coerce(then, held.type).label(column.name)
    came = [had_come(day) for day in dict.fromkeys((*begins, *(column.known_from for column in known_later)))]
    there = [sa.or_(*(rows.c[day].is_(None) for day in begins), *came)] if begins else []
    return read_anew(named(sa.select(*columns.values()).where(*there), KNOWN + table.name))


def _is_referred_to(relations: Relations, table: Table) -> bool:
    """Whether a column of any table names rows of this one."""
    columns = (column for other in relations.catalog.tables.values() for column in other.columns)
    return any(column.leads_to[0] == table.name for column in columns)
