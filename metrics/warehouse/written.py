"""Parameters written into the text of a statement, for Spark and Hive: their driver takes no decimals and
leaves backslashes alone, with which a value could end its own quotes.
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


def literal(value: Any) -> str:
    """A value as Spark SQL."""
    match value:
        case None:
            return "NULL"
        case bool():
            return "TRUE" if value else "FALSE"
        case int():
            return str(value)
        case float():
            return f"{value!r}D"
        case Decimal():
            return f"{value:f}BD"
        case datetime():
            return f"TIMESTAMP '{value.isoformat(sep=' ')}'"
        case date():
            return f"DATE '{value.isoformat()}'"
        case _:
            escaped = str(value).replace("\\", "\\\\").replace("'", "\\'")
            return f"'{escaped}'"
