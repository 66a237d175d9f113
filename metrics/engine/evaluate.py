"""An expression and the cells of its leaves -> an exact fraction, or the reason why there is none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import prod

from metrics.definition import (
    Across,
    Add,
    Divide,
    Entities,
    Expression,
    External,
    Length,
    Measure,
    MetricValue,
    Multiply,
    Subtract,
    parts,
    references,
)
from metrics.engine.cells import Cell, Found, Group
from metrics.engine.leaves import Frame, Leaf, leaf, leaves, metric_parts
from metrics.engine.relations import MissingError
from metrics.engine.windows import window
from metrics.model import Metric
from metrics.periods import Period
from metrics.values import Status

NOTHING = Cell(Fraction(0), 0)
MIDDLE_OF_NOTHING = Cell(None, 0)


class NoValueError(Exception):
    """There is no number here, and this is why. Caught where values are made."""

    def __init__(self, status: Status) -> None:
        super().__init__(status.value)
        self.status = status


@dataclass(frozen=True)
class Result:
    """The parts of a metric's value for one group: exact, unscaled."""

    numerator: Fraction
    denominator: Fraction | None
    value: Fraction
    status: Status


Cells = Mapping[Leaf, Found]


def metric(definition: Metric, frame: Frame, cells: Cells, group: Group) -> Result:
    """A metric's value for one group: ``scale x numerator / denominator``.

    Raises:
        NoValueError: there is none; its status says why.
    """
    top = number(definition.numerator, frame, cells, group)
    status = Status.CAPPED if any(_capped(definition, frame, cells, group)) else Status.OK
    if definition.denominator is None:
        return Result(top, None, top * Fraction(definition.scale), status)
    bottom = number(definition.denominator, frame, cells, group)
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


def _capped(definition: Metric, frame: Frame, cells: Cells, group: Group) -> Iterator[bool]:
    """Whether any metric that this one is made of was capped: then so is this one."""
    for part in metric_parts(definition):
        for reference in references(part):
            inner = frame.over(window(reference.over, frame.period))
            used = metric(frame.catalog.metric(reference.metric), inner, cells, group)
            yield used.status is Status.CAPPED


def number(expression: Expression, frame: Frame, cells: Cells, group: Group) -> Fraction:
    """The value of an expression for one group.

    Raises:
        NoValueError: a part of it has none.
    """
    match expression:
        case Decimal():
            return Fraction(expression)
        case Measure() | Entities():
            found = cells[leaf(expression, frame.period, frame.slice)].cells
            return _total(found.get(group, _none_of(expression)))
        case MetricValue():
            inner = frame.over(window(expression.over, frame.period))
            return metric(frame.catalog.metric(expression.metric), inner, cells, group).value
        case External() | Length():
            return _given(expression, frame)
        case Across():
            return _across(expression, frame, cells, group)
        case _:
            return _operation(expression, frame, cells, group)


def _given(expression: External | Length, frame: Frame) -> Fraction:
    """What needs no query: a figure from outside, or how long the window is."""
    if isinstance(expression, Length):
        return length(expression, window(expression.over, frame.period), frame.elapsed or frame.as_of)
    if expression.external not in frame.external:
        raise MissingError(f"company.toml external.{expression.external}")
    return Fraction(frame.external[expression.external])


def length(expression: Length, period: Period, elapsed: date) -> Fraction:
    """How long a period is, as far as it has come: days, or months counted along the calendar."""
    end = min(period.end, elapsed + timedelta(days=1))
    days = Fraction(max(0, (end - period.start).days))
    if expression.length == "days":
        return days
    months = (period.end.year - period.start.year) * 12 + period.end.month - period.start.month
    if period.start.day == period.end.day == 1 and end == period.end:
        return Fraction(months)
    return days * 12 / Fraction("365.25")


def _none_of(expression: Measure | Entities) -> Cell:
    """What a measure is of no rows at all: zero, but nothing has no middle."""
    return MIDDLE_OF_NOTHING if expression.aggregate in {"median", "percentile_75"} else NOTHING


def _total(cell: Cell) -> Fraction:
    if cell.total is None:
        raise NoValueError(Status.INSUFFICIENT)
    return cell.total


def _operation(
    expression: Add | Subtract | Multiply | Divide, frame: Frame, cells: Cells, group: Group
) -> Fraction:
    values = [number(part, frame, cells, group) for part in parts(expression)]
    match expression:
        case Add():
            return sum(values, Fraction(0))
        case Subtract():
            return values[0] - sum(values[1:], Fraction(0))
        case Multiply():
            return prod(values, start=Fraction(1))
        case Divide():
            if values[1] == 0:
                raise NoValueError(Status.UNDEFINED)
            return values[0] / values[1]


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
    if not values:
        raise NoValueError(Status.INSUFFICIENT)
    match expression.take:
        case "mean":
            return sum(values, Fraction(0)) / len(values)
        case "lowest":
            return min(values)
        case "highest":
            return max(values)


def rows(definition: Metric, frame: Frame, cells: Cells, group: Group) -> int | None:
    """How many rows, people or answers a value rests on: its own ``n``, else those of its denominator.

    None where nothing is counted: sums of money rest on entries, which say nothing.
    """
    if definition.n is not None:
        return int(number(definition.n, frame, cells, group))
    base = definition.numerator if definition.denominator is None else definition.denominator
    counts = [
        cells[found].cells.get(group, NOTHING).rows
        for found in leaves(base, frame)
        if found.slice == frame.slice and found in cells and _counts(found)
    ]
    return max(counts, default=None)


def _counts(found: Leaf) -> bool:
    return isinstance(found.expression, Entities) or found.expression.aggregate != "sum"
