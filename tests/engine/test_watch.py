"""One thread watches all queries: it interrupts what ran too long, and nothing that is done."""

from __future__ import annotations

import sys
from time import monotonic, sleep

from metrics.warehouse.slim import without_pandas
from metrics.warehouse.watch import Watch, Watchman


class Connection:
    """A connection that only counts how often it was interrupted."""

    def __init__(self) -> None:
        self.interrupted = 0

    def interrupt(self) -> None:
        self.interrupted += 1


def waited(connection: Connection, seconds: float) -> int:
    """How often it was interrupted, as soon as it was or when the time is over."""
    until = monotonic() + seconds
    while not connection.interrupted and monotonic() < until:
        sleep(0.01)
    return connection.interrupted


def test_a_query_over_its_limit_is_interrupted_and_one_within_is_not() -> None:
    watchman, slow, quick = Watchman(), Connection(), Connection()
    watchman.begin(Watch(60, quick))
    watchman.begin(Watch(0, slow))
    assert waited(slow, 5)
    assert not quick.interrupted


def test_a_query_that_is_done_is_not_interrupted() -> None:
    watchman, connection = Watchman(), Connection()
    watch = Watch(1, connection)
    watchman.begin(watch)
    watchman.end(watch)
    assert not waited(connection, 1.5)


def test_a_watchman_who_has_rested_watches_the_next_query() -> None:
    watchman = Watchman()
    first = Watch(0, Connection())
    watchman.begin(first)
    watchman.end(first)
    connection = Connection()
    watchman.begin(Watch(0, connection))
    assert waited(connection, 5)


def test_pandas_that_somebody_has_imported_stays() -> None:
    before = sys.modules.get("pandas")
    sys.modules["pandas"] = module = type(sys)("pandas")
    try:
        with without_pandas():
            assert sys.modules["pandas"] is module
        assert sys.modules["pandas"] is module
    finally:
        del sys.modules["pandas"]
        if before is not None:
            sys.modules["pandas"] = before
