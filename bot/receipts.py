"""A receipt as JSON, and back: what an old answer recorded of each of its numbers.

``steps`` say how each number comes out of the rows of the cited SQL (see ``metrics.values.Step``; days are
half-open, ``query`` counts from 0), ``scope`` which rows were looked at, exactly enough to ask for them again.
``types`` names what JSON has no type for: parameters that are text there and were bound as a date, a timestamp or
a decimal.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from metrics.calendar.periods import Period
from metrics.values import Citation, Scope, Step, Value


def number(value: Decimal | None) -> str | None:
    """A number in full precision, as text."""
    return None if value is None else f"{value:f}"


def period(value: Period) -> dict[str, str]:
    """A period with its first and last day (both included) and its label."""
    return {"start": value.start.isoformat(), "end": value.last_day.isoformat(), "label": value.label}


def citation(receipt: Citation) -> dict[str, Any]:
    """A receipt."""
    return {
        "metric": receipt.metric,
        "method": receipt.method,
        "usual_method": receipt.usual_method,
        "version": receipt.version,
        "engine": receipt.engine,
        "currency": receipt.currency or None,
        "timezone": receipt.timezone,
        "declared": dict(receipt.declared),
        "formula": receipt.formula,
        "numerator": number(receipt.numerator),
        "denominator": number(receipt.denominator),
        "period": period(receipt.period),
        "filters": dict(receipt.filters),
        "n": receipt.n,
        "as_of": receipt.as_of.isoformat(),
        "data_through": receipt.data_through.isoformat() if receipt.data_through else None,
        "tables": list(receipt.tables),
        "sql": list(receipt.sql),
        "parameters": [{name: plain(found) for name, found in one.items()} for one in receipt.parameters],
        "types": [
            {name: kind for name, found in one.items() if (kind := _kind(found))}
            for one in receipt.parameters
        ],
        "steps": [_step(one) for one in receipt.steps],
        "scope": _scope(receipt.scope),
        "assumptions": list(receipt.assumptions),
    }


def _step(one: Step) -> dict[str, Any]:
    return {
        "measure": json.loads(one.measure),
        "of": list(one.of),
        "query": one.query,
        "columns": list(one.columns),
        "marks": {name: plain(value) for name, value in one.marks},
        "take": one.take,
        "start": one.start.isoformat(),
        "end": one.end.isoformat(),
        "instants": [day.isoformat() for day in one.instants],
        "unit": str(one.unit),
    }


def _scope(rows: Scope) -> dict[str, Any]:
    return {
        "filters": {name: list(values) for name, values in rows.filters},
        "by": list(rows.by),
        "group": list(rows.group),
        "beside": list(rows.beside),
        "besides": [list(group) for group in rows.besides],
        "elapsed": rows.elapsed.isoformat() if rows.elapsed else None,
    }


def key_of(value: Value) -> str:
    """The name of a value's receipt: the metric, and what sets this value apart from others of it."""
    kept = (f"{name}={', '.join(values)}" for name, values in value.citation.scope.filters)
    group = (f"{name}={part}" for name, part in value.group.items())
    return ":".join([named(value), value.period.label, *kept, *group])


def named(value: Value) -> str:
    """The metric's id, with the variant by which this value was computed where that is not the usual one."""
    receipt = value.citation
    return value.metric if receipt.usual_method else f"{value.metric}.{receipt.method}"


def plain(value: Any) -> Any:
    """A parameter as JSON can hold it: days as text, numbers in full precision."""
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, Decimal):
        return number(value)
    if isinstance(value, Mapping):
        return {str(name): plain(found) for name, found in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(found) for found in value]
    return value


def _kind(value: Any) -> str:
    """What a parameter was bound as, where its JSON does not tell."""
    kinds = ((datetime, "timestamp"), (date, "date"), (Decimal, "decimal"))
    return next((name for kind, name in kinds if isinstance(value, kind)), "")


def bound(parameters: Mapping[str, Any], types: Mapping[str, str]) -> str:
    """The parameters of a statement, each as it can be written into SQL: "1 = DATE '2025-10-01', 2 = 0.7"."""
    return ", ".join(f"{name} = {_literal(found, types.get(name, ''))}" for name, found in parameters.items())


def _literal(value: Any, kind: str) -> str:
    if kind == "decimal" or (isinstance(value, (int, float)) and not isinstance(value, bool)):
        return str(value)
    if not isinstance(value, str):
        return json.dumps(value).upper()
    quoted = value.replace("'", "''")
    return f"{kind.upper()} '{quoted}'" if kind else f"'{quoted}'"
