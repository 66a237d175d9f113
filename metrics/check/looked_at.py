"""A look at a table's rows as metrics read them, for a remark: one is not worth an error."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import sqlalchemy as sa

from metrics.engine import Engine
from metrics.engine.tables.lacking import MissingError
from metrics.errors import CompanyError

Found = TypeVar("Found")


def looked_at(
    engine: Engine, table: str, needed: set[str], look: Callable[[sa.FromClause], Found]
) -> Found | None:
    """What a look finds; None where the rows lack a needed column, or cannot be read, which is said elsewhere."""
    try:
        rows = engine.relations.table(table)
        return look(rows) if needed <= set(rows.c.keys()) else None
    except (CompanyError, MissingError):
        return None
