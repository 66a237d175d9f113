"""A statement as its database takes it: written once, so that the next time it only has to be sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import NoneType
from typing import Any

import sqlalchemy as sa
from sqlalchemy.pool import PoolProxiedConnection

Rows = Sequence[Sequence[Any]]
Read = tuple[int, Callable[[Any], Any], bool]
"""A column, what its values are read with, and whether that makes decimals of them."""
DECIMALS = {Decimal, NoneType}


@dataclass(frozen=True)
class Prepared:
    """The text and the parameters that a statement ran with, and what its driver's values are read with.

    ``cited`` and ``named`` are both as a receipt has them: parameters by name, or by place where they have none.
    Writing SQL, and asking every statement what it is, take half a millisecond each time.
    """

    sql: str
    parameters: Any
    read: Sequence[Read]
    cited: str
    named: dict[str, Any]

    def rows(self, connection: PoolProxiedConnection) -> Rows:
        """Run it again, on the driver's own connection: what SQLAlchemy would do with it is known already."""
        cursor = connection.cursor()
        if self.parameters:
            cursor.execute(self.sql, self.parameters)
        else:
            cursor.execute(self.sql)
        rows: Rows = cursor.fetchall()  # which leaves nothing behind that had to be closed
        reads = [
            (place, as_read)
            for place, as_read, is_exact in self.read
            if not (is_exact and DECIMALS.issuperset({type(row[place]) for row in rows}))
        ]
        if not (reads and rows):
            return rows
        columns = list(zip(*rows, strict=True))
        for place, as_read in reads:
            columns[place] = tuple(map(as_read, columns[place]))
        return list(zip(*columns, strict=True))


def prepared(
    statement: sa.Select[Any], result: sa.CursorResult[Any], cited: Callable[[str], str]
) -> Prepared:
    """A statement that has just run, before its rows are fetched."""
    context, dialect = result.context, result.context.dialect
    sql, parameters = str(context.statement), context.parameters[0]
    read: list[Read] = []
    for place, (column, told) in enumerate(
        zip(statement.selected_columns, result.cursor.description, strict=True)
    ):
        kind = column.type.dialect_impl(dialect)
        as_read, held = kind.result_processor(dialect, told[1]), getattr(kind, "impl", kind)
        if as_read is not None:
            read.append((place, as_read, isinstance(held, sa.Numeric) and held.asdecimal))
    return Prepared(sql, parameters, read, cited(_single(sql, dialect)), _by_name(parameters))


def _single(sql: str, dialect: sa.Dialect) -> str:
    """The text as a database reads it: some drivers are given each percent sign twice, as parameters begin with one."""
    return sql.replace("%%", "%") if dialect.paramstyle in {"format", "pyformat"} else sql


def _by_name(parameters: Any) -> dict[str, Any]:
    """Parameters as the database got them; those that have a place only are named by its number."""
    if isinstance(parameters, Mapping):
        return dict(parameters)
    return {str(number): value for number, value in enumerate(parameters, 1)}
