"""An answer as the JSON object that programs read. Its names are a contract: see CHANGELOG.md."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from bot.model import Answer, Request
from metrics.model import Catalog
from metrics.periods import Period
from metrics.scorecard import Row, Target
from metrics.values import Citation, Status, Value


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
        "version": receipt.version,
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
        "assumptions": list(receipt.assumptions),
    }


def key_of(value: Value) -> str:
    """The name of a value's receipt: the metric, and what sets this value apart from others of it."""
    return ":".join([named(value), value.period.label, *value.group.values()])


def named(value: Value) -> str:
    """The metric's id, with the variant by which this value was computed where that is not the usual one."""
    receipt = value.citation
    return value.metric if receipt.usual_method else f"{value.metric}.{receipt.method}"


Versus = Value | Target
"""What a value is compared with: another value, or what the company wants."""


def value_json(value: Value, catalog: Catalog) -> dict[str, Any]:
    """One value as `counterpoise metric --json` prints it."""
    return {
        "id": named(value),
        "period": period(value.period),
        "group": dict(value.group),
        "value": number(value.value),
        "numerator": number(value.citation.numerator),
        "denominator": number(value.citation.denominator),
        "n": value.n,
        "status": value.status.value,
        "needs": list(value.needs),
        "flags": list(value.flags),
        "method": value.citation.method,
        "unit": catalog.computed(value).unit,
        "citation": key_of(value),
    }


def values_json(
    found: Sequence[tuple[Value, Versus | None]],
    catalog: Catalog,
    beside: Mapping[str, Sequence[Value]] = MappingProxyType({}),
) -> dict[str, Any]:
    """What `counterpoise metric --json` prints: values, each with what it is compared with where it is.

    ``beside`` holds, by the key of a value, those that are shown with it: its median, the share it leaves out.
    """
    cited = [value for pair in found for value in pair if isinstance(value, Value)]
    return {
        "values": [value_json(value, catalog) | _against(value, other) for value, other in found],
        "beside": {key: [_beside(value, catalog) for value in others] for key, others in beside.items()},
        "citations": {key_of(value): citation(value.citation) for value in cited},
    }


def _beside(value: Value, catalog: Catalog) -> dict[str, Any]:
    """A value that stands beside another, with its receipt."""
    return value_json(value, catalog) | {"citation": citation(value.citation)}


def _against(value: Value, other: Versus | None) -> dict[str, Any]:
    """The names that a scorecard's row has for the same."""
    match other:
        case Value():
            change = None if value.value is None or other.value is None else value.value - other.value
            return {
                "previous": number(other.value),
                "change": number(change),
                "previous_citation": key_of(other),
            }
        case Target():
            return {"target": target_json(other)}
    return {}


def answer_json(answer: Answer, catalog: Catalog, text: str) -> dict[str, Any]:
    """What `counterpoise ask --json` prints; ``text`` is the whole answer as plain text."""
    rows = answer.scorecard.rows if answer.scorecard else ()
    values = [*(row.value for row in rows), *answer.values]
    model = answer.model
    return {
        "answer_id": answer.answer_id,
        "kind": answer.kind,
        "question": answer.question.text,
        "request": request_json(answer.request),
        "text": text,
        "metrics": [row_json(row) for row in rows],
        "values": [value_json(value, catalog) for value in answer.values],
        "citations": {key_of(value): citation(value.citation) for value in values},
        "rules": [
            {"id": rule.rule, "severity": rule.severity, "passed": rule.passed, "note": rule.note}
            for rule in answer.rules
        ],
        "notes": list(answer.notes),
        "suggestions": list(answer.suggestions),
        "model": {
            "used": model.used,
            "name": model.name,
            "calls": model.calls,
            "input_tokens": model.input_tokens,
            "output_tokens": model.output_tokens,
            "fallback": model.fallback,
        },
        "elapsed_ms": {step: round(took, 1) for step, took in answer.elapsed_ms.items()},
    }


def row_json(row: Row) -> dict[str, Any]:
    """One place of a scorecard; beside a hidden value stands nothing that might lead back to it."""
    hidden = row.value.status is Status.SUPPRESSED
    return {
        "rank": row.rank,
        "id": row.metric.id,
        "name": row.metric.name,
        "side": row.metric.side,
        "dimension": row.metric.dimension,
        "unit": row.metric.unit,
        "value": number(row.value.value),
        "status": row.value.status.value,
        "needs": list(row.value.needs),
        "n": row.value.n,
        "period": period(row.value.period),
        "previous": number(row.previous.value) if row.previous and not hidden else None,
        "change": number(row.change),
        "target": target_json(row.target),
        "flags": list(row.value.flags),
        "why": row.why,
        "rules": list(row.rules),
        "guarded_by": list(row.guarded_by),
        "primary": row.primary,
        "citation": key_of(row.value),
    }


def target_json(target: Target | None) -> dict[str, str | None] | None:
    """What the company wants of a metric."""
    if target is None:
        return None
    return {
        "value": number(target.value),
        "low": number(target.low),
        "high": number(target.high),
        "due": target.due.isoformat() if target.due else None,
    }


def request_json(request: Request) -> dict[str, Any]:
    """How the question was read."""
    return {
        "role": request.role,
        "count": request.count,
        "metrics": list(request.metrics),
        "period": period(request.period) if request.period else None,
        "dimension": request.dimension,
        "filters": dict(request.filters),
        "side": request.side,
        "within": list(request.within),
        "assumed": list(request.assumed),
        "alternatives": list(request.alternatives),
    }


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
