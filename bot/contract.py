"""An answer as the JSON object that programs read. Its names are a contract: see CHANGELOG.md."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from bot.model import Answer, Request
from metrics.engine.compare import Comparison
from metrics.engine.contribution import Contributions
from metrics.engine.receipt import decimal
from metrics.model import Catalog
from metrics.periods import Period
from metrics.scorecard import Row, Target
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
        "parameters": [{name: _plain(found) for name, found in one.items()} for one in receipt.parameters],
        "steps": [step(one) for one in receipt.steps],
        "scope": scope(receipt.scope),
        "assumptions": list(receipt.assumptions),
    }


def step(one: Step) -> dict[str, Any]:
    """How one number comes out of the rows of the cited SQL: see ``metrics.values.Step``. Days are half-open."""
    return {
        "measure": json.loads(one.measure),
        "of": list(one.of),
        "query": one.query,
        "columns": list(one.columns),
        "take": one.take,
        "start": one.start.isoformat(),
        "end": one.end.isoformat(),
        "instants": [day.isoformat() for day in one.instants],
        "less": one.less,
        "unit": str(one.unit),
    }


def scope(rows: Scope) -> dict[str, Any]:
    """Which rows a value looks at, exactly enough to ask for it again."""
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
    method = value.citation.method
    metric = value.metric if method == "default" else f"{value.metric}.{method}"
    return ":".join([metric, value.period.label, *value.group.values()])


def value_json(value: Value, catalog: Catalog) -> dict[str, Any]:
    """One value as `counterpoise metric --json` prints it."""
    return {
        "id": value.metric,
        "period": period(value.period),
        "group": dict(value.group),
        "value": number(value.value),
        "numerator": number(value.citation.numerator),
        "denominator": number(value.citation.denominator),
        "n": value.n,
        "status": value.status.value,
        "needs": list(value.needs),
        "flags": list(value.flags),
        "unit": catalog.metric(value.metric).unit,
        "citation": key_of(value),
    }


def values_json(
    values: Sequence[Value],
    catalog: Catalog,
    compared: Sequence[Comparison] = (),
    split: Sequence[Contributions] = (),
) -> dict[str, Any]:
    """What `counterpoise metric --json` prints."""
    versus = {id(one.value): versus_json(one) for one in compared}
    cited = [*values, *(one.other for one in compared if one.other is not None)]
    cited += [value for one in split for value in (one.now, one.before, *one.groups_now, *one.groups_before)]
    found: dict[str, Any] = {
        "values": [value_json(v, catalog) | ({"versus": versus[id(v)]} if id(v) in versus else {}) for v in values],
        "citations": {key_of(value): citation(value.citation) for value in cited},
    }
    return found | ({"contributions": [contributions_json(one) for one in split]} if split else {})


def versus_json(one: Comparison) -> dict[str, Any]:
    """What a value is held against. ``change`` is in the metric's unit, ``relative`` in percent."""
    return {
        "against": one.against,
        "period": period(one.other.period) if one.other else None,
        "value": number(one.other.value) if one.other else None,
        "status": one.other.status.value if one.other else None,
        "target": target_json(one.target),
        "change": number(one.change),
        "relative": number(one.relative),
        "verdict": one.verdict,
        "citation": key_of(one.other) if one.other else None,
    }


def contributions_json(one: Contributions) -> dict[str, Any]:
    """The change of a metric, and what each group did to it: ``rate + mix = effect``, and all effects the change."""
    return {
        "id": one.metric,
        "by": list(one.by),
        "kind": one.kind,
        "period": period(one.now.period),
        "against": period(one.before.period),
        "value": number(one.now.value),
        "previous": number(one.before.value),
        "change": number(decimal(one.change)),
        "effects": [
            {
                "group": dict(effect.group),
                "effect": number(decimal(effect.total)),
                "rate": number(decimal(effect.rate)),
                "mix": number(decimal(effect.mix)),
                "share": number(decimal(effect.share)),
            }
            for effect in one.effects
        ],
        "citations": [key_of(value) for value in (one.now, one.before, *one.groups_now, *one.groups_before)],
    }


def target_json(target: Target | None) -> dict[str, Any] | None:
    """A target, or a band."""
    return target and {
        "value": number(target.value),
        "low": number(target.low),
        "high": number(target.high),
        "due": target.due.isoformat() if target.due else None,
    }


def answer_json(answer: Answer, catalog: Catalog, text: str) -> dict[str, Any]:
    """What `counterpoise ask --json` prints; ``text`` is the whole answer as plain text."""
    rows = answer.scorecard.rows if answer.scorecard else ()
    values = [*(row.value for row in rows), *(row.previous for row in rows if row.previous), *answer.values]
    model = answer.model
    return {
        "answer_id": answer.answer_id,
        "kind": answer.kind,
        "company": answer.company,
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
    """One place of a scorecard."""
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
        "previous": number(row.previous.value) if row.previous else None,
        "previous_citation": key_of(row.previous) if row.previous else None,
        "change": number(row.change),
        "target": target_json(row.target),
        "flags": list(row.value.flags),
        "why": row.why,
        "rules": list(row.rules),
        "guarded_by": list(row.guarded_by),
        "primary": row.primary,
        "citation": key_of(row.value),
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


def _plain(value: Any) -> Any:
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, Decimal):
        return number(value)
    if isinstance(value, Mapping):
        return {str(name): _plain(found) for name, found in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(found) for found in value]
    return value
