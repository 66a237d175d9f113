"""What looks wrong to `counterpoise check` in files looks wrong to it on a server, too."""

from __future__ import annotations

from pathlib import Path

import pytest

from metrics.check.checkup import check_company
from metrics.opening import open_company
from tests.tiny import tiny_folder

pytestmark = pytest.mark.slow

TABLES = {
    "accounts": "account_id segment\na1 big",
    "employees": "employee_id hired_on terminated_on\ne1 2025-03-01 2025-01-31\ne2 2025-03-01 -",
    "orders": "order_id account_id ordered_at net_amount_base\no1 a1 2025-01-31T23:30:00-05:00 5\no2 a9 2025-01-31 -",
    "mrr_movements": "movement_id account_id effective_on movement_type amount_base\nm1 a1 2025-01-01 churn 10",
    "opportunities": "opportunity_id created_on closed_on outcome amount_base\no1 2025-01-01 2025-09-01 open 5",
    "job_history": "employee_id effective_from fte\ne1 2025-01-01 80",
    "surveys": "survey_id survey_type opened_on\nw1 csat 2025-01-01",
    "survey_responses": "survey_id respondent_key question_id score\nw1 p1 q 9",
    "product_events": "event_id user_id event_name occurred_at\nv1 u1 report 2025-01-01",
}
TOML = '[settings]\nactivation_event = "reprot"\n'


def test_a_server_is_remarked_upon_as_files_are(
    postgres: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SERVER", postgres)
    tiny_folder(tmp_path / "files", TABLES, TOML)
    tiny_folder(tmp_path / "server", TABLES, f'url = "env:SERVER"\n{TOML}')
    files, server = (check_company(open_company(tmp_path / name)) for name in ("files", "server"))
    told = {table.name: table.remarks for table in files.tables}
    assert {name for name, remarks in told.items() if remarks} == TABLES.keys() - {"accounts", "surveys"}
    assert {table.name: table.remarks for table in server.tables} == told
    assert server.computable == files.computable
