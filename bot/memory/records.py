"""A Request as JSON, and back."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import Any

from bot.model import Request
from metrics.periods import Period

_LISTS = ("metrics", "within", "assumed", "alternatives")


def request_record(request: Request) -> dict[str, Any]:
    """The request as plain JSON values."""
    record = {field.name: getattr(request, field.name) for field in fields(Request)}
    period = request.period
    record["period"] = period and {
        "start": period.start.isoformat(),
        "end": period.end.isoformat(),
        "label": period.label,
        "grain": period.grain,
    }
    record["filters"] = dict(request.filters)
    record["sure"] = sorted(request.sure)
    return record | {name: list(record[name]) for name in _LISTS}


def request_of(record: dict[str, Any]) -> Request:
    """The request that was recorded. Fields that this version does not know are left out."""
    known = {field.name: record[field.name] for field in fields(Request) if field.name in record}
    if known.get("period"):
        period = known["period"]
        known["period"] = Period(
            date.fromisoformat(period["start"]),
            date.fromisoformat(period["end"]),
            period["label"],
            period["grain"],
        )
    known |= {name: tuple(known.get(name, ())) for name in _LISTS}
    return Request(**known | {"sure": frozenset(known.get("sure", ()))})
