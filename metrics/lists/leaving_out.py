"""Groups that are left out of what is asked: where that can be had.

Of open values the rows of all other groups are computed together. What is about people is given for declared groups
only: all of them but one is none, and what is missing from the whole would tell of that one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from metrics.engine import Ask, Engine
from metrics.privacy.sensitivity import by_dimension, most

Groups = Mapping[str, Sequence[str]]
"""Dimensions, each with the groups of it that are left out."""


def leaving_out(engine: Engine, ask: Ask, besides: Groups, asked: Iterable[str] = ()) -> Ask:
    """The ask without the rows of those groups, as far as that can be had; ``asked``: what else it is asked by."""
    asked = tuple(asked)
    for dimension, values in besides.items():
        if can_leave_out(engine, ask.metric, dimension, asked):
            ask = ask.without((dimension,), [(value,) for value in values])
    return ask


def can_leave_out(engine: Engine, metric: str, dimension: str, asked: Iterable[str] = ()) -> bool:
    """Whether groups can be left out of a metric: it knows the dimension, and as it is asked its values are open."""
    names = [one for one in (dimension, *asked) if one in engine.catalog.dimensions]
    levels = [by_dimension(engine.catalog, metric, one) for one in names]
    return engine.reaches(metric, dimension) and most(*levels) == "open"
