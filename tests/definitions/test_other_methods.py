"""Where a value cannot be had as it was asked for, `counterpoise metric` says how it can."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.as_text import write
from tests.command import counterpoise

SUMS = "mrr_movements: effective_on movement_type amount_base\n2025-01-01 new 100\n2025-05-05 churn -10"


@pytest.mark.parametrize(
    ("metric", "said"),
    [
        (
            "gross_revenue_retention",
            "gross revenue retention can be asked as gross_revenue_retention.aggregate",
        ),
        ("net_revenue_retention", "net revenue retention can be asked as net_revenue_retention.by_movements"),
    ],
)
def test_a_metric_without_its_columns_is_offered_by_the_method_that_has_them(
    metric: str, said: str, tmp_path: Path
) -> None:
    ran = counterpoise("metric", metric, "--period", "2025-05", "--company", str(write(tmp_path, SUMS)))
    assert ran.code == 0
    assert "needs mrr_movements.account_id" in ran.out
    assert said in " ".join(ran.out.split())


def test_no_method_is_offered_for_a_split_that_none_of_them_has(tmp_path: Path) -> None:
    deals = "opportunities: opportunity_id created_on closed_on outcome amount_base\no1 2025-01-01 2025-05-02 won 5"
    folder = write(tmp_path, deals, head='[dimensions.region]\ncolumn = "opportunities.region"\n')
    ran = counterpoise(
        "metric", "win_rate", "--by", "region", "--period", "2025-05", "--company", str(folder)
    )
    assert "needs opportunities.region" in ran.out
    assert "can be asked as" not in ran.out


@pytest.mark.parametrize("metric", ["win_rate", "quick_ratio", "gross_revenue_retention.aggregate"])
def test_nothing_is_offered_where_nothing_else_can_be_or_a_value_is_there(
    metric: str, tmp_path: Path
) -> None:
    ran = counterpoise("metric", metric, "--period", "2025-05", "--company", str(write(tmp_path, SUMS)))
    assert ran.code == 0
    assert "can be asked as" not in ran.out


def test_a_past_period_after_the_newest_day_is_said_to_be_one_and_how_to_ask_for_it(tmp_path: Path) -> None:
    folder = str(write(tmp_path, "mrr_movements: effective_on amount_base\n2025-01-31 174"))
    ran = counterpoise("metric", "arr", "--period", "2025-12", "--company", folder)
    said = (
        "2025-12 lies after the newest day in the data: --as-of 2025-12-31 takes it that nothing moved since."
    )
    assert said in " ".join(ran.out.split())
    again = counterpoise(
        "metric", "arr", "--period", "2025-12", "--as-of", "2025-12-31", "--company", folder, "--json"
    )
    assert again.json["values"][0]["value"] == "2088"
    assert not any("lies after" in note for note in again.json["notes"])


def test_check_offers_no_method_that_lacks_the_same_exchange_rate(tmp_path: Path) -> None:
    euros = "mrr_movements: account_id effective_on movement_type amount currency\na 2025-01-10 new 1000 EUR"
    folder = str(write(tmp_path, euros))
    ran = counterpoise("check", "--company", folder, "--json")
    assert ran.json["metrics"]["other_methods"] == {}
    asked = "what would I have to record to see MRR?"
    ran = counterpoise("ask", asked, "--company", folder, "--as-of", "2025-12-31")
    said = " ".join(ran.out.split())
    assert "To see monthly recurring revenue, record fx_rates from EUR to USD." in said
    assert "Already there: mrr_movements.effective_on." in said


def test_without_an_exchange_rate_no_other_method_is_offered(tmp_path: Path) -> None:
    euros = "mrr_movements: account_id effective_on movement_type amount currency\na 2025-01-10 new 1000 EUR"
    folder = str(write(tmp_path, f"{euros}\nfx_rates: rate_day from_ccy to_ccy rate\n2025-01-10 USD EUR 0.8"))
    ran = counterpoise("metric", "mrr", "--period", "2025-01", "--company", folder)
    assert "needs fx_rates from EUR to USD" in ran.out
    assert "can be asked as" not in ran.out


@pytest.mark.parametrize(
    ("metric", "tables", "said"),
    [
        (
            "csat",
            "surveys: survey_id survey_type closed_on\ns csat 2025-05-31\n"
            "survey_responses: survey_id respondent_key score scale_min scale_max\n"
            + "\n".join(f"s r{i} 1 0 1" for i in range(9)),
            "answers on another scale are left out",
        ),
        (
            "quota_attainment",
            (
                "opportunities: owner_id closed_on outcome amount_base\ne1 2025-05-05 won 30\n"
                "quotas: employee_id period_start period_end quota_base\ne1 2025-01-01 2026-01-01 100"
            ),
            "A quota belongs to the period in which it starts.",
        ),
    ],
)
def test_where_nothing_was_left_to_divide_by_it_is_said_what_the_metric_looks_at(
    metric: str, tables: str, said: str, tmp_path: Path
) -> None:
    folder = str(write(tmp_path, tables))
    ran = counterpoise("metric", metric, "--period", "2025-05", "--as-of", "2025-06-30", "--company", folder)
    assert "undefined" in ran.out
    assert said in " ".join(ran.out.split())


def test_a_defined_value_comes_without_that(tmp_path: Path) -> None:
    folder = str(write(tmp_path, "orders: ordered_at net_amount_base\n2025-05-05 10"))
    ran = counterpoise("metric", "average_order_value", "--period", "2025-05", "--company", folder, "--json")
    assert ran.json["notes"] == ["As of 2025-05-05, the newest day in the data."]
