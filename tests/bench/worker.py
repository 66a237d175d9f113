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
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import duckdb

from bot.sweeps import SELDOM
from metrics.folder.company_file import CompanyFile
from tests.bench import byhand, one_by_one
from tests.bench.scorecard import METRICS, Values
from tests.bench.timing import Run, measured

THREADS: int = CompanyFile.model_fields["threads"].default
"""How many work on a query of the engine unless the company says otherwise; all others get as many."""


def by_sql(
    work: Callable[[duckdb.DuckDBPyConnection], Values], folder: Path, threads: int | None = THREADS
) -> Run:
    """A contestant that is plain SQL; without ``threads``, on as many as there are cores."""
    database = duckdb.connect(str(folder / "bench.duckdb"), read_only=True)
    if threads is not None:
        database.execute(f"SET threads = {threads}")
    return lambda _: measured(lambda: work(database))


def by_engine(folder: Path) -> Run:
    """The engine, which alone has to be imported for it: what runs plain SQL needs none of it."""
    from tests.bench.engine import runs

    return runs(folder)


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
