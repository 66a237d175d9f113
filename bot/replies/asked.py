"""What the engine is asked for a metric that was named, as far as the metric can be narrowed to the groups named."""

from __future__ import annotations

from collections.abc import Sequence

from bot.model import Request
from bot.replies.by_method import asked_as
from bot.replies.draft import Place
from bot.replies.leaving_out import without
from metrics.calendar.periods import Period
from metrics.engine import Ask
from metrics.model import Metric


def ask_of(metric: Metric, period: Period, request: Request, place: Place, by: tuple[str, ...] = ()) -> Ask:
    """The value or the table of a metric, narrowed to those of the groups that it reaches."""
    within = {name: [value] for name, value in request.filters.items() if _reached(metric, name, place)}
    filters = place.engine.resolved(metric.id, within)
    ask = Ask(asked_as(metric, place), period, by, filters, usual_window=request.period is None)
    return without(ask, request, place)


def _reached(metric: Metric, name: str, place: Place) -> bool:
    return name not in place.engine.catalog.dimensions or place.engine.reaches(metric.id, name)


def told_for_all(metrics: Sequence[Metric], request: Request, place: Place) -> list[str]:
    """What is said of a metric that cannot be narrowed to the group that was asked for."""
    return [
        f"{metric.name} cannot be narrowed to {value}: {ways(metric, place)}; it is shown for all."
        for metric in metrics
        for name, value in request.filters.items()
        if not _reached(metric, name, place)
    ]


def ways(metric: Metric, place: Place) -> str:
    """What a metric can be split by with the data that is there, persons left out."""
    names = [
        dimension.name.lower()
        for dimension in place.engine.catalog.dimensions.values()
        if dimension.sensitivity != "person" and place.engine.tells(metric.id, dimension.id)
    ]
    return f"it can by {', '.join(names)}" if names else "it is one value for the whole company"
