"""One contestant in a process of its own: runs the scorecard when it is told to, and says what it took.

    python -m tests.bench.worker NAME FOLDER

Each line on standard input is a run: the metrics to compute, as JSON; all of them where it is empty. Each answer
is a line of JSON: `cpu` and `wall` in seconds, `memory` in bytes (the most so far), `values` by name as text,
and whatever else the contestant tells. Plain SQL always computes all.
"""

from __future__ import annotations

import gc
import json
import resource
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from datetime import date
from fractions import Fraction
from pathlib import Path
from time import perf_counter, process_time, thread_time
from typing import Any

import duckdb
import sqlalchemy as sa

from bot.cli import SELDOM
from metrics.engine import Ask, Engine
from metrics.folder.company_file import CompanyFile
from metrics.opening import open_company
from tests.bench import byhand, one_by_one
from tests.bench.data import AS_OF
from tests.bench.scorecard import METRICS, MIDDLE, MONTHS, Values, name_of

WARM_RUNS = 30
THREADS: int = CompanyFile.model_fields["threads"].default
"""How many work on a query of the engine unless the company says otherwise; all others get as many."""
Run = Callable[[Sequence[str]], dict[str, Any]]


def measured(work: Callable[[], Values]) -> dict[str, Any]:
    """What one run takes and gives."""
    cpu, wall = process_time(), perf_counter()
    values = work()
    took = {"cpu": process_time() - cpu, "wall": perf_counter() - wall}
    return {**took, "values": {name: str(value) for name, value in values.items() if value is not None}}


def by_sql(
    work: Callable[[duckdb.DuckDBPyConnection], Values], folder: Path, threads: int | None = THREADS
) -> Run:
    """A contestant that is plain SQL; without ``threads``, on as many as there are cores."""
    database = duckdb.connect(str(folder / "bench.duckdb"), read_only=True)
    if threads is not None:
        database.execute(f"SET threads = {threads}")
    return lambda _: measured(lambda: work(database))


def by_engine(folder: Path) -> Run:
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


CONTESTANTS: dict[str, Callable[[Path], Run]] = {
    "engine": by_engine,
    "by hand": lambda folder: by_sql(byhand.run, folder),
    "by hand, all cores": lambda folder: by_sql(byhand.run, folder, None),
    "one by one": lambda folder: by_sql(one_by_one.run, folder),
}


def say(what: Mapping[str, Any]) -> None:
    """One line of JSON."""
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def main(name: str, folder: str) -> None:
    """Answer each line of standard input with one run."""
    gc.set_threshold(SELDOM)  # as every command of the bot has it
    run = CONTESTANTS[name](Path(folder))
    say({"ready": name})
    for line in sys.stdin:
        found = run(json.loads(line) if line.strip() else METRICS)
        found["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        say(found)


if __name__ == "__main__":
    main(*sys.argv[1:])
