"""Whether a target is reached is judged once: comparisons, lists, gates and advice say the same of exact values."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from bot import wording
from metrics.engine.changes.compare import with_target
from metrics.model import Direction
from metrics.scorecard import Target
from metrics.standing import reaches, stands
from tests import scorecards

BAND = Target(low=Decimal(3), high=Decimal(5))
FIVE = Target(value=Decimal(5))


@pytest.mark.parametrize(
    ("direction", "target", "value", "expected"),
    [
        ("up", FIVE, "5", True),
        ("up", FIVE, "4.9", False),
        ("up", FIVE, "5.1", True),
        ("down", FIVE, "5", True),
        ("down", FIVE, "5.1", False),
        ("down", FIVE, "4.9", True),
        ("band", FIVE, "5", True),
        ("band", FIVE, "4.9", None),
        ("band", FIVE, "5.1", None),
        ("band", BAND, "4", True),
        ("band", BAND, "3", True),
        ("band", BAND, "6", False),
        ("up", BAND, "6", False),
        ("up", Target(low=Decimal(3)), "2", False),
        ("down", Target(high=Decimal(3)), "2", True),
    ],
)
def test_a_target_is_reached_from_the_side_that_the_metric_wants(
    direction: Direction, target: Target, value: str, expected: bool | None
) -> None:
    assert reaches(stands(Decimal(value), target), target, direction) is expected
    [held] = with_target([scorecards.value("win_rate", value)], target, direction)
    assert {"met": True, "within": True, "missed": False}.get(held.verdict or "") is (
        expected if target.value is not None or expected else None
    )
    row = scorecards.row(1, "win_rate", value)
    wants = row.metric.model_copy(update={"direction": direction})
    assert wording.meets(replace(row, metric=wants, target=target)) is expected


def test_what_looks_equal_is_said_to_be_at_its_target_and_nothing_else_is_rounded() -> None:
    near = scorecards.row(1, "win_rate", "27.96", target=("28",))
    assert (wording.place(near), wording.meets(near)) == ("at", True)
    assert stands(Decimal("27.96"), Target(value=Decimal(28))) == "below"
