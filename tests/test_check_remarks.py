"""`counterpoise check` names what nobody reads: other columns than the canonical ones, and unknown values."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.command import DEALS, Ran, company, counterpoise

pytestmark = pytest.mark.slow

STAFF = """
SELECT * FROM (VALUES
    ('e1', 'p1', DATE '2024-01-05', DATE '2025-02-10', 'quit'),
    ('e2', 'p2', DATE '2024-01-05', NULL, NULL)
) AS staff (employee_id, person_key, hired_on, left_on, reason)
"""


def check(folder: Path, *more: str) -> Ran:
    return counterpoise("check", "--company", str(folder), *more)


def remarks(folder: Path) -> dict[str, list[str]]:
    """The remarks of each table; none of them is a problem."""
    ran = check(folder, "--json")
    assert (ran.code, ran.err, ran.json["ok"]) == (0, "", True)
    return {table["name"]: table["remarks"] for table in ran.json["tables"]}


# Columns


def test_a_misspelt_column_is_named_with_the_nearest_right_one_and_is_no_failure(tmp_path: Path) -> None:
    folder = company(tmp_path, opportunities=DEALS, employees=STAFF)
    assert remarks(folder) == {
        "employees": ["left_on is not read; did you mean terminated_on?", "reason is not read"],
        "opportunities": [],
    }
    told = check(folder).out
    assert "  employees: left_on is not read; did you mean terminated_on?" in told.splitlines()
    assert "All is well" not in told
    assert told.endswith("Nothing is broken; look at the remarks above.\n")


def test_a_right_name_that_the_table_gives_already_is_not_offered(tmp_path: Path) -> None:
    folder = company(tmp_path, opportunities=f"SELECT *, outcome AS outcomes FROM ({DEALS}) AS d")
    assert remarks(folder)["opportunities"] == ["outcomes is not read"]


def test_a_column_of_the_companys_own_dimension_is_read(tmp_path: Path) -> None:
    folder = company(
        tmp_path,
        '[dimensions.mood]\ncolumn = "opportunities.mood"',
        opportunities=f"SELECT *, 'good' AS mood, 1 AS noise FROM ({DEALS}) AS d",
    )
    assert remarks(folder)["opportunities"] == ["noise is not read"]


def test_of_many_unread_columns_the_first_are_named_and_the_others_counted(tmp_path: Path) -> None:
    extra = ", ".join(f"{n} AS zq{n}" for n in range(8))
    folder = company(tmp_path, opportunities=f"SELECT *, {extra} FROM ({DEALS}) AS d")
    assert remarks(folder)["opportunities"] == ["zq0, zq1, zq2, zq3, zq4 and 3 more are not read"]


def test_the_name_of_a_column_cannot_steer_the_terminal(tmp_path: Path) -> None:
    folder = company(tmp_path, opportunities=f'SELECT *, 1 AS "\x1b[31mzq{"x" * 60}" FROM ({DEALS}) AS d')
    [said] = remarks(folder)["opportunities"]
    assert said.startswith("\\x1b[31mzqxxx")
    assert said.endswith("xxx... is not read")
