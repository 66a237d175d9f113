"""Stop: whoever waits for an answer wants it no more, so the query that runs for them is given up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic, sleep

from metrics.errors import StoppedError

AGAIN = 0.05
"""Seconds until a query is told again to give up: the first time it may not have begun."""
LONGEST = 30.0
"""Seconds for which it is told: a server that does not listen has its own limit of time."""


@dataclass
class Stop:
    """The queries of one question. ``ask`` is called from another thread than theirs."""

    asked: bool = False
    _running: dict[int, Callable[[], None]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def ask(self) -> None:
        """Give up the query that runs, and begin no other; returns when none runs any more."""
        self.asked, until = True, monotonic() + LONGEST
        while monotonic() < until:
            with self._lock:
                if not self._running:
                    return
                for give_up in self._running.values():
                    give_up()
            sleep(AGAIN)

    @contextmanager
    def running(self, give_up: Callable[[], None] | None) -> Iterator[None]:
        """While a query runs; when it is done, ``give_up`` is called no more, for others use its connection then.

        Raises:
            StoppedError: it was asked already.
        """
        with self._lock:
            if self.asked:
                raise StoppedError
            if give_up:
                self._running[id(give_up)] = give_up
        try:
            yield
        finally:
            with self._lock:
                self._running.pop(id(give_up), None)


WANTED: ContextVar[Stop] = ContextVar("wanted")
"""The question that queries are run for, in its own task and the threads that this hands work to."""


def stopped() -> bool:
    """Whether nobody wants what is being worked on."""
    stop = WANTED.get(None)
    return stop is not None and stop.asked


@contextmanager
def wanted(give_up: Callable[[], None] | None) -> Iterator[None]:
    """Run a query only while its answer is wanted. ``give_up`` ends it; without, it runs to its end or limit.

    Raises:
        StoppedError: nobody wants it.
    """
    stop = WANTED.get(None)
    if stop is None:
        yield
        return
    with stop.running(give_up):
        yield
