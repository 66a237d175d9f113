"""Values of named metrics over time, a line for each step; of groups, the steps of each below one another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain

from bot.model import Request
from bot.replies.asked import ask_of
from bot.replies.draft import Draft, Place
from bot.replies.first import group_of, of_groups, of_trend
from bot.replies.leaving_out import shown_of
from bot.replies.splits import Splits, names_of, refuse, said_of_words, tables_of
from bot.replies.told import drafted, leading, words_of
from metrics.calendar.history import history
from metrics.calendar.periods import Grain, Period
from metrics.model import Metric
from metrics.values import Value

STEPS = 12
"""Steps of a trend, unless a period says how far back it goes."""
MOST_STEPS = 60
FEW = 2
"""Metrics of whose trends the highest and the lowest are told first; of more, that is left to charts and table."""
SERIES = 6
"""Groups whose course is told, unless a number is asked for: the largest of the newest step, the others as one."""


def over_time(
    metrics: Sequence[Metric], period: Period, grain: Grain, by: Splits, request: Request, place: Place
) -> Draft:
    """One value for each step, or one for each group and step; a period that was named bounds them.

    Raises:
        UserError: a metric cannot be split like that, or persons would be told apart.
    """
    steps = _steps(period, grain, request, place)
    lines, first, values = list[str](), list[str](), list[Value]()
    for metric in metrics:
        refuse(metric, by, place)
        tables = _tables(metric, steps, by, request, place)
        courses = _courses(tables)
        numbers = {
            id(value): number for number, value in enumerate(chain(*courses.values()), len(values) + 1)
        }
        first.append(_first(metric, tables, numbers, by, place, ends=len(metrics) <= FEW))
        for group, own in courses.items():
            lines.append(f"{metric.name}{', ' if group else ''}{group}:")
            lines += [
                f"  {value.period}: {words_of(metric, value, numbers[id(value)], place)}" for value in own
            ]
            values += own
    name = f"{grain} and {names_of(by, place)}" if by else grain
    when = f"by {name}, {steps[0]} to {steps[-1]}"
    whole = drafted(metrics, when, [*leading(first), *lines], values, request, place)
    return replace(whole, notes=(*said_of_words(by, place), *whole.notes))


def _steps(period: Period, grain: Grain, request: Request, place: Place) -> list[Period]:
    count = MOST_STEPS if request.period else STEPS
    steps = history(period, count, place.as_of, place.engine.company.calendar, grain=grain)
    if request.period:
        return [step for step in steps if step.start >= period.start] or steps[-1:]
    return steps


def _tables(
    metric: Metric, steps: Sequence[Period], by: Splits, request: Request, place: Place
) -> list[list[Value]]:
    """The values of each step: one, or those of its groups, of which the smaller ones are one where they are many."""
    asks = [replace(ask_of(metric, step, request, place, by), usual_window=True) for step in steps]
    tables = tables_of(asks, request, place, SERIES) if by else place.compute(asks)
    return [shown_of(table, request) for table in tables]


def _courses(tables: Sequence[Sequence[Value]]) -> dict[str, list[Value]]:
    """The values of each group over the steps; those of the newest step first."""
    newest = sorted(tables[-1], key=lambda value: (value.value is None, -(value.value or 0)))
    courses: dict[str, list[Value]] = {group_of(value, ""): [] for value in newest}
    for table in tables:
        for value in table:
            courses.setdefault(group_of(value, ""), []).append(value)
    return courses


def _first(
    metric: Metric,
    tables: Sequence[Sequence[Value]],
    numbers: Mapping[int, int],
    by: Splits,
    place: Place,
    *,
    ends: bool,
) -> str:
    """What is worth saying first: how it moved, or which group is ahead in the newest step."""
    currency = place.engine.company.file.currency
    if not by:
        return of_trend(metric, [(numbers[id(one)], one) for [one] in tables], currency, ends=ends)
    said = of_groups(metric, [(numbers[id(one)], one) for one in tables[-1]], currency)
    return f"In {tables[-1][0].period}: {said}" if said else ""
