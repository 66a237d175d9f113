"""What a metric lacks is told whole: also what lies behind the first thing that is not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from metrics.opening import open_company
from tests.tiny import tiny_folder

TABLES = {
    "quotas": "employee_id period_start\ne1 2025-01-01",
    "users": "user_id\nu1",
    "survey_responses": "survey_id score\ns1 5",
}


@pytest.mark.parametrize(
    ("metric", "needs"),
    [
        ("quota_attainment", ("quotas.period_end", "quotas.quota_base", "opportunities")),
        ("ramp_time", ("employees", "quotas.period_end", "quotas.quota_base", "opportunities")),
        ("enps", ("survey_responses.respondent_key", "surveys")),
        ("second_use_rate", ("users.created_at", "product_events")),
        (
            "product_activation_rate",
            ("users.created_at", "product_events", "company.toml settings.activation_event"),
        ),
        (
            "key_event_attainment",
            (
                "users.account_id",
                "users.created_at",
                "product_events",
                "company.toml settings.key_event",
                "company.toml settings.key_event_threshold",
            ),
        ),
        ("win_rate", ("opportunities",)),
    ],
)
def test_all_that_a_metric_lacks_is_named(tmp_path: Path, metric: str, needs: tuple[str, ...]) -> None:
    engine = open_company(tiny_folder(tmp_path, TABLES))
    assert engine.lacking([metric])[metric] == needs


def test_what_is_supposed_to_look_further_is_never_there(tmp_path: Path) -> None:
    engine = open_company(tiny_folder(tmp_path, TABLES))
    engine.lacking(engine.catalog.metrics)
    assert not engine.relations.supposed
    assert "activation_event" not in engine.relations.settings
    assert "created_at" not in engine.relations.table("users").c
