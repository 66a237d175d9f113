"""Which of several expressions a company lacks least for, and what a receipt says of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from metrics.definition import Entities, Expression, External, FirstOf, Measure, MetricValue, parts
from metrics.engine.asking.leaves import Frame, Leaf, metric_parts
from metrics.engine.asking.needs import below, lacks_path, missing
from metrics.engine.queries.rows import Setting
from metrics.engine.tables.relations import Relations
from metrics.model import Metric

Choice = Callable[[FirstOf], Expression]


def chooser(setting: Setting) -> Choice:
    """The choice for one company. It is remembered: the tables of a company stay what they are, unless one broke."""
    chosen: dict[_Same, int] = {}

    def position(expression: _Same) -> int:
        if expression in chosen:
            return chosen[expression]
        lacking = [_lacking(option, setting) for option in expression.first_of.first_of]
        found = lacking.index(min(lacking))
        if not setting.relations.warehouse.broken:
            chosen[expression] = found
        return found

    return lambda expression: expression.first_of[position(_Same(expression))]


def assumed(metric: Metric, frame: Frame) -> Iterator[str]:
    """What has to be said of a metric: each choice behind it that is not the first, each figure from outside."""
    for part in metric_parts(metric):
        yield from _assumed(part, frame)


def other_days(leaves: Iterable[Leaf], relations: Relations) -> Iterator[str]:
    """What has to be said of the days that rows are counted by where the company lacks those that are meant first."""
    for measure in (measure for one in leaves for measure in one.measures):
        for days in (measure.date, measure.until):
            if not isinstance(days, list):
                continue
            there = [name for name in days if not lacks_path(relations, measure.table, name)]
            if there and there[0] != days[0]:
                yield f"{measure.table}.{days[0]} is absent: {there[0]} is taken for it"


class _Same:
    """Definitions that say the same are the same key."""

    def __init__(self, first_of: FirstOf) -> None:
        self.first_of = first_of

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.first_of.fingerprint == self.first_of.fingerprint

    def __hash__(self) -> int:
        return hash(self.first_of.fingerprint)


def _lacking(expression: Expression, setting: Setting) -> int:
    """How many things a company lacks for an expression; a table that broke is not lacking, and nothing stands in."""
    if isinstance(expression, (Measure, Entities)):
        lacking = missing(expression, setting.relations, setting.settings)
        broken = not setting.relations.warehouse.broken.keys().isdisjoint(lacking)
        return 0 if broken else len(lacking)
    return sum(_lacking(part, setting) for part in parts(expression))


def _assumed(expression: Expression, frame: Frame) -> Iterator[str]:
    if isinstance(expression, MetricValue):
        yield from assumed(frame.catalog.metric(expression.metric), frame)
    elif isinstance(expression, External) and expression.external in frame.external:
        figure = frame.external[expression.external]
        per = f" a {figure.per}" if figure.per else ""
        yield f"{expression.external} is {figure.value:f}{per}, as of {figure.as_of}, from outside: {figure.source}"
    else:
        if isinstance(expression, FirstOf) and frame.first(expression) is not expression.first_of[0]:
            yield expression.assuming
        for part in below(expression, frame):
            yield from _assumed(part, frame)
