"""Section F, cases 19 to 25: what a win is a share of, how long a deal takes, what is left of the quota."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from metrics.calendar.periods import Calendar
from metrics.display import value_words
from metrics.engine import Ask
from metrics.notes.beside import shown_with
from metrics.values import Status
from tests.as_text import AS_OF, DEALS, QUOTAS, ask, company, figure

JANUARY = Calendar().containing(date(2025, 1, 1), "month")
HUNDRED_EIGHTY = f"""{DEALS}
    45* w# r 2025-01-01 2025-01-10 won 30
    135* l# r 2025-01-01 2025-01-10 lost 10
    20* d# r 2025-01-01 2025-01-10 disqualified 10
    60* o# r 2025-01-01 - open 10"""


@pytest.mark.parametrize(
    ("metric", "expected"),
    [
        ("win_rate", "25.00"),
        ("win_rate.of_closed", "25.00"),
        ("win_rate.of_all", "17.31"),
        ("win_rate.of_all_closed", "22.50"),
        ("win_rate.by_value", "50.00"),
        ("win_rate.cohort", "25.00"),
        ("win_rate.disqualified_share", "10.00"),
    ],
)
def test_wins_are_a_share_of_closed_deals_and_every_other_base_has_a_name(
    tmp_path: Path, metric: str, expected: str
) -> None:
    assert figure(company(tmp_path, HUNDRED_EIGHTY), metric) == expected


def test_a_company_chooses_its_own_base_and_every_value_says_so(tmp_path: Path) -> None:
    engine = company(tmp_path, HUNDRED_EIGHTY + "\n", head='[variants]\nwin_rate = "of_all"')
    value = ask(engine, "win_rate")
    assert (figure(engine, "win_rate"), value.citation.method) == ("17.31", "of_all")
    assert value.citation.usual_method
    assert ask(engine, "win_rate.of_closed").citation.method == "of_closed"
    assert figure(engine, "win_rate.of_closed") == "25.00"
    assert value.citation.version != ask(engine, "win_rate.of_closed").citation.version


def test_a_cycle_counts_calendar_days_over_a_leap_day_and_won_deals_only(tmp_path: Path) -> None:
    tables = f"{DEALS}\n1 r 2024-02-10 2024-03-11 won 10\n2 r 2024-01-01 2024-03-11 lost 10"
    engine = company(tmp_path, tables)
    assert figure(engine, "sales_cycle_length", "2024-03") == "30.00"
    assert figure(engine, "sales_cycle_length.of_closed", "2024-03") == "50.00"


def test_a_cycle_may_begin_with_the_lead(tmp_path: Path) -> None:
    tables = """opportunities: lead_id created_on closed_on outcome
        l 2025-01-05 2025-01-11 won
        - 2025-01-05 2025-01-11 won
        leads: lead_id created_at
        l 2025-01-01T23:00"""
    assert figure(company(tmp_path, tables), "sales_cycle_length.from_lead") == "10.00"


def test_a_mean_far_above_its_median_is_flagged_and_both_are_given(tmp_path: Path) -> None:
    rows = (
        "1 r 2025-01-01 2025-01-11 won 10\n2 r 2025-01-01 2025-01-13 won 10\n3 r 2024-01-01 2025-01-13 won 10"
    )
    engine = company(tmp_path, f"{DEALS}\n{rows}")
    asks = [Ask("sales_cycle_length", JANUARY), Ask("sales_cycle_length.median", JANUARY)]
    values = [value for [value] in engine.compute(asks, AS_OF)]
    [(mean, [median]), (asked, none)] = shown_with(engine, asks, values, AS_OF)
    assert str(median.value) == "12"
    assert "skewed" in mean.flags
    assert (asked.value, none) == (median.value, ())
    assert "skewed" in value_words(mean, "days", "USD")


def test_the_median_of_an_even_number_is_the_mean_of_the_middle_two(tmp_path: Path) -> None:
    deals = "\n".join(f"{n} r 2025-01-01 2025-01-05 won {n}" for n in (1, 2, 5, 90))
    engine = company(tmp_path, f"{DEALS}\n{deals}")
    assert figure(engine, "average_deal_size.median") == "3.50"
    assert figure(engine, "average_deal_size") == "24.50"


def test_attainment_is_a_ratio_of_sums_and_the_mean_of_ratios_has_a_name(tmp_path: Path) -> None:
    engine = company(
        tmp_path,
        f"""{DEALS}
        5* a# a# 2025-01-01 2025-01-05 won 50
        5* b# b# 2025-01-01 2025-01-05 won 30
        {QUOTAS}
        5* a# 2025-01-01 2025-02-01 100 1
        5* b# 2025-01-01 2025-02-01 20 1""",
    )
    assert figure(engine, "quota_attainment") == "66.67"
    assert figure(engine, "quota_attainment.mean_of_reps") == "100.00"


def test_what_is_not_over_yet_is_counted_apart_and_never_dropped_in_silence(tmp_path: Path) -> None:
    engine = company(
        tmp_path,
        """tickets: ticket_id created_at resolved_at
        3* r# 2025-01-02T08:00 2025-01-02T10:00
        o 2025-01-20T08:00 -
        later 2025-01-20T08:00 2025-02-03T10:00
        leads: lead_id created_at first_human_response_at
        3* a# 2025-01-02T08:00 2025-01-02T08:10
        n 2025-01-20T08:00 -""",
    )
    backlog, unanswered = (
        ask(engine, name) for name in ("resolution_time.open_share", "lead_response_time.unanswered_share")
    )
    assert (str(backlog.citation.numerator), str(backlog.value)) == ("2", "40")
    assert (str(unanswered.citation.numerator), str(unanswered.value)) == ("1", "25")


def test_coverage_is_of_the_quota_that_is_left_and_enough_is_one_by_the_win_rate(tmp_path: Path) -> None:
    engine = company(
        tmp_path,
        f"""opportunities: created_on closed_on expected_close_on outcome amount_base
        2025-01-01 - 2025-03-30 open 3000
        2025-01-01 - 2025-04-30 open 500
        22* 2025-01-01 2025-02-01 2025-03-30 won 10
        78* 2025-01-01 2025-02-01 2025-03-30 lost 10
        {QUOTAS}
        5* r# 2025-01-01 2025-04-01 244 1""",
    )
    assert figure(engine, "pipeline_coverage", "2025-Q1") == "3.00"
    assert figure(engine, "pipeline_coverage.whole_quota", "2025-Q1") == "2.46"
    assert figure(engine, "pipeline_coverage.required", "2025-Q1") == "4.55"


def test_a_skipped_stage_was_entered_and_passed(tmp_path: Path) -> None:
    engine = company(
        tmp_path,
        """opportunity_stage_history: opportunity_id stage entered_at stage_order
        a first 2025-01-02 1
        a third 2025-01-09 3
        b first 2025-01-02 1
        b second 2025-01-03 2
        c third 2025-01-05 3""",
    )
    [values] = engine.compute([Ask("stage_conversion_rate", JANUARY, by=("stage",))], AS_OF)
    found = {value.group["stage"]: str(value.citation.numerator) + "/" + str(value.n) for value in values}
    assert found == {"first": "3/3", "second": "2/3", "third": "None/None"}  # nobody can pass the last stage


def test_acquisition_cost_needs_no_table_of_accounts(tmp_path: Path) -> None:
    engine = company(
        tmp_path,
        """mrr_movements: account_id effective_on movement_type amount_base
        2* A# 2025-01-05 new 10
        B 2024-01-05 new 10
        cost_entries: incurred_on pnl_line nature amount_base
        2024-12-05 sales payroll 300
        2025-01-05 marketing ad_spend 100
        2025-01-05 sales payroll 100""",
    )
    value = ask(engine, "cac")
    assert (value.status, figure(engine, "cac")) == (Status.OK, "100.00")
    assert any("first_paid_on is absent" in remark for remark in value.citation.assumptions)
    assert figure(engine, "cac.previous_period") == "150.00"
    assert figure(engine, "cac.paid") == "50.00"


FORECASTS = "forecasts: forecast_id owner_id submitted_on period_start period_end category amount_base"


@pytest.mark.parametrize(
    ("forecasts", "expected"),
    [
        (
            "1 R 2024-12-20 2025-01-01 2025-02-01 commit 50\n2 R 2024-12-20 2025-01-01 2025-02-01 commit 90",
            "90.00",
        ),
        (
            "2 R 2024-12-20 2025-01-01 2025-02-01 commit 90\n1 R 2024-12-20 2025-01-01 2025-02-01 commit 50",
            "90.00",
        ),
        # a month and the quarter that begins with it: 100 of 90, and 100 of 120
        (
            "1 R 2024-12-20 2025-01-01 2025-02-01 commit 90\n2 R 2024-12-20 2025-01-01 2025-04-01 commit 120",
            "85.00",
        ),
        # whoever gave none in time is taken at the first word after
        (
            "1 R 2025-01-09 2025-01-01 2025-02-01 commit 60\n2 R 2025-01-20 2025-01-01 2025-02-01 commit 100",
            "60.00",
        ),
    ],
)
def test_each_owner_has_one_commitment_for_a_period(forecasts: str, expected: str, tmp_path: Path) -> None:
    engine = company(tmp_path, f"{DEALS}\n1 R 2025-01-02 2025-01-20 won 100\n{FORECASTS}\n{forecasts}")
    assert figure(engine, "forecast_accuracy") == expected


@pytest.mark.parametrize("known", ["period_start", "period_end"])
def test_a_forecast_without_its_days_takes_nothing_from_quotas(known: str, tmp_path: Path) -> None:
    engine = company(
        tmp_path,
        f"""{DEALS}
        1 r 2025-01-01 2025-01-10 won 30
        {QUOTAS}
        r 2025-01-01 2025-02-01 20 1
        forecasts: owner_id {known} amount_base
        r 2025-02-01 30""",
    )
    assert figure(engine, "quota_attainment") == "150.00"
    assert ask(engine, "forecast_accuracy").status is Status.NOT_MEASURED
