"""The engine as a contestant."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import date
from fractions import Fraction
from pathlib import Path
from time import perf_counter, thread_time
from typing import Any

import sqlalchemy as sa

from metrics.engine import Ask, Engine
from metrics.opening import open_company
from tests.bench.data import AS_OF
from tests.bench.scorecard import MIDDLE, MONTHS, Values, name_of
from tests.bench.timing import Run, measured

WARM_RUNS = 30


def runs(folder: Path) -> Run:
    """The engine: a cold run with nothing kept, one of other rows with its plans kept, and warm runs."""
    opened = open_company(folder)
    driver = _Driver(opened.warehouse.engine)

    def values(engine: Engine, asks: Sequence[Ask]) -> Values:
        return {
            name_of(ask.metric, ask.period.start): None if value.value is None else Fraction(value.value)
            for ask, [value] in zip(asks, engine.compute(asks, AS_OF), strict=True)
        }

    def run(metrics: Sequence[str]) -> dict[str, Any]:
        asks = _asks(opened, metrics)
        engine = Engine(opened.catalog, opened.company, opened.warehouse)
        driver.spent, began = 0.0, thread_time()
        found = measured(lambda: values(engine, asks))
        found["overhead"] = thread_time() - began - driver.spent
        for table in opened.company.selects:  # as if every table had changed: the plans stay
            engine.store.forget(table)
        driver.spent, driver.queries, began = 0.0, 0, thread_time()
        engine.compute(asks, AS_OF)
        found["overhead_again"], found["queries"] = thread_time() - began - driver.spent, driver.queries
        driver.queries = 0
        warm = []
        for _ in range(WARM_RUNS):
            wall = perf_counter()
            engine.compute(asks, AS_OF)
            warm.append(perf_counter() - wall)
        found["warm"], found["warm_queries"] = min(warm), driver.queries
        found["kept"] = engine.store.weight
        return found

    return run


def _asks(engine: Engine, metrics: Sequence[str]) -> list[Ask]:
    """The scorecard with its history, as the bot asks for it."""
    asks = []
    for name in metrics:
        for month in MONTHS:
            if engine.catalog.metric(name).looks_ahead:
                asks.append(Ask(name, month, as_of=date(month.start.year, month.start.month, MIDDLE)))
            else:
                asks.append(Ask(name, month, usual_window=True))
    return asks


class _Driver:
    """How long the database's driver holds the calling thread, and how often it is asked.

    Executing is its work, and so is turning what was found into Python's numbers and days (``fetchall``). Both are
    taken on the cursors that it hands out, whoever uses them.
    """

    def __init__(self, engine: sa.Engine) -> None:
        self.spent, self.queries = 0.0, 0
        with closing(engine.raw_connection()) as connection:
            cursors = type(connection.cursor())
        for name in ("execute", "fetchall"):
            setattr(cursors, name, self._timed(name, getattr(cursors, name)))

    def _timed(self, name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*given: Any, **named: Any) -> Any:
            since = thread_time()
            try:
                return work(*given, **named)
            finally:
                self.spent += thread_time() - since
                self.queries += name == "execute"

        return timed
