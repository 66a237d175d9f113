"""What stands beside a value: its median, the share of rows that it leaves out, the rates of another day.

Each is a variant of the metric, computed and guarded like any value, with a receipt of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from metrics.engine import Ask, Engine
from metrics.values import Value

SKEWED = Decimal("1.5")
"""A mean that is more than so many times its median is flagged: the median tells more (metrics.md F 21)."""


def with_company(
    engine: Engine,
    asks: Sequence[Ask],
    tables: Sequence[Sequence[Value]],
    as_of: date,
    *,
    today: date | None = None,
) -> list[list[tuple[Value, tuple[Value, ...]]]]:
    """The values of each ask, each with those that stand beside it; a mean far above its median is flagged.

    Raises:
        CompanyError: the warehouse refuses a query.
    """
    named = [(place, name) for place, ask in enumerate(asks) for name in beside(engine, ask.metric)]
    extra = [replace(asks[place], metric=f"{asks[place].metric}.{name}") for place, name in named]
    found = engine.compute(extra, as_of, today=today) if extra else []
    others: dict[tuple[int, tuple[str, ...]], list[Value]] = {}
    for (place, _), values in zip(named, found, strict=True):
        for value in values:
            others.setdefault((place, tuple(value.group.values())), []).append(value)
    return [
        [_flagged(value, tuple(others.get((place, tuple(value.group.values())), ()))) for value in values]
        for place, values in enumerate(tables)
    ]


def beside(engine: Engine, metric_id: str) -> list[str]:
    """The variants that are shown with a metric; with a variant that was asked for by name there are none."""
    if "." in metric_id:
        return []
    metric = engine.catalog.metric(metric_id)
    return [name for name in metric.beside if name != metric.method]


def _flagged(value: Value, others: tuple[Value, ...]) -> tuple[Value, tuple[Value, ...]]:
    median = next((other.value for other in others if other.citation.method == "median"), None)
    if value.value is not None and median is not None and 0 < median * SKEWED < value.value:
        return replace(value, flags=(*value.flags, "skewed")), others
    return value, others
