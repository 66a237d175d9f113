"""By what values are split: which of it are steps of time and which groups, and the tables that come of it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.model import Request
from bot.replies.asked import ways
from bot.replies.draft import Place, refuse_persons
from bot.replies.taken import taken_for
from metrics.calendar.periods import GRAINS, Grain
from metrics.engine import Ask
from metrics.engine.top import top
from metrics.errors import UserError
from metrics.model import Metric
from metrics.values import Value

Splits = tuple[str, ...]


def splits(request: Request) -> tuple[Grain | None, Splits]:
    """The steps of time that are asked for, and the dimensions."""
    named = list(dict.fromkeys(one for one in (request.dimension, request.then_by) if one))
    grain = next((grain for grain in GRAINS if grain in named), None)
    return grain, tuple(one for one in named if one not in GRAINS)


def names_of(by: Splits, place: Place) -> str:
    """The dimensions as people call them."""
    return " and ".join(place.engine.catalog.dimensions[one].name.lower() for one in by)


def refuse(metric: Metric, by: Splits, place: Place) -> None:
    """Split nothing by what it cannot be split by.

    Raises:
        UserError: the metric has no such dimension.
        GuardedError: persons would be told apart.
    """
    for one in by:
        dimension = place.engine.catalog.dimensions[one]
        refuse_persons(dimension, place)
        if not place.engine.reaches(metric.id, one):
            raise UserError(
                f"{metric.name} cannot be split by {dimension.name.lower()}: {ways(metric, place)}."
            )


def tables_of(
    asks: Sequence[Ask], request: Request, place: Place, most: int | None = None
) -> list[list[Value]]:
    """The table of each ask; of so many groups, or where there are more than ``most``, the others are one group.

    Where groups are named, each stands for itself.
    """
    count, most = (None, None) if request.only else (request.count, most)
    if not count:
        tables = place.compute(asks)
        groups = {tuple(value.group.values()) for table in tables for value in table}
        if most is None or len(groups) <= most:
            return tables
    return top(
        place.engine, asks, count or most or 0, place.as_of, today=place.when.today, reader=place.reader
    )


def said_of_words(by: Splits, place: Place) -> list[str]:
    """What words of the question were taken for a dimension of another name."""
    known = place.engine.catalog.dimensions
    return [said for one in by for said in taken_for(known[one], place.question.text)]
