"""The other methods of people metrics, on rows for which they once gave another number."""

from __future__ import annotations

from pathlib import Path

import pytest

from metrics.calendar.period_words import parse_period
from metrics.catalog_text import catalog_text
from metrics.engine import Ask, Engine
from metrics.load import load_catalog
from metrics.privacy import Reader
from tests.as_text import AS_OF, STAFF, company, figure, shown

JOBS = "job_history: employee_id effective_from department_id change_reason"
CREW = f"{STAFF} employment_type gender"


def by(engine: Engine, dimension: str, metric: str, period: str = "2025-01") -> dict[str, str]:
    """A metric of each group, to two places, for whoever may see managers by name."""
    when = parse_period(period, as_of=AS_OF, calendar=engine.company.calendar)
    ask = Ask(metric, when, by=(dimension,))
    [values] = engine.compute([ask], AS_OF, reader=Reader(persons=True))
    return {value.group[dimension]: shown(value) for value in values}


@pytest.mark.parametrize("trait", ["gender", "ethnicity"])
def test_who_joined_and_was_promoted_since_was_not_there_to_be_promoted(tmp_path: Path, trait: str) -> None:
    engine = company(
        tmp_path,
        f"""{STAFF} {trait}
        40* w# 2020-01-01 - A
        40* m# 2020-01-01 - B
        8* n# 2025-01-10 - B
        {JOBS}
        40* w# 2020-01-01 X hire
        40* m# 2020-01-01 X hire
        8* n# 2025-01-10 X hire
        8* w# 2025-01-20 X promotion
        4* m# 2025-01-20 X promotion
        8* n# 2025-01-20 X promotion""",
    )
    assert figure(engine, f"adverse_impact_ratio.promotions_by_{trait}") == "0.50"


def test_women_are_one_group_however_they_are_spelt(tmp_path: Path) -> None:
    engine = company(
        tmp_path,
        f"""{CREW}
        20* f# 2020-01-01 - regular F
        20* w# 2020-01-01 - regular Woman
        40* m# 2020-01-01 - regular male
        {JOBS}
        20* f# 2020-01-01 X hire
        20* w# 2020-01-01 X hire
        40* m# 2020-01-01 X hire
        4* f# 2025-01-20 X promotion
        8* w# 2025-01-20 X promotion
        12* m# 2025-01-20 X promotion""",
    )
    assert figure(engine, "adverse_impact_ratio.promotions_by_gender") == "1.00"


def test_who_was_promoted_into_another_department_was_in_the_one_before_at_the_start(tmp_path: Path) -> None:
    engine = company(
        tmp_path,
        f"""{CREW}
        40* w# 2020-01-01 - regular F
        40* m# 2020-01-01 - regular M
        40* u# 2020-01-01 - regular F
        40* v# 2020-01-01 - regular M
        {JOBS}
        40* w# 2020-01-01 A hire
        40* m# 2020-01-01 A hire
        40* u# 2020-01-01 B hire
        40* v# 2020-01-01 B hire
        5* w# 2025-01-20 B promotion
        10* m# 2025-01-20 A promotion
        8* u# 2025-01-20 B promotion
        8* v# 2025-01-20 B promotion""",
    )
    shares = by(engine, "department", "adverse_impact_ratio.promotions_by_gender")
    assert shares == {"A": "0.50", "B": "1.00"}


def test_contractors_are_in_no_compa_ratio(tmp_path: Path) -> None:
    engine = company(
        tmp_path,
        f"""{CREW}
        20* e# 2020-01-01 - regular -
        20* c# 2020-01-01 - contractor -
        compensation: employee_id effective_from annual_salary_base band_mid
        20* e# 2020-01-01 50000 50000
        20* c# 2020-01-01 90000 50000""",
    )
    assert figure(engine, "compa_ratio.as_paid") == "100.00"


def test_contractors_overtime_is_not_spread_over_the_employees(tmp_path: Path) -> None:
    engine = company(
        tmp_path,
        f"""{CREW}
        10* e# 2020-01-01 - regular -
        10* c# 2020-01-01 - contractor -
        time_entries: employee_id work_day hours_worked overtime_hours
        10* e# 2025-01-10 10 2
        10* c# 2025-01-10 12 4""",
    )
    assert figure(engine, "overtime_rate.per_employee") == "2.00"


def test_an_opening_filled_by_who_was_there_long_before_has_no_first_day_of_work(tmp_path: Path) -> None:
    engine = company(
        tmp_path,
        f"""{STAFF}
        10* old# 2025-01-05 -
        10* new# 2025-01-31 -
        requisitions: req_id opened_on accepted_on hired_employee_id
        10* q# 2024-12-02 2025-01-10 new#
        10* r# 2025-06-05 2025-06-20 old#""",
    )
    assert figure(engine, "time_to_fill.to_start") == "60.00"


def test_who_moved_within_the_year_belongs_to_the_new_department_among_those_of_today(tmp_path: Path) -> None:
    engine = company(
        tmp_path,
        f"""{STAFF}
        40* a# 2020-01-01 -
        10* b# 2024-06-01 -
        {JOBS}
        40* a# 2020-01-01 A hire
        10* b# 2024-06-01 B hire
        30* a# 2024-09-01 B transfer""",
    )
    assert by(engine, "department", "stability_index.of_today") == {"A": "100.00", "B": "75.00"}


def test_who_was_coached_by_somebody_else_was_coached(tmp_path: Path) -> None:
    engine = company(
        tmp_path,
        f"""{STAFF}
        10* a# 2020-01-01 -
        10* b# 2020-01-01 -
        job_history: employee_id effective_from manager_id
        10* a# 2020-01-01 M
        10* b# 2020-01-01 N
        coaching_sessions: session_id manager_id employee_id session_type held_on
        5* s# COACH a# coaching 2025-01-10
        10* t# N b# coaching 2025-01-10""",
    )
    coached = by(engine, "manager", "coaching_coverage")
    assert (coached["M"], coached["N"]) == ("50.00", "100.00")


def test_the_payroll_of_a_day_is_that_when_it_was_over(tmp_path: Path) -> None:
    engine = company(
        tmp_path,
        f"""{STAFF}
        40* a# 2020-01-01 -
        10* gone# 2020-01-01 2025-01-12
        20* new# 2025-01-12 -""",
    )
    assert figure(engine, "employee_turnover_rate.payroll_12th") == "16.67"


@pytest.mark.parametrize(
    ("metric", "splits"),
    [
        ("time_to_fill.from_application", "Split by       department\n"),
        ("absence_rate.days_per_employee", "Split by       department, level, job_family,"),
        ("win_rate", "Split by       department, level, job_family,"),
    ],
)
def test_a_method_tells_by_what_it_can_be_split_itself(metric: str, splits: str) -> None:
    assert splits in catalog_text(load_catalog(), metric)
