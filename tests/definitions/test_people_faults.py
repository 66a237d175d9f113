"""People metrics on rows as real companies have them: people who move, are between jobs, or have no row somewhere."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from metrics.calendar.period_words import parse_period
from metrics.engine import Ask, Engine
from metrics.notes.why_undefined import running_months
from metrics.values import Status
from tests.as_text import AS_OF, QUOTAS, STAFF, ask, company, figure, shown

JOBS = "job_history: employee_id effective_from effective_to department_id"
TWENTY = f"{STAFF}\n20* a# 2020-01-01 -\n20* b# 2020-01-01 -"
IN_A_AND_B = f"{TWENTY}\n{JOBS}\n20* a# 2020-01-01 - A\n20* b# 2020-01-01 - B"


def by_department(engine: Engine, metric: str, period: str) -> dict[str, str]:
    """A metric of each department, to two places."""
    when = parse_period(period, as_of=AS_OF, calendar=engine.company.calendar)
    [values] = engine.compute([Ask(metric, when, by=("department",))], AS_OF)
    return {value.group["department"]: shown(value) for value in values}


def test_who_moved_within_the_year_was_in_the_old_department_a_year_ago(tmp_path: Path) -> None:
    engine = company(
        tmp_path,
        f"""{IN_A_AND_B}
        10* a# 2024-06-01 - B""",
    )
    assert by_department(engine, "stability_index", "2025-Q1") == {"A": "100.00", "B": "100.00"}


def test_working_days_are_those_of_the_company_in_every_group(tmp_path: Path) -> None:
    """With a calendar mapped nothing about absence could be parted, for no day of it is of a department."""
    days = "\n".join(f"2025-01-{day:02} {str(day % 2 == 0).lower()}" for day in range(1, 32))
    engine = company(
        tmp_path,
        f"""{IN_A_AND_B}
        absences: absence_id employee_id absence_type start_on working_days
        1 a1 sickness 2025-01-06 3
        2 b1 sickness 2025-01-06 6
        calendar: day is_business_day
        {days}""",
    )
    assert by_department(engine, "absence_rate", "2025-01") == {"A": "1.00", "B": "2.00"}  # of 20 x 15 days
    assert figure(engine, "absence_rate", "2025-01") == "1.50"
    when = parse_period("2025-01", as_of=AS_OF, calendar=engine.company.calendar)
    [[value]] = engine.compute([Ask("absence_rate", when, filters={"department": ["B"]})], AS_OF)
    assert (shown(value), str(value.citation.denominator), value.n) == ("2.00", "300", 20)


def test_of_two_jobs_that_begin_on_one_day_the_order_of_rows_decides_nothing(tmp_path: Path) -> None:
    jobs = [
        "20* b# 2020-01-01 - B",
        "10* a# 2020-01-01 - B",
        "10* a# 2020-01-01 - A",
        "10+10* a# 2020-01-01 - A",
    ]
    for turn, rows in enumerate((jobs, jobs[::-1])):
        engine = company(tmp_path / str(turn), "\n".join([TWENTY, JOBS, *rows]))
        when = parse_period("2025-Q1", as_of=AS_OF, calendar=engine.company.calendar)
        [values] = engine.compute([Ask("employee_turnover_rate", when, by=("department",))], AS_OF)
        assert {value.group["department"]: value.n for value in values} == {"A": 10, "B": 30}


@pytest.mark.parametrize("metric", ["employee_retention_rate", "stability_index"])
def test_who_is_between_two_jobs_is_still_in_the_department_of_the_last_one(
    tmp_path: Path, metric: str
) -> None:
    engine = company(
        tmp_path,
        f"""{TWENTY}
        {JOBS}
        10* a# 2020-01-01 2023-12-01 A
        10+10* a# 2020-01-01 - A
        20* b# 2020-01-01 - B
        10* a# 2025-06-01 - A""",
    )
    assert by_department(engine, metric, "2025-Q1") == {"A": "100.00", "B": "100.00"}


def test_the_first_job_that_is_known_stands_for_the_time_since_the_hire(tmp_path: Path) -> None:
    engine = company(
        tmp_path,
        f"""{STAFF}
        10* a# 2020-01-01 -
        job_history: employee_id effective_from fte
        10* a# 2025-06-01 0.5
        revenue_entries: recognised_on amount_base
        2025-01-10 900""",
    )
    assert figure(engine, "revenue_per_employee") == "180.00"


def test_a_person_without_a_row_in_the_history_of_jobs_can_be_coached(tmp_path: Path) -> None:
    engine = company(
        tmp_path,
        f"""{STAFF}
        10* a# 2020-01-01 -
        {JOBS}
        5+5* a# 2020-01-01 - A
        coaching_sessions: employee_id session_type held_on
        5* a# coaching 2025-01-10""",
    )
    assert figure(engine, "coaching_coverage") == "50.00"


@pytest.mark.parametrize("metric", ["enps", "nps"])
def test_a_scale_from_one_to_ten_is_not_one_from_nought_to_ten(tmp_path: Path, metric: str) -> None:
    engine = company(
        tmp_path,
        f"""surveys: survey_id survey_type closed_on
        S {metric} 2025-01-31
        survey_responses: survey_id respondent_key question_id score scale_min scale_max
        10* S a# q 9 0 10
        10* S b# q 5 1 10""",
    )
    assert figure(engine, metric) == "100.00"


def test_an_opening_filled_nobody_says_how_was_not_filled_from_outside(tmp_path: Path) -> None:
    engine = company(
        tmp_path,
        """requisitions: req_id opened_on accepted_on filled_by
        6* i# 2024-12-01 2025-01-10 internal
        6* e# 2024-12-01 2025-01-10 external
        6* u# 2024-12-01 2025-01-10 -""",
    )
    assert figure(engine, "internal_fill_rate") == "50.00"


@pytest.mark.parametrize(("women", "expected"), [(6, "-25.00"), (4, "suppressed")])
def test_a_side_of_the_pay_gap_is_all_women_however_they_are_spelt(
    tmp_path: Path, women: int, expected: str
) -> None:
    engine = company(
        tmp_path,
        f"""{STAFF} gender
        12* m# 2020-01-01 - M
        {women}* f# 2020-01-01 - F
        {women}* g# 2020-01-01 - female
        w 2020-01-01 2023-05-31 Woman
        compensation: employee_id effective_from hourly_rate_base
        12* m# 2020-01-01 20
        {women}* f# 2020-01-01 25
        {women}* g# 2020-01-01 25
        w 2020-01-01 90""",
    )
    assert figure(engine, "gender_pay_gap_median") == expected
    assert figure(engine, "gender_pay_gap_mean") == expected


def test_a_gender_that_nobody_is_of_any_more_makes_no_smallest_group(tmp_path: Path) -> None:
    engine = company(
        tmp_path,
        f"""{STAFF} gender
        20* m# 2020-01-01 - M
        4* f# 2020-01-01 - F
        x 2020-01-01 2023-05-31 X
        job_history: employee_id effective_from change_reason
        20* m# 2020-01-01 hire
        4* f# 2020-01-01 hire
        x 2020-01-01 hire
        8* m# 2025-01-10 promotion
        3* f# 2025-01-10 promotion""",
    )
    assert figure(engine, "adverse_impact_ratio.promotions_by_gender", "2025-Q1") == "suppressed"


def test_a_month_of_a_quarterly_quota_has_as_many_reps_as_the_quarter(tmp_path: Path) -> None:
    engine = company(
        tmp_path,
        f"""{STAFF}
        6* r# 2020-01-01 -
        opportunities: owner_id closed_on outcome amount_base
        r0 2025-01-10 won 300
        r1 2025-02-10 won 600
        {QUOTAS}
        6* r# 2025-01-01 2025-04-01 100 1""",
    )
    assert [figure(engine, "rep_productivity", period) for period in ("2025-01", "2025-02", "2025-Q1")] == [
        "50.00",
        "100.00",
        "150.00",
    ]


def test_a_rep_who_has_left_is_not_counted_among_the_people_of_a_value(tmp_path: Path) -> None:
    engine = company(
        tmp_path,
        f"""{STAFF}
        4* r# 2020-01-01 -
        gone 2020-01-01 2024-12-20
        job_history: employee_id effective_from fte
        4* r# 2020-01-01 1
        gone 2020-01-01 1
        opportunities: owner_id closed_on outcome amount_base
        r0 2025-01-10 won 300
        {QUOTAS}
        4* r# 2025-01-01 2025-04-01 100 1
        gone 2025-01-01 2025-04-01 100 1""",
    )
    assert figure(engine, "rep_productivity", "2025-Q1") == "suppressed"


def test_of_two_reviews_of_one_day_the_last_by_its_key_counts(tmp_path: Path) -> None:
    engine = company(
        tmp_path,
        f"""{STAFF}
        12* a# 2020-01-01 -
        reviews: review_id employee_id due_on completed_on is_top_performer
        12* y# a# 2024-12-01 2024-12-01 true
        12* x# a# 2024-12-01 2024-12-01 false""",
    )
    value = ask(engine, "top_performer_retention", "2025-Q1")
    assert (shown(value), value.n) == ("100.00", 12)


@pytest.mark.parametrize("metric", ["span_of_control", "revenue_per_employee"])
def test_a_job_dated_before_the_hire_is_not_held_before_it(tmp_path: Path, metric: str) -> None:
    engine = company(
        tmp_path,
        f"""{STAFF}
        10* a# 2020-01-01 -
        10* b# 2025-02-03 -
        job_history: employee_id effective_from manager_id
        10* a# 2020-01-01 m
        10* b# 2024-12-01 m
        5* b# 2025-01-20 m
        revenue_entries: recognised_on amount_base
        2025-01-10 100""",
    )
    assert figure(engine, metric) == "10.00"


def test_pay_dated_before_the_hire_is_not_paid_before_it(tmp_path: Path) -> None:
    engine = company(
        tmp_path,
        f"""{STAFF} gender
        12* m# 2020-01-01 - M
        12* f# 2020-01-01 - F
        5* n# 2025-02-03 - M
        compensation: employee_id effective_from hourly_rate_base
        12* m# 2020-01-01 20
        12* f# 2020-01-01 15
        5* n# 2025-01-15 200""",
    )
    assert figure(engine, "gender_pay_gap_mean") == "25.00"


def test_pay_of_which_nothing_older_is_known_is_that_of_its_own_days_alone(tmp_path: Path) -> None:
    engine = company(
        tmp_path,
        f"""{STAFF} gender
        12* m# 2020-01-01 - M
        12* f# 2020-01-01 - F
        compensation: employee_id effective_from hourly_rate_base
        12* m# 2025-02-01 20
        12* f# 2025-02-01 15""",
    )
    assert figure(engine, "gender_pay_gap_mean") == "undefined_zero_denominator"


@pytest.mark.parametrize("method", ["", ".median"])
def test_an_opening_of_which_nobody_says_since_when_it_was_open_takes_no_part(
    tmp_path: Path, method: str
) -> None:
    engine = company(
        tmp_path,
        """requisitions: req_id opened_on accepted_on
        6* a# 2024-12-01 2025-01-10
        6* b# - 2025-01-10""",
    )
    value = ask(engine, f"time_to_fill{method}")
    assert (shown(value), value.n) == ("40.00", 6)


def test_a_rating_from_before_the_hire_is_none_of_the_first_year(tmp_path: Path) -> None:
    engine = company(
        tmp_path,
        f"""{STAFF}
        12* a# 2024-01-10 -
        reviews: review_id employee_id due_on completed_on rating rating_max
        12* x# a# 2024-07-01 2024-07-01 5 5
        12* y# a# 2023-12-01 2023-12-01 0 5""",
    )
    assert figure(engine, "quality_of_hire", "2024-01") == "100.00"


@pytest.mark.parametrize("method", ["", ".mean"])
def test_who_attains_the_quota_of_the_period_of_the_hire_ramped_in_no_time(
    tmp_path: Path, method: str
) -> None:
    engine = company(
        tmp_path,
        f"""{STAFF}
        6* r# 2025-03-10 -
        opportunities: owner_id closed_on outcome amount_base
        6* r# 2025-03-20 won 300
        {QUOTAS}
        6* r# 2025-01-01 2025-04-01 100 1""",
    )
    assert figure(engine, f"ramp_time{method}", "2025-Q1") == "0.00"


@pytest.mark.parametrize("metric", ["vacancy_rate.of_headcount", "time_to_fill.open_share"])
def test_a_filled_opening_of_which_nobody_says_since_when_it_was_open_takes_no_other_away(
    tmp_path: Path, metric: str
) -> None:
    engine = company(
        tmp_path,
        f"""{STAFF}
        20* a# 2020-01-01 -
        requisitions: req_id opened_on accepted_on closed_on
        10* a# 2024-12-01 - -
        10* b# 2024-12-01 2025-01-10 2025-01-20
        5* c# - 2024-12-10 -""",
    )
    assert figure(engine, metric) == "50.00"


def test_an_absence_without_its_first_day_is_part_of_no_other(tmp_path: Path) -> None:
    engine = company(
        tmp_path,
        """absences: absence_id employee_id absence_type start_on end_on working_days
        6* x# a# sickness 2025-01-07 2025-01-08 2
        6* y# a# sickness - 2025-01-20 30""",
    )
    assert figure(engine, "bradford_factor") == "2.00"


def test_a_rep_with_two_quotas_at_once_is_one_rep(tmp_path: Path) -> None:
    engine = company(
        tmp_path,
        f"""{STAFF}
        6* r# 2020-01-01 -
        opportunities: owner_id closed_on outcome amount_base
        r0 2025-01-10 won 300
        r1 2025-02-10 won 600
        {QUOTAS}
        6* r# 2025-01-01 2025-04-01 100 1
        6* r# 2025-01-01 2025-04-01 100 1
        6* r# 2025-01-01 2025-02-01 50 1
        6* r# 2025-02-01 2025-03-01 50 1""",
    )
    value = ask(engine, "rep_productivity", "2025-Q1")
    assert (shown(value), value.n) == ("150.00", 6)


def test_three_reps_with_two_quotas_each_are_three_people(tmp_path: Path) -> None:
    engine = company(
        tmp_path,
        f"""{STAFF}
        3* r# 2020-01-01 -
        opportunities: owner_id closed_on outcome amount_base
        r0 2025-01-10 won 300
        {QUOTAS}
        3* r# 2025-01-01 2025-04-01 100 1
        3* r# 2025-01-01 2025-04-01 100 1""",
    )
    assert figure(engine, "rep_productivity", "2025-Q1") == "suppressed"


def test_a_running_month_of_people_says_why_it_has_no_value(tmp_path: Path) -> None:
    engine = company(tmp_path, TWENTY)
    running = ask(engine, "employee_turnover_rate", "2025-06", date(2025, 6, 15))
    over = ask(engine, "employee_turnover_rate", "2025-06", date(2025, 6, 30))
    assert running_months(engine.catalog, [running]) == (
        "Values about people are given for months that are over: 2025-06 has none yet.",
    )
    assert running_months(engine.catalog, [over]) == ()


@pytest.mark.parametrize(
    ("metric", "period", "needs"),
    [
        ("employee_turnover_rate", "2025-12", ("employees",)),  # a month that still runs
        ("new_hire_turnover_rate", "2025-11", ("employees",)),  # a cohort that has not had its time
        ("quality_of_hire", "2025-Q4", ("reviews", "employees")),
    ],
)
def test_what_a_company_does_not_have_is_said_before_it_is_told_to_wait(
    tmp_path: Path, metric: str, period: str, needs: tuple[str, ...]
) -> None:
    value = ask(
        company(tmp_path, "carts: cart_id created_at\nc 2025-01-02"), metric, period, date(2025, 12, 15)
    )
    assert (value.status, value.needs) == (Status.NOT_MEASURED, needs)


def test_nor_is_a_split_waited_for_that_the_company_cannot_have(tmp_path: Path) -> None:
    engine = company(tmp_path, f"{STAFF}\n20* e# 2020-01-01 -")
    december = parse_period("2025-12", as_of=AS_OF, calendar=engine.company.calendar)
    for asked in (
        Ask("employee_turnover_rate", december, ("department",)),
        Ask("employee_turnover_rate", december, filters={"department": ["Sales"]}),
    ):
        [[value]] = engine.compute([asked], date(2025, 12, 15))
        assert (value.status, value.needs) == (Status.NOT_MEASURED, ("job_history",))
