"""What is offered can be had: splits by what is there, and people over the company where nobody says who is where."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from metrics.calendar.periods import Calendar
from metrics.engine import Ask
from metrics.values import Status
from tests.as_text import STAFF, company, write
from tests.command import counterpoise

DEALS = "opportunities: opportunity_id account_id owner_id closed_on outcome\n9* a# A# R 2025-11-02 won"
LED = '[organisations]\nchief_revenue_officer = ["Sales"]\n'
JOBS = (
    "job_history: employee_id effective_from department_id\n20* e# 2020-01-01 Sales\n20* f# 2020-01-01 Rest"
)
PEOPLE = f"{STAFF} termination_type is_regretted\n20* e# 2020-01-01 - - -\n20* f# 2020-01-01 - - -"


def answer(folder: Path, text: str) -> dict[str, object]:
    ran = counterpoise("ask", text, "--company", str(folder), "--as-of", "2025-12-31", "--json")
    assert ran.code == 0, ran.err
    return ran.json


def offered(folder: Path, text: str) -> list[str]:
    actions = answer(folder, text)["actions"]
    assert isinstance(actions, list)
    return [action["ask"] for action in actions]


def test_a_split_is_offered_where_its_table_is_there(tmp_path: Path) -> None:
    alone = write(tmp_path / "alone", DEALS)
    assert offered(alone, "win rate last quarter") == ["win rate by month", "win rate by account"]
    kinds = write(tmp_path / "kinds", DEALS.replace("outcome", "outcome opp_type").replace("won", "won new"))
    assert offered(kinds, "win rate last quarter") == ["win rate by month", "win rate by kind of deal"]
    accounts = "accounts: account_id segment\n9* A# small"
    more = write(tmp_path / "more", f"{DEALS}\n{accounts}")
    assert offered(more, "win rate last quarter") == ["win rate by month", "win rate by customer segment"]


def test_people_of_a_role_are_those_of_the_company_where_nobody_says_who_is_where(tmp_path: Path) -> None:
    def listed(folder: Path) -> tuple[dict[str, str], list[str]]:
        found = answer(folder, "top 15 metrics for a chief revenue officer")
        metrics, notes = found["metrics"], found["notes"]
        assert isinstance(metrics, list)
        assert isinstance(notes, list)
        return {one["id"]: one["status"] for one in metrics}, [
            note for note in notes if "metrics cover" in note
        ]

    statuses, said = listed(write(tmp_path / "few", PEOPLE, head=LED))
    assert statuses["regretted_turnover_rate"] == "ok"
    assert said == ["People metrics cover the whole company."]
    statuses, said = listed(write(tmp_path / "all", f"{PEOPLE}\n{JOBS}", head=LED))
    assert statuses["regretted_turnover_rate"] == "ok"
    assert said == ["People metrics cover Sales."]
    _, said = listed(write(tmp_path / "none", DEALS, head=LED))
    assert said == []


@pytest.mark.parametrize(
    ("tables", "metric", "dimension", "needs"),
    [
        (f"{STAFF}\n20* e# 2020-01-01 -\njob_history: employee_id department_id\n20* e# Sales",
         "employee_turnover_rate", "department", "job_history.effective_from"),
        (f"{DEALS}\naccounts: segment\nsmall", "win_rate", "segment", "accounts.account_id"),
        (DEALS, "win_rate", "segment", "accounts"),
    ],
)  # fmt: skip
def test_what_is_missing_on_the_way_to_a_split_is_named_not_the_column_that_is_there(
    tmp_path: Path, tables: str, metric: str, dimension: str, needs: str
) -> None:
    quarter = Calendar().quarter(2025, 4, fiscal=False)
    [[value]] = company(tmp_path, tables).compute([Ask(metric, quarter, (dimension,))], date(2025, 12, 31))
    assert (value.status, value.needs) == (Status.NOT_MEASURED, (needs,))
