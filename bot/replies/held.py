"""What a list holds of one side of the scale, and the rule that keeps it there."""

from __future__ import annotations

from collections.abc import Sequence

from metrics.balance import apply
from metrics.balance.context import Context
from metrics.model import Catalog, Side


def held(side: Side, ids: Sequence[str], which: str, catalog: Catalog) -> str:
    """The metrics of a side with their places in a list."""
    listed = [(number, catalog.metric(one)) for number, one in enumerate(ids, 1)]
    found = [f"{metric.name} (place {number})" for number, metric in listed if metric.side == side]
    if not found:
        return f"{which} holds no {side} metric: a single metric cannot hold both sides. Ask for two or more."
    return f"{which} does hold {side} metrics, {len(found)} of {len(ids)}: {', '.join(found)}."


def floors(ids: Sequence[str], role: str, catalog: Catalog) -> str:
    """Rule R01, and how many of each side it asks for in a list of this length."""
    rule = catalog.rules["R01"]
    verdict = apply(catalog, rule, ids, Context(role=role))
    asked = f" {verdict.note}" if verdict else ""
    return f"Rule R01 ({rule.title.lower()}) holds in every list, for everyone who asks.{asked}"
