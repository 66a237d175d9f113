"""A target of `company.toml` and the period of a value -> whether the target is one for that period.

A quarter's regretted turnover and a year's are figures of different size, and so are a quarter's bookings and a
month's: a target holds for the length of period that it was set for. What does not grow with its period (a share, a
median, a stock) keeps its target.

Nor is the whole company's revenue a target of one segment: what is shared out among groups (money, counts) has its
target as a whole only; a share or a median keeps it in each of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from metrics.company_file import CompanyFile, TargetSetting
from metrics.definition import (
    Across,
    Divide,
    Entities,
    Expression,
    Length,
    Measure,
    MetricValue,
    Multiply,
    Power,
    Subtract,
    Window,
    parts,
)
from metrics.model import Catalog, Metric
from metrics.periods import MONTHS, Period, months_between
from metrics.scorecard import Target
from metrics.values import Value

Own = Callable[[Expression], int]
USUAL = "quarter"
"""The period a target is for that says nothing else: the one that lists look at."""
GROWING = {"period", "previous", "year_before", "next"}
"""The windows that are as long as the period; the others have a length of their own."""
LENGTHS: dict[Window, int] = {
    "trailing_3_months": 3,
    "trailing_12_months": 12,
    "twelve_months_a_year_ago": 12,
}
"""Months of the windows that a metric may have as its own."""


def target_for(metric: Metric, value: Value, file: CompanyFile, catalog: Catalog) -> Target | None:
    """The company's target of a metric for a value.

    None where it is for periods of another length, or of all rows where the value is of some, or where the value is
    computed by another method than the usual one; nor has a sum missed what it may come to until its period is over.
    """
    setting = file.targets.get(metric.id)
    usual = metric.id in catalog.metrics and catalog.metrics[metric.id].method == metric.method
    if setting is None or not usual or not holds(setting, metric, value.period, catalog):
        return None
    if is_share(metric, value, catalog) or is_part(value, catalog):
        return None
    return Target(setting.value, setting.low, setting.high, setting.due)


def is_share(metric: Metric, value: Value, catalog: Catalog) -> bool:
    """Whether a value is some rows' share of what all rows come to: a segment's revenue, not its win rate."""
    scope = value.citation.scope
    if not (scope.filters or scope.group or scope.besides):
        return False
    return _power_of(metric, lambda expression: _with_rows(expression, catalog)) > 0


def unheld(pairs: Iterable[tuple[Metric, Period]], file: CompanyFile, catalog: Catalog) -> tuple[str, ...]:
    """One sentence on the targets that are for periods of other length than those of the values."""
    found: dict[str, list[str]] = {}
    for metric, period in pairs:
        setting = file.targets.get(metric.id)
        if setting is not None and not holds(setting, metric, period, catalog):
            found.setdefault(_length(setting, metric), []).append(metric.name)
    told = [f"{length}: {', '.join(dict.fromkeys(names))}" for length, names in found.items()]
    if not told:
        return ()
    return (f"Targets are not held against periods of another length; set {'; '.join(told)}.",)


def unheld_parts(values: Iterable[Value], file: CompanyFile, catalog: Catalog) -> tuple[str, ...]:
    """One sentence on the targets that are not held against what a period that is not over has come to."""
    names = [
        metric.name
        for value in values
        if is_part(value, catalog)
        and (setting := file.targets.get(value.metric)) is not None
        and holds(setting, metric := catalog.computed(value), value.period, catalog)
    ]
    if not names:
        return ()
    return (f"No target is held against part of a period: {', '.join(dict.fromkeys(names))} so far.",)


def _length(setting: TargetSetting, metric: Metric) -> str:
    own = LENGTHS.get(metric.window)
    return f"for {own} months" if own else f"for a {setting.per or USUAL}"


def holds(setting: TargetSetting, metric: Metric, period: Period, catalog: Catalog) -> bool:
    """Whether a target is one for a value of that period."""
    if metric.window != "period":
        own = LENGTHS.get(metric.window)
        return own is None or months(period) in (None, own)
    return not grows(metric, catalog) or months(period) == MONTHS[setting.per or USUAL]


def months(period: Period) -> int | None:
    """How many whole months a period has; None where it has no whole number of them."""
    if period.start.day != period.end.day:
        return None
    return months_between(period.start, period.end)


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
    overs = {one.over for part in metric.parts for one in _measures(part) if one.at is None}
    return grows(metric, catalog) or ("period" in overs and not overs.isdisjoint({"previous", "year_before"}))


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
        case Across() | Power():
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
