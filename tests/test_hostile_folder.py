"""A company folder that was made to do harm is refused in one sentence, and loosens nothing."""

from __future__ import annotations

from pathlib import Path
from time import process_time

import pytest

from bot.audience.policy import read_policy
from metrics.errors import UserError
from metrics.load import load_catalog
from metrics.opening import open_company
from tests.tiny import tiny_folder

PEOPLE = {"employees": "employee_id hired_on\n1 2020-01-01"}


@pytest.mark.parametrize(
    "column", ["opportunities.owner_id>employees.gender", 'employees.x" FROM y; --', "employees."]
)
def test_an_own_dimension_takes_no_way_round_what_is_guarded(tmp_path: Path, column: str) -> None:
    toml = f"[dimensions.who]\ncolumn = '{column}'\nsensitivity = 'open'\n"
    with pytest.raises(UserError, match="one column"):
        open_company(tiny_folder(tmp_path, PEOPLE, toml))


def test_what_is_nested_too_deeply_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="nested too deeply"):
        open_company(tiny_folder(tmp_path / "toml", PEOPLE, f"x = {'[' * 5000}{']' * 5000}"))
    folder = tiny_folder(tmp_path / "sql", PEOPLE)
    (folder / "tables" / "employees.sql").write_text(f"SELECT {'(' * 3000}1{')' * 3000} AS employee_id")
    with pytest.raises(UserError, match="nested too deeply"):
        open_company(folder).warehouse.described("employees")
    (folder / "access.yaml").write_text("[" * 5000)
    with pytest.raises(UserError, match="cannot be read"):
        read_policy(folder, load_catalog())


def test_a_select_that_is_far_too_wide_or_long_is_refused_before_it_costs_much(tmp_path: Path) -> None:
    folder = tiny_folder(tmp_path, PEOPLE)
    select, file = folder / "tables" / "employees.sql", folder / "wide.csv"
    select.write_text(f"SELECT 'e1' AS employee_id, {', '.join(f'{i} AS c{i}' for i in range(5_000))}")
    with pytest.raises(UserError, match="gives 5,001 columns, and 1,000 may be"):
        open_company(folder).warehouse.described("employees")
    file.write_text(",".join(f"c{i}" for i in range(2_000)) + "\n" + "1," * 1_999 + "1\n")
    select.write_text("SELECT *, c0 AS employee_id FROM 'wide.csv'")
    with pytest.raises(UserError, match="gives 2,001 columns"):
        open_company(folder).warehouse.described("employees")
    select.write_text(f"SELECT 'e1' AS employee_id, {', '.join(f'{i} AS column_{i}' for i in range(20_000))}")
    began = process_time()
    with pytest.raises(UserError, match="characters, and 300,000 are read"):
        open_company(folder).warehouse.described("employees")
    assert process_time() - began < 1
    select.write_text("SELECT 'e1' AS employee_id, DATE '2020-01-01' AS hired_on " + " " * 200_000)
    assert set(open_company(folder).warehouse.described("employees")) == {"employee_id", "hired_on"}
