"""Values of metrics that were named: one, over time, by a dimension, or against the period before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

from bot.model import Request
from bot.replies.draft import Draft, Place
from metrics.build import default_period
from metrics.display import shown, value_words
from metrics.engine import Ask
from metrics.errors import UserError
from metrics.model import Metric
from metrics.periods import Grain, Period
from metrics.values import Value

STEPS = 12
"""Steps of a trend, unless a period says how far back it goes."""
MOST_STEPS = 60
HERE = "terminal"
"""Where values may be split by what names a person: only its user sees them (design, people's privacy)."""


def reply(request: Request, place: Place) -> Draft:
    """The values that were asked for, each in one line with its period and its change.

    A metric that usually looks at a longer stretch (net revenue retention: twelve months) does so here too,
    unless a period was named: then that period is meant.

    Raises:
        UserError: no metric was named, or it cannot be grouped as asked.
    """
    if not request.metrics:
        raise UserError("Name a metric, for example: win rate last quarter.")
    metrics = [place.engine.catalog.metric(metric_id) for metric_id in request.metrics]
    period = request.period or default_period(place.engine, place.as_of)
    grain = next((grain for grain in get_args(Grain) if grain == request.dimension), None)
    if request.kind == "trend" or grain:
        return _trend(metrics, period, grain or "month", request, place)
    if request.dimension:
        return _grouped(metrics, period, request, place)
    return _plain(metrics, period, request, place)


def _plain(metrics: Sequence[Metric], period: Period, request: Request, place: Place) -> Draft:
    asks = [_ask(metric, when, request) for metric in metrics for when in (period, period.previous())]
    computed = [values[0] for values in place.compute(asks)]
    pairs = zip(metrics, zip(computed[::2], computed[1::2], strict=True), strict=True)
    lines = [_line(metric, now, before, place) for metric, (now, before) in pairs]
    return _draft(metrics, f"{period}", lines, computed[::2], place)


def _ask(metric: Metric, period: Period, request: Request, by: tuple[str, ...] = ()) -> Ask:
    filters = {name: [value] for name, value in request.filters.items()}
    return Ask(metric.id, period, by, filters, usual_window=request.period is None)


def _trend(metrics: Sequence[Metric], period: Period, grain: Grain, request: Request, place: Place) -> Draft:
    """One value for each step; a period that was named bounds them."""
    last = place.engine.company.calendar.last_complete(grain, min(place.as_of, period.last_day))
    steps = [last.shifted(-back) for back in reversed(range(MOST_STEPS if request.period else STEPS))]
    if request.period:
        steps = [step for step in steps if step.start >= period.start] or [last]
    asks = [Ask(metric.id, step, usual_window=True) for metric in metrics for step in steps]
    computed = [values[0] for values in place.compute(asks)]
    lines = []
    for index, metric in enumerate(metrics):
        own = computed[index * len(steps) : (index + 1) * len(steps)]
        lines += [f"{metric.name}:", *(f"  {value.period}: {_words(metric, value, place)}" for value in own)]
    return _draft(metrics, f"by {grain}, {steps[0]} to {last}", lines, computed, place)


def _grouped(metrics: Sequence[Metric], period: Period, request: Request, place: Place) -> Draft:
    dimension = place.engine.catalog.dimensions[str(request.dimension)]
    name = dimension.name.lower()
    if dimension.sensitivity == "person" and place.question.channel != HERE:
        raise UserError(
            f"A split by {name} names persons, so it is not shown here: ask for it by department."
        )
    lines, values = [], []
    for metric in metrics:
        if not place.engine.reaches(metric.id, dimension.id):
            raise UserError(f"{metric.name} cannot be split by {name}: {_ways(metric, place)}.")
        [found] = place.compute([_ask(metric, period, request, by=(dimension.id,))])
        ordered = sorted(found, key=lambda value: (value.value is None, -(value.value or 0)))
        kept = ordered[: request.count] if request.count else ordered
        values += kept
        lines.append(f"{metric.name} by {name}:")
        lines += [
            f"  {value.group.get(dimension.id, 'all')}: {_words(metric, value, place)}" for value in kept
        ]
    return _draft(metrics, f"{period} by {name}", lines, values, place)


def _ways(metric: Metric, place: Place) -> str:
    """What a metric can be split by, persons left out."""
    ways = [
        dimension.name.lower()
        for dimension in place.engine.catalog.dimensions.values()
        if dimension.sensitivity != "person" and place.engine.reaches(metric.id, dimension.id)
    ]
    return f"it can by {', '.join(ways)}" if ways else "it is one value for the whole company"


def _line(metric: Metric, now: Value, before: Value, place: Place) -> str:
    """One metric in one line: value, period, n, and how it moved."""
    line = f"{metric.name}, {now.period}: {_words(metric, now, place)}"
    if now.n is not None and now.value is not None:
        line += f" (n = {now.n})"
    over = "partial_period" not in now.flags  # part of a quarter against a whole one would mislead
    if over and now.value is not None and before.value is not None:
        currency = place.engine.company.file.currency
        unit = "pp" if metric.unit == "percent" else metric.unit
        change = shown(now.value - before.value, unit, currency, signed=True)
        line += f", {change} against {before.period}"
    return line + "."


def _words(metric: Metric, value: Value, place: Place) -> str:
    return value_words(value, metric.unit, place.engine.company.file.currency)


def _draft(
    metrics: Sequence[Metric], when: str, lines: Sequence[str], values: Sequence[Value], place: Place
) -> Draft:
    names = ", ".join(metric.name for metric in metrics)
    formulas = [f"{metric.name} = {metric.formula}." for metric in metrics]
    first = metrics[0].name.lower()
    return Draft(
        title=f"{names}: {place.engine.company.file.name}, {when}",
        body="\n".join(lines),
        values=tuple(values),
        notes=(*formulas, place.when.note),
        suggestions=(f"{first} by month", f"What is {first}?", "Top 15 metrics for a CRO"),
    )
