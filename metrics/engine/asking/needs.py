"""What a measure needs of a company's tables, and which of it is missing."""

from __future__ import annotations

from collections.abc import Container, Iterator

from metrics.definition import (
    Entities,
    Expression,
    External,
    FirstOf,
    Measure,
    MetricValue,
    Test,
    column_paths,
    parts,
)
from metrics.engine.asking.leaves import Frame, metric_parts
from metrics.engine.tables.lacking import MissingError
from metrics.engine.tables.ours import told_by
from metrics.engine.tables.relations import SETTING, Relations
from metrics.engine.tables.supposed import obstacles, supposing
from metrics.model import Metric


def missing(
    expression: Measure | Entities, relations: Relations, settings: Container[str]
) -> tuple[str, ...]:
    """What the company lacks for a leaf: tables, columns and settings, in the order they are met.

    Behind what is lacking there may be more: it is looked for as if that were there.
    """
    found: dict[str, None] = {}
    for measure in expression.measures:
        found |= dict.fromkeys(obstacles(relations, measure.table))
        while more := [
            one for one in _met(measure, supposing(relations, found), settings) if one not in found
        ]:
            found |= dict.fromkeys(more)
    return tuple(found)


def _met(measure: Measure, relations: Relations, settings: Container[str]) -> Iterator[str]:
    """What is lacking for a measure of a table that can be made, as far as it can be seen."""
    try:
        list(told_by(relations, measure.table))
    except MissingError as error:
        yield from error.what
    for alternatives in column_paths(measure):
        lacks = [lacks_path(relations, measure.table, path) for path in alternatives]
        broken = [lack for lack in lacks if not relations.warehouse.broken.keys().isdisjoint(lack)]
        if broken or all(lacks):
            yield from (broken or lacks)[0]
    for name in _settings(measure):
        if name not in settings:
            yield f"{SETTING}{name}"


def figures(metric: Metric, frame: Frame) -> Iterator[str]:
    """The figures from outside the company that a metric rests on."""
    for part in metric_parts(metric):
        yield from _figures(part, frame)


def _figures(expression: Expression, frame: Frame) -> Iterator[str]:
    if isinstance(expression, External):
        yield expression.external
    elif isinstance(expression, MetricValue):
        yield from figures(frame.catalog.metric(expression.metric), frame)
    else:
        for part in below(expression, frame):
            yield from _figures(part, frame)


def below(expression: Expression, frame: Frame) -> list[Expression]:
    """What an expression is made of in a frame: of several ways to it, the one that is taken there."""
    return [frame.first(expression)] if isinstance(expression, FirstOf) else parts(expression)


def lacks_path(relations: Relations, table: str, path: str) -> tuple[str, ...]:
    """What the company lacks on the way from a table to a column."""
    *hops, last = path.split(">")
    here, wanted = table, [*hops, last]
    for step in wanted:
        here, _, name = step.rpartition(".") if "." in step else (here, "", step)
        try:
            relations.column(here, name)
            if "." in step:
                relations.column(here, relations.joins_on(here))
        except MissingError as error:
            assumed = here != table and relations.assumption(here, name) is not None
            return () if assumed else error.what
    return ()


def _settings(measure: Measure) -> Iterator[str]:
    for where in [measure.where, *measure.any_of]:
        for condition in where.values():
            if isinstance(condition, Test) and condition.setting is not None:
                yield condition.setting
