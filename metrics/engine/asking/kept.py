"""What a slice keeps -> SQL: the values of a filter, the groups that are left out, and the way to their columns."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

import sqlalchemy as sa

from metrics.errors import UserError
from metrics.model import Catalog

NONE = "(none)"
"""How rows without a value are called, in a filter as in a group."""
ANY = "(any)"
"""What stands in a group that is left out for a dimension that it does not look at."""
TRUE, FALSE = ("true", "yes", "1"), ("false", "no", "0")


def way(catalog: Catalog, table: str, name: str) -> str | None:
    """The path from a table to a dimension or to ``table.column``; None if there is none, or more than one.

    Any other name is taken for a column of the table.
    """
    dimension = catalog.dimensions.get(name)
    if dimension is not None:
        return dimension.paths.get(table)
    target, dot, column = name.partition(".")
    if not dot or ">" in name:
        return name
    if target == table:
        return column
    keys = [found.name for found in catalog.tables[target].columns if found.key]
    if len(keys) != 1:
        return None
    links = [one.name for one in catalog.tables[table].columns if one.references == f"{target}.{keys[0]}"]
    return f"{links[0]}>{name}" if len(links) == 1 else None


def within(column: sa.ColumnElement[Any], values: Sequence[str]) -> sa.ColumnElement[bool]:
    """Rows with one of these values.

    Raises:
        UserError: a value is none that the column can hold.
    """
    named = [typed(column, value) for value in values if value != NONE]
    kept: list[sa.ColumnElement[bool]] = [column.in_(named)] if named else []
    if len(named) < len(values):
        kept.append(named_or_none(column).is_(None))
    return sa.or_(*kept) if len(kept) > 1 else kept[0]


def named_or_none(column: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    """What a row is grouped by: text that is empty, or says that there is none, names no group.

    It looks like nothing wherever groups are shown, and so must be guarded as one group with it.
    """
    if not isinstance(column.type, sa.String):
        return column
    return sa.type_coerce(sa.case((column.in_(("", NONE)), sa.null()), else_=column), column.type)


def outside(
    columns: Sequence[sa.ColumnElement[Any]], groups: Sequence[Sequence[str | None]]
) -> sa.ColumnElement[bool]:
    """Rows in none of these groups, each a value of every column or any of them.

    A comparison with nothing is unknown, so the inside is what is tested.
    """
    inside = [
        sa.and_(
            *(
                named_or_none(column).is_(None) if value is None else column == typed(column, value)
                for column, value in zip(columns, group, strict=True)
                if value != ANY
            )
        )
        for group in groups
    ]
    return sa.case((sa.or_(*inside), 1), else_=0) == sa.literal(0)


def typed(column: sa.ColumnElement[Any], text: str) -> Any:
    """A value as people write it, as the column has it.

    Raises:
        UserError: the column can hold no such value.
    """
    try:
        match column.type:
            case sa.Boolean():
                return _truth(text)
            case sa.Date() | sa.DateTime():
                return date.fromisoformat(text)
            case sa.Integer():
                return int(text)
            case sa.Numeric():
                return Decimal(text)
            case _:
                return text
    except (ValueError, InvalidOperation):
        raise UserError(f"{text!r} is no value of that column: it holds a {_called(column.type)}.") from None


def _truth(text: str) -> bool:
    if text.lower() not in TRUE + FALSE:
        raise ValueError(text)
    return text.lower() in TRUE


def _called(kind: sa.types.TypeEngine[Any]) -> str:
    names = (
        (sa.Boolean, "truth: true or false"),
        (sa.Date, "day: 2025-12-31"),
        (sa.DateTime, "day: 2025-12-31"),
    )
    return next((name for found, name in names if isinstance(kind, found)), "number")
