"""Values of named metrics by one dimension or two, a line for each group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.model import Request
from bot.replies.against import compared, other, rests_on, words
from bot.replies.asked import ask_of
from bot.replies.draft import Draft, Place
from bot.replies.first import group_of, of_groups
from bot.replies.leaving_out import shown_of
from bot.replies.splits import Splits, names_of, refuse, said_of_words, tables_of
from bot.replies.told import drafted, leading, words_of
from metrics.calendar.periods import Period
from metrics.model import Metric
from metrics.values import Value

MOST = 30
"""Groups of two dimensions that are told, unless a number is asked for: the largest, the others as one."""
NAMED = 5
"""So many of the groups without a value are named."""


def by_group(metrics: Sequence[Metric], period: Period, by: Splits, request: Request, place: Place) -> Draft:
    """The table of each metric, and which of its groups have no value and why.

    Raises:
        UserError: a metric cannot be split like that, or persons would be told apart.
    """
    name = names_of(by, place)
    lines, first = list[str](), list[str]()
    values, behind = list[Value](), list[Value]()
    for metric in metrics:
        refuse(metric, by, place)
        now = ask_of(metric, period, request, place, by=by)
        most = MOST if len(by) > 1 else None
        found = tables_of([now, other(now, request, place)], request, place, most)
        tables = [shown_of(_largest_first(table, request), request) for table in found]
        told = compared(metric, tables[0], tables[1], request, place)
        behind += [then for one in told for then in rests_on(one, request)]
        numbered = [(number, one.value) for number, one in enumerate(told, len(values) + 1)]
        first.append(of_groups(metric, numbered, place.engine.company.file.currency))
        lines.append(f"{metric.name} by {name}:")
        lines += [
            f"  {group_of(one.value)}: {words_of(metric, one.value, number, place)}"
            f"{words(metric, one, request, place)}"
            for number, one in enumerate(told, len(values) + 1)
            if one.value.value is not None
        ]
        lines += _without(metric, [one.value for one in told if one.value.value is None], name, place)
        values += tables[0]
    whole = drafted(metrics, f"{period} by {name}", [*leading(first), *lines], values, request, place)
    notes = (*said_of_words(by, place), *whole.notes)
    return replace(whole, notes=notes, behind=tuple(behind))


def _without(metric: Metric, values: Sequence[Value], name: str, place: Place) -> list[str]:
    """The groups without a value, a line for each reason."""
    groups: dict[str, list[str]] = {}
    for value in values:
        groups.setdefault(words_of(metric, value, 0, place), []).append(group_of(value, f"every {name}"))
    return [f"  {_several(names)}: {reason}" for reason, names in groups.items()]


def _several(names: Sequence[str]) -> str:
    """Some names, and how many more there are."""
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return ", ".join(names[:NAMED]) + more


def _largest_first(table: Sequence[Value], request: Request) -> list[Value]:
    """The groups in order; those of which a number was asked for are in it, the others as one behind them."""
    if request.count and not request.only:
        return list(table)
    return sorted(table, key=lambda value: (value.value is None, -(value.value or 0)))
