"""An expression and the cells of its leaves -> an exact fraction, or the reason why there is none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from metrics.definition import (
    Across,
    Entities,
    Expression,
    External,
    FirstOf,
    Length,
    Measure,
    MetricValue,
    parts,
)
from metrics.engine.arithmetic import NoValueError, length, operation, reduced
from metrics.engine.cells import Cell, Group
from metrics.engine.lacking import MissingError
from metrics.engine.leaves import Frame, metric_parts
from metrics.engine.resting import NOTHING, Cells, is_young, rows
from metrics.engine.windows import window
from metrics.model import Metric
from metrics.values import Status

MIDDLE_OF_NOTHING = Cell(None, 0)


@dataclass(frozen=True)
class Result:
    """The parts of a metric's value for one group: exact, unscaled."""

    numerator: Fraction
    denominator: Fraction | None
    value: Fraction
    status: Status


def metric(definition: Metric, frame: Frame, cells: Cells, group: Group) -> Result:
    """A metric's value for one group: ``scale x numerator / denominator``.

    It is ``capped`` or an ``immature_cohort`` where that holds for it or for a metric that it is made of.

    Raises:
        NoValueError: there is none; its status says why.
    """
    young = is_young(definition, frame, cells, group)
    try:
        result = _ratio(definition, frame, cells, group)
    except NoValueError as error:
        if young and error.status in {Status.UNDEFINED, Status.INSUFFICIENT}:
            raise NoValueError(Status.IMMATURE_COHORT) from None
        raise
    if result.status is not Status.OK:
        return result
    if young:
        return replace(result, status=Status.IMMATURE_COHORT)
    return replace(result, status=next(_inherited(definition, frame, cells, group), Status.OK))


def _ratio(definition: Metric, frame: Frame, cells: Cells, group: Group) -> Result:
    top = number(definition.numerator, frame, cells, group)
    if definition.denominator is None:
        return Result(top, None, top * Fraction(definition.scale), Status.OK)
    bottom, status = number(definition.denominator, frame, cells, group), Status.OK
    if definition.least_denominator is not None and bottom < Fraction(definition.least_denominator):
        if bottom < 0:
            raise NoValueError(Status.UNDEFINED)
        bottom, status = Fraction(definition.least_denominator), Status.CAPPED
    refused = {"nonpositive_denominator": bottom <= 0, "negative_denominator": bottom < 0}
    if refused.get(definition.not_if, False):
        raise NoValueError(Status(definition.status_if_not))
    if bottom == 0:
        raise NoValueError(Status.UNDEFINED)
    return Result(top, bottom, Fraction(definition.scale) * top / bottom, status)


def _inherited(definition: Metric, frame: Frame, cells: Cells, group: Group) -> Iterator[Status]:
    """What holds for a metric that this one is made of, and so for this one."""
    for part in metric_parts(definition):
        for reference in _references(part, frame):
            inner = frame.over(window(reference.over, frame.period))
            used = metric(frame.catalog.metric(reference.metric), inner, cells, group)
            if used.status is not Status.OK:
                yield used.status


def _references(expression: Expression, frame: Frame) -> Iterator[MetricValue]:
    if isinstance(expression, MetricValue):
        yield expression
    below = [frame.first(expression)] if isinstance(expression, FirstOf) else parts(expression)
    for part in below:
        yield from _references(part, frame)


def number(  # noqa: PLR0911 - one line for each kind of expression
    expression: Expression, frame: Frame, cells: Cells, group: Group
) -> Fraction:
    """The value of an expression for one group.

    Raises:
        NoValueError: a part of it has none.
    """
    match expression:
        case Decimal():
            return Fraction(expression)
        case Measure() | Entities():
            found = cells[frame.leaf(expression)].cells
            return _total(found.get(group, _none_of(expression)))
        case MetricValue():
            inner = frame.over(window(expression.over, frame.period))
            return metric(frame.catalog.metric(expression.metric), inner, cells, group).value
        case External() | Length():
            return _given(expression, frame)
        case Across():
            return _across(expression, frame, cells, group)
        case FirstOf():
            return number(frame.first(expression), frame, cells, group)
        case _:
            return operation(expression, [number(part, frame, cells, group) for part in parts(expression)])


def _given(expression: External | Length, frame: Frame) -> Fraction:
    """What needs no query: a figure from outside, or how long the window is."""
    if isinstance(expression, Length):
        return length(expression, window(expression.over, frame.period), frame.elapsed or frame.as_of)
    if expression.external not in frame.external:
        raise MissingError(f"company.toml external.{expression.external}")
    return Fraction(frame.external[expression.external])


def _none_of(expression: Measure | Entities) -> Cell:
    """What a measure is of no rows at all: zero, but nothing has no middle."""
    return MIDDLE_OF_NOTHING if expression.aggregate in {"median", "percentile_75"} else NOTHING


def _total(cell: Cell) -> Fraction:
    if cell.total is None:
        raise NoValueError(Status.INSUFFICIENT)
    return cell.total


def _across(expression: Across, frame: Frame, cells: Cells, group: Group) -> Fraction:
    """The expression for each value of a column; values for which it is undefined are left out."""
    inner = frame.grouped(expression.across)
    wanted = set()
    for found_leaf, found in cells.items():
        if found_leaf.slice == inner.slice:
            wanted |= {key for key in found.cells if key[: len(group)] == group and key[-1] is not None}
    values = []
    for key in sorted(wanted, key=str):
        try:
            values.append(number(expression.of, inner, cells, key))
        except NoValueError:
            continue
    return reduced(expression, values)


def n(definition: Metric, frame: Frame, cells: Cells, group: Group) -> int | None:
    """How many rows, people or answers a value rests on: what its definition counts, else the rows themselves."""
    if definition.n is not None:
        return int(number(definition.n, frame, cells, group))
    return rows(definition, frame, cells, group)
