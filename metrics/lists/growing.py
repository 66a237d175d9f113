"""How a metric's value grows: with the length of its period, and with the rows that it is of.

Twice the days bring about twice the bookings, and the same win rate. So what a period has come to before it is over is
a part of it, and a segment's revenue is its share of all; a share, a median and a stock are neither.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from metrics.definition import (
    Across,
    CountBack,
    Divide,
    Entities,
    Expression,
    Length,
    Measure,
    MetricValue,
    Multiply,
    Power,
    Root,
    Subtract,
    parts,
)
from metrics.model import Catalog, Metric
from metrics.values import Value

Own = Callable[[Expression], int]
GROWING = {"period", "previous", "year_before", "next"}
"""The windows that are as long as the period; the others have a length of their own."""


def grows(metric: Metric, catalog: Catalog) -> bool:
    """Whether a metric's value depends on how long its period is: twice the days, about twice the figure."""
    return _power_of(metric, lambda expression: _with_length(expression, catalog)) != 0


def is_part(value: Value, catalog: Catalog) -> bool:
    """Whether a value is what a period that is not over has come to so far: beside a whole one it misleads.

    So it does where the metric itself holds it against another period: growth against all of the year before.
    """
    if "partial_period" not in value.flags:
        return False
    metric = catalog.computed(value)
    overs = {one.over for part in metric.parts for one in _looked_at(part) if one.at is None}
    return grows(metric, catalog) or ("period" in overs and not overs.isdisjoint({"previous", "year_before"}))


def beside_all(now: Value, then: Value) -> str:
    """Said where what there is of a period that is not over stands beside all of an earlier one, rates included."""
    if "partial_period" not in now.flags or "partial_period" in then.flags:
        return ""
    return f"{now.period} is not over: part of it stands beside all of {then.period}."


def is_share(metric: Metric, value: Value, catalog: Catalog) -> bool:
    """Whether a value is some rows' share of what all rows come to: a segment's revenue, not its win rate."""
    scope = value.citation.scope
    if not (scope.filters or scope.group or scope.besides):
        return False
    return _power_of(metric, lambda expression: _with_rows(expression, catalog)) > 0


def _power_of(metric: Metric, own: Own) -> int:
    """With which power of something a metric grows, by what each expression adds of its own to that of its parts."""
    bottom = _power(metric.denominator, own) if metric.denominator is not None else 0
    return _power(metric.numerator, own) - bottom


def _power(expression: Expression, own: Own) -> int:
    powers = [_power(part, own) for part in parts(expression)]
    match expression:
        case Multiply():
            found = sum(powers)
        case Divide():
            found = powers[0] - powers[1]
        case CountBack():
            found = 0
        case Across() | Power() | Root():
            found = powers[0]
        case _:
            found = max(powers, default=0)
    return found + own(expression)


def _with_rows(expression: Expression, catalog: Catalog) -> int:
    """With which power of its rows a part grows: 1 a sum or a count, 0 a median or a length of time."""
    match expression:
        case Measure():
            return int(expression.adds_up or expression.aggregate == "distinct")
        case Entities():
            return 1
        case MetricValue():
            return _power_of(catalog.metric(expression.metric), lambda part: _with_rows(part, catalog))
        case _:
            return 0


def _with_length(expression: Expression, catalog: Catalog) -> int:
    """With which power of its period's length a part grows: 1 a sum over the period, 0 a stock or a median."""
    match expression:
        case Subtract():
            return _between(_measures(expression))
        case _:
            return int(_leaf_grows(expression, catalog))


def _leaf_grows(leaf: Expression, catalog: Catalog) -> bool:
    match leaf:
        case Measure():
            return _flows(leaf)
        case Entities():
            inputs = list(leaf.inputs.values())
            return _between(inputs) > 0 or any(map(_flows, inputs))
        case MetricValue():
            other = catalog.metric(leaf.metric)
            return leaf.over in GROWING and other.window == "period" and grows(other, catalog)
        case Length():
            return leaf.over in GROWING
    return False


def _flows(measure: Measure) -> bool:
    adds = measure.aggregate in {"count", "sum", "distinct"}
    return measure.at is None and measure.over in GROWING and adds


def _between(measures: Sequence[Measure]) -> int:
    """1 where measures look at both ends of a period or at it and the one before: what changed in between grows."""
    ends = {one.at for one in measures if one.over in GROWING}
    overs = {one.over for one in measures if one.at is None}
    return int({"start", "end"} <= ends or {"period", "previous"} <= overs)


def _measures(expression: Expression) -> list[Measure]:
    if isinstance(expression, Measure):
        return [expression]
    return [leaf for part in parts(expression) for leaf in _measures(part)]


def _looked_at(expression: Expression) -> list[Measure]:
    """Its measures, those of the inputs of entities among them."""
    own = list(expression.measures) if isinstance(expression, Measure | Entities) else []
    return own + [leaf for part in parts(expression) for leaf in _looked_at(part)]
