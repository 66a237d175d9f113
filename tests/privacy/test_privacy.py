"""Small groups of people stay hidden, and nothing in what is given leads back to them."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.calendar.periods import Calendar
from metrics.engine import Ask, Engine
from metrics.load import load_catalog
from metrics.opening import open_company
from metrics.privacy import of_metric
from metrics.privacy.release import Cells, Count, released
from metrics.privacy.suppress import blank
from metrics.values import Citation, Status, Value
from tests.command import company, counterpoise

Q1 = Calendar().quarter(2025, 1, fiscal=False)
AS_OF = date(2025, 3, 31)

EMPLOYEES = """
SELECT 'e' || i AS employee_id, DATE '2020-01-01' AS hired_on,
       CASE WHEN i IN (1, 11, 21) THEN DATE '2025-02-15' END AS terminated_on,
       CASE WHEN i IN (1, 11, 21) THEN 'voluntary' END AS termination_type,
       CASE WHEN i IN (1, 11, 21) THEN true END AS is_regretted,
       CASE WHEN i % 2 = 0 THEN 'female' ELSE 'male' END AS gender
FROM range(1, {people} + 1) AS numbers (i)
"""
HISTORY = """
SELECT 'e' || i AS employee_id, DATE '2020-01-01' AS effective_from, NULL::DATE AS effective_to,
       {department} AS department_id, 'sales' AS job_family
FROM range(1, {people} + 1) AS numbers (i)
"""


def firm(folder: Path, sizes: dict[str, int]) -> Engine:
    """A company of departments of these sizes."""
    return open_company(folder_of(folder, sizes))


def folder_of(folder: Path, sizes: dict[str, int]) -> Path:
    cases, upto = "CASE", 0
    for name, size in sizes.items():
        upto += size
        cases += f" WHEN i <= {upto} THEN '{name}'"
    history = HISTORY.format(people=upto, department=f"{cases} END")
    return company(folder, employees=EMPLOYEES.format(people=upto), job_history=history)


def by_department(engine: Engine, metric: str = "employee_turnover_rate") -> dict[str, Value]:
    [values] = engine.compute([Ask(metric, Q1, by=("department",))], AS_OF)
    return {value.group["department"]: value for value in values}


def hidden(values: dict[str, Value]) -> set[str]:
    return {name for name, value in values.items() if value.status is Status.SUPPRESSED}


def test_departments_below_five_people_are_hidden(tmp_path: Path) -> None:
    values = by_department(firm(tmp_path, {"A": 20, "B": 12, "C": 4, "D": 3}))
    assert hidden(values) == {"C", "D"}
    assert values["A"].value is not None


def test_one_small_group_takes_the_smallest_shown_one_with_it(tmp_path: Path) -> None:
    values = by_department(firm(tmp_path, {"A": 20, "B": 12, "C": 4}))
    assert hidden(values) == {"B", "C"}


def test_groups_that_are_large_enough_are_all_shown(tmp_path: Path) -> None:
    assert hidden(by_department(firm(tmp_path, {"A": 20, "B": 12, "C": 7}))) == set()


def test_nothing_of_a_hidden_group_is_in_its_receipt(tmp_path: Path) -> None:
    value = by_department(firm(tmp_path, {"A": 20, "B": 12, "C": 4, "D": 3}))["C"]
    receipt = value.citation
    assert (value.value, value.n) == (None, None)
    assert (receipt.numerator, receipt.denominator, receipt.n, receipt.data_through) == (
        None,
        None,
        None,
        None,
    )
    assert (receipt.sql, receipt.parameters) == ((), ())


def test_the_json_of_a_hidden_group_has_nulls_and_no_sql(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, {"A": 20, "B": 12, "C": 4, "D": 3})
    given = ("--by", "department", "--period", "2025-Q1", "--vs", "previous", "--as-of", "2025-03-31")
    found = counterpoise("metric", "employee_turnover_rate", *given, "--company", str(folder), "--json").json
    small = [value for value in found["values"] if value["status"] == "suppressed"]
    assert [value["group"]["department"] for value in small] == ["C", "D"]
    for value in small:
        assert [value[name] for name in ("value", "numerator", "denominator", "n")] == [None] * 4
        assert not {"previous", "change", "previous_citation"} & set(value)
        receipt = found["citations"][value["citation"]]
        assert [receipt[name] for name in ("numerator", "denominator", "n", "data_through")] == [None] * 4
        assert (receipt["sql"], receipt["parameters"]) == ([], [])


def test_a_filter_does_not_show_what_the_table_hides(tmp_path: Path) -> None:
    engine = firm(tmp_path, {"A": 20, "B": 12, "C": 4, "D": 3})
    [[value]] = engine.compute([Ask("employee_turnover_rate", Q1, filters={"department": ["C"]})], AS_OF)
    assert (value.status, value.value, value.n) == (Status.SUPPRESSED, None, None)


@pytest.mark.parametrize("hidden_one", ["B", "C"])
def test_a_filter_on_the_command_line_gives_the_cell_of_the_table(tmp_path: Path, hidden_one: str) -> None:
    """B is hidden beside C: shown alone, it would give C away by subtraction from the whole."""
    folder = folder_of(tmp_path, {"A": 20, "B": 12, "C": 4})
    asked = ("metric", "employee_turnover_rate", "--period", "2025-Q1", "--company", str(folder))
    [cell] = counterpoise(*asked, "--where", f"department={hidden_one}", "--json").json["values"]
    assert (cell["status"], cell["value"]) == ("suppressed", None)
    [large] = counterpoise(*asked, "--where", "department=A", "--json").json["values"]
    assert (large["status"], large["group"]) == ("ok", {})
    two = counterpoise(*asked, "--where", "department=A", "--where", "department=B").sentence
    assert "each for one value at a time" in two
    assert "Unknown department 'D'" in counterpoise(*asked, "--where", "department=D").sentence


def test_a_scorecard_of_a_tiny_company_shows_no_people_value_but_keeps_the_list(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, {"A": 4})
    ran = counterpoise("ask", "top 15 for a CHRO", "--company", str(folder), "--json").json
    people = [row for row in ran["metrics"] if row["side"] == "people"]
    assert len(people) >= 5
    assert all(row["value"] is None for row in people)
    assert "suppressed" in {row["status"] for row in people}
    for row in people:
        if row["status"] == "suppressed":
            assert (row["previous"], row["change"], row["n"]) == (None, None, None)


def test_what_touches_a_restricted_column_needs_ten(tmp_path: Path) -> None:
    catalog = load_catalog()
    assert of_metric(catalog, "representation_rate") == "restricted"
    values = by_department(firm(tmp_path, {"A": 40, "B": 30, "C": 9, "D": 8}), "representation_rate")
    assert hidden(values) == {"C", "D"}


@pytest.mark.parametrize(
    "metric", ["gender_pay_gap_median", "gender_pay_gap_mean", "compa_ratio", "adverse_impact_ratio"]
)
def test_pay_and_protected_traits_are_restricted(metric: str) -> None:
    assert of_metric(load_catalog(), metric) == "restricted"


def test_every_people_metric_is_at_least_guarded_as_people() -> None:
    catalog = load_catalog()
    open_ones = [
        m.id for m in catalog.metrics.values() if m.side == "people" and of_metric(catalog, m.id) == "open"
    ]
    assert open_ones == []


def test_a_company_cannot_declare_a_guarded_column_open(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, {"A": 40})
    toml = '[dimensions.sex]\ncolumn = "employees.gender"\nsensitivity = "open"'
    (folder / "company.toml").write_text(f'name = "Small"\n{toml}\n')
    assert open_company(folder).catalog.dimensions["sex"].sensitivity == "restricted"


# The table of a metric, whatever it looks like


def value(number: int, n: int | None, total: int = 1) -> Value:
    receipt = Citation(
        metric="m", version="1", formula="a / b", numerator=Decimal(total), denominator=Decimal(n or 0), period=Q1,
        filters={"department": f"d{number}"}, n=n, as_of=AS_OF, data_through=AS_OF, tables=("employees",),
        sql=("SELECT 1",), parameters=({"1": number},),
    )  # fmt: skip
    return Value("m", Q1, Status.OK, receipt, Decimal(1), n, {"department": f"d{number}"})


TABLES = st.lists(st.integers(0, 40), min_size=1, max_size=12)


def shown(sizes: list[int], least: int) -> set[int]:
    """Which groups of a table of these sizes are shown beside the whole."""
    rows = np.eye(len(sizes), dtype=np.int8)
    whole = Cells(("whole",), np.ones((1, len(sizes)), dtype=np.int8))
    count = Count(np.array(sizes, dtype=np.float64), (least, least))
    kept = released([whole, Cells(tuple(range(len(sizes))), rows)], [count])[1]
    return {index for index in range(len(sizes)) if index in kept}


@settings(max_examples=200, deadline=None)
@given(TABLES, st.sampled_from([5, 10, 30]))
def test_no_hidden_group_can_be_had_by_subtraction(sizes: list[int], least: int) -> None:
    """Whoever knows the whole and all shown groups learns what all hidden ones are together: enough, or nobody."""
    kept = shown(sizes, least)
    away = sum(n for index, n in enumerate(sizes) if index not in kept)
    assert all(sizes[index] >= least or sizes[index] == 0 for index in kept)
    if sum(sizes) >= least:
        assert away == 0 or away >= least


def test_open_values_are_never_hidden() -> None:
    assert shown([1, 2, 3], 0) == {0, 1, 2}


def test_a_hidden_value_is_empty_throughout() -> None:
    kept = blank(value(1, 12))
    receipt = kept.citation
    assert kept.status is Status.SUPPRESSED
    assert (kept.value, kept.n, receipt.numerator, receipt.denominator, receipt.n) == (None,) * 5
    assert (receipt.sql, receipt.parameters, receipt.steps, receipt.data_through) == ((), (), (), None)


def test_no_receipt_of_an_answer_names_a_person(demo_folder: Path) -> None:
    ran = counterpoise("ask", "top 15 for a CHRO", "--company", str(demo_folder), "--json")
    with_people = [row for row in ran.json["metrics"] if row["side"] == "people" and row["value"]]
    assert with_people
    for row in with_people:
        parameters = json.dumps(ran.json["citations"][row["citation"]]["parameters"])
        assert '"E0' not in parameters
