"""An answer as the JSON object that programs read. Its names are a contract: see CHANGELOG.md."""

from __future__ import annotations

from typing import Any

from bot.contract_values import target_json, value_json
from bot.model import Against, Answer, Request
from bot.receipts import citation, key_of, number, period
from metrics.advice import Advice
from metrics.calendar.periods import Period
from metrics.model import Catalog
from metrics.scorecard import Row
from metrics.values import Status, Value


def answer_json(answer: Answer, catalog: Catalog, text: str) -> dict[str, Any]:
    """What `counterpoise ask --json` prints; ``text`` is the whole answer as plain text."""
    rows = answer.scorecard.rows if answer.scorecard else ()
    before = [value for value in map(_before, rows) if value is not None]
    rates = [row.response for row in rows if row.response is not None]
    values = [*(row.value for row in rows), *before, *rates, *answer.behind, *answer.values]
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
        "behind": [value_json(value, catalog) for value in answer.behind],
        "advice": advice_json(answer.advice),
        "citations": {key_of(value): citation(value.citation) for value in values},
        "rules": [
            {"id": rule.rule, "severity": rule.severity, "passed": rule.passed, "note": rule.note}
            for rule in answer.rules
        ],
        "notes": list(answer.notes),
        "suggestions": list(answer.suggestions),
        "actions": [{"label": label, "ask": ask} for label, ask in answer.actions],
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
    previous = _before(row)
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
        "previous": number(previous.value) if previous else None,
        "previous_citation": key_of(previous) if previous else None,
        "change": number(row.change),
        "target": target_json(row.target),
        "flags": list(row.value.flags),
        "why": row.why,
        "rules": list(row.rules),
        "guarded_by": list(row.guarded_by),
        "primary": row.primary,
        "citation": key_of(row.value),
    }


def advice_json(advice: Advice | None) -> dict[str, Any] | None:
    """What was advised: the verdict, the reasons with their rules, the metrics named, and a KPI where one was set."""
    if advice is None:
        return None
    kpi = advice.kpi
    return {
        "topic": advice.topic,
        "verdict": advice.verdict,
        "headline": advice.headline,
        "role": advice.role,
        "reasons": [{"text": reason.words, "rule": reason.rule or None} for reason in advice.reasons],
        "lists": [
            {
                "heading": one.heading,
                "steer": one.steer,
                "metrics": [{"id": use.metric, "why": use.why, "rule": use.rule or None} for use in one.uses],
            }
            for one in advice.listings
        ],
        "kpi": kpi
        and {
            "metric": kpi.metric,
            "target": number(kpi.target),
            "low": number(kpi.low),
            "high": number(kpi.high),
            "due": kpi.due.isoformat(),
            "proposed": kpi.proposed,
            "how": kpi.how,
            "okrs": list(kpi.levers),
        },
    }


def _before(row: Row) -> Value | None:
    return None if row.value.status is Status.SUPPRESSED else row.previous


def request_json(request: Request) -> dict[str, Any]:
    """How the question was read."""
    return {
        "role": request.role,
        "count": request.count,
        "metrics": list(request.metrics),
        "methods": dict(request.methods),
        "period": period(request.period) if request.period else None,
        "dimension": request.dimension,
        "then_by": request.then_by,
        "filters": dict(request.filters),
        "besides": {name: list(values) for name, values in request.besides.items()},
        "only": {name: list(values) for name, values in request.only.items()},
        "against": _against_json(request.against),
        "side": request.side,
        "within": list(request.within),
        "assumed": list(request.assumed),
        "alternatives": list(request.alternatives),
    } | _advice_asked(request)


def _advice_asked(request: Request) -> dict[str, Any]:
    """What a question for advice says beside the rest."""
    if request.kind != "advice":
        return {}
    return {
        "topic": request.topic,
        "other_role": request.other_role,
        "matter": request.matter,
        "goal": request.goal,
        "stage": request.stage,
        "business_model": request.business_model,
        "percent": request.percent,
        "unknown": request.unknown,
    }


def _against_json(against: Against | None) -> Any:
    return period(against) if isinstance(against, Period) else against
