"""No long pauses while the bot serves, and nothing of that stays behind."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator

import pytest

from bot.slack.work.pauses import NEVER, OVERDUE, short_pauses, tidy_up


@pytest.fixture(autouse=True)
def _begun() -> Iterator[None]:
    """As where a command begins: nothing is kept from the collector, as what all tests share is (conftest.py)."""
    gc.unfreeze()
    yield
    gc.freeze()


def test_all_garbage_is_collected_only_when_it_is_due_and_nobody_waits() -> None:
    thresholds, interval = gc.get_threshold(), sys.getswitchinterval()
    with short_pauses():
        assert gc.get_threshold()[2] == NEVER
        assert sys.getswitchinterval() < interval
        assert gc.get_freeze_count() > 0
        assert not tidy_up(idle=True)
        for _ in range(OVERDUE // 2):
            gc.collect(1)
        assert not tidy_up(idle=False)
        assert tidy_up(idle=True)
        for _ in range(OVERDUE):
            gc.collect(1)
        assert tidy_up(idle=False)
    assert (gc.get_threshold(), sys.getswitchinterval()) == (thresholds, interval)
    assert gc.get_freeze_count() == 0


def test_what_was_kept_from_the_collector_before_stays_so() -> None:
    gc.freeze()
    with short_pauses():
        assert gc.get_freeze_count() > 0
    assert gc.get_freeze_count() > 0
