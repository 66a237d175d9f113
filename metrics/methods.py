"""Other methods of a metric, for which a company has the columns where it lacks those of the usual one."""

from __future__ import annotations

from collections.abc import Iterable

from metrics.engine import Engine
from metrics.values import Status, Value


def other_methods(engine: Engine, values: Iterable[Value]) -> list[str]:
    """One note for each metric that is not measured as it is usually computed, but could be in another way.

    Variants that stand beside a value, or are in another unit, are other figures and no other way to this one.
    """
    lacking = {
        value.metric
        for value in values
        if value.status is Status.NOT_MEASURED and value.citation.usual_method
    }
    return [note for metric_id in sorted(lacking) for note in _ways(engine, metric_id)]


def _ways(engine: Engine, metric_id: str) -> list[str]:
    metric = engine.catalog.metric(metric_id)
    ways = [
        f"{metric_id}.{variant.id} ({variant.name})"
        for variant in metric.variants
        if variant.id not in metric.beside
        and variant.unit in {"", metric.unit}
        and not engine.missing(f"{metric_id}.{variant.id}")
    ]
    return [f"What is there is enough for {' or '.join(ways)}."] if ways else []
