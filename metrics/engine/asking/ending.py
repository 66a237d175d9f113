"""What a metric looks at of a period: all of it, or how it ends."""

from __future__ import annotations

from metrics.definition import Entities, Expression, FirstOf, Length, Measure, MetricValue, parts
from metrics.engine.asking.leaves import Frame
from metrics.model import Metric

ENDING = {
    "trailing_7_days",
    "trailing_30_days",
    "trailing_13_weeks",
    "trailing_52_weeks",
    "trailing_1_month",
    "trailing_3_months",
    "trailing_12_months",
}
"""The windows that end where a period ends, wherever it begins."""


def only_its_end(metric: Metric, frame: Frame) -> bool:
    """Whether a metric looks at nothing of a period but how it ends: of a year it is what it is of December."""
    return _of_the_end(metric, frame, windows=True)


def stands_at_its_end(metric: Metric, frame: Frame) -> bool:
    """Whether a metric is of those alone who are there when a period ends, and of nothing that came before it."""
    return _of_the_end(metric, frame, windows=False)


def _of_the_end(metric: Metric, frame: Frame, *, windows: bool) -> bool:
    whole = (metric.numerator, metric.denominator, metric.n)
    return all(_at_its_end(part, frame, windows=windows) for part in whole if part is not None)


def _at_its_end(expression: Expression, frame: Frame, *, windows: bool) -> bool:
    match expression:
        case Measure():
            stock = expression.over == "period" and expression.at in {"end", "known"}
            return not expression.looks and (stock or (windows and expression.over in ENDING))
        case Entities():
            return all(_at_its_end(one, frame, windows=windows) for one in expression.measures)
        case FirstOf():
            return _at_its_end(frame.first(expression), frame, windows=windows)
        case Length():
            return windows and expression.over in ENDING
        case MetricValue():
            return False
        case _:
            return all(_at_its_end(part, frame, windows=windows) for part in parts(expression))
