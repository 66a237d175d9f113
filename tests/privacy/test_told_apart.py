"""What a value tells of one by one is a group by itself, and so is whoever is counted nowhere: attacks that succeeded.

Each test knows every record, and works out from what is shown what must not be had.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.receipts import citation
from bot.replies.first import of_groups
from bot.slack.layout.cited import Reading
from bot.slack.layout.receipts import statements
from metrics.calendar.periods import Calendar
from metrics.engine import Ask, Engine
from metrics.load import load_catalog
from metrics.opening import open_company
from metrics.privacy import OffLatticeError, Reader
from metrics.privacy.combinations import sizes
from metrics.privacy.release import Cells, Count, released
from metrics.values import Status, Value
from tests.privacy.firm import TURNOVER, Person, by_department, firm, hidden, staff, values

MEAN_GAP = "gender_pay_gap_mean.of_salaries"
LEADERS = "representation_rate.in_leadership"
Sizes = Sequence[tuple[int, int]]
FEW_OR_NOT = st.sampled_from([0, 1, 4, 9, 10, 11, 12, 15, 20, 24])


def of_genders(sizes_: Sizes) -> list[Person]:
    """So many women and men in each department; nobody is paid as anybody else."""
    people = [
        {"department": f"d{number}", "gender": gender}
        for number, both in enumerate(sizes_)
        for gender, size in zip("FM", both, strict=True)
        for _ in range(size)
    ]
    return [person | {"salary": str(40_000 + 37 * place)} for place, person in enumerate(people)]


def women_of(value: Value) -> float:
    """What women earn on average, as everybody can work it out from a receipt."""
    receipt = value.citation
    assert receipt.denominator is not None
    assert receipt.numerator is not None
    return float(receipt.denominator - receipt.numerator)


def test_the_pay_of_the_only_woman_of_a_department_is_not_what_the_other_women_leave(tmp_path: Path) -> None:
    """Her department was hidden and no other, for all departments have enough people together."""
    engine = firm(tmp_path, of_genders([(1, 10), (10, 10), (10, 10)]))
    shown = values(engine, MEAN_GAP, by=("department",))
    assert len(hidden(shown)) >= 2
    assert "d0" in hidden(shown)
    whole = values(engine, MEAN_GAP)[""]
    assert whole.n == 21
    assert women_of(whole) > 0


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(FEW_OR_NOT, FEW_OR_NOT), min_size=2, max_size=5))
def test_no_sum_or_difference_of_mean_pay_is_about_fewer_than_ten_women_or_men(departments: Sizes) -> None:
    people = of_genders(departments)
    if not people:
        return
    with TemporaryDirectory() as folder:
        engine = firm(Path(folder), people)
        shown = values(engine, MEAN_GAP, by=("department",)) | values(engine, MEAN_GAP)
    there = [number for number, both in enumerate(departments) if any(both)]
    rows = [
        [not name or name == f"d{number}" for number in there]
        for name, value in shown.items()
        if value.status is Status.OK
    ]
    if rows:
        counted = [departments[number] for number in there]
        assert not too_few(np.array(rows, dtype=float), np.array(counted, dtype=float).T, 10)


def too_few(rows: np.ndarray, counted: np.ndarray, least: int) -> list[tuple[float, ...]]:
    """The sets of pieces that rows give away and that hold some people of a kind, but fewer."""
    rank = np.linalg.matrix_rank(rows)
    had = [
        group
        for group in product((0.0, 1.0), repeat=rows.shape[1])
        if any(group) and np.linalg.matrix_rank(np.vstack([rows, group])) == rank
    ]
    return [group for group in had if ((counted @ group > 0) & (counted @ group < least)).any()]


def test_the_whole_company_keeps_its_pay_gap_whatever_its_departments_are(tmp_path: Path) -> None:
    engine = firm(tmp_path, of_genders([(1, 10), (9, 10), (4, 6)]))
    assert values(engine, MEAN_GAP)[""].status is Status.OK


@pytest.mark.parametrize("few", ["F", "M"])
def test_whether_the_only_leader_of_a_department_is_a_woman_is_not_what_the_others_leave(
    few: str, tmp_path: Path
) -> None:
    people = [
        {"department": department, "gender": gender, "leads": leads}
        for department, leaders in {"A": few, "B": "FFFFFMMMMM", "C": "FFFFFMMMMM"}.items()
        for gender, leads in (*((one, "true") for one in leaders), *((one, "false") for one in "FM" * 12))
    ]
    history = ", ".join(
        f"('e{place}', DATE '2020-01-01', '{one['department']}', {one['leads']})"
        for place, one in enumerate(people)
    )
    columns = "employee_id, effective_from, department_id, is_leadership"
    engine = firm(tmp_path, people, job_history=f"SELECT * FROM (VALUES {history}) AS t({columns})")
    shown = values(engine, LEADERS, by=("department",))
    assert values(engine, LEADERS)[""].n == 21
    assert "A" in hidden(shown)
    assert len(hidden(shown)) >= 2


@pytest.mark.parametrize(("rated", "status"), [(1, "suppressed"), (9, "suppressed"), (10, "ok")])
def test_the_rating_of_one_hire_is_not_half_of_the_quality_of_all(
    rated: int, status: str, tmp_path: Path
) -> None:
    """Retention of the same hires is shown, and the other half is the rating of the only one who has one."""
    people = [*staff(A=30), *({"hired": "2024-02-01"} for _ in range(12))]
    reviews = f"""SELECT 'r' || i || '-' || k AS review_id, 'e' || (30 + i) AS employee_id,
        DATE '2024-10-01' + CAST(k AS INTEGER) AS completed_on, 3.7 AS rating, 5.0 AS rating_max
        FROM range({rated}) t(i), range(2) u(k)"""
    engine = firm(tmp_path, people, reviews=reviews)
    year = Calendar().year(2024, fiscal=False)
    found = values(engine, "quality_of_hire", year)[""]
    assert (found.status.value, found.n) == (status, rated if status == "ok" else None)
    assert values(engine, "employee_retention_rate.new_hires_365_days", year)[""].n == 12


# Pay in costs


def paid(folder: Path, people: list[Person], spent: dict[str, tuple[str, int]], **tables: str) -> Engine:
    """A company whose costs are of a nature, and so much for each department."""
    costs = ", ".join(f"('{name}', '{nature}', {amount}.0)" for name, (nature, amount) in spent.items())
    select = (
        "SELECT 'c' || department_id AS cost_id, DATE '2025-11-30' AS incurred_on, 'gna' AS pnl_line, nature, "
        "department_id, false AS is_variable, amount_base "
        f"FROM (VALUES {costs}) AS t(department_id, nature, amount_base)"
    )
    return firm(folder, people, cost_entries=select, **tables)


def working_as(people: Sequence[tuple[str, int]], kinds: str) -> str:
    """A table of employees of whom those in the first department are contractors, but so many."""
    number = sum(size for _, size in people)
    return (
        "SELECT 'e' || i AS employee_id, DATE '2020-01-01' AS hired_on, NULL::DATE AS terminated_on, "
        f"{kinds} AS employment_type FROM range({number}) t(i)"
    )


@pytest.mark.parametrize("employed", [0, 1, 9])
def test_the_pay_of_one_employee_does_not_hide_among_contractors(employed: int, tmp_path: Path) -> None:
    kinds = f"CASE WHEN i BETWEEN {employed} AND 11 THEN 'contractor' ELSE 'regular' END"
    employees = working_as([("A", 12), ("B", 30)], kinds)
    spent = {"A": ("payroll", 7000), "B": ("payroll", 190_000)}
    engine = paid(tmp_path, staff(A=12, B=30), spent, employees=employees)
    assert by_department(engine, "opex") == {"A", "B"}  # B too: A is what it leaves of the company


def test_contractors_take_nothing_from_a_department_that_is_large_without_them(tmp_path: Path) -> None:
    employees = working_as([("A", 12), ("B", 30)], "CASE WHEN i < 2 THEN 'contractor' ELSE 'regular' END")
    spent = {"A": ("payroll", 70_000), "B": ("payroll", 190_000)}
    engine = paid(tmp_path, staff(A=12, B=30), spent, employees=employees)
    assert by_department(engine, "opex") == set()


def test_a_department_that_pays_people_whom_nobody_counts_is_not_what_the_others_leave(
    tmp_path: Path,
) -> None:
    """The board is a cost centre, and HR knows of no such department."""
    spent = {"A": ("payroll", 70_000), "B": ("payroll", 190_000), "Board": ("payroll", 40_000)}
    engine = paid(tmp_path, staff(A=12, B=30), spent)
    assert by_department(engine, "opex") == {"A", "Board"}
    assert hidden(values(engine, "opex", filters={"department": ["A"]})) == {""}
    assert values(engine, "opex")[""].value == 300_000


def test_a_company_whose_records_of_people_begin_later_has_its_costs_of_before(tmp_path: Path) -> None:
    spent = {"A": ("payroll", 70_000), "B": ("payroll", 190_000)}
    people = [{"hired": "2025-12-01", **person} for person in staff(A=12, B=30)]
    month = Calendar().containing(date(2025, 11, 1), "month")
    engine = paid(tmp_path, people, spent)
    assert hidden(values(engine, "opex", month, by=("cost_nature",))) == set()
    assert by_department(engine, "opex", period=month) == {"A", "B"}


def test_what_is_spent_on_no_people_hides_no_department(tmp_path: Path) -> None:
    spent = {"A": ("payroll", 70_000), "B": ("payroll", 190_000), "Cloud": ("hosting", 40_000)}
    engine = paid(tmp_path, staff(A=12, B=30), spent)
    assert by_department(engine, "opex") == {"Cloud"}


def test_who_came_to_a_new_department_and_left_it_in_one_month_is_not_what_the_others_leave(
    tmp_path: Path,
) -> None:
    """At the start of the month nobody was in it, and one of all who left is in no other."""
    people = [*staff(A=20, B=12), {"department": "New", "hired": "2025-11-03", "left": "2025-11-20"}]
    people[0]["left"] = "2025-11-10"
    engine = firm(tmp_path, people)
    month = Calendar().containing(date(2025, 11, 1), "month")
    of_start = "employee_turnover_rate.of_start"
    assert values(engine, of_start, month)[""].citation.numerator == 2
    assert by_department(engine, of_start, period=month) == {"B", "New"}


# One person in several groups


def asked_in_waves(folder: Path, waves: Sequence[tuple[Sequence[int], Sequence[str]]]) -> Engine:
    """A company of forty with survey waves: who answered each, and which questions."""
    firm(folder, staff(A=40))
    answers = [
        f"('w{number}', 'k{person}', '{question}', TIMESTAMP '2025-11-{10 + number} 10:00:00', {1 + person % 5}.0)"
        for number, (people, questions) in enumerate(waves)
        for person in people
        for question in questions
    ]
    days = ", ".join(f"('w{number}', DATE '2025-11-{10 + number}')" for number in range(len(waves)))
    (folder / "tables" / "surveys.sql").write_text(
        "SELECT survey_id, 'engagement' AS survey_type, 'employee' AS audience, day AS opened_on, day AS closed_on "
        f"FROM (VALUES {days}) AS t(survey_id, day)"
    )
    (folder / "tables" / "survey_responses.sql").write_text(
        "SELECT *, 1 AS scale_min, 5 AS scale_max FROM "
        f"(VALUES {', '.join(answers)}) AS t(survey_id, respondent_key, question_id, responded_at, score)"
    )
    return open_company(folder)


def test_three_who_answer_every_week_are_three_and_not_a_dozen(tmp_path: Path) -> None:
    """The small team's waves are hidden together: what the large one leaves of all answers is theirs."""
    engine = asked_in_waves(tmp_path, [(range(3, 40), ["q"]), *[(range(3), ["q"])] * 4])
    for metric in ("engagement_index.mean_score", "engagement_index.all_answers"):
        assert values(engine, metric)[""].n == 40
        assert hidden(values(engine, metric, by=("survey",))) == {"w0", "w1", "w2", "w3", "w4"}


def test_waves_of_many_people_are_shown_beside_those_of_few(tmp_path: Path) -> None:
    engine = asked_in_waves(tmp_path, [(range(40), ["q"]), (range(20), ["q"]), *[(range(3), ["q"])] * 2])
    assert hidden(values(engine, "engagement_index.mean_score", by=("survey",))) == {"w1", "w2", "w3"}


def test_two_who_answer_three_more_questions_are_two(tmp_path: Path) -> None:
    questions = ["q1", "q2", "q3"]
    engine = asked_in_waves(tmp_path, [(range(2, 40), ["q0", "q4"]), (range(2), questions)])
    found = values(engine, "engagement_index.all_answers", by=("question",))
    assert {"q1", "q2", "q3"} < hidden(found)


def test_who_may_be_in_several_pieces_is_counted_in_layers() -> None:
    """Two rows of pieces, of the same people: no more of them than in the larger."""
    rows = np.array([[1, 1, 0], [1, 1, 1]], dtype=np.int8)
    layers = np.array([[3.0, 0.0, 0.0], [0.0, 4.0, 0.0], [0.0, 0.0, 20.0]])
    assert list(sizes(rows, layers)) == [4.0, 20.0]
    assert list(sizes(rows, layers.sum(axis=0))) == [7.0, 27.0]
    tables = [Cells(("whole",), rows[1:]), Cells(("a", "b", "c"), np.eye(3, dtype=np.int8))]
    assert released(tables, [Count(layers, (5, 5))])[1] == frozenset()
    assert released(tables, [Count(layers.sum(axis=0), (5, 5))])[1] == frozenset("c")


# Filters


@pytest.mark.parametrize("dimension", ["level", "sex"])
def test_the_deals_that_a_column_names_are_not_told_by_what_their_owners_are(
    dimension: str, tmp_path: Path
) -> None:
    """Of one deal alone, the one row of the table was its owner's level, or gender."""
    deals = """SELECT 'o' || i AS opportunity_id, 'e' || (i % 24) AS owner_id, DATE '2025-10-01' AS created_on,
        DATE '2025-11-15' AS closed_on, CASE WHEN i % 3 = 0 THEN 'won' ELSE 'lost' END AS outcome,
        100.0 AS amount_base FROM range(240) t(i)"""
    people = [{"level": str(1 + i % 2), "gender": "FM"[i % 2]} for i in range(24)]
    engine = firm(tmp_path, people, '[dimensions.sex]\ncolumn = "employees.gender"\n', opportunities=deals)
    assert hidden(values(engine, "win_rate", by=(dimension,))) == set()
    one = {"opportunities.opportunity_id": ["o1"]}
    narrowed: tuple[dict[str, Any], ...] = (
        {"by": (dimension,), "filters": one},
        {"filters": one | {dimension: ["1", "M"][dimension == "sex" :][:1]}},
    )
    for how in narrowed:
        with pytest.raises(OffLatticeError, match="not filtered by the column"):
            values(engine, "win_rate", **how)
    assert values(engine, "win_rate", filters=one)[""].n == 1


def test_a_column_of_a_table_of_pay_is_as_guarded_as_pay(tmp_path: Path) -> None:
    toml = '[dimensions.grade]\ncolumn = "compensation.grade"\n[dimensions.site]\ncolumn = "employees.site"\n'
    engine = firm(tmp_path, staff(A=20), toml)
    known = engine.catalog.dimensions
    assert (known["grade"].sensitivity, known["site"].sensitivity) == ("restricted", "people")


def test_values_of_months_that_are_over_are_the_same_on_every_day_of_the_next(tmp_path: Path) -> None:
    """Else the answers of two neighbouring days would tell of whoever is in one of them alone."""
    people = staff(A=30, B=15)
    for day, person in enumerate(people[:28], start=1):
        person["left"] = f"2025-11-{day:02d}"
        people[-1 - day % 14]["hired"] = f"2025-11-{day:02d}"
    engine = firm(tmp_path, people)
    month = Calendar().containing(date(2025, 10, 1), "month")
    asks = [
        Ask(metric, month, by=by)
        for metric in (
            "employee_turnover_rate",
            "representation_rate",
            "compa_ratio",
            "new_hire_turnover_rate.within_30_days",
        )
        for by in ((), ("department",))
    ]
    days = [date(2025, 11, day) for day in range(1, 29)]
    shown = [
        [
            (v.group, v.status, v.value, v.n, v.citation.data_through)
            for table in engine.compute(asks, day)
            for v in table
        ]
        for day in days
    ]
    assert all(one == shown[0] for one in shown)


def test_the_highest_of_what_is_shown_is_not_called_the_highest(tmp_path: Path) -> None:
    """Of a hidden department nobody says that it is lower, or higher."""
    people = staff(A=20, B=20, C=4, D=4)
    for place in (0, 41, 42):
        people[place]["left"] = "2025-11-10"
    engine = firm(tmp_path, people)
    metric, said = engine.catalog.metric(TURNOVER), []
    for shown in ("ABCD", "AB"):
        found = [one for name, one in values(engine, by=("department",)).items() if name in shown]
        said.append(of_groups(metric, list(enumerate(found, 1)), "USD"))
    assert said[0].startswith("Of the groups that are shown, employee turnover rate is highest in A at 5.1 %")
    assert said[1].startswith("Employee turnover rate is highest in A at 5.1 %")


def test_sql_in_slack_holds_no_rows_of_people_that_a_company_wrote_into_its_select(tmp_path: Path) -> None:
    """Even an open value by department reads the table of employees, and its SQL has the text of that SELECT."""
    deals = """SELECT 'o' || i AS opportunity_id, 'e' || (i % 12) AS owner_id, DATE '2025-10-01' AS created_on,
        DATE '2025-11-15' AS closed_on, 'won' AS outcome, 100.0 AS amount_base FROM range(30) t(i)"""
    engine = firm(tmp_path, staff(A=12), opportunities=deals)
    written = [values(engine, "win_rate", by=by).popitem()[1] for by in (("department",), ())]
    contract = {"citations": {str(place): citation(one.citation) for place, one in enumerate(written)}}
    reading = Reading(contract, "a1", Reader(ceiling="open"), engine.catalog, "EUR")
    by_group, whole = (json.dumps(statements(reading, key)) for key in ("0", "1"))
    assert "'e3'" in written[0].citation.sql[0]
    assert "'e3'" not in by_group
    assert "rows written out" in by_group
    assert "SELECT" in whole


@pytest.mark.parametrize(
    "rows",
    [
        " UNION ALL ".join(f"SELECT 'e{n}' AS employee_id, DATE '2020-01-01' AS hired_on" for n in range(12)),
        "SELECT UNNEST(['e0', 'e1', 'e3']) AS employee_id, DATE '2020-01-01' AS hired_on",
        "WITH x AS (SELECT 'e3' AS employee_id UNION SELECT 'e4') SELECT *, DATE '2020-01-01' AS hired_on FROM x",
    ],
    ids=["one by one", "as a list", "first of all"],
)
def test_rows_of_people_are_in_no_sql_of_slack_however_they_are_written(rows: str) -> None:
    select = "SELECT employee_id AS id, hired_on FROM hr.people WHERE is_real"
    seen = []
    for written in (rows, select):
        given = f"(SELECT given.employee_id FROM ({written}\n) AS given)"
        sql = f"WITH canonical_employees AS NOT MATERIALIZED \n{given}\n SELECT 1"
        receipt = {"metric": "win_rate", "sql": [sql], "parameters": [{}], "types": [{}]}
        reading = Reading({"citations": {"0": receipt}}, "a1", Reader(ceiling="open"), load_catalog(), "EUR")
        seen.append(json.dumps(statements(reading, "0")))
    assert "rows written out" in seen[0]
    assert "e3" not in seen[0]
    assert "hr.people" in seen[1]
