"""What belongs to internal accounts and users counts nowhere, however far off it refers to one."""

from __future__ import annotations

from pathlib import Path

import pytest

from metrics.opening import open_company
from tests.as_text import DEALS, QUOTAS, company, figure, write

ACCOUNTS = "accounts: account_id is_internal\nours true\ntheirs false\n"
SOLD = f"""{DEALS} account_id
1 R 2025-01-02 2025-01-20 won 100 theirs
2 R 2025-01-02 2025-01-20 won 900 ours
"""
USED = """
users: user_id account_id created_at is_internal
u theirs 2025-01-02T09:00 false
us theirs 2024-06-02T09:00 true
product_events: user_id event_name occurred_at
u report 2025-01-03T09:00
us report 2025-01-03T09:00
us report 2025-01-04T09:00
"""


@pytest.mark.parametrize(
    ("metric", "expected", "tables"),
    [
        ("quota_attainment", "50.00", f"{SOLD}{QUOTAS}\nR 2025-01-01 2025-02-01 200 1"),
        (
            "forecast_accuracy",
            "100.00",
            f"""{SOLD}forecasts: owner_id submitted_on period_start period_end category amount_base
            R 2025-01-01 2025-01-01 2025-02-01 commit 100""",
        ),
        (
            "stage_conversion_rate",
            "0.00",
            f"""{DEALS} account_id
            1 R 2025-01-02 - open 100 theirs
            2 R 2025-01-02 - open 900 ours
            3 R 2025-01-02 - open 100 theirs
            opportunity_stage_history: opportunity_id stage entered_at stage_order
            1 first 2025-01-02T09:00 1
            2 first 2025-01-02T09:00 1
            2 second 2025-01-03T09:00 2
            2 third 2025-01-03T10:00 3
            3 second 2024-12-01T09:00 2""",
        ),
        (
            "cart_abandonment_rate",
            "50.00",
            """orders: order_id account_id
            o theirs
            x ours
            carts: cart_id created_at order_id
            1 2025-01-02T09:00 o
            2 2025-01-02T09:00 x
            3 2025-01-02T09:00 -""",
        ),
        (
            "revenue_per_lead",
            "100.00",
            f"""leads: lead_id account_id created_at
            l theirs 2025-01-02T09:00
            x ours 2025-01-02T09:00
            {DEALS} lead_id
            1 R 2025-01-02 2025-01-20 won 100 l
            2 R 2025-01-02 2025-01-20 won 900 x""",
        ),
        ("key_event_attainment", "0.00", USED),
        ("stickiness", "3.23", USED),
    ],
)
def test_a_row_that_leads_to_something_of_ours_counts_no_more_than_that(
    metric: str, expected: str, tables: str, tmp_path: Path
) -> None:
    settings = 'key_event = "report"\nkey_event_threshold = 2'
    assert figure(company(tmp_path, ACCOUNTS + tables, settings=settings), metric) == expected


def test_an_account_of_ours_without_a_name_keeps_nothing_else_out(tmp_path: Path) -> None:
    engine = company(tmp_path, f"{SOLD}accounts: account_id is_internal\n- true\ntheirs false")
    assert figure(engine, "average_deal_size") == "500.00"


def test_a_table_on_the_way_that_cannot_be_read_changes_no_other(tmp_path: Path) -> None:
    folder = write(
        tmp_path, f"{ACCOUNTS}{DEALS} account_id lead_id\n1 R 2025-01-02 2025-01-20 won 100 theirs l"
    )
    (folder / "tables" / "leads.sql").write_text("SELECT nothing FROM nowhere")
    assert figure(open_company(folder), "average_deal_size") == "100.00"
