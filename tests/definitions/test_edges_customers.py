"""Section F, cases 5 to 15: what is a customer lost, and of whom."""

from __future__ import annotations

from pathlib import Path

import pytest

from metrics.opening import open_company
from metrics.values import Status
from tests.as_text import LEDGER, ask, company, figure

SEVENTY = f"""{LEDGER}
    70* A# 2024-06-01 new 10
    10* A# 2025-01-20 churn -10
    10* N# 2025-01-05 new 10"""


def test_joiners_are_in_no_part_of_a_start_cohort_unless_another_method_is_asked_for(tmp_path: Path) -> None:
    engine = company(tmp_path, SEVENTY)
    assert figure(engine, "customer_churn_rate") == "14.29"
    assert figure(engine, "customer_churn_rate.of_all_served") == "12.50"
    assert figure(engine, "customer_retention_rate") == figure(engine, "customer_retention_rate.shortcut")


def test_who_joins_and_leaves_within_the_month_moves_money_but_no_rate(tmp_path: Path) -> None:
    engine = company(
        tmp_path, f"{LEDGER}\n4* A# 2024-06-01 new 10\nN 2025-01-03 new 5\nN 2025-01-20 churn -5"
    )
    assert figure(engine, "customer_churn_rate") == "0.00"
    assert figure(engine, "customer_churn_rate.all_leavers") == "25.00"
    assert figure(engine, "gross_revenue_retention") == "100.00"
    assert figure(engine, "quick_ratio") == "1.00"
    # the shortcut takes off a newcomer that is no longer there
    assert figure(engine, "customer_retention_rate.shortcut") == "75.00"


def test_churn_happens_when_the_paid_term_ends_not_when_notice_is_given(tmp_path: Path) -> None:
    engine = company(tmp_path, f"{LEDGER}\n2* A# 2024-06-15 new 10\nA1 2025-06-15 churn -10")
    assert figure(engine, "mrr", "2025-06-08") == "20.00"
    assert figure(engine, "mrr", "2025-06-15") == "10.00"


def test_a_loss_is_capped_at_what_the_account_paid_at_the_start(tmp_path: Path) -> None:
    engine = company(
        tmp_path,
        f"{LEDGER}\nA 2024-06-01 new 500\nA 2025-01-05 expansion 879\nA 2025-01-20 churn -1379",
    )
    assert figure(engine, "gross_mrr_churn_rate") == "100.00"
    assert figure(engine, "gross_mrr_churn_rate.uncapped") == "275.80"


def test_a_smaller_plan_is_contraction_and_the_last_plan_gone_is_churn(tmp_path: Path) -> None:
    engine = company(
        tmp_path,
        f"""{LEDGER}
        A 2024-06-01 new 100
        A 2025-01-02 expansion 50
        A 2025-01-10 contraction -120
        B 2024-06-01 new 100
        B 2025-01-10 churn -100""",
    )
    assert figure(engine, "customer_churn_rate") == "50.00"
    assert figure(engine, "gross_revenue_retention") == "15.00"
    assert figure(engine, "expansion_velocity") == "25.00"


def test_a_return_offsets_churn_and_is_not_in_the_cohort_of_those_who_paid(tmp_path: Path) -> None:
    engine = company(
        tmp_path,
        f"""{LEDGER}
        9* A# 2024-06-01 new 10
        A1 2025-01-05 churn -10
        R 2024-01-01 new 10
        R 2024-10-02 churn -10
        R 2025-01-01 reactivation 10""",
    )
    assert figure(engine, "net_mrr_churn_rate") == "0.00"
    assert figure(engine, "net_mrr_churn_rate.without_reactivation") == "11.11"
    assert figure(engine, "net_revenue_retention") == "88.89"
    assert figure(engine, "quick_ratio") == "1.00"
    assert figure(engine, "quick_ratio.without_reactivation") == "0.00"


def test_a_yearly_price_is_a_twelfth_a_month(tmp_path: Path) -> None:
    engine = company(tmp_path, f"{LEDGER}\nA 2025-01-01 new 166.67")
    assert (figure(engine, "mrr"), figure(engine, "arr")) == ("166.67", "2000.04")


def test_losing_small_customers_and_losing_revenue_are_two_metrics(tmp_path: Path) -> None:
    tables = f"{LEDGER}\n9* A# 2024-06-01 new 10\nB 2024-06-01 new 910\n"
    small = company(tmp_path / "a", f"{tables}3* A# 2025-01-05 churn -10")
    large = company(tmp_path / "b", f"{tables}B 2025-01-05 churn -910")
    assert figure(small, "customer_churn_rate") > figure(large, "customer_churn_rate")
    assert float(figure(small, "gross_mrr_churn_rate")) < float(figure(large, "gross_mrr_churn_rate"))


def test_gross_retention_never_passes_a_hundred_where_the_sums_do(tmp_path: Path) -> None:
    tables = (
        f"{LEDGER}\nA 2024-01-01 new 100\nB 2024-01-01 new 100\nA 2025-03-01 expansion 900\nB 2025-03-01 fx 5"
    )
    engine = company(tmp_path, tables)
    assert figure(engine, "gross_revenue_retention", "2025") == "100.00"
    assert figure(engine, "net_revenue_retention", "2025") == "552.50"


def test_net_retention_never_counts_a_new_customer(tmp_path: Path) -> None:
    tables = f"{LEDGER}\n4* A# 2024-01-01 new 250\nA1 2025-03-01 contraction -16\nN 2025-02-01 new 250"
    engine = company(tmp_path, tables)
    assert figure(engine, "net_revenue_retention", "2025") == "98.40"


def test_five_percent_a_month_are_46_percent_a_year_and_not_60(tmp_path: Path) -> None:
    engine = company(tmp_path, f"{LEDGER}\n20* A# 2024-06-01 new 10\n1* A# 2025-01-20 churn -10")
    assert figure(engine, "customer_churn_rate") == "5.00"
    assert figure(engine, "customer_churn_rate.annualised") == "45.96"


def test_a_rate_of_days_is_not_compounded_to_a_year(tmp_path: Path) -> None:
    engine = company(tmp_path, f"{LEDGER}\n20* A# 2024-06-01 new 10\n1* A# 2025-01-20 churn -10")
    value = ask(engine, "customer_churn_rate.annualised", "2025-01-05..2025-01-25")
    assert (value.status, value.value) == (Status.NOT_APPLICABLE, None)


@pytest.mark.parametrize(
    ("metric", "expected"),
    [
        ("loyalty_retention_lift", "50.00"),  # of 2024: 100 - 50
        ("loyalty_retention_lift.unmatched", "60.00"),  # of all: 100 - 2 of 5
    ],
)
def test_members_are_compared_with_others_like_them(tmp_path: Path, metric: str, expected: str) -> None:
    engine = company(
        tmp_path,
        f"""{LEDGER}
        4* A# 2024-06-01 new 10
        3* B# 2022-06-01 new 10
        A3 2025-01-09 churn -10
        2* B# 2025-01-09 churn -10
        accounts: account_id loyalty_joined_on
        2* A# 2024-07-01""",
    )
    assert figure(engine, metric) == expected


@pytest.mark.parametrize("first", ["new", "expansion"])
def test_what_an_account_first_paid_is_all_of_its_first_day(first: str, tmp_path: Path) -> None:
    """Whichever of two movements of one day comes first, the account is a large one."""
    second = "expansion" if first == "new" else "new"
    engine = company(
        tmp_path,
        f"""{LEDGER}
        M 2024-06-01 {first} 5
        M 2024-06-01 {second} 95
        L 2024-06-01 new 90
        2* S# 2024-06-01 new 50
        2* S# 2025-01-09 churn -50
        accounts: account_id loyalty_joined_on
        M 2024-07-01""",
    )
    assert figure(engine, "loyalty_retention_lift") == "0.00"  # L stayed as well


def test_a_scale_from_0_to_5_has_six_boxes_and_is_not_one_of_five_points(tmp_path: Path) -> None:
    engine = company(
        tmp_path,
        """surveys: survey_id survey_type closed_on
        five csat 2025-01-31
        six csat 2025-01-31
        survey_responses: survey_id respondent_key score scale_min scale_max
        6* five r# 5 1 5
        6* five s# 2 1 5
        12* six r# 0 0 5""",
    )
    assert (figure(engine, "csat"), figure(engine, "csat.any_scale")) == ("50.00", "25.00")


def test_rows_whose_account_is_blank_text_are_of_no_account(tmp_path: Path) -> None:
    """A file has nothing, or a space, between its commas."""
    ledger = f"{LEDGER}\n3* A# 2024-06-01 new 10\n- 2024-06-01 new 10\n- 2025-01-20 churn -10"
    engine = company(tmp_path, ledger)
    as_it_is = {name: figure(engine, name) for name in ("customer_churn_rate", "net_revenue_retention")}
    assert as_it_is == {"customer_churn_rate": "0.00", "net_revenue_retention": "100.00"}
    for nothing in ("''", "'  '"):
        file = tmp_path / "tables" / "mrr_movements.sql"
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("(NULL", f"({nothing}"), encoding="utf-8")
        blank = open_company(tmp_path)
        assert {name: figure(blank, name) for name in as_it_is} == as_it_is
        file.write_text(text, encoding="utf-8")


def test_a_scale_that_stands_with_the_surveys_is_none_of_an_answer(tmp_path: Path) -> None:
    """It was taken for one where it was a number, and text of it refused every metric of surveys."""
    answers = "survey_responses: survey_id respondent_key score\n20* s a# 5\n20* s b# 4"
    surveys = "surveys: survey_id survey_type closed_on scale_min scale_max\ns csat 2025-01-31 1 7"
    engine = company(tmp_path, f"{surveys}\n{answers}")
    assert (figure(engine, "csat"), figure(engine, "csat.top_box")) == ("100.00", "50.00")
