"""A setting that names what the data never holds: the 0 that comes of it says so, in answers and in values."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.as_text import write
from tests.command import counterpoise

EVENTS = """product_events: event_id user_id account_id event_name occurred_at
e1 u1 A1 report 2025-05-02
e2 u2 A2 report 2025-05-03
e9 u2 A2 report 2025-06-20
"""
USERS = """users: user_id account_id created_at
u1 A1 2025-05-01
u2 A2 2025-05-01
"""
COSTS = """cost_entries: incurred_on department_id amount_base
2025-05-05 D1 100
tickets: ticket_id created_at resolved_at
70* t# 2025-05-01 2025-05-02
"""


@pytest.mark.parametrize(
    ("metric", "tables", "setting", "said"),
    [
        ("feature_adoption", EVENTS, "feature", "product_events.event_name never holds 'reprot'"),
        (
            "product_activation_rate",
            USERS + EVENTS,
            "activation_event",
            "product_events.event_name never holds 'reprot'",
        ),
        (
            "cost_per_ticket",
            COSTS,
            "support_department",
            "cost_entries.department_id never holds 'reprot'",
        ),
    ],
)
def test_a_value_that_is_zero_for_a_name_nobody_uses_says_so(
    metric: str, tables: str, setting: str, said: str, tmp_path: Path
) -> None:
    folder = write(tmp_path, tables, settings=f'{setting} = "reprot"')
    ran = counterpoise("metric", metric, "--period", "2025-05", "--company", str(folder), "--json").json
    assert ran["values"][0]["value"] == "0"
    why = f"may be 0 for this reason: {said}, which settings.{setting} in company.toml names."
    assert [note for note in ran["notes"] if note.endswith(why)]


def test_a_zero_of_a_month_in_which_nobody_did_what_is_named_says_nothing(tmp_path: Path) -> None:
    others = EVENTS + "e3 u1 A1 login 2025-04-02\n"
    folder = write(tmp_path, others, settings='feature = "login"')
    ran = counterpoise(
        "metric", "feature_adoption", "--period", "2025-05", "--company", str(folder), "--json"
    )
    assert ran.json["values"][0]["value"] == "0"
    assert "never holds" not in " ".join(ran.json["notes"])
