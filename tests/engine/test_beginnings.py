"""What is compared with a period in which the data only begins, or of one that still runs, is said to be."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.as_text import write
from tests.command import counterpoise

DEALS = "opportunities: opportunity_id closed_on outcome amount_base\n"
SPRING = f"{DEALS}5* a# 2025-05-20 won 10\n5* b# 2025-06-20 lost 10\n9* c# 2025-08-02 won 10\n5* d# 2025-09-02 lost 10"
SAID = (
    "opportunities.closed_on begins on 2025-05-20, within 2025-Q2: what is compared with 2025-Q2 may be compared "
    "with part of it."
)
EARNED = "revenue_entries: recognised_on amount_base\n"


def notes(folder: Path, *asked: str) -> list[str]:
    ran = counterpoise("metric", *asked, "--company", str(folder), "--as-of", "2025-12-31", "--json")
    assert ran.code == 0, ran.err
    return [note for note in ran.json["notes"] if "begins" in note]


def test_a_change_since_a_period_in_which_the_deals_begin_is_told_to_be_one(tmp_path: Path) -> None:
    folder = write(tmp_path, SPRING)
    assert notes(folder, "win_rate", "--period", "2025-Q3", "--vs", "previous") == [SAID]
    assert notes(folder, "win_rate", "--period", "2025-Q3", "--last", "2") == [SAID]
    assert not notes(folder, "win_rate", "--period", "2025-Q3")
    assert not notes(folder, "win_rate", "--period", "2025-09", "--vs", "previous")


def test_so_it_is_in_an_answer(tmp_path: Path) -> None:
    folder = str(write(tmp_path, SPRING))
    for question in ("compare win rate in 2025-Q3 with 2025-Q2", "win rate by quarter in 2025"):
        ran = counterpoise("ask", question, "--company", folder, "--as-of", "2025-12-31", "--json")
        assert SAID in ran.json["notes"], question
    ran = counterpoise("ask", "win rate in 2025-Q2", "--company", folder, "--as-of", "2025-12-31", "--json")
    assert SAID not in ran.json["notes"]


def test_what_begins_in_one_period_is_said_in_one_sentence(tmp_path: Path) -> None:
    leads = "leads: lead_id created_at\n5* a# 2025-05-22\n9* b# 2025-08-02"
    folder = write(tmp_path, f"{SPRING}\n{leads}")
    asked = ("win_rate", "lead_volume", "--period", "2025-Q3", "--vs", "previous", "--company", str(folder))
    found = counterpoise("metric", *asked, "--as-of", "2025-12-31", "--json").json["notes"]
    assert (
        "Within 2025-Q2 begin opportunities.closed_on on 2025-05-20 and leads.created_at on 2025-05-22: "
        "what is compared with 2025-Q2 may be compared with part of it."
    ) in found


def test_the_column_that_rows_are_counted_by_is_named(tmp_path: Path) -> None:
    folder = write(tmp_path, "leads: lead_id sql_at\n5* a# 2025-05-22\n9* b# 2025-08-02")
    [note] = notes(folder, "lead_velocity_rate", "--period", "2025-Q3")
    assert note.startswith("leads.sql_at begins on 2025-05-22, within 2025-Q2: ")


@pytest.mark.parametrize(
    ("first", "told"),
    [
        ("2025-01-02", False),  # the first working day
        ("2025-01-31", False),  # written down at the end of each month
        ("2025-02-28", True),
        ("2025-03-31", False),  # or of each quarter
        ("2025-03-20", True),
    ],
)
def test_growth_from_a_period_of_which_only_a_part_is_there(tmp_path: Path, first: str, told: bool) -> None:
    folder = write(tmp_path, f"{EARNED}{first} 100\n2025-04-30 100\n2025-06-30 900")
    found = notes(folder, "revenue_growth_rate", "--period", "2025-Q2")
    assert bool(found) is told
    assert all(f"begins on {first}, within 2025-Q1" in note for note in found)


def test_what_stands_on_a_day_may_be_compared_with_the_day_on_which_it_began(tmp_path: Path) -> None:
    ledger = "mrr_movements: account_id effective_on movement_type amount_base\nA 2025-05-20 new 100"
    folder = write(tmp_path, f"{ledger}\nB 2025-08-20 new 100")
    assert not notes(folder, "mrr", "--period", "2025-Q3", "--vs", "previous")


def test_of_people_no_day_is_told(tmp_path: Path) -> None:
    hours = "time_entries: employee_id work_day hours_worked overtime_hours"
    folder = write(tmp_path, f"{hours}\n9* e# 2025-05-20 10 2\n9* e# 2025-08-20 10 2")
    [note] = notes(folder, "overtime_rate", "--period", "2025-Q3", "--vs", "previous")
    assert note.startswith("time_entries.work_day begins within 2025-Q2: what is compared")


RUNNING = f"{DEALS}6* a# 2025-07-02 won 10\n6* b# 2025-08-02 lost 10\n6* c# 2025-10-02 won 10\n3* d# 2025-11-02 lost 10"


def test_a_rate_of_a_running_period_is_told_to_stand_beside_all_of_the_one_before(tmp_path: Path) -> None:
    folder = str(write(tmp_path, RUNNING))
    remark = "2025-Q4 is not over: part of it stands beside all of 2025-Q3."
    said = ["--company", folder, "--as-of", "2025-11-14", "--json"]
    for period, told in (("2025-Q4", True), ("2025-Q3", False), ("this quarter so far", False)):
        ran = counterpoise("metric", "win_rate", "--period", period, "--vs", "previous", *said)
        assert (remark in ran.json["notes"]) is told, period
    ran = counterpoise("ask", "why did win rate rise this quarter?", *said)
    assert remark in ran.json["notes"]


def test_a_list_of_a_running_period_says_what_its_changes_are_of(tmp_path: Path) -> None:
    folder = str(write(tmp_path, RUNNING))
    said = ["--company", folder, "--as-of", "2025-11-14", "--json"]
    ran = counterpoise("ask", "top 5 metrics for a CRO this quarter", *said)
    assert (
        "2025-Q4 is not over: what adds up over its days shows no change, and other changes are against a whole "
        "period."
    ) in ran.json["notes"]
    ran = counterpoise("ask", "top 5 metrics for a CRO last quarter", *said)
    assert not any("is not over" in note for note in ran.json["notes"])


def test_what_has_no_value_to_be_compared_with_is_said_where_a_comparison_was_asked_for(
    tmp_path: Path,
) -> None:
    folder = str(write(tmp_path, RUNNING))
    said = ["--company", folder, "--as-of", "2025-12-31"]
    for question, told in (("win rate vs last year", True), ("win rate in 2025-Q4", False)):
        body = " ".join(counterpoise("ask", question, *said).out.split())
        assert ("; 2024-Q4: undefined: nothing to divide by" in body) is told, body
