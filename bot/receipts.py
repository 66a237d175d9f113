"""A receipt as JSON, and back: what an old answer recorded of each of its numbers.

``steps`` say how each number comes out of the rows of the cited SQL (see ``metrics.values.Step``; days are
half-open, ``query`` counts from 0), ``scope`` which rows were looked at, exactly enough to ask for them again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from metrics.periods import Period
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
