"""Values of named metrics over time, a line for each step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.model import Request
from bot.replies.asked import ask_of
from bot.replies.draft import Draft, Place
from bot.replies.first import of_trend
from bot.replies.told import drafted, leading, words_of
from metrics.history import history
from metrics.model import Metric
from metrics.periods import Grain, Period

STEPS = 12
"""Steps of a trend, unless a period says how far back it goes."""
MOST_STEPS = 60
FEW = 2
"""Metrics of whose trends the highest and the lowest are told first; of more, that is left to charts and table."""


def over_time(
    metrics: Sequence[Metric], period: Period, grain: Grain, request: Request, place: Place
) -> Draft:
    """One value for each step; a period that was named bounds them."""
    count = MOST_STEPS if request.period else STEPS
    steps = history(period, count, place.as_of, place.engine.company.calendar, grain=grain)
    if request.period:
        steps = [step for step in steps if step.start >= period.start] or steps[-1:]
    asks = [
        replace(ask_of(metric, step, request, place), usual_window=True)
        for metric in metrics
        for step in steps
    ]
    computed = [values[0] for values in place.compute(asks)]
    lines, first = list[str](), list[str]()
    for index, metric in enumerate(metrics):
        before = index * len(steps)
        own = list(enumerate(computed[before : before + len(steps)], before + 1))
        ends = len(metrics) <= FEW
        first.append(of_trend(metric, own, place.engine.company.file.currency, ends=ends))
        lines += [f"{metric.name}:"]
        lines += [f"  {value.period}: {words_of(metric, value, number, place)}" for number, value in own]
    when = f"by {grain}, {steps[0]} to {steps[-1]}"
    return drafted(metrics, when, [*leading(first), *lines], computed, request, place)
