"""A company folder is begun from a real server as it is from a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from metrics.begin import begin
from metrics.opening import open_company
from tests.command import DEALS

pytestmark = pytest.mark.slow


def test_a_folder_begun_from_a_server_works_at_once(
    postgres: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import psycopg

    with psycopg.connect(postgres.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute("CREATE SCHEMA begun")
        connection.execute(f'CREATE TABLE begun."Deals" AS {DEALS}')
        connection.execute('ALTER TABLE begun."Deals" RENAME COLUMN closed_on TO "Close Date"')
    joint = "&" if "?" in postgres else "?"
    monkeypatch.setenv("CRM_URL", f"{postgres}{joint}options=-csearch_path%3Dbegun")
    begun = begin(tmp_path / "acme", "env:CRM_URL")
    assert [match.table for match in begun.mapped] == ["opportunities"]
    select = (tmp_path / "acme" / "tables" / "opportunities.sql").read_text()
    assert '"Close Date" AS closed_on' in select
    assert 'FROM "Deals"' in select
    assert not open_company(tmp_path / "acme").missing("win_rate")
