"""A limit of time for one query: a database in this process is interrupted, a server gives up by itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Condition, Thread
from time import monotonic
from typing import Any


@dataclass
class Watch:
    """How long a query has been running, and the connection that is interrupted when it ran too long."""

    seconds: int
    connection: Any = None
    began: float = field(default_factory=monotonic)

    def renew(self) -> None:
        """Another query begins on the same connection, with all of its time."""
        self.began = monotonic()

    @property
    def left(self) -> float:
        """How many seconds it still has."""
        return self.began + self.seconds - monotonic()

    @property
    def over(self) -> bool:
        """Whether it ran into its limit."""
        return self.left <= 0


class Watchman:
    """One thread that watches all queries of this process: a thread for each would cost more than many a query."""

    def __init__(self) -> None:
        self._watches: dict[int, Watch] = {}
        self._changed = Condition()
        self._wakes = 0.0
        self._thread: Thread | None = None

    def begin(self, watch: Watch) -> None:
        """Watch a query. The thread is woken only if it would sleep beyond the query's end."""
        with self._changed:
            self._watches[id(watch)] = watch
            if self._thread is None:
                self._thread = Thread(target=self._work, name="query watch", daemon=True)
                self._thread.start()
            elif watch.began + watch.seconds < self._wakes:
                self._changed.notify()

    def end(self, watch: Watch) -> None:
        """A query is done: from now on its connection is not interrupted."""
        with self._changed:
            del self._watches[id(watch)]

    def _work(self) -> None:
        """Interrupt what is over, then sleep until the next one may be; without queries, until there is one."""
        with self._changed:
            while True:
                for watch in self._watches.values():
                    if watch.over:
                        watch.connection.interrupt()
                running = [watch.left for watch in self._watches.values() if not watch.over]
                late = len(running) < len(self._watches)
                pause = min([*running, *([AGAIN] if late else [])], default=IDLE)
                self._wakes = monotonic() + pause
                self._changed.wait(pause)


AGAIN = 0.1
"""Seconds until a query that is over is interrupted again: the first time it may not have begun."""
IDLE = 3600.0
WATCHMAN = Watchman()


@contextmanager
def watched(connection: Any, seconds: int) -> Iterator[Watch]:
    """Run a query under its limit. ``connection`` is the driver's, of a database in this process; else None."""
    watch = Watch(seconds, connection)
    if connection is None:
        yield watch
        return
    WATCHMAN.begin(watch)
    try:
        yield watch
    finally:
        WATCHMAN.end(watch)
