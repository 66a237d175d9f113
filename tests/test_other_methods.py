"""Where a value cannot be had as it was asked for, `counterpoise metric` says how it can."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.as_text import write
from tests.command import counterpoise

SUMS = "mrr_movements: effective_on movement_type amount_base\n2025-01-01 new 100\n2025-05-05 churn -10"


@pytest.mark.parametrize(
    ("metric", "said"),
    [
        (
            "gross_revenue_retention",
            "gross revenue retention can be asked as gross_revenue_retention.aggregate",
        ),
        ("net_revenue_retention", "net revenue retention can be asked as net_revenue_retention.by_movements"),
    ],
)
def test_a_metric_without_its_columns_is_offered_by_the_method_that_has_them(
    metric: str, said: str, tmp_path: Path
) -> None:
    ran = counterpoise("metric", metric, "--period", "2025-05", "--company", str(write(tmp_path, SUMS)))
    assert ran.code == 0
    assert "needs mrr_movements.account_id" in ran.out
    assert said in " ".join(ran.out.split())


@pytest.mark.parametrize("metric", ["win_rate", "quick_ratio", "gross_revenue_retention.aggregate"])
def test_nothing_is_offered_where_nothing_else_can_be_or_a_value_is_there(
    metric: str, tmp_path: Path
) -> None:
    ran = counterpoise("metric", metric, "--period", "2025-05", "--company", str(write(tmp_path, SUMS)))
    assert ran.code == 0
    assert "can be asked as" not in ran.out


def test_a_past_period_after_the_newest_day_is_said_to_be_one_and_how_to_ask_for_it(tmp_path: Path) -> None:
    folder = str(write(tmp_path, "mrr_movements: effective_on amount_base\n2025-01-31 174"))
    ran = counterpoise("metric", "arr", "--period", "2025-12", "--company", folder)
    said = (
        "2025-12 lies after the newest day in the data: --as-of 2025-12-31 takes it that nothing moved since."
    )
    assert said in " ".join(ran.out.split())
    again = counterpoise(
        "metric", "arr", "--period", "2025-12", "--as-of", "2025-12-31", "--company", folder, "--json"
    )
    assert again.json["values"][0]["value"] == "2088"
    assert not any("lies after" in note for note in again.json["notes"])
