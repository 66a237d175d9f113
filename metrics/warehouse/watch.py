"""A limit of time for one query: a database in this process is interrupted, a server gives up by itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Timer
from time import monotonic
from typing import Any

import sqlalchemy as sa

from metrics.warehouse.habits import Habits


@dataclass
class Watch:
    """How long a query has been running."""

    seconds: int
    began: float = field(default_factory=monotonic)

    @property
    def over(self) -> bool:
        """Whether it ran into its limit."""
        return monotonic() - self.began >= self.seconds


@contextmanager
def watched(connection: sa.Connection, habits: Habits, seconds: int) -> Iterator[Watch]:
    """Run a query under its limit."""
    watch = Watch(seconds)
    if not habits.interrupts:
        yield watch
        return
    driver: Any = connection.connection.driver_connection
    timer = Timer(seconds, driver.interrupt)
    timer.daemon = True
    timer.start()
    try:
        yield watch
    finally:
        timer.cancel()
