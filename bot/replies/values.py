"""Values of metrics that were named: one, over time, by a dimension, or against the period before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import get_args

from bot.model import Request
from bot.replies import contribution
from bot.replies.against import against_itself, compared, other, rests_on, words
from bot.replies.by_method import asked_as, wanted
from bot.replies.choices import choices
from bot.replies.draft import Draft, Place, looking_closer, refuse_persons
from bot.replies.first import of_groups, of_trend
from bot.replies.leaving_out import said_of, shown_of, without
from bot.replies.taken import taken_for
from metrics.advice.words import spoken
from metrics.display import unit_words, value_words
from metrics.engine import Ask
from metrics.engine.compare import Comparison
from metrics.engine.top import top
from metrics.errors import UserError
from metrics.history import history
from metrics.model import Metric
from metrics.periods import Grain, Period
from metrics.values import Value
from metrics.wanted import default_period

STEPS = 12
"""Steps of a trend, unless a period says how far back it goes."""
MOST_STEPS = 60
FEW = 2
"""Metrics of whose trends the highest and the lowest are told first; of more, that is left to charts and table."""
NAMED = 5
"""So many of the groups without a value are named."""


def reply(request: Request, place: Place) -> Draft:
    """The values that were asked for, each in one line with its period and its change.

    A metric that usually looks at a longer stretch (net revenue retention: twelve months) does so here too,
    unless a period was named: then that period is meant.

    Raises:
        UserError: no metric was named, or it cannot be grouped as asked.
    """
    if not request.metrics:
        raise UserError("Name a metric, for example: win rate last quarter.")
    if contribution.asks_why(request, place.question.text):
        return contribution.reply(request, place)
    metrics = [wanted(metric_id, request, place) for metric_id in request.metrics]
    grain = next((grain for grain in get_args(Grain) if grain == request.dimension), None)
    stepped = request.kind == "trend" or grain is not None
    period = request.period or default_period(place.engine, place.as_of, steps=stepped)
    if stepped:
        return _trend(metrics, period, grain or "month", request, place)
    if request.dimension:
        return _grouped(metrics, period, request, place)
    return _plain(metrics, period, request, place)


def _plain(metrics: Sequence[Metric], period: Period, request: Request, place: Place) -> Draft:
    now = [_ask(metric, period, request, place) for metric in metrics]
    tables = place.compute([*now, *(other(ask, request) for ask in now)])
    pairs = zip(metrics, tables[: len(now)], tables[len(now) :], strict=True)
    found = [(metric, compared(metric, value, then, request, place)[0]) for metric, value, then in pairs]
    lines = [_line(number, metric, one, request, place) for number, (metric, one) in enumerate(found, 1)]
    draft = _draft(metrics, f"{period}", lines, [one.value for _, one in found], request, place)
    return replace(draft, behind=tuple(then for _, one in found for then in rests_on(one)))


def _ask(metric: Metric, period: Period, request: Request, place: Place, by: tuple[str, ...] = ()) -> Ask:
    within = {name: [value] for name, value in request.filters.items() if _reached(metric, name, place)}
    filters = place.engine.resolved(metric.id, within)
    ask = Ask(asked_as(metric, place), period, by, filters, usual_window=request.period is None)
    return without(ask, request, place)


def _reached(metric: Metric, name: str, place: Place) -> bool:
    return name not in place.engine.catalog.dimensions or place.engine.reaches(metric.id, name)


def _whole(metrics: Sequence[Metric], request: Request, place: Place) -> list[str]:
    """What is said of a metric that cannot be narrowed to the group that was asked for."""
    return [
        f"{metric.name} cannot be narrowed to {value}: {_ways(metric, place)}; it is shown for all."
        for metric in metrics
        for name, value in request.filters.items()
        if not _reached(metric, name, place)
    ]


def _trend(metrics: Sequence[Metric], period: Period, grain: Grain, request: Request, place: Place) -> Draft:
    """One value for each step; a period that was named bounds them."""
    count = MOST_STEPS if request.period else STEPS
    steps = history(period, count, place.as_of, place.engine.company.calendar, grain=grain)
    if request.period:
        steps = [step for step in steps if step.start >= period.start] or steps[-1:]
    asks = [
        replace(_ask(metric, step, request, place), usual_window=True) for metric in metrics for step in steps
    ]
    computed = [values[0] for values in place.compute(asks)]
    lines, first = list[str](), list[str]()
    for index, metric in enumerate(metrics):
        before = index * len(steps)
        own = list(enumerate(computed[before : before + len(steps)], before + 1))
        ends = len(metrics) <= FEW
        first.append(of_trend(metric, own, place.engine.company.file.currency, ends=ends))
        lines += [f"{metric.name}:"]
        lines += [f"  {value.period}: {_words(metric, value, number, place)}" for number, value in own]
    when = f"by {grain}, {steps[0]} to {steps[-1]}"
    return _draft(metrics, when, [*_leading(first), *lines], computed, request, place)


def _grouped(metrics: Sequence[Metric], period: Period, request: Request, place: Place) -> Draft:
    dimension = place.engine.catalog.dimensions[str(request.dimension)]
    name = dimension.name.lower()
    refuse_persons(dimension, place)
    lines, first = list[str](), list[str]()
    values, behind = list[Value](), list[Value]()
    for metric in metrics:
        if not place.engine.reaches(metric.id, dimension.id):
            raise UserError(f"{metric.name} cannot be split by {name}: {_ways(metric, place)}.")
        now = _ask(metric, period, request, place, by=(dimension.id,))
        tables = [shown_of(table, request) for table in _tables([now, other(now, request)], request, place)]
        told = compared(metric, tables[0], tables[1], request, place)
        behind += [then for one in told for then in rests_on(one)]
        numbered = [(number, one.value) for number, one in enumerate(told, len(values) + 1)]
        first.append(of_groups(metric, numbered, dimension.id, place.engine.company.file.currency))
        lines.append(f"{metric.name} by {name}:")
        lines += [
            f"  {one.value.group.get(dimension.id, 'all')}: {_words(metric, one.value, number, place)}"
            f"{words(metric, one, request, place)}"
            for number, one in enumerate(told, len(values) + 1)
            if one.value.value is not None
        ]
        lines += _without(metric, [one.value for one in told if one.value.value is None], dimension.id, place)
        values += tables[0]
    drafted = _draft(metrics, f"{period} by {name}", [*_leading(first), *lines], values, request, place)
    notes = (*taken_for(dimension, place.question.text), *drafted.notes)
    return replace(drafted, notes=notes, behind=tuple(behind))


def _leading(sentences: Sequence[str]) -> list[str]:
    """What is said first, apart from the lines below it."""
    told = " ".join(filter(None, sentences))
    return [told, ""] if told else []


def _without(metric: Metric, values: Sequence[Value], dimension: str, place: Place) -> list[str]:
    """The groups without a value, a line for each reason."""
    groups: dict[str, list[str]] = {}
    every = f"every {place.engine.catalog.dimensions[dimension].name.lower()}"
    for value in values:
        groups.setdefault(_words(metric, value, 0, place), []).append(value.group.get(dimension, every))
    return [f"  {_several(names)}: {reason}" for reason, names in groups.items()]


def _several(names: Sequence[str]) -> str:
    """Some names, and how many more there are."""
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return ", ".join(names[:NAMED]) + more


def _ways(metric: Metric, place: Place) -> str:
    """What a metric can be split by, persons left out."""
    ways = [
        dimension.name.lower()
        for dimension in place.engine.catalog.dimensions.values()
        if dimension.sensitivity != "person" and place.engine.reaches(metric.id, dimension.id)
    ]
    return f"it can by {', '.join(ways)}" if ways else "it is one value for the whole company"


def _tables(asks: Sequence[Ask], request: Request, place: Place) -> list[list[Value]]:
    """The tables of groups, largest first; where a number was asked for, the others are one group."""
    if count := request.count:
        return top(place.engine, asks, count, place.as_of, today=place.when.today, reader=place.reader)
    tables = place.compute(asks)
    return [sorted(table, key=lambda value: (value.value is None, -(value.value or 0))) for table in tables]


def _line(number: int, metric: Metric, one: Comparison, request: Request, place: Place) -> str:
    """One metric in one line: period, value, n, and how it stands to what it is held against."""
    value = one.value
    line = f"{metric.name}, {value.period}: {_words(metric, value, number, place, counted=True)}"
    return f"{line}{words(metric, one, request, place)}."


def _words(metric: Metric, value: Value, number: int, place: Place, *, counted: bool = False) -> str:
    """A value with the number of its receipt, or why there is none."""
    words_of_it = value_words(value, metric.unit, place.engine.company.file.currency, counted=counted)
    return words_of_it if value.value is None else f"{words_of_it} [{number}]"


def _to_come(values: Sequence[Value], request: Request, place: Place) -> list[str]:
    """Said of a period that has not begun and has no value."""
    period = request.period
    if period is None or period.start <= place.as_of or any(value.value is not None for value in values):
        return []
    return [f"{period} is still to come as of {place.as_of.isoformat()}, and nothing is forecast here."]


def _draft(
    metrics: Sequence[Metric],
    when: str,
    lines: Sequence[str],
    values: Sequence[Value],
    request: Request,
    place: Place,
) -> Draft:
    names = ", ".join(metric.name for metric in metrics)
    formulas = [f"{metric.name} = {metric.formula}." for metric in metrics]
    first = spoken(metrics[0].name)
    periods = {value.period for value in values} if request.kind != "trend" else ()
    coarser = {"month": "quarter"}.get(
        request.dimension or ("month" if request.kind == "trend" else ""), "month"
    )
    return Draft(
        title=f"{names}: {place.engine.company.file.name}, {when}",
        body="\n".join(lines),
        values=tuple(values),
        notes=(
            *said_of(metrics, request, place),
            *_to_come(values, request, place),
            *(note for period in periods for note in against_itself(period, request, place)),
            *formulas,
            *_whole(metrics, request, place),
            place.when.note,
        ),
        suggestions=(f"{first} by {coarser}", f"What is {first}?", "Top 15 metrics for a CRO"),
        asides=(place.when.note,),
        units={metric.id: unit_words(metric.unit, place.engine.company.file.currency) for metric in metrics},
        actions=(*looking_closer(metrics[0], place, request), *choices(request, place)),
    )
