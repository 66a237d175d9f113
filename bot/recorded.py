"""The contract JSON of an old answer -> its numbers, as they can be computed again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from metrics.calendar.period_words import parse_period
from metrics.calendar.periods import Calendar, Period
from metrics.errors import PeriodError
from metrics.privacy.withhold import WITHHELD
from metrics.values import Scope
from metrics.verify import Recorded


def recorded(contract: Mapping[str, Any], calendar: Calendar) -> list[Recorded]:
    """Every number of an answer that has a receipt, each once: values, and the previous ones beside them."""
    citations = contract.get("citations", {})
    found: dict[str, Recorded] = {}
    for key, entry in _entries(contract):
        if key in citations and key not in found:
            found[key] = _recorded(key, entry, citations[key], calendar)
    return list(found.values())


def _entries(contract: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The receipts' keys, each with the entry that holds its figures."""
    named = ("metrics", "values", "behind")
    for entry in (entry for name in named for entry in contract.get(name, ())):
        if WITHHELD in entry.get("flags", ()):
            continue
        yield entry["citation"], entry
        if entry.get("previous_citation") and entry.get("previous") is not None:
            yield entry["previous_citation"], {"value": entry["previous"]}


def _recorded(key: str, entry: Mapping[str, Any], receipt: Mapping[str, Any], calendar: Calendar) -> Recorded:
    method, metric = receipt.get("method", "default"), receipt["metric"]
    usual = receipt.get("usual_method", method == "default")
    as_of = date.fromisoformat(receipt["as_of"])
    return Recorded(
        key=key,
        metric=metric if usual else f"{metric}.{method}",
        version=receipt["version"],
        engine=receipt.get("engine", ""),
        currency=receipt.get("currency") or "",
        timezone=receipt.get("timezone", ""),
        declared=receipt.get("declared"),
        period=_period(receipt["period"], as_of, calendar),
        as_of=as_of,
        scope=_scope(receipt.get("scope")),
        status=entry.get("status", ""),
        value=_number(entry["value"]),
        numerator=_number(receipt["numerator"]),
        denominator=_number(receipt["denominator"]),
        n=receipt["n"],
    )


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _period(written: Mapping[str, str], as_of: date, calendar: Calendar) -> Period:
    """The period, of the grain that its label has: neighbours of a quarter are quarters."""
    start, end = date.fromisoformat(written["start"]), date.fromisoformat(written["end"]) + timedelta(days=1)
    try:
        named = parse_period(written["label"], as_of=as_of, calendar=calendar)
    except PeriodError:
        named = None
    return (
        named if named and (named.start, named.end) == (start, end) else Period(start, end, written["label"])
    )


def _scope(written: Mapping[str, Any] | None) -> Scope | None:
    if written is None:
        return None
    return Scope(
        filters=tuple((name, tuple(values)) for name, values in written["filters"].items()),
        by=tuple(written["by"]),
        group=tuple(written["group"]),
        beside=tuple(written["beside"]),
        besides=tuple(tuple(group) for group in written["besides"]),
        elapsed=date.fromisoformat(written["elapsed"]) if written["elapsed"] else None,
    )
