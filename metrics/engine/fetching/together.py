"""Several queries -> one statement, so that what they share is worked out once and a round trip is saved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from metrics.engine.portable import as_day, as_exact, as_moment, as_text, as_whole
from metrics.engine.portable.types import Exact

PART = "part"
"""The column that tells queries which stand below one another from each other."""
READ_AS = (
    (sa.Date, as_day),
    (sa.DateTime, as_moment),
    (sa.Integer, as_whole),
    (sa.Numeric, as_exact),
    (Exact, as_exact),
    (sa.Text, as_text),
)
"""How nothing is written where a column holds values of some type in the rows of another query."""


def side_by_side(statements: Sequence[sa.Select[Any]]) -> tuple[sa.Select[Any], list[int]]:
    """Of queries of one row each: one row with the columns ``c0``, ``c1``, ..., and where those of each begin."""
    parts = [statement.subquery(f"q{index}") for index, statement in enumerate(statements)]
    columns: list[sa.Label[Any]] = []
    starts = []
    origin: sa.FromClause = parts[0]
    for part in parts:
        starts.append(len(columns))
        columns += [column.label(f"c{len(columns) + place}") for place, column in enumerate(part.c)]
        origin = origin if part is parts[0] else origin.join(part, sa.true())
    return sa.select(*columns).select_from(origin), starts


def below_one_another(
    statements: Sequence[sa.Select[Any]], widths: Sequence[int]
) -> tuple[sa.Select[Any], list[list[int]]]:
    """The rows of all queries, each with its number as ``part``, and in which columns those of each stand.

    The first columns of a query, as many as its width says, are groups and keep their names; of queries without
    groups they are empty. All others are named ``c0``, ``c1``, ...: columns of one type share their places.
    """
    queries = [statement.subquery(f"q{number}") for number, statement in enumerate(statements)]
    columns = [list(query.c) for query in queries]
    groups = max((own[:width] for own, width in zip(columns, widths, strict=True)), key=len)
    values = [own[width:] for own, width in zip(columns, widths, strict=True)]
    places, typed = _places(values)
    parts = []
    for number, (width, at) in enumerate(zip(widths, places, strict=True)):
        part = sa.literal_column(str(number), sa.Integer()).label(PART)
        keys = columns[number][:width] or [_nothing(group).label(group.name) for group in groups]
        filled = dict(zip(at, values[number], strict=True))
        cells = (filled[place] if place in filled else _nothing(one) for place, one in enumerate(typed))
        parts.append(sa.select(part, *keys, *(cell.label(f"c{place}") for place, cell in enumerate(cells))))
    rows = sa.union_all(*parts).subquery("parts")
    return sa.select(*rows.c), places


def _places(
    values: Sequence[Sequence[sa.ColumnElement[Any]]],
) -> tuple[list[list[int]], list[sa.ColumnElement[Any]]]:
    """The place of each column of each query, and a column of the type that each place holds."""
    typed: list[sa.ColumnElement[Any]] = []
    by_type: dict[Any, list[int]] = {}
    places = []
    for own in values:
        used: dict[Any, int] = {}
        at = []
        for column in own:
            kind = _read_as(column)
            taken, free = used.get(kind, 0), by_type.setdefault(kind, [])
            if taken == len(free):
                free.append(len(typed))
                typed.append(column)
            at.append(free[taken])
            used[kind] = taken + 1
        places.append(at)
    return places, typed


def _read_as(column: sa.ColumnElement[Any]) -> Any:
    return next((read_as for kind, read_as in READ_AS if isinstance(column.type, kind)), None)


def _nothing(column: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    """NULL of the type of a column: several databases do not guess it."""
    read_as = _read_as(column)
    nothing: sa.ColumnElement[Any] = sa.null() if read_as is None else read_as(sa.null())
    return nothing
