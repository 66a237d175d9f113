"""A company folder that was made to do harm is refused in one sentence, and loosens nothing."""

from __future__ import annotations

from pathlib import Path

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
