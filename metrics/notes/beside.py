"""What stands beside a value: its median, the share of rows that it leaves out, the rates of another day.

Each is a variant of the metric, computed and guarded like any value, with a receipt of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from metrics.engine import Ask, Engine
from metrics.privacy import Reader, of_metric
from metrics.privacy.thresholds import LEAST
from metrics.values import Value

SKEWED = Decimal("1.5")
"""A mean that is more than so many times its median is flagged: the median tells more."""


def shown_with(
    engine: Engine,
    asks: Sequence[Ask],
    values: Sequence[Value],
    as_of: date,
    *,
    today: date | None = None,
    reader: Reader | None = None,
) -> list[tuple[Value, tuple[Value, ...]]]:
    """The values that came of the asks, in order, each with those that stand beside it, as ``reader`` may see them.

    A mean far above its median is flagged ``skewed``. Nothing stands beside a value about people that was asked for
    with filters: those are given only as their whole table gives them.

    Raises:
        CompanyError: the warehouse refuses a query.
    """
    extra = [
        replace(ask, metric=f"{ask.metric}.{name}")
        for ask in asks
        for name in beside(engine, ask.metric)
        if not (ask.filters and of_metric(engine.catalog, f"{ask.metric}.{name}") in LEAST)
    ]
    found = engine.compute(extra, as_of, today=today, reader=reader) if extra else []
    others: dict[tuple[str, ...], list[Value]] = {}
    for value in (value for table in found for value in table):
        others.setdefault(_place(value), []).append(value)
    return [
        _flagged(value, tuple(others.get(_place(value), ())) if value.citation.usual_method else ())
        for value in values
    ]


def _place(value: Value) -> tuple[str, ...]:
    """What two values have in common that stand beside each other."""
    return (value.metric, value.period.label, *value.group.values())


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
