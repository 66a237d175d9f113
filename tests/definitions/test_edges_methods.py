"""Other methods where rows are odd: what is not known is not made up, and nothing is counted twice."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest

from metrics.load import load_catalog
from tests.as_text import COSTS, LEDGER, QUOTAS, ask, company, figure

YEARS = """
[external.customer_lifespan_years]
value = 2
source = "made up"
as_of = 2025-01-01
"""


def test_a_visit_that_saw_no_page_is_no_visit_of_a_single_page(tmp_path: Path) -> None:
    engine = company(
        tmp_path,
        """web_sessions: session_id started_at page_views
        2* single# 2025-01-05 1
        1* none# 2025-01-05 0
        1* unknown# 2025-01-05 -
        4* several# 2025-01-05 3""",
    )
    assert figure(engine, "bounce_rate.single_page") == "25.00"


def test_a_customer_who_left_and_came_back_was_one_customer(tmp_path: Path) -> None:
    engine = company(
        tmp_path,
        f"""{LEDGER}
        5* A# 2024-06-01 new 10
        A0 2025-01-05 churn -10
        A0 2025-01-20 reactivation 10
        B 2024-06-01 new 10
        B 2024-07-01 churn -10
        3* B 2025-01-20 reactivation 5""",
    )
    assert figure(engine, "customer_churn_rate.of_all_served") == "16.67"  # one of six
    assert figure(engine, "customer_churn_rate") == "0.00"
    assert (
        figure(engine, "customer_retention_rate.shortcut") == "80.00"
    )  # six less two who came back, of five


def test_orders_of_nobody_known_make_no_customer_worth_more(tmp_path: Path) -> None:
    engine = company(
        tmp_path,
        f"""orders: account_id ordered_at gross_amount_base
        2* a 2025-01-05 100
        2* b 2025-01-06 100
        50* - 2025-01-07 100
        revenue_entries: recognised_on amount_base
        2025-01-05 1000
        {COSTS}
        2025-01-05 cogs other 500""",
        head=YEARS,
    )
    assert figure(engine, "customer_lifetime_value.orders") == "2400.00"  # 100 x 24 a year x 2 years x 50 %


def test_a_pilot_of_which_a_figure_is_not_known_neither_gained_nor_lost(tmp_path: Path) -> None:
    engine = company(
        tmp_path,
        """pilots: pilot_id started_on functions_start functions_now use_cases_start use_cases_now wishlist_items
        grew 2025-01-05 1 4 1 3 -
        stayed 2025-01-06 2 2 2 2 2
        begun 2025-01-07 5 - 4 - 1
        unknown 2025-01-08 - 9 - 7 1""",
    )
    assert figure(engine, "expansion_velocity.pilots") == "1.50"
    assert figure(engine, "engagement_depth.pilots") == "2.00"


def test_a_ticket_is_only_left_out_where_it_was_handed_on(tmp_path: Path) -> None:
    engine = company(
        tmp_path,
        """tickets: ticket_id resolved_at customer_replies reopened_count escalated
        2* solved# 2025-01-05 0 0 -
        1* told# 2025-01-05 0 0 false
        1* asked# 2025-01-05 3 0 -
        6* handed# 2025-01-05 0 0 true""",
    )
    assert figure(engine, "first_contact_resolution.not_escalated") == "75.00"


def test_a_share_rests_on_all_that_it_is_a_share_of(tmp_path: Path) -> None:
    engine = company(
        tmp_path,
        f"""tickets: ticket_id created_at resolved_at customer_replies reopened_count escalated
        3* solved# 2025-01-05 2025-01-06 0 0 false
        1* handed# 2025-01-05 2025-01-06 0 0 true
        4* open# 2025-01-05 - 0 0 false
        {LEDGER}
        2* A# 2024-06-01 new 10
        A0 2025-01-05 churn -10
        3* N# 2025-01-20 new 10""",
    )
    assert [
        ask(engine, id_).n
        for id_ in (
            "resolution_time.open_share",
            "first_contact_resolution.not_escalated",
            "customer_churn_rate.of_all_served",
        )
    ] == [8, 3, 5]


@pytest.mark.parametrize(
    "id_", ["implementation_rate.different_weights", "engagement_depth.pilots", "expansion_velocity.pilots"]
)
def test_a_count_is_neither_a_percentage_nor_a_count_for_each_account(id_: str) -> None:
    assert load_catalog().metric(id_).unit == "count"


def test_without_a_quota_there_is_nothing_to_cover(tmp_path: Path) -> None:
    engine = company(
        tmp_path,
        f"""opportunities: opportunity_id created_on closed_on expected_close_on outcome amount_base
        d 2025-01-02 - 2025-01-30 open 100
        opportunity_stage_history: opportunity_id stage entered_at stage_order stage_probability
        d first 2025-01-02 1 0.5
        {QUOTAS}
        a 2025-01-01 2025-02-01 50 1""",
    )
    assert figure(engine, "pipeline_coverage.whole_quota") == "2.00"
    assert figure(engine, "pipeline_coverage.weighted") == "1.00"
    for method in ("", ".whole_quota", ".weighted"):
        assert figure(engine, f"pipeline_coverage{method}", "2025-02") == "undefined_zero_denominator"


def test_of_stages_of_one_day_the_furthest_holds_in_whatever_order_the_rows_come(tmp_path: Path) -> None:
    visits = ["d first 2025-01-02 1 0.1", "d second 2025-01-02 2 0.4", "d third 2025-01-02 3 0.7"]
    for number, order in enumerate(permutations(visits)):
        rows = "\n".join(order)
        engine = company(
            tmp_path / str(number),
            f"""opportunities: opportunity_id created_on closed_on expected_close_on outcome amount_base
            d 2025-01-02 - 2025-01-30 open 100
            opportunity_stage_history: opportunity_id stage entered_at stage_order stage_probability
            {rows}""",
        )
        assert figure(engine, "pipeline_value.weighted") == "70.00"


def test_what_is_enough_follows_from_the_deals_of_a_year(tmp_path: Path) -> None:
    engine = company(
        tmp_path,
        """opportunities: opportunity_id created_on closed_on outcome amount_base
        1* w# 2024-01-05 2024-03-05 won 10
        3* l# 2024-01-05 2024-05-05 lost 10
        1* old# 2023-01-05 2023-12-05 lost 10""",
    )
    assert figure(engine, "pipeline_coverage.required", "2025-01") == "4.00"


def test_months_forecast_too_high_and_too_low_do_not_make_up_for_each_other(tmp_path: Path) -> None:
    engine = company(
        tmp_path,
        """opportunities: opportunity_id owner_id closed_on outcome amount_base
        1 a 2025-01-05 won 100
        2 b 2025-01-05 won 100
        3 a 2025-02-05 won 100
        forecasts: forecast_id owner_id submitted_on period_start period_end category amount_base
        f1 a 2024-12-30 2025-01-01 2025-02-01 commit 150
        f2 b 2024-12-30 2025-01-01 2025-02-01 commit 80
        f3 a 2025-01-30 2025-02-01 2025-03-01 commit 70""",
    )
    assert (
        figure(engine, "forecast_accuracy.of_total", "2025-01") == "85.00"
    )  # 230 of 200: what b missed, a made
    assert figure(engine, "forecast_accuracy.of_total", "2025-Q1") == "80.00"  # 30 too many, and 30 too few


def test_a_margin_of_revenue_that_was_taken_back_says_nothing(tmp_path: Path) -> None:
    engine = company(
        tmp_path,
        """revenue_entries: recognised_on amount_base
        2024-01-05 100
        2024-02-05 100
        2025-01-05 130
        2025-02-05 -50
        cash_flows: flow_id flow_on flow_type amount_base
        a 2025-01-10 operating 13
        b 2025-01-10 financing 500
        c 2025-02-10 operating -90""",
    )
    assert figure(engine, "rule_of_40.cash", "2025-01") == "40.00"  # 30 + 10
    assert figure(engine, "rule_of_40.cash", "2025-02") == "undefined_zero_denominator"


def test_cash_is_taken_out_of_as_many_months_of_recurring_revenue(tmp_path: Path) -> None:
    engine = company(
        tmp_path,
        f"""{LEDGER}
        a 2023-06-01 new 100
        b 2025-02-01 new 20
        cash_flows: flow_id flow_on flow_type amount_base
        c 2025-02-10 operating 33""",
    )
    assert figure(engine, "rule_of_40.arr", "2025-Q1") == "30.00"  # 20 + 33 of three months of 110


@pytest.mark.parametrize(
    "share",
    [
        "win_rate.disqualified_share",
        "offer_acceptance_rate.undecided_share",
        "representation_rate.unknown_share",
    ],
)
def test_less_is_better_of_what_a_rate_leaves_out(share: str) -> None:
    catalog = load_catalog()
    assert catalog.metric(share).direction == "down"
    assert catalog.metric(share.partition(".")[0]).direction != "down"
