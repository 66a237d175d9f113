"""A Request as JSON, and back."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import Any

from bot.model import Request
from metrics.calendar.periods import Period

_LISTS = ("metrics", "within", "assumed", "alternatives", "more")
_GROUPS = ("besides", "only")


def request_record(request: Request) -> dict[str, Any]:
    """The request as plain JSON values."""
    record = {field.name: getattr(request, field.name) for field in fields(Request)}
    for name in ("period", "against"):
        if isinstance(record[name], Period):
            record[name] = _period_record(record[name])
    record["chosen"] = [list(pair) for pair in request.chosen]
    record["filters"], record["methods"] = dict(request.filters), dict(request.methods)
    for name in _GROUPS:
        record[name] = {dimension: list(values) for dimension, values in record[name].items()}
    record["sure"] = sorted(request.sure)
    return record | {name: list(record[name]) for name in _LISTS}


def request_of(record: dict[str, Any]) -> Request:
    """The request that was recorded. Fields that this version does not know are left out."""
    known = {field.name: record[field.name] for field in fields(Request) if field.name in record}
    for name in ("period", "against"):
        if isinstance(known.get(name), dict):
            known[name] = _period_of(known[name])
    for name in _GROUPS:
        known[name] = {dimension: tuple(values) for dimension, values in known.get(name, {}).items()}
    known["chosen"] = tuple((name, meant) for name, meant in known.get("chosen", ()))
    known |= {name: tuple(known.get(name, ())) for name in _LISTS}
    return Request(**known | {"sure": frozenset(known.get("sure", ()))})


def _period_record(period: Period) -> dict[str, str]:
    return {
        "start": period.start.isoformat(),
        "end": period.end.isoformat(),
        "label": period.label,
        "grain": period.grain,
    }


def _period_of(record: dict[str, Any]) -> Period:
    start, end = (date.fromisoformat(record[name]) for name in ("start", "end"))
    return Period(start, end, record["label"], record["grain"])
