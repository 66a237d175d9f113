"""Parameters written into the text of a statement, for Spark and Hive, or read there as they are, for ClickHouse.

Spark's and Hive's driver takes no decimals, and leaves backslashes alone, with which a value could end its own quotes.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any


def written(
    _connection: Any, _cursor: Any, statement: str, parameters: Any, context: Any, _many: bool
) -> tuple[str, Any]:
    """A statement with its named parameters in place, and none left to bind."""
    if context is None or context.compiled is None:
        return statement, None  # the operator's own text, as it is
    values = parameters if isinstance(parameters, Mapping) else {}
    return statement % {name: literal(value) for name, value in values.items()}, None


WIDE = {"toDate(?)": "toDate32(?)", "toDateTime(?)": "toDateTime64(?, 6)"}
"""How ClickHouse in this process is given days and moments by its dialect, and how all of them are read."""


def widened(
    _connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, _many: bool
) -> tuple[str, Any]:
    """A statement that reads the days bound in it as they are: those before 1970 would become 1 January 1970."""
    for narrow, wide in WIDE.items():
        statement = statement.replace(narrow, wide)
    return statement, parameters


def literal(value: Any) -> str:
    """A value as Spark SQL."""
    match value:
        case None | bool():
            text = {None: "NULL", True: "TRUE", False: "FALSE"}[value]
        case int():
            text = str(value)
        case float():
            text = f"{value!r}D"
        case Decimal():
            text = f"{value:f}BD"
        case datetime():
            text = f"TIMESTAMP '{value.isoformat(sep=' ')}'"
        case date():
            text = f"DATE '{value.isoformat()}'"
        case _:
            escaped = str(value).replace("\\", "\\\\").replace("'", "\\'")
            text = f"'{escaped}'"
    return text
