"""Values as the JSON objects that programs read: one, many, a change explained. A contract: see CHANGELOG.md."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from bot.receipts import citation, key_of, named, number, period
from metrics.engine.changes.compare import Comparison
from metrics.engine.changes.contribution import Contributions
from metrics.engine.evaluation.receipt import decimal
from metrics.model import Catalog
from metrics.scorecard import Target
from metrics.values import Value


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
    found: Sequence[Comparison],
    catalog: Catalog,
    explained: Sequence[Contributions] = (),
    beside: Mapping[str, Sequence[Value]] = MappingProxyType({}),
) -> dict[str, Any]:
    """What `counterpoise metric --json` prints: values, each with what it is held against where it is.

    ``beside`` holds, by the key of a value, those that are shown with it: its median, the share it leaves out.
    """
    cited = [value for one in found for value in (one.value, one.other) if value is not None]
    cited += [value for one in explained for value in one.values]
    return {
        "values": [value_json(one.value, catalog) | _against(one) for one in found],
        "beside": {key: [_beside(value, catalog) for value in others] for key, others in beside.items()},
        "citations": {key_of(value): citation(value.citation) for value in cited},
        "contributions": [contributions_json(one) for one in explained],
    }


def _beside(value: Value, catalog: Catalog) -> dict[str, Any]:
    """A value that stands beside another, with its receipt."""
    return value_json(value, catalog) | {"citation": citation(value.citation)}


def _against(one: Comparison) -> dict[str, Any]:
    """The names that a scorecard's row has for the same. ``relative`` is the change in percent."""
    if one.target is not None:
        return {"target": target_json(one.target), "gap": number(one.change), "verdict": one.verdict}
    if one.other is None:
        return {}
    return {
        "previous": number(one.other.value),
        "change": number(one.change),
        "relative": number(one.relative),
        "previous_citation": key_of(one.other),
    }


def contributions_json(one: Contributions) -> dict[str, Any]:
    """The change of a metric and what each group did to it: ``rate + mix = effect``, and all effects the change."""
    return {
        "id": named(one.now),
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
        "citations": [key_of(value) for value in one.values],
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
