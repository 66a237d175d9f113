"""Short pauses, so that Slack never waits for an acknowledgement: threads hand over quickly, and rubbish waits.

A full collection of garbage stops every thread for a second where the company's data and the catalog are in memory. So
what is there at the start is never looked through again, and the rest when no question is being answered.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager

SWITCH = 0.001
"""Seconds for which a thread may keep the interpreter from the one that acknowledges; a fifth of Python's own."""
NEVER = 1_000_000
DUE, OVERDUE = 100, 1_000
"""Collections of younger garbage after which all of it is due, where nobody waits; and where somebody always does."""


@contextmanager
def short_pauses() -> Iterator[None]:
    """While the bot serves. What somebody else had kept from the collector before is kept from it afterwards too."""
    thresholds, interval, kept = gc.get_threshold(), sys.getswitchinterval(), gc.get_freeze_count()
    gc.collect()
    gc.freeze()
    gc.set_threshold(*thresholds[:2], NEVER)
    sys.setswitchinterval(SWITCH)
    try:
        yield
    finally:
        sys.setswitchinterval(interval)
        gc.set_threshold(*thresholds)
        if not kept:  # there is no unfreezing of a part
            gc.unfreeze()


def tidy_up(*, idle: bool) -> bool:
    """Collect all garbage if it is due. Whether it was collected."""
    done = gc.get_count()[2]
    if done < DUE or not (idle or done >= OVERDUE):
        return False
    gc.collect()
    return True
