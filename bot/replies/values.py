"""Values of metrics that were named: one, over time, by a dimension, or against the period before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.model import Request
from bot.replies import contribution
from bot.replies.against import compared, other, rests_on, words
from bot.replies.asked import ask_of
from bot.replies.by_group import by_group
from bot.replies.by_method import wanted
from bot.replies.draft import Draft, Place
from bot.replies.over_time import over_time
from bot.replies.splits import splits
from bot.replies.told import drafted, words_of
from metrics.calendar.periods import Period
from metrics.engine.changes.compare import Comparison
from metrics.errors import UserError
from metrics.lists.wanted import default_period
from metrics.model import Metric

_BEST = re.compile(r"\b(?:best|strongest)\b", re.IGNORECASE)


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
    if _BEST.search(place.question.text) and any(metric.direction != "up" for metric in metrics):
        request = replace(request, count=None)  # so many are the largest, and here these are not the best
    grain, by = splits(request)
    stepped = request.kind == "trend" or grain is not None
    period = request.period or default_period(place.engine, place.as_of, steps=stepped)
    if stepped:
        return over_time(metrics, period, grain or "month", by, request, place)
    if by:
        return by_group(metrics, period, by, request, place)
    return _plain(metrics, period, request, place)


def _plain(metrics: Sequence[Metric], period: Period, request: Request, place: Place) -> Draft:
    now = [ask_of(metric, period, request, place) for metric in metrics]
    tables = place.compute([*now, *(other(ask, request, place) for ask in now)])
    pairs = zip(metrics, tables[: len(now)], tables[len(now) :], strict=True)
    found = [(metric, compared(metric, value, then, request, place)[0]) for metric, value, then in pairs]
    lines = [_line(number, metric, one, request, place) for number, (metric, one) in enumerate(found, 1)]
    draft = drafted(metrics, f"{period}", lines, [one.value for _, one in found], request, place)
    return replace(draft, behind=tuple(then for _, one in found for then in rests_on(one, request)))


def _line(number: int, metric: Metric, one: Comparison, request: Request, place: Place) -> str:
    """One metric in one line: period, value, n, and how it stands to what it is held against."""
    value = one.value
    line = f"{metric.name}, {value.period}: {words_of(metric, value, number, place, counted=True)}"
    return f"{line}{words(metric, one, request, place)}."
