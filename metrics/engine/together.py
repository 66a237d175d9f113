"""Several queries of one row each -> one statement, so that what they share is worked out once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa


def side_by_side(statements: Sequence[sa.Select[Any]]) -> tuple[sa.Select[Any], list[int]]:
    """One row with the columns ``c0``, ``c1``, ... of all statements, and at which column each of them begins."""
    parts = [statement.subquery(f"q{index}") for index, statement in enumerate(statements)]
    columns: list[sa.Label[Any]] = []
    starts = []
    origin: sa.FromClause = parts[0]
    for part in parts:
        starts.append(len(columns))
        columns += [column.label(f"c{len(columns) + place}") for place, column in enumerate(part.c)]
        origin = origin if part is parts[0] else origin.join(part, sa.true())
    return sa.select(*columns).select_from(origin), starts
