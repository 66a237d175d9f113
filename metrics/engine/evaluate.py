"""An expression and the cells of its leaves -> an exact fraction, or the reason why there is none.

What follows from a definition and its frame is worked out once, for all groups and for the next time it is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

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
from metrics.engine.arithmetic import NoValueError, length, operation, ratio, reduced
from metrics.engine.cells import Cell, Group
from metrics.engine.lacking import MissingError
from metrics.engine.leaves import Frame, Leaf, leaves, metric_parts, takes_quantile
from metrics.engine.resting import NOTHING, Cells, Cohort, base, cohorts, is_young, rows
from metrics.engine.windows import window
from metrics.model import Metric
from metrics.values import Status

MIDDLE_OF_NOTHING = Cell(None, 0)
ONE = Fraction(1)
Number = Callable[[Cells, Group], Fraction]
"""An expression in its frame: the cells of its leaves and a group -> its exact value, or ``NoValueError``."""


class Result(NamedTuple):
    """The parts of a metric's value for one group: exact, unscaled."""

    numerator: Fraction
    denominator: Fraction | None
    value: Fraction
    status: Status


@dataclass(frozen=True)
class Formula:
    """A metric in its frame: its parts, what its rows are counted of, its cohorts, and the metrics it is made of."""

    definition: Metric
    scale: Fraction
    top: Number
    bottom: Number | None
    counted: Number | None
    base: Sequence[Leaf]
    cohorts: Sequence[Cohort]
    made_of: Sequence[Formula]

    def result(self, cells: Cells, group: Group) -> Result:
        """Its value for one group: ``scale x numerator / denominator``.

        It is ``capped`` or an ``immature_cohort`` where that holds for it or for a metric that it is made of.

        Raises:
            NoValueError: there is none; its status says why.
        """
        young = is_young(self.cohorts, cells, group)
        try:
            result = self._ratio(cells, group)
        except NoValueError as error:
            if young and error.status in {Status.UNDEFINED, Status.INSUFFICIENT}:
                raise NoValueError(Status.IMMATURE_COHORT) from None
            raise
        if result.status is not Status.OK:
            return result
        if young:
            return result._replace(status=Status.IMMATURE_COHORT)
        for part in self.made_of:
            status = part.result(cells, group).status
            if status is not Status.OK:
                return result._replace(status=status)
        return result

    def n(self, cells: Cells, group: Group) -> int | None:
        """How many rows, people or answers it rests on: what its definition counts, else the rows themselves."""
        if self.counted is not None:
            return int(self.counted(cells, group))
        return rows(self.base, cells, group)

    def _ratio(self, cells: Cells, group: Group) -> Result:
        top, definition = self.top(cells, group), self.definition
        if self.bottom is None:
            return Result(top, None, ratio(self.scale, top, ONE), Status.OK)
        bottom, status = self.bottom(cells, group), Status.OK
        if definition.least_denominator is not None and bottom < Fraction(definition.least_denominator):
            if bottom < 0:
                raise NoValueError(Status.UNDEFINED)
            bottom, status = Fraction(definition.least_denominator), Status.CAPPED
        sign = bottom.numerator
        unfit = definition.not_if
        if (sign <= 0 and unfit == "nonpositive_denominator") or (
            sign < 0 and unfit == "negative_denominator"
        ):
            raise NoValueError(Status(definition.status_if_not))
        if not sign:
            raise NoValueError(Status.UNDEFINED)
        return Result(top, bottom, ratio(self.scale, top, bottom), status)


def formula(definition: Metric, frame: Frame) -> Formula:
    """A metric in a frame, remembered there."""
    return frame.known(("formula", definition.id, definition.method), lambda: _formula(definition, frame))


def _formula(definition: Metric, frame: Frame) -> Formula:
    def part(expression: Expression | None) -> Number | None:
        return None if expression is None else number(expression, frame)

    made_of = [
        formula(frame.catalog.metric(one.metric), frame.over(window(one.over, frame.period)))
        for expression in metric_parts(definition)
        for one in _references(expression, frame)
    ]
    return Formula(
        definition,
        Fraction(definition.scale),
        number(definition.numerator, frame),
        part(definition.denominator),
        part(definition.n),
        base(definition, frame),
        cohorts(definition, frame),
        made_of,
    )


def _references(expression: Expression, frame: Frame) -> Iterator[MetricValue]:
    """The metrics that an expression takes, and whose state is therefore its own."""
    if isinstance(expression, MetricValue):
        yield expression
    below = [frame.first(expression)] if isinstance(expression, FirstOf) else parts(expression)
    for part in below:
        yield from _references(part, frame)


def number(expression: Expression, frame: Frame) -> Number:  # noqa: PLR0911 - one line for each kind of expression
    """An expression in a frame: the function that takes its value, for one group, out of cells."""
    match expression:
        case Decimal():
            return _constant(Fraction(expression))
        case Measure() | Entities():
            return _total(frame.leaf(expression))
        case MetricValue():
            inner = frame.over(window(expression.over, frame.period))
            whole = formula(frame.catalog.metric(expression.metric), inner)
            return lambda cells, group: whole.result(cells, group).value
        case Length():
            stretch = window(expression.over, frame.period)
            return _constant(length(expression, stretch, frame.elapsed or frame.as_of))
        case External():
            return _external(expression, frame)
        case Across():
            return _across(expression, frame)
        case FirstOf():
            return number(frame.first(expression), frame)
        case _:
            combined = [number(part, frame) for part in parts(expression)]
            return lambda cells, group: operation(expression, [part(cells, group) for part in combined])


def _constant(value: Fraction) -> Number:
    return lambda _cells, _group: value


def _external(expression: External, frame: Frame) -> Number:
    """A figure from outside, which the company may not have given."""
    name = expression.external

    def given(_cells: Cells, _group: Group) -> Fraction:
        if name not in frame.external:
            raise MissingError(f"company.toml external.{name}")
        return Fraction(frame.external[name])

    return given


def _total(own: Leaf) -> Number:
    """What was measured. Of no rows at all that is zero, but nothing has no middle."""
    nothing = MIDDLE_OF_NOTHING if takes_quantile(own) else NOTHING

    def total(cells: Cells, group: Group) -> Fraction:
        found = cells[own].cells.get(group, nothing).total
        if found is None:
            raise NoValueError(Status.INSUFFICIENT)
        return found

    return total


def _across(expression: Across, frame: Frame) -> Number:
    """The expression for each value of a column; values for which it is undefined are left out."""
    inner = frame.grouped(expression.across)
    each = number(expression.of, inner)
    own = {leaf for leaf in leaves(expression.of, inner) if leaf.slice == inner.slice}

    def across(cells: Cells, group: Group) -> Fraction:
        keys = {key for leaf in own for key in cells[leaf].cells if key[-1] is not None}
        values = []
        for key in keys:
            if key[: len(group)] == group:
                with suppress(NoValueError):
                    values.append(each(cells, key))
        return reduced(expression, values)

    return across
