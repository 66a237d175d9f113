"""What every database is asked: all metrics, over a quarter, a month and a year, whole and by one dimension."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from metrics.calendar.periods import Calendar, Period
from metrics.engine import Ask, Engine
from metrics.values import Value

AS_OF, THEN = date(2025, 12, 31), date(2025, 11, 10)
"""The last day of the data, and one on which some of it was not known yet."""
QUARTER = Calendar().quarter(2025, 4, fiscal=False)
PERIODS = (QUARTER, Calendar().containing(date(2025, 11, 1), "month"), QUARTER.trailing(months=12))
DIMENSIONS = ("department", "segment", "channel", "event", "stage", "page", "landing_page", "cost_line")


def questions(engine: Engine, periods: Sequence[Period] = PERIODS, grouped: int = 1) -> list[Ask]:
    """Every question, in a fixed order; by a dimension and by its other methods every metric, or each of so many.

    The other methods of a metric are asked of the first period alone, and whole, and so is what was known on a day
    before.
    """
    asks = []
    for number, metric in enumerate(engine.catalog.metrics):
        asks += [Ask(metric, period) for period in periods]
        if number % grouped:
            continue
        methods = [metric, *engine.catalog.metric(metric).others]
        asks += [Ask(method, periods[0]) for method in methods[1:]]
        asks += [Ask(method, periods[0], as_of=THEN) for method in methods]
        by = next((name for name in DIMENSIONS if engine.reaches(metric, name)), None)
        asks += [Ask(metric, period, by=(by,)) for period in periods if by is not None]
    return asks


def answers(engine: Engine, asks: list[Ask]) -> dict[str, tuple[Any, ...]]:
    """What came back for each metric, period and group, in full precision."""
    found = {}
    for ask, values in zip(asks, engine.compute(asks, AS_OF), strict=True):
        asked = f"{ask.metric} {ask.period} {ask.as_of or AS_OF}"
        found[f"{asked} {ask.by}"] = (len(values),)
        for value in values:
            found[f"{asked} {dict(value.group)}"] = facts(value)
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
