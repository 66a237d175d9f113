"""What rows are sorted by, the same everywhere: what is empty comes last, and text goes by its characters' numbers."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.sql.functions import ReturnTypeFromArgs

from metrics.engine.portable.spelling import spelled


class by_code(ReturnTypeFromArgs[Any]):  # noqa: N801 - SQL functions are named as SQL writes them
    """Text to sort by, or to take the least of. PostgreSQL sorts as the language of a database does, or of a column."""

    inherit_cache = True


class empty_last(ReturnTypeFromArgs[Any]):  # noqa: N801 - the same
    """A column to sort by, what is empty last. Half of the databases put that first, or first when they go down."""

    inherit_cache = True


def in_order(column: sa.ColumnElement[Any], *, down: bool = False) -> sa.ColumnElement[Any]:
    """A column to sort by, up or down."""
    told = by_code(column) if isinstance(column.type, sa.String) else column
    return empty_last(told.desc() if down else told)


spelled(by_code, "{0}", postgresql='{0} COLLATE "C"', sqlite="{0} COLLATE BINARY")
spelled(empty_last, "{0} NULLS LAST", duckdb="{0}", clickhouse="{0}")
