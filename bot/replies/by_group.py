"""Values of named metrics by a dimension, a line for each group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.model import Request
from bot.replies.against import compared, other, rests_on, words
from bot.replies.asked import ask_of, ways
from bot.replies.draft import Draft, Place, refuse_persons
from bot.replies.first import of_groups
from bot.replies.leaving_out import shown_of
from bot.replies.taken import taken_for
from bot.replies.told import drafted, leading, words_of
from metrics.engine import Ask
from metrics.engine.top import top
from metrics.errors import UserError
from metrics.model import Metric
from metrics.periods import Period
from metrics.values import Value

NAMED = 5
"""So many of the groups without a value are named."""


def by_group(metrics: Sequence[Metric], period: Period, request: Request, place: Place) -> Draft:
    """The table of each metric, and which of its groups have no value and why.

    Raises:
        UserError: a metric cannot be split like that, or persons would be told apart.
    """
    dimension = place.engine.catalog.dimensions[str(request.dimension)]
    name = dimension.name.lower()
    refuse_persons(dimension, place)
    lines, first = list[str](), list[str]()
    values, behind = list[Value](), list[Value]()
    for metric in metrics:
        if not place.engine.reaches(metric.id, dimension.id):
            raise UserError(f"{metric.name} cannot be split by {name}: {ways(metric, place)}.")
        now = ask_of(metric, period, request, place, by=(dimension.id,))
        tables = [shown_of(table, request) for table in _tables([now, other(now, request)], request, place)]
        told = compared(metric, tables[0], tables[1], request, place)
        behind += [then for one in told for then in rests_on(one)]
        numbered = [(number, one.value) for number, one in enumerate(told, len(values) + 1)]
        first.append(of_groups(metric, numbered, dimension.id, place.engine.company.file.currency))
        lines.append(f"{metric.name} by {name}:")
        lines += [
            f"  {one.value.group.get(dimension.id, 'all')}: {words_of(metric, one.value, number, place)}"
            f"{words(metric, one, request, place)}"
            for number, one in enumerate(told, len(values) + 1)
            if one.value.value is not None
        ]
        lines += _without(metric, [one.value for one in told if one.value.value is None], dimension.id, place)
        values += tables[0]
    whole = drafted(metrics, f"{period} by {name}", [*leading(first), *lines], values, request, place)
    notes = (*taken_for(dimension, place.question.text), *whole.notes)
    return replace(whole, notes=notes, behind=tuple(behind))


def _without(metric: Metric, values: Sequence[Value], dimension: str, place: Place) -> list[str]:
    """The groups without a value, a line for each reason."""
    groups: dict[str, list[str]] = {}
    every = f"every {place.engine.catalog.dimensions[dimension].name.lower()}"
    for value in values:
        groups.setdefault(words_of(metric, value, 0, place), []).append(value.group.get(dimension, every))
    return [f"  {_several(names)}: {reason}" for reason, names in groups.items()]


def _several(names: Sequence[str]) -> str:
    """Some names, and how many more there are."""
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return ", ".join(names[:NAMED]) + more


def _tables(asks: Sequence[Ask], request: Request, place: Place) -> list[list[Value]]:
    """The tables of groups, largest first; where a number was asked for, the others are one group."""
    if count := request.count:
        return top(place.engine, asks, count, place.as_of, today=place.when.today, reader=place.reader)
    tables = place.compute(asks)
    return [sorted(table, key=lambda value: (value.value is None, -(value.value or 0))) for table in tables]
