"""What every database is asked: all metrics, over a quarter, a month and a year, whole and by one dimension."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from metrics.engine import Ask, Engine
from metrics.periods import Calendar, Period
from metrics.values import Value

AS_OF = date(2025, 12, 31)
QUARTER = Calendar().quarter(2025, 4, fiscal=False)
PERIODS = (QUARTER, Calendar().containing(date(2025, 11, 1), "month"), QUARTER.trailing(months=12))
DIMENSIONS = ("department", "segment", "channel", "event", "stage", "page", "landing_page", "cost_line")


def questions(engine: Engine, periods: Sequence[Period] = PERIODS, grouped: int = 1) -> list[Ask]:
    """Every question, in a fixed order; by a dimension and by its other methods every metric, or each of so many.

    The other methods of a metric are asked of the first period alone, and whole.
    """
    asks = []
    for number, metric in enumerate(engine.catalog.metrics):
        asks += [Ask(metric, period) for period in periods]
        if number % grouped:
            continue
        asks += [Ask(f"{metric}.{other.id}", periods[0]) for other in engine.catalog.metric(metric).variants]
        by = next((name for name in DIMENSIONS if engine.reaches(metric, name)), None)
        asks += [Ask(metric, period, by=(by,)) for period in periods if by is not None]
    return asks


def answers(engine: Engine, asks: list[Ask]) -> dict[str, tuple[Any, ...]]:
    """What came back for each metric, period and group, in full precision."""
    found = {}
    for ask, values in zip(asks, engine.compute(asks, AS_OF), strict=True):
        found[f"{ask.metric} {ask.period} {ask.by}"] = (len(values),)
        for value in values:
            found[f"{ask.metric} {ask.period} {dict(value.group)}"] = facts(value)
    return found


def facts(value: Value) -> tuple[Any, ...]:
    """All that is a number or a verdict in a value."""
    receipt = value.citation
    return (
        str(value.status),
        value.value,
        receipt.numerator,
        receipt.denominator,
        value.n,
        receipt.data_through,
        value.needs,
        value.flags,
    )
