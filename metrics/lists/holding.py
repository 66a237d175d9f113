"""A target of `company.toml` and the period of a value -> whether the target is one for that period.

A quarter's regretted turnover and a year's are figures of different size, and so are a quarter's bookings and a
month's: a target holds for the length of period that it was set for. What does not grow with its period (a share, a
median, a stock) keeps its target.

Nor is the whole company's revenue a target of one segment: what is shared out among groups (money, counts) has its
target as a whole only; a share or a median keeps it in each of them.
"""

from __future__ import annotations

from collections.abc import Iterable

from metrics.calendar.periods import MONTHS, Period, months_between
from metrics.definition import Window
from metrics.folder.company_file import CompanyFile, TargetSetting
from metrics.lists.growing import grows, is_part, is_share
from metrics.model import Catalog, Metric
from metrics.scorecard import Target
from metrics.values import Value

USUAL = "quarter"
"""The period a target is for that says nothing else: the one that lists look at."""
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
