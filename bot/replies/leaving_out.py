"""Groups that a question leaves out -> what the engine is asked, and what is said of it and of those it keeps to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.model import Request
from bot.replies.draft import Place
from metrics.advice.words import joined
from metrics.engine import Ask
from metrics.lists.leaving_out import can_leave_out, leaving_out
from metrics.model import Metric
from metrics.values import Value


def without(ask: Ask, request: Request, place: Place) -> Ask:
    """The ask without the rows of those groups, as far as that can be had."""
    return leaving_out(place.engine, ask, request.besides, _asked(request))


def shown_of(values: Sequence[Value], request: Request) -> list[Value]:
    """The groups of a split that are meant: of people's values that is for whoever shows them to do."""
    return [
        value
        for value in values
        if not any(value.group.get(dimension) in out for dimension, out in request.besides.items())
        and all(value.group.get(dimension, kept[0]) in kept for dimension, kept in request.only.items())
    ]


def said_of(metrics: Sequence[Metric], request: Request, place: Place) -> Iterator[str]:
    """What it is narrowed to and what is left out, and of which metrics it cannot be."""
    yield from _narrowed(metrics, request, place)
    yield from _left_out(metrics, request, place)


def _narrowed(metrics: Sequence[Metric], request: Request, place: Place) -> Iterator[str]:
    """What the metrics are narrowed to that know the column."""
    known = place.engine.catalog.dimensions
    for column, kept in request.filters.items():
        able = [
            metric for metric in metrics if column not in known or place.engine.reaches(metric.id, column)
        ]
        if able:
            name = known[column].name.lower() if column in known else column
            yield f"Only {kept} ({name}){_of(able, metrics)}."
    for dimension, groups in request.only.items():
        if dimension in (request.dimension, request.then_by):
            yield f"Only {joined(groups)} ({known[dimension].name.lower()})."


def _left_out(metrics: Sequence[Metric], request: Request, place: Place) -> Iterator[str]:
    """What is left out, and of which metrics it cannot be."""
    for dimension, values in request.besides.items():
        name = place.engine.catalog.dimensions[dimension].name.lower()
        out = joined(values)
        if dimension in (request.dimension, request.then_by):
            yield f"{out} {'is' if len(values) == 1 else 'are'} left out ({name})."
            continue
        able = [metric for metric in metrics if _can(metric.id, dimension, request, place)]
        if able:
            yield f"All but {out} ({name}){_of(able, metrics)}."
        for metric in metrics:
            if metric not in able:
                yield _why_not(metric, dimension, out, place)


def _of(able: Sequence[Metric], metrics: Sequence[Metric]) -> str:
    return f" of {joined([metric.name for metric in able])}" if len(able) < len(metrics) else ""


def _why_not(metric: Metric, dimension: str, out: str, place: Place) -> str:
    name = place.engine.catalog.dimensions[dimension].name.lower()
    if not place.engine.reaches(metric.id, dimension):
        return f"{metric.name} knows no {name}, so {out} cannot be left out: it is shown for all."
    return (
        f"{metric.name} cannot be had for all but {out}: it rests on records of people, and what is missing would tell "
        f"of those few. It is shown for all; a split by {name} shows each."
    )


def _can(metric: str, dimension: str, request: Request, place: Place) -> bool:
    return can_leave_out(place.engine, metric, dimension, _asked(request))


def _asked(request: Request) -> tuple[str, ...]:
    """What it is narrowed to and split by."""
    return (*request.filters, *filter(None, (request.dimension, request.then_by)))
