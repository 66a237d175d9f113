"""What a metric takes: the columns that are read, and what a table that is not there would have to hold."""

from __future__ import annotations

from pathlib import Path

from tests.command import counterpoise
from tests.tiny import tiny_folder

TABLES = {
    "cost_entries": "incurred_on pnl_line amount_base\n2025-01-05 sales 100",
    "mrr_movements": "account_id effective_on movement_type amount_base\na1 2025-01-10 new 10",
}


def said(folder: Path, question: str) -> str:
    return " ".join(counterpoise("ask", question, "--company", str(folder)).out.split())


def test_the_columns_that_are_read_are_those_that_are_there(tmp_path: Path) -> None:
    told = said(tiny_folder(tmp_path, TABLES), "what would I have to record to see CAC?")
    assert "can be computed from what is there" in told
    assert "accounts.first_paid_on" not in told
    assert "It reads cost_entries.incurred_on, cost_entries.pnl_line, cost_entries.amount_base, " in told
    assert "mrr_movements.effective_on" in told


def test_of_a_table_that_is_not_there_the_columns_are_told(tmp_path: Path) -> None:
    told = said(tiny_folder(tmp_path, TABLES), "what would I have to record to see quota attainment?")
    assert "To see quota attainment, record quotas and opportunities." in told
    assert (
        "A row of quotas is one quota for one rep and period; "
        "it needs employee_id, period_start, period_end and quota_base." in told
    )
