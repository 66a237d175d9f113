"""Values of metrics that were named: one, over time, by a dimension, or against the period before."""

from __future__ import annotations

from collections.abc import Sequence

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
GRAINS: tuple[Grain, ...] = ("day", "week", "month", "quarter", "year")


def reply(request: Request, place: Place) -> Draft:
    """The values that were asked for, each in one line with its period and its change.

    Raises:
        UserError: no metric was named, or it cannot be grouped as asked.
    """
    if not request.metrics:
        raise UserError("Name a metric, for example: win rate last quarter.")
    metrics = [place.engine.catalog.metric(metric_id) for metric_id in request.metrics]
    period = request.period or default_period(place.engine, place.as_of)
    grain = next((grain for grain in GRAINS if grain == request.dimension), None)
    if request.kind == "trend" or grain:
        return _trend(metrics, period, grain or "month", place)
    if request.dimension:
        return _grouped(metrics, period, request, place)
    return _plain(metrics, period, request, place)


def _plain(metrics: Sequence[Metric], period: Period, request: Request, place: Place) -> Draft:
    literal = request.period is not None
    asks = [
        Ask(metric.id, when, filters=_filters(request), usual_window=not literal)
        for metric in metrics
        for when in (period, period.previous())
    ]
    computed = [values[0] for values in place.compute(asks)]
    lines = [
        _line(metric, now, before, place)
        for metric, (now, before) in zip(
            metrics, zip(computed[::2], computed[1::2], strict=True), strict=True
        )
    ]
    return _draft(metrics, f"{period}", lines, computed[::2], place)


def _trend(metrics: Sequence[Metric], period: Period, grain: Grain, place: Place) -> Draft:
    last = place.engine.company.calendar.last_complete(grain, min(place.as_of, period.last_day))
    periods = [last.shifted(-step) for step in reversed(range(STEPS))]
    asks = [Ask(metric.id, when) for metric in metrics for when in periods]
    computed = [values[0] for values in place.compute(asks)]
    lines = []
    for index, metric in enumerate(metrics):
        own = computed[index * STEPS : (index + 1) * STEPS]
        lines += [f"{metric.name}:", *(f"  {value.period}: {_words(metric, value, place)}" for value in own)]
    return _draft(metrics, f"by {grain}, {periods[0]} to {last}", lines, computed, place)


def _grouped(metrics: Sequence[Metric], period: Period, request: Request, place: Place) -> Draft:
    dimension = str(request.dimension)
    name = place.engine.catalog.dimensions[dimension].name.lower()
    lines, values = [], []
    for metric in metrics:
        if not place.engine.reaches(metric.id, dimension):
            raise UserError(
                f"{metric.name} cannot be split by {name}; `counterpoise catalog {metric.id}` says how."
            )
        [found] = place.compute([Ask(metric.id, period, by=(dimension,), filters=_filters(request))])
        ordered = sorted(found, key=lambda value: (value.value is None, -(value.value or 0)))
        kept = ordered[: request.count] if request.count else ordered
        values += kept
        lines.append(f"{metric.name} by {name}:")
        lines += [f"  {value.group[dimension]}: {_words(metric, value, place)}" for value in kept]
    return _draft(metrics, f"{period} by {name}", lines, values, place)


def _filters(request: Request) -> dict[str, Sequence[str]]:
    return {name: [value] for name, value in request.filters.items()}


def _line(metric: Metric, now: Value, before: Value, place: Place) -> str:
    """One metric in one line: value, period, n, and how it moved."""
    line = f"{metric.name}, {now.period}: {_words(metric, now, place)}"
    if now.n is not None and now.value is not None:
        line += f" (n = {now.n})"
    if now.value is not None and before.value is not None:
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
