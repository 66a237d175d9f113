"""Other readings of a question -> choices to press: what stands on the button, and the question it asks.

The question stands on its own, also where no thread remembers the one before.
"""

from __future__ import annotations

from dataclasses import replace

from bot.model import Request
from bot.reading.choosing import name_of
from bot.reading.words.ambiguous import token_between
from bot.replies.draft import Place
from metrics.advice.words import joined
from metrics.calendar.periods import Period
from metrics.model import Catalog

LIST_WORDS = "metrics"
USUAL = 15


def choices(request: Request, place: Place) -> tuple[tuple[str, str], ...]:
    """A choice for each reading that the request leaves open or that it might have had instead."""
    catalog = place.engine.catalog
    read_as = [one for one in (request.role, *request.metrics) if one]
    token = token_between(catalog, [*request.alternatives, *read_as])
    roles = [one for one in request.alternatives if one in catalog.roles]
    named = [one for one in request.alternatives if one not in catalog.roles and name_of(one, catalog)]
    metrics = _to_split(named, request, place)
    return (
        *((catalog.roles[one].name, _list_for(one, token, request, catalog)) for one in roles),
        *((name_of(one, catalog), _values_of(one, token, request, place)) for one in metrics),
    )


def settled(request: Request, place: Place) -> Request:
    """The question about the one metric, of several that it may mean, that has the split it asks for."""
    catalog, open_ = place.engine.catalog, request.alternatives
    if request.kind != "clarification" or request.unknown or not set(open_) <= set(catalog.metrics):
        return request
    splitting = [one for one in open_ if _splits(one, request, place)]
    if len(splitting) != 1 or len(open_) == 1:
        return request
    name, by = catalog.metrics[splitting[0]].name, catalog.dimensions[str(request.dimension)].name
    return replace(
        request,
        kind="value",
        metrics=(splitting[0],),
        alternatives=tuple(one for one in open_ if one != splitting[0]),
        assumed=(
            *request.assumed,
            f"This was read as a question about {name}: only that is split by {by.lower()}.",
        ),
    )


def _to_split(metrics: list[str], request: Request, place: Place) -> list[str]:
    """Those of the metrics that have the split that was asked for; all of them, without it, where none has."""
    return [one for one in metrics if _splits(one, request, place)] or metrics


def _splits(metric: str, request: Request, place: Place) -> bool:
    """Whether a metric can be split as asked; months and quarters split every metric."""
    dimension = request.dimension
    known = dimension is not None and dimension in place.engine.catalog.dimensions
    return not known or place.engine.reaches(metric, str(dimension))


def _list_for(role: str, token: str | None, request: Request, catalog: Catalog) -> str:
    name = catalog.roles[role].name
    whom = f"{token}, I mean the {name}" if token else name
    alone = replace(request, against=None)
    return f"Top {request.count or USUAL} {LIST_WORDS}{_when(alone)} for the {whom}"


def _values_of(metric: str, token: str | None, request: Request, place: Place) -> str:
    name = metric if "." in metric else place.engine.catalog.metrics[metric].name
    called = f"{token[0].upper()}{token[1:]}, I mean {name.lower()}" if token else name
    split = " and ".join(one.replace("_", " ") for one in (request.dimension, request.then_by) if one)
    by = f" by {split}" if split and _splits(metric, request, place) else ""
    kept = "".join(f" for {value}" for value in request.filters.values())
    kept += "".join(f" without {joined(values)}" for values in request.besides.values())
    return f"{called}{_when(request)}{kept}{by}{_held(request)}"


def _when(request: Request) -> str:
    """The period that was named; of two, both."""
    if isinstance(request.against, Period) and request.period:
        first, second = sorted((request.against, request.period), key=lambda one: one.start)
        return f" in {first} and {second}"
    return f" in {request.period}" if request.period else ""


def _held(request: Request) -> str:
    """What it was to be held against, where that is no second period."""
    if isinstance(request.against, Period):
        return "" if request.period else f" against {request.against}"
    return {"target": " against target", "last-year": " against last year"}.get(request.against or "", "")
