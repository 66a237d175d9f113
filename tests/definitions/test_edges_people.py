"""Section F, cases 26 to 33, 37, 38 and 42 to 45: who counts as leaving, absent, paid, ready."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from metrics.display import value_words
from tests.as_text import STAFF, ask, company, figure

GROWN = f"""{STAFF}
    12* gone# 2020-01-01 2025-01-10
    188* old# 2020-01-01 -
    22* new# 2025-01-20 -"""


@pytest.mark.parametrize(
    ("metric", "expected"),
    [
        ("employee_turnover_rate", "5.85"),
        ("employee_turnover_rate.of_start", "6.00"),
        ("employee_turnover_rate.of_end", "5.71"),
        ("employee_turnover_rate.two_point", "5.85"),
        ("employee_turnover_rate.active_plus_leavers", "5.41"),
        ("employee_turnover_rate.mid_month", "6.38"),  # 188 on the 15th
        ("employee_turnover_rate.payroll_12th", "6.38"),
        ("employee_turnover_rate.annualised", "70.24"),
        ("employee_retention_rate", "94.00"),
        ("employee_retention_rate.one_minus_turnover", "94.15"),
        ("employee_retention_rate.end_over_start", "105.00"),
    ],
)
def test_turnover_and_retention_by_every_published_method(tmp_path: Path, metric: str, expected: str) -> None:
    engine = company(tmp_path, GROWN)
    assert figure(engine, metric) == expected
    assert ask(engine, metric).citation.method != "default"


def test_a_share_of_those_here_and_those_gone_rests_on_all_of_them(tmp_path: Path) -> None:
    value = ask(company(tmp_path, GROWN), "employee_turnover_rate.active_plus_leavers")
    assert value.n == 188 + 22 + 12 == value.citation.denominator


def test_a_year_is_the_leavers_of_twelve_months_and_not_twelve_times_a_month(tmp_path: Path) -> None:
    tables = f"{STAFF}\n90* a# 2020-01-01 -\n6* b# 2020-01-01 2024-06-14\n6* c# 2024-06-15 -"
    engine = company(tmp_path, f"{tables}\n3* d# 2020-01-01 2025-01-31")
    twelve = ask(engine, "employee_turnover_rate.twelve_months").citation
    assert twelve.numerator == Decimal(9)
    assert float(twelve.denominator or 0) == pytest.approx((12 * 99 + 96) / 13)
    assert figure(engine, "employee_turnover_rate.annualised") == "36.92"


def test_the_last_working_day_is_still_in_the_headcount_and_the_next_is_not(tmp_path: Path) -> None:
    engine = company(tmp_path, f"{STAFF}\n9* a# 2020-01-01 -\n3* b# 2020-01-01 2025-01-31")
    assert figure(engine, "employee_turnover_rate.of_start") == "25.00"
    assert figure(engine, "employee_turnover_rate.of_end") == "33.33"
    assert figure(engine, "employee_turnover_rate", "2025-02") == "0.00"


def test_contractors_and_casual_staff_are_left_out(tmp_path: Path) -> None:
    engine = company(
        tmp_path,
        f"""{STAFF} employment_type
        8* a# 2020-01-01 - regular
        8* f# 2020-01-01 - fixed_term
        4* b# 2020-01-01 2025-01-09 contractor
        4* c# 2020-01-01 2025-01-09 casual""",
    )
    assert figure(engine, "employee_turnover_rate") == "0.00"


def test_a_rehire_is_a_second_spell_and_a_transfer_no_separation(tmp_path: Path) -> None:
    engine = company(
        tmp_path,
        f"""{STAFF} person_key
        e1 2020-01-01 2025-01-09 p1
        e2 2025-01-20 - p1
        9* o# 2020-01-01 - o#
        job_history: employee_id effective_from department_id change_reason
        e1 2020-01-01 Sales hire
        e2 2025-01-20 Sales hire
        9* o# 2020-01-01 Sales hire
        o1 2025-01-10 Support transfer""",
    )
    assert figure(engine, "employee_turnover_rate.of_start") == "10.00"
    assert figure(engine, "internal_mobility_rate") == "10.00"


def test_openings_stand_in_both_parts_unless_the_headcount_alone_is_asked_for(tmp_path: Path) -> None:
    engine = company(
        tmp_path,
        f"{STAFF}\n20* a# 2020-01-01 -\nrequisitions: req_id opened_on accepted_on closed_on\n5* r# 2025-01-05 - -",
    )
    assert (figure(engine, "vacancy_rate"), figure(engine, "vacancy_rate.of_headcount")) == ("20.00", "25.00")


ABSENT = """absences: employee_id absence_type start_on end_on working_days
    12* e# sickness 2025-01-06 2025-01-09 4
    4* e# sickness 2025-01-20 2025-01-21 2"""


def test_time_lost_and_spells_are_two_metrics_and_need_no_history_of_jobs(tmp_path: Path) -> None:
    engine = company(tmp_path, f"{STAFF}\n80* e# 2020-01-01 -\n{ABSENT}")
    assert figure(engine, "absence_frequency_rate") == "20.00"  # 16 spells among 80 workers
    value = ask(engine, "absence_rate")
    assert (value.citation.numerator, value.citation.denominator) == (Decimal(56), Decimal(80 * 23))
    assert len(value.citation.assumptions) >= 2


def test_spells_without_a_working_day_between_them_are_one(tmp_path: Path) -> None:
    rows = """absences: employee_id absence_type start_on end_on working_days
        6* e# sickness 2025-01-06 2025-01-10 2
        6* e# unplanned 2025-01-13 2025-01-13 0.5
        6* e# vacation 2025-01-14 2025-01-14 1
        6* e# sickness 2025-01-15 2025-01-15 0"""
    weekend = company(tmp_path / "weekend", f"{STAFF}\n9* e# 2020-01-01 -\n{rows}")
    assert figure(weekend, "bradford_factor") == "10.00"  # 2 x 2 x 2.5
    # a company that works on Saturdays
    calendar = "calendar: day is_business_day\n31* 2025-01-## true"
    every_day = company(tmp_path / "every", f"{STAFF}\n9* e# 2020-01-01 -\n{rows}\n{calendar}")
    assert figure(every_day, "bradford_factor") == "22.50"  # 3 x 3 x 2.5


def test_bradford_looks_at_52_weeks(tmp_path: Path) -> None:
    rows = """absences: employee_id absence_type start_on end_on working_days
        6* e# sickness 2024-02-02 2024-02-02 9
        6* e# sickness 2024-02-06 2024-02-06 2
        6* e# sickness 2025-01-08 2025-01-08 0.5"""
    assert figure(company(tmp_path, f"{STAFF}\n9* e# 2020-01-01 -\n{rows}"), "bradford_factor") == "10.00"


def test_overtime_is_of_all_hours_unless_regular_hours_are_asked_for(tmp_path: Path) -> None:
    engine = company(
        tmp_path, "time_entries: employee_id work_day hours_worked overtime_hours\n9* e# 2025-01-06 10 2"
    )
    assert figure(engine, "overtime_rate") == "20.00"
    assert figure(engine, "overtime_rate.of_regular_hours") == "25.00"


def test_the_clock_of_a_requisition_stops_at_the_accepted_offer_or_at_the_first_day(tmp_path: Path) -> None:
    engine = company(
        tmp_path,
        f"""{STAFF}
        6* e# 2025-01-31 -
        requisitions: req_id opened_on accepted_on closed_on hired_employee_id is_evergreen
        6* r# 2024-12-02 2025-01-01 2025-01-01 e# false
        6* o# 2024-12-02 - - - false
        6* g# 2020-01-01 2025-01-01 - - true""",
    )
    assert figure(engine, "time_to_fill") == "30.00"
    assert figure(engine, "time_to_fill.to_start") == "60.00"
    assert figure(engine, "time_to_fill.open_share") == "50.00"
    assert ask(engine, "time_to_fill.open_share").n == 12  # those that are open, and those that were filled


def test_the_pay_gap_is_a_share_of_mens_pay_and_keeps_its_sign(tmp_path: Path) -> None:
    engine = company(
        tmp_path,
        f"""{STAFF} gender
        10* m# 2020-01-01 - M
        10* f# 2020-01-01 - F
        compensation: employee_id effective_from hourly_rate_base
        10* m# 2020-01-01 20
        10* f# 2020-01-01 25""",
    )
    assert figure(engine, "gender_pay_gap_median") == "-25.00"
    assert figure(engine, "gender_pay_gap_median.of_women") == "-20.00"


def test_four_fifths_exactly_is_not_below_four_fifths(tmp_path: Path) -> None:
    # 4 of 25 against 1 of 5, which floating point puts below 0.8
    engine = company(
        tmp_path,
        """applications: application_id applied_on offer_accepted_on group_key
        16* a# 2025-01-05 2025-01-20 a
        84* b# 2025-01-05 - a
        20* c# 2025-01-05 2025-01-20 b
        80* d# 2025-01-05 - b""",
    )
    assert ask(engine, "adverse_impact_ratio").value == Decimal("0.8")


def test_pay_is_brought_to_full_time_before_it_is_compared_with_the_band(tmp_path: Path) -> None:
    pay = """compensation: employee_id effective_from annual_salary_base band_mid
        10* e# 2020-01-01 30000 60000
        10* f# 2020-01-01 50000 40000"""
    jobs = "job_history: employee_id effective_from fte\n10* e# 2020-01-01 0.5\n10* f# 2020-01-01 1"
    engine = company(tmp_path / "jobs", f"{STAFF}\n10* e# 2020-01-01 -\n10* f# 2020-01-01 -\n{pay}\n{jobs}")
    assert figure(engine, "compa_ratio") == "112.50"
    assert figure(engine, "compa_ratio.as_paid") == "87.50"
    without = company(tmp_path / "none", f"{STAFF}\n10* e# 2020-01-01 -\n10* f# 2020-01-01 -\n{pay}")
    assert figure(without, "compa_ratio") == "87.50"
    assert any("fte is taken as 1" in remark for remark in ask(without, "compa_ratio").citation.assumptions)


def test_successors_may_outnumber_roles(tmp_path: Path) -> None:
    rows = "\n".join(f"44* r# 2025-01-01 s{i} now" for i in range(3))
    engine = company(tmp_path, f"succession: role_id as_of successor_id readiness\n{rows}")
    assert figure(engine, "succession_coverage") == "300.00"
    assert figure(engine, "succession_coverage.roles_covered") == "100.00"


def test_weights_of_zero_and_unplanned_work_are_in_neither_part(tmp_path: Path) -> None:
    engine = company(
        tmp_path,
        """initiatives: initiative_id planned_for deployed_on weight
        a 2025-01-01 2025-01-20 8
        b 2025-01-01 - 2
        c 2025-01-01 2025-01-20 0
        d 2024-10-01 2025-01-20 5""",
    )
    assert figure(engine, "implementation_rate") == "80.00"
    assert figure(engine, "implementation_rate.unweighted") == "66.67"


def test_leavers_nobody_judged_and_offers_nobody_answered_are_counted_apart(tmp_path: Path) -> None:
    engine = company(
        tmp_path,
        f"""{STAFF} is_regretted
        6* a# 2020-01-01 2025-01-09 true
        4* b# 2020-01-01 2025-01-09 -
        90* c# 2020-01-01 - -
        applications: application_id offer_extended_on offer_accepted_on offer_declined_on
        8* o# 2025-01-05 2025-01-08 -
        2* d# 2025-01-05 - 2025-01-08
        5* u# 2025-01-05 - -""",
    )
    assert figure(engine, "regretted_turnover_rate.not_judged_share") == "40.00"
    assert figure(engine, "offer_acceptance_rate") == "80.00"
    assert figure(engine, "offer_acceptance_rate.of_all") == "53.33"
    assert figure(engine, "offer_acceptance_rate.undecided_share") == "33.33"


def test_a_rep_counts_by_full_time_and_by_the_length_of_the_quota(tmp_path: Path) -> None:
    engine = company(
        tmp_path,
        """opportunities: owner_id closed_on outcome amount_base
        r0 2025-01-10 won 900
        quotas: employee_id period_start period_end quota_base ramp_pct
        8* r# 2025-01-01 2025-04-01 100 1
        4* s# 2025-01-01 2025-02-15 100 1
        9* t# 2025-01-01 2025-04-01 100 0.5
        job_history: employee_id effective_from fte
        8* r# 2020-01-01 0.5
        4* s# 2020-01-01 1""",
    )
    assert figure(engine, "rep_productivity", "2025-Q1") == "150.00"  # 900 / (8 x 0.5 + 4 x 45 / 90)


def test_whoever_was_hired_three_weeks_ago_is_in_no_ninety_day_rate(tmp_path: Path) -> None:
    engine = company(tmp_path, f"{STAFF}\n9* a# 2025-01-10 -")
    value = ask(engine, "new_hire_turnover_rate", as_of=date(2025, 1, 31))
    assert (value.status.value, value.value) == ("immature_cohort", None)


def test_who_works_a_last_day_is_paid_on_its_morning(tmp_path: Path) -> None:
    engine = company(
        tmp_path,
        f"""{STAFF} gender
        10* m# 2020-01-01 - M
        10* l# 2020-01-01 2025-02-01 M
        10* f# 2020-01-01 - F
        compensation: employee_id effective_from hourly_rate_base
        10* m# 2020-01-01 20
        10* l# 2020-01-01 40
        10* f# 2020-01-01 20""",
    )
    assert figure(engine, "gender_pay_gap_median") == "33.33"
    assert figure(engine, "gender_pay_gap_median", "2025-02") == "0.00"


@pytest.mark.parametrize(
    ("least", "of", "flagged", "words"),
    [
        (40, 50, (), "0.80"),  # against 50 of 50
        (799, 1000, ("below_four_fifths",), "0.80 (below four fifths)"),  # shown as 0.80, and below it
        (39, 50, ("below_four_fifths",), "0.78 (below four fifths)"),
        (16, 20, ("small_sample",), "0.80 (small sample)"),
    ],
)
def test_below_four_fifths_is_flagged_by_exact_fractions_and_few_applicants_are_said(
    tmp_path: Path, least: int, of: int, flagged: tuple[str, ...], words: str
) -> None:
    hired = "application_id applied_on offer_accepted_on group_key"
    tables = f"""applications: {hired}
        {least}* a# 2025-01-31 2025-01-31 a
        {of - least}* b# 2025-01-31 - a
        50* c# 2025-01-31 2025-01-31 b"""
    value = ask(company(tmp_path, tables), "adverse_impact_ratio")
    assert (value.flags, value_words(value, "ratio", "USD")) == (flagged, words)
