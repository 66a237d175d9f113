"""All 138 metrics and every other way to compute them, on the demo company, through the engine."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from metrics.engine import Ask, Engine
from metrics.periods import Calendar
from metrics.values import Status, Value

LAST_DAY = date(2025, 12, 31)
QUARTER = Calendar().last_complete("quarter", LAST_DAY)
REASONS: Mapping[str, tuple[str, str]] = {
    "customer_lifetime_value": ("capped", "so little churn that a lifetime is over 60 months"),
    "customer_lifetime_value.revenue": ("capped", "the same"),
    "customer_lifetime_value.revenue_churn": ("capped", "of revenue, too"),
    "ltv_cac_ratio": ("capped", "it is made of the lifetime value"),
    "product_activation_rate": ("immature_cohort", "who signed up in the last week has had no seven days"),
    "second_use_rate": ("immature_cohort", "nor fourteen"),
    "user_retention_rate": ("immature_cohort", "nor thirty-four"),
    "recordable_incident_rate.days_per_case": (
        "undefined_zero_denominator",
        "nobody was away after an incident",
    ),
    "recordable_incident_rate.days_per_recordable": (
        "undefined_zero_denominator",
        "no incident was to be recorded",
    ),
    "user_retention_rate.day_1": (
        "immature_cohort",
        "whoever signed up on the last day has had no day after",
    ),
    "user_retention_rate.day_7": ("immature_cohort", "nor seven"),
    "user_retention_rate.day_30": ("immature_cohort", "nor thirty"),
    "user_retention_rate.from_day_7": ("immature_cohort", "the same"),
    "user_retention_rate.from_day_30": ("immature_cohort", "the same"),
    "new_hire_turnover_rate.within_180_days": ("immature_cohort", "hires of the third quarter are too new"),
}
"""The metrics that are not simply ``ok`` on the last day of the demo's data, and why."""


@pytest.fixture(scope="module")
def values(demo_engine: Engine) -> dict[str, Value]:
    """Each metric and variant over its own window, as a scorecard of the last quarter asks for it."""
    asks = {}
    for metric in demo_engine.catalog.metrics.values():
        period = QUARTER.shifted(1) if metric.looks_ahead else QUARTER
        for name in (metric.id, *metric.others):
            asks[name] = Ask(name, period, usual_window=True)
    return {
        name: value for name, [value] in zip(asks, demo_engine.compute(asks.values(), LAST_DAY), strict=True)
    }


def test_all_138_metrics_are_computed_or_say_why_not(demo_engine: Engine, values: dict[str, Value]) -> None:
    assert len(demo_engine.catalog.metrics) == 138
    odd = {name: value.status.value for name, value in values.items() if value.status is not Status.OK}
    suppressed = {name for name, status in odd.items() if status == Status.SUPPRESSED}
    assert {name: status for name, status in odd.items() if name not in suppressed} == {
        name: status for name, (status, _) in REASONS.items() if name not in suppressed
    }
    assert suppressed <= {name for name in REASONS if "." in name}


def test_every_value_names_the_method_that_was_used(demo_engine: Engine, values: dict[str, Value]) -> None:
    for name, value in values.items():
        metric = demo_engine.catalog.metric(name)
        assert value.citation.method == metric.method
        assert (metric.method_name != "") == bool(metric.variants)


def test_the_demo_lacks_nothing_that_a_metric_needs(values: dict[str, Value]) -> None:
    assert [name for name, value in values.items() if value.needs] == []
