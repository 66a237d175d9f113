"""A metric, or an expression, in its frame -> the function that takes its value out of cells.

What follows from a definition and its frame is worked out once, for all groups and for the next time it is asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from decimal import Decimal
from fractions import Fraction

from metrics.calendar.periods import MONTHS
from metrics.definition import (
    Across,
    CountBack,
    Entities,
    Expression,
    External,
    FirstOf,
    Length,
    Measure,
    MetricValue,
    parts,
)
from metrics.engine.asking.leaves import Frame, Leaf, leaves, metric_parts
from metrics.engine.asking.windows import window
from metrics.engine.evaluation.arithmetic import NoValueError, length, operation, reduced, used_up
from metrics.engine.evaluation.formula import Formula, Number
from metrics.engine.queries.cells import Group
from metrics.engine.queries.resting import Cells, base, cohorts, of_nothing
from metrics.engine.tables.lacking import MissingError
from metrics.model import Metric
from metrics.values import Status


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
        case CountBack():
            return _count_back(expression, frame)
        case _:
            combined = [number(part, frame) for part in parts(expression)]
            return lambda cells, group: operation(expression, [part(cells, group) for part in combined])


def _constant(value: Fraction) -> Number:
    return lambda _cells, _group: value


def _external(expression: External, frame: Frame) -> Number:
    """A figure from outside, for as long as the period where it grows with that. The company may not have given it."""
    name = expression.external
    if name in frame.external:
        figure = frame.external[name]
        months = length(Length(length="months"), frame.period, frame.elapsed or frame.as_of)
        return _constant(Fraction(figure.value) * (months / MONTHS[figure.per] if figure.per else 1))

    def missing(_cells: Cells, _group: Group) -> Fraction:
        raise MissingError(f"company.toml external.{name}")

    return missing


def _total(own: Leaf) -> Number:
    """What was measured; of a table that is of no group the same for each."""
    nothing, for_all = of_nothing(own), not own.slice.by

    def total(cells: Cells, group: Group) -> Fraction:
        found = cells[own].cells.get(() if for_all else group, nothing).total
        if found is None:
            raise NoValueError(Status.INSUFFICIENT)
        return found

    return total


def _count_back(expression: CountBack, frame: Frame) -> Number:
    stock = number(expression.count_back[0], frame)
    flows = [(Fraction(inner.period.days), number(expression.count_back[1], inner)) for inner in frame.back()]
    return lambda cells, group: used_up(
        stock(cells, group), ((days, flow(cells, group)) for days, flow in flows)
    )


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
