"""No dimension parts a rate by what only one of its sides has: over the whole catalog, told and computed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from metrics.calendar.periods import Calendar
from metrics.definition import Measure, Test
from metrics.engine import Ask, Engine
from metrics.errors import UserError
from metrics.model import Catalog
from metrics.opening import open_company
from metrics.values import Status
from tests.tiny import tiny_folder

SENSELESS = [
    ("win_rate", "outcome"),
    ("sales_velocity", "outcome"),
    ("stage_conversion_rate", "outcome"),
    ("internal_fill_rate", "filled_by"),
    ("ready_now_rate", "readiness"),
    ("succession_coverage", "readiness"),
    ("span_of_control", "change_reason"),
    ("quick_ratio", "movement_type"),
    ("customer_churn_rate", "movement_type"),
    ("net_revenue_retention", "movement_type"),
    ("feature_adoption_rate", "event"),
    ("market_share", "segment"),
    ("cost_per_ticket", "department"),
]
SENSIBLE = [
    ("pipeline_value", "outcome"),
    ("average_deal_size", "opp_type"),
    ("time_to_fill", "filled_by"),
    ("mrr", "movement_type"),
    ("opex", "cost_line"),
    ("revenue_growth_rate", "revenue_type"),
    ("stage_conversion_rate", "stage"),
    ("stickiness", "event"),
    ("employee_turnover_rate", "employment_type"),
    ("burnout_risk_rate", "employment_type"),
    ("win_rate", "department"),
]


def splits(engine: Engine) -> Iterator[tuple[str, str]]:
    """Every metric with every dimension that it may be parted by."""
    for metric in engine.catalog.metrics:
        for dimension in engine.catalog.dimensions.values():
            if engine.reaches(metric, dimension.id):
                yield metric, dimension.id


def own_tests(catalog: Catalog, measure: Measure, dimension: str) -> set[str]:
    """What a measure asks of the dimension's own column, told without the engine; that it is known is nothing."""
    path = catalog.dimensions[dimension].paths[measure.table]
    return {str(test) for name, test in measure.where.items() if name == path} - {str(Test(present=True))}


@pytest.mark.parametrize(("metric", "dimension"), SENSELESS)
def test_a_rate_is_not_parted_by_what_one_side_has(demo_engine: Engine, metric: str, dimension: str) -> None:
    assert not demo_engine.reaches(metric, dimension)


@pytest.mark.parametrize(("metric", "dimension"), SENSIBLE)
def test_counts_sums_and_alike_sides_are_parted(demo_engine: Engine, metric: str, dimension: str) -> None:
    assert demo_engine.reaches(metric, dimension)


def test_no_rate_of_the_catalog_asks_only_one_side_what_it_is_parted_by(demo_engine: Engine) -> None:
    catalog = demo_engine.catalog
    rates = [
        (metric, dimension)
        for metric, dimension in splits(demo_engine)
        if catalog.metrics[metric].denominator is not None
    ]
    assert len(rates) > 400
    for metric, dimension in rates:
        assert catalog.dimensions[dimension].rates, (metric, dimension)
        above, below = catalog.metrics[metric].numerator, catalog.metrics[metric].denominator
        if isinstance(above, Measure) and isinstance(below, Measure):
            asked = own_tests(catalog, above, dimension), own_tests(catalog, below, dimension)
            assert asked[0] == asked[1], (metric, dimension)


def test_a_filter_on_one_side_of_a_rate_is_refused_in_one_sentence(tmp_path: Path) -> None:
    deals = "opportunity_id closed_on outcome\no1 2025-02-01 won\no2 2025-03-01 lost"
    engine = open_company(tiny_folder(tmp_path, {"opportunities": deals}))
    with pytest.raises(UserError, match="win_rate cannot be filtered by outcome: the two sides"):
        engine.resolved("win_rate", {"outcome": ["won"]})
    assert engine.resolved("average_deal_size", {"outcome": ["won"]}) == {"outcome": ["won"]}


def test_what_reps_won_for_each_ramped_rep_lies_among_its_departments(demo_engine: Engine) -> None:
    """All that was won may lie above them all: owners without a quota win too, and are no reps."""
    year, day = Calendar().year(2025, fiscal=False), date(2025, 12, 31)
    asks = [Ask("rep_productivity", year), Ask("rep_productivity.of_carriers", year)]
    by_department = Ask("rep_productivity.of_carriers", year, ("department",))
    [everybody], [carriers], table = demo_engine.compute([*asks, by_department], day)
    parts = [value.value for value in table if value.value is not None]
    assert carriers.value is not None
    assert everybody.value is not None
    assert len(parts) > 2
    assert min(parts) < carriers.value < max(parts) < everybody.value
    assert carriers.citation.denominator == everybody.citation.denominator
    won = sum(value.citation.numerator or 0 for value in table)
    assert won <= (carriers.citation.numerator or 0)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("metric", "dimension"), [("loyalty_retention_lift", "segment"), ("adverse_impact_ratio", "department")]
)
def test_what_is_taken_across_a_column_has_groups_too(
    demo_engine: Engine, metric: str, dimension: str
) -> None:
    year = Calendar().year(2025, fiscal=False)
    [table] = demo_engine.compute([Ask(metric, year, by=(dimension,))], date(2025, 12, 31))
    assert len(table) >= 3
    assert all(set(value.group) == {dimension} for value in table)


@pytest.mark.slow
def test_a_period_of_which_nobody_has_had_their_time_keeps_its_name(demo_engine: Engine) -> None:
    quarter = Calendar().quarter(2025, 4, fiscal=False)
    [[value]] = demo_engine.compute([Ask("new_hire_turnover_rate", quarter)], date(2025, 12, 31))
    assert (value.period, value.value, value.citation.sql) == (quarter, None, ())
    assert value.status is Status.IMMATURE_COHORT
