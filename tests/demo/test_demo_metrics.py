"""All 138 metrics and every other way to compute them, on the demo company, through the engine."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from metrics.calendar.periods import Calendar
from metrics.engine import Ask, Engine
from metrics.values import Status, Value
from metrics.warehouse import Warehouse

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
    names = [name for metric in demo_engine.catalog.metrics.values() for name in (metric.id, *metric.others)]
    asks = [ask_of(demo_engine, name) for name in names]
    return {name: value for name, [value] in zip(names, demo_engine.compute(asks, LAST_DAY), strict=True)}


def ask_of(engine: Engine, name: str) -> Ask:
    period = QUARTER.shifted(1) if engine.catalog.metric(name).looks_ahead else QUARTER
    return Ask(name, period, usual_window=True)


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


def test_a_column_that_no_metric_is_said_to_read_changes_no_value(
    demo_engine: Engine, values: dict[str, Value]
) -> None:
    company, selects = demo_engine.company, dict(demo_engine.company.selects)
    for table in demo_engine.catalog.tables.values():
        unread = [one.name for one in table.columns if one.meaning.endswith("no shipped metric reads it")]
        if unread:
            selects[table.name] = f"SELECT * EXCLUDE ({', '.join(unread)}) FROM ({selects[table.name]})"
    assert selects != company.selects
    bare = company.model_copy(update={"selects": selects})
    without = Engine(demo_engine.catalog, bare, Warehouse(bare, demo_engine.warehouse.engine))
    again = without.compute([ask_of(demo_engine, name) for name in values], LAST_DAY)
    assert {name: (value.status, value.value) for name, [value] in zip(values, again, strict=True)} == {
        name: (value.status, value.value) for name, value in values.items()
    }
