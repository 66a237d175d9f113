"""Whether a dimension says something of a metric: a rate is parted only by what both its sides are parted by."""

from __future__ import annotations

from collections.abc import Iterator

from metrics.definition import Divide, Expression, Measure, MetricValue, Test, Where
from metrics.engine.asking.leaves import Frame, Leaf, metric_parts
from metrics.engine.asking.needs import below, figures
from metrics.model import Dimension, Metric

SIDES = ("numerator", "denominator")
KNOWN = {str(Test(present=True))}


def makes_sense(metric: Metric, dimension: Dimension, frame: Frame) -> bool:
    """Whether a metric may be parted or filtered by a dimension that all its tables know.

    Counts and sums may be parted by anything. A rate may not where the dimension is a matter of its counts only
    (the reason of a job change says nothing of who could have changed), where its two sides ask different things of
    that very column (a win rate by outcome is 100 % of the won and none of the lost), or where one side comes from
    outside the company, undivided.
    """
    if not _is_rate(metric, frame):
        return True
    return (
        dimension.rates and not any(figures(metric, frame)) and not asks_differently(frame, metric, dimension)
    )


def asks_differently(frame: Frame, metric: Metric, dimension: Dimension) -> bool:
    """Whether the sides of a rate hold different conditions on the column that is the dimension."""
    own = frame.leaves(metric)
    over, under = (
        {
            tests
            for leaf in own.get(side, ())
            if not frame.is_for_all(leaf.expression)
            for tests in _asked(leaf, dimension)
        }
        for side in SIDES
    )
    return over != under if over and under else len(over | under) > 1


def _asked(leaf: Leaf, dimension: Dimension) -> Iterator[frozenset[str]]:
    """The conditions of each measure of a leaf on the dimension's own column; that it is known is none."""
    for measure in leaf.measures:
        column = _ends(measure.table, dimension.paths.get(measure.table, ""))
        tests = {str(test) for where in _wheres(measure) for test in _of(measure, where, column)}
        yield frozenset(tests - KNOWN)


def _wheres(measure: Measure) -> Iterator[Where]:
    yield measure.where
    yield from measure.any_of


def _of(measure: Measure, where: Where, column: str) -> Iterator[object]:
    for path, condition in where.items():
        if _ends(measure.table, path) == column:
            yield condition


def _ends(table: str, path: str) -> str:
    """The table and column that a path leads to."""
    last = path.rpartition(">")[2]
    return last if "." in last else f"{table}.{last}"


def _is_rate(metric: Metric, frame: Frame) -> bool:
    return metric.denominator is not None or any(_divides(part, frame) for part in metric_parts(metric))


def _divides(expression: Expression, frame: Frame) -> bool:
    if isinstance(expression, MetricValue):
        return _is_rate(frame.catalog.metric(expression.metric), frame)
    return isinstance(expression, Divide) or any(_divides(part, frame) for part in below(expression, frame))
