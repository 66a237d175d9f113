"""A statement as its database takes it: written once, so that the next time it only has to be sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

Rows = Sequence[Sequence[Any]]


@dataclass(frozen=True)
class Prepared:
    """The text and the parameters that a statement ran with, and what its driver's values are read with.

    ``cited`` and ``named`` are both as a receipt has them: parameters by name, or by place where they have none.
    Writing SQL, and asking every statement what it is, take half a millisecond each time.
    """

    sql: str
    parameters: Any
    read: Sequence[tuple[int, Callable[[Any], Any]]]
    cited: str
    named: dict[str, Any]

    def rows(self, connection: sa.Connection) -> Rows:
        """Run it again."""
        rows: Rows = connection.exec_driver_sql(self.sql, self.parameters or None).fetchall()
        if not self.read:
            return rows
        given = [list(row) for row in rows]
        for column, as_read in self.read:
            for row in given:
                row[column] = as_read(row[column])
        return given


def prepared(
    statement: sa.Select[Any], result: sa.CursorResult[Any], cited: Callable[[str], str]
) -> Prepared:
    """A statement that has just run, before its rows are fetched."""
    context, dialect = result.context, result.context.dialect
    sql, parameters = str(context.statement), context.parameters[0]
    given = zip(statement.selected_columns, result.cursor.description, strict=True)
    found = [column.type.dialect_impl(dialect).result_processor(dialect, told[1]) for column, told in given]
    read = [(place, as_read) for place, as_read in enumerate(found) if as_read is not None]
    return Prepared(sql, parameters, read, cited(sql), _by_name(parameters))


def _by_name(parameters: Any) -> dict[str, Any]:
    """Parameters as the database got them; those that have a place only are named by its number."""
    if isinstance(parameters, Mapping):
        return dict(parameters)
    return {str(number): value for number, value in enumerate(parameters, 1)}
