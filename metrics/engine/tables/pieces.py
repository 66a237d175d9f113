"""Small pieces of SQL that tables are made of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import Any

import sqlalchemy as sa

from metrics.engine.portable import says_something


def named(rows: sa.Select[Any] | sa.CompoundSelect[Any], name: str) -> sa.CTE:
    """Rows as a relation of a query.

    SQLite must make it once: it finds no index for what it would compute again for each row.
    """
    return rows.cte(name).prefix_with("MATERIALIZED", dialect="sqlite")


def read_anew(relation: sa.CTE) -> sa.CTE:
    """A table that is read each time it is named: copying its columns would cost more than reading few of them."""
    for dialect in ("duckdb", "postgresql"):
        relation = relation.prefix_with("NOT MATERIALIZED", dialect=dialect)
    return relation


@lru_cache(maxsize=2_000, typed=True)
def fixed(value: date | Decimal | str | int) -> sa.BindParameter[Any]:
    """A constant, the same one wherever it is written: a statement then binds it once, however often it looks at it."""
    return sa.literal(value)


def given(column: sa.ColumnElement[Any]) -> sa.ColumnElement[bool]:
    """Whether a row has anything in a column: blank text, as files have it, stands for nothing."""
    there = column.is_not(None)
    return sa.and_(there, says_something(column)) if isinstance(column.type, sa.String) else there


def flag(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    """A condition as a column that is true or false, never unknown."""
    return sa.case((condition, sa.true()), else_=sa.false())


def marked(day: sa.ColumnElement[Any], stretches: Sequence[tuple[date, date, date]]) -> sa.ColumnElement[Any]:
    """The mark of the stretch that a day lies in, of stretches in order: from, before, mark.

    Where no gap lies between them, their ends tell it: whatever lies before the first is left out elsewhere.
    """
    gaps = any(before[1] != after[0] for before, after in pairwise(stretches))
    whens = [
        (sa.and_(day >= fixed(start), day < fixed(end)) if gaps else day < fixed(end), fixed(mark))
        for start, end, mark in stretches
    ]
    return sa.case(*whens)


def latest(days: Sequence[sa.ColumnElement[Any]]) -> sa.ColumnElement[Any]:
    """The latest of several days, where NULL means never."""
    result = days[0]
    for day in days[1:]:
        result = sa.case((result.is_(None), day), (day > result, day), else_=result)
    return sa.type_coerce(result, sa.Date())


def earliest(days: Sequence[sa.ColumnElement[Any]]) -> sa.ColumnElement[Any]:
    """The earliest of several days, where NULL means never."""
    result = days[0]
    for day in days[1:]:
        result = sa.case((result.is_(None), day), (day.is_(None), result), (day < result, day), else_=result)
    return sa.type_coerce(result, sa.Date())
