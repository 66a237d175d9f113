"""What sums and earlier tables leave of a whole is nobody's: attacks that succeeded, and metrics of a company's own.

Each test knows every record, and works out from what is shown what must not be had.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from metrics.calendar.periods import Calendar
from metrics.engine import Ask, Engine
from metrics.errors import CatalogError, GuardedError
from metrics.privacy import Reader, of_metric
from metrics.values import Status, Value
from tests.privacy.firm import AS_OF, TURNOVER, Person, firm, hidden, staff, values

NOVEMBER = Calendar().containing(date(2025, 11, 1), "month")
NOVEMBER_DAY = "DATE '2025-11-10'"


def each(number: int, columns: str) -> str:
    """A row for each of so many people, whose number is i."""
    return f"SELECT 'e' || i AS employee_id, {columns} FROM range({number}) t(i)"


# What is added up of somebody whom no headcount of the month has


@pytest.mark.parametrize(
    "metric",
    [
        "training_hours_per_employee",
        "training_hours_per_employee.cost",
        "absence_rate",
        "absence_rate.days_per_employee",
        "overtime_rate.per_employee",
    ],
)
def test_the_days_of_who_came_and_went_within_a_month_are_not_what_all_others_leave(
    metric: str, tmp_path: Path
) -> None:
    """Their department had nobody in it on either end of the month, and was shown to have nobody."""
    people = [*staff(A=20, B=20), {"department": "Z", "hired": "2025-11-03", "left": "2025-11-20"}]
    engine = firm(
        tmp_path,
        people,
        trainings=each(
            41, f"'t' || i AS training_id, {NOVEMBER_DAY} AS completed_on, 7.0 AS hours, 9.0 AS cost_base"
        ),
        absences=each(
            41,
            f"'a' || i AS absence_id, 'sickness' AS absence_type, {NOVEMBER_DAY} AS start_on, "
            f"{NOVEMBER_DAY} AS end_on, 1.0 AS working_days",
        ),
        time_entries=each(
            41,
            f"{NOVEMBER_DAY} AS work_day, 8.0 AS hours_scheduled, 9.0 AS hours_worked, 1.0 AS overtime_hours",
        ),
    )
    shown = values(engine, metric, by=("department",))
    assert "Z" in hidden(shown)
    assert len(hidden(shown)) == 2
    assert values(engine, metric)[""].status is Status.OK


def test_a_department_in_which_nobody_was_and_nothing_is_added_up_hides_no_other(tmp_path: Path) -> None:
    hours = each(
        40, f"'t' || i AS training_id, {NOVEMBER_DAY} AS completed_on, 7.0 AS hours, 9.0 AS cost_base"
    )
    people = [*staff(A=20, B=20), {"department": "Z", "hired": "2025-11-03", "left": "2025-11-20"}]
    engine = firm(tmp_path, people, trainings=hours)
    assert hidden(values(engine, "training_hours_per_employee", by=("department",))) == set()


# What an earlier table shows is the same whatever comes after it


def test_what_departments_show_is_known_to_the_tables_after_them(tmp_path: Path) -> None:
    """With initiatives, of which one person may use several, B and C seemed too few, and A hidden with them.

    So its levels were shown beside it, and the four of the third were what they leave of A.
    """
    sizes = {("A", 1): 6, ("A", 2): 7, ("A", 3): 4, ("B", 1): 3, ("C", 1): 3}
    sizes |= {("D", 1): 27, ("D", 2): 9, ("D", 4): 11}
    people: list[Person] = [
        {"department": department, "level": str(level)}
        for (department, level), size in sizes.items()
        for _ in range(size)
    ]
    uses = each(
        len(people),
        f"CASE WHEN i BETWEEN 20 AND 22 THEN 'n1' ELSE 'n0' END AS initiative_id, DATE '2025-01-01' AS eligible_from, "
        f"{NOVEMBER_DAY} AS last_used_on",
    )
    engine = firm(tmp_path, people, initiative_usage=uses)
    assert hidden(values(engine, "adoption_rate", by=("department",))) == {"B", "C"}
    levels = values(engine, "adoption_rate", by=("department", "level"))
    of_a = {name for name in levels if name.startswith("A")}
    assert len(hidden(levels) & of_a) >= 2


# Who changed departments within a month is one person


@pytest.mark.parametrize(
    "metric",
    [
        "training_hours_per_employee.per_trained",
        "overtime_rate",
        "billable_utilisation",
        "performance_review_completion",
    ],
)
def test_three_whose_department_gets_another_name_in_mid_month_are_three(metric: str, tmp_path: Path) -> None:
    """They did something in either, and three of the old name and three of the new one were six."""
    halves = f"(SELECT i, day FROM range(43) t(i), (VALUES ({NOVEMBER_DAY}), (DATE '2025-11-20')) AS days(day)) AS t"
    done = f"SELECT 'e' || i AS employee_id, i || ' ' || day AS {{}} FROM {halves}"
    engine = firm(
        tmp_path,
        staff(A=20, B=20, Old=3),
        job_history=f"""{
            each(
                43,
                "DATE '2020-01-01' AS effective_from, 1 AS level, "
                "CASE WHEN i < 20 THEN 'A' WHEN i < 40 THEN 'B' ELSE 'Old' END AS department_id",
            )
        }
        UNION ALL {each(43, "DATE '2025-11-15', 1, 'New'")} WHERE i >= 40""",
        trainings=done.format("training_id, day AS completed_on, 2.0 AS hours"),
        time_entries=done.format(
            "entry, day AS work_day, 8.0 AS hours_scheduled, 9.0 AS hours_worked, 1.0 AS overtime_hours, "
            "4.0 AS billable_hours"
        ),
        reviews=done.format("review_id, day AS due_on, day AS completed_on"),
    )
    assert len(hidden(values(engine, metric, NOVEMBER, by=("department",)))) == 3


def test_who_stays_in_a_department_hides_none(tmp_path: Path) -> None:
    hours = each(46, f"{NOVEMBER_DAY} AS work_day, 9.0 AS hours_worked, 1.0 AS overtime_hours")
    engine = firm(tmp_path, staff(A=20, B=20, Old=3, New=3), time_entries=hours)
    assert hidden(values(engine, "overtime_rate", NOVEMBER, by=("department",))) == {"New", "Old"}


# Metrics and dimensions of a company's own

HEAD = """dimension: turnover
side: business

metrics:
  - id: own
    name: Own
    unit: number
    direction: up
    timing: lagging
    kind: driver
    formula: a formula of our own
    counters: {}
    sources: [CONV]
"""
PAY = (
    "table: compensation, date: in_force_since, until: in_force_until, at: end, aggregate: sum, "
    "column: annual_salary_base"
)
STAFF = "{table: employees, date: hired_on, until: terminated_on, at: end}"
DEALS = """SELECT 'o' || i AS opportunity_id, 'e' || (i % 43) AS owner_id, DATE '2025-11-15' AS closed_on,
    'won' AS outcome, 100.0 AS amount_base FROM range(430) t(i)"""


def with_metric(folder: Path, numerator: str, denominator: str = "") -> Engine:
    """A company of 43 with a metric of its own; one of them is of level 5 and alone in department A."""
    (folder / "metrics").mkdir()
    below = f"    denominator: {denominator}\n" if denominator else ""
    (folder / "metrics" / "own.yaml").write_text(f"{HEAD}    numerator: {numerator}\n{below}")
    people = [{"department": "A", "level": "5", "salary": "123456", "gender": "F"}, *staff(B=30, C=12)]
    return firm(folder, people, opportunities=DEALS)


def own(engine: Engine, *by: str) -> dict[str, Value]:
    return values(engine, "own", by=by)


def test_deals_are_not_the_people_whose_pay_is_divided_by_them(tmp_path: Path) -> None:
    engine = with_metric(tmp_path, f"{{{PAY}}}", "{table: opportunities, date: closed_on}")
    assert hidden(own(engine, "department")) == {"A", "C"}
    assert "5" in hidden(own(engine, "level"))
    assert own(engine)[""].status is Status.OK


@pytest.mark.parametrize("denominator", ["", STAFF])
def test_the_pay_of_one_level_is_of_those_who_are_in_it(denominator: str, tmp_path: Path) -> None:
    """However many there are beside them: one is of level 5."""
    engine = with_metric(tmp_path, f"{{{PAY}, where: {{employee_id>job_history.level: 5}}}}", denominator)
    assert own(engine)[""].status is Status.SUPPRESSED
    assert own(engine)[""].citation.numerator is None


def test_the_pay_of_the_levels_of_many_is_shown(tmp_path: Path) -> None:
    engine = with_metric(tmp_path, f"{{{PAY}, where: {{employee_id>job_history.level: 1}}}}", STAFF)
    assert own(engine)[""].status is Status.OK


def test_what_is_taken_across_genders_is_as_guarded_as_they_are(tmp_path: Path) -> None:
    engine = with_metric(tmp_path, f"{{across: gender, take: highest, of: {STAFF}}}")
    assert of_metric(engine.catalog, "own") == "restricted"


@pytest.mark.parametrize(
    ("numerator", "why"),
    [
        (f"{{across: employee_id, take: highest, of: {{{PAY}}}}}", "the highest across it is one person's"),
        (f"{{{PAY}, where: {{employee_id: e0}}}}", "a metric is about nobody by name"),
    ],
)
def test_a_metric_of_the_pay_of_one_person_is_refused(numerator: str, why: str, tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match=why):
        with_metric(tmp_path, numerator)


@pytest.mark.parametrize(
    "column", ["employees.employee_id", "job_history.manager_id", "compensation.employee_id"]
)
def test_a_dimension_of_our_own_that_names_persons_is_for_who_may_see_their_names(
    column: str, tmp_path: Path
) -> None:
    pay = "compa_ratio.as_paid" if column.startswith("compensation") else TURNOVER
    engine = firm(tmp_path, staff(A=12), f'[dimensions.whose]\ncolumn = "{column}"\n')
    (tmp_path / "tables" / "job_history.sql").write_text(
        each(12, "DATE '2020-01-01' AS effective_from, 'A' AS department_id, 'e1' AS manager_id, 1 AS level")
    )
    with pytest.raises(GuardedError, match="names persons"):
        values(engine, pay, by=("whose",))
    assert engine.compute(
        [Ask(pay, values(engine)[""].period, by=("whose",))], AS_OF, reader=Reader(persons=True)
    )
