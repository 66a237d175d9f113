"""Other readings of a question -> choices to press: what stands on the button, and the question it asks.

The question stands on its own, also where no thread remembers the one before.
"""

from __future__ import annotations

from bot.model import Request
from bot.reading.ambiguous import token_between
from bot.reading.choosing import name_of
from bot.replies.draft import Place
from metrics.advice.words import joined
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
    return f"Top {request.count or USUAL} {LIST_WORDS}{_when(request)} for the {whom}"


def _values_of(metric: str, token: str | None, request: Request, place: Place) -> str:
    name = metric if "." in metric else place.engine.catalog.metrics[metric].name
    called = f"{token[0].upper()}{token[1:]}, I mean {name.lower()}" if token else name
    by = (
        f" by {request.dimension.replace('_', ' ')}"
        if request.dimension and _splits(metric, request, place)
        else ""
    )
    kept = "".join(f" for {value}" for value in request.filters.values())
    kept += "".join(f" without {joined(values)}" for values in request.besides.values())
    return f"{called}{_when(request)}{kept}{by}"


def _when(request: Request) -> str:
    return f" in {request.period}" if request.period else ""
