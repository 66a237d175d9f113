"""Compare databases with DuckDB on hostile companies: `python -m tests.conformance.hostile FIRST BEFORE SHARE NAME...`.

``SHARE`` is how many of all questions each company is asked, such as 0.1: together they are asked all of them.
"""

from __future__ import annotations

import sys
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from tests import postgres
from tests.conformance.hostile.compare import Compared, compare
from tests.conformance.hostile.places import Load, in_clickhouse, in_postgres, into_sqlite

SHOWN = 4
"""How many differences of a company are printed."""


def main(first: int, before: int, share: float, names: list[str]) -> int:
    """Print what differs, and how much was compared so far, also where it is interrupted; 1 where anything differs."""
    facts: Counter[str] = Counter()
    different: Counter[str] = Counter()
    seed = first
    with ExitStack() as stack, TemporaryDirectory() as folder:
        loads = {name: opened(name, Path(folder), stack) for name in names}
        try:
            for seed in range(first, before):
                with TemporaryDirectory() as made:
                    for one in compare(seed, Path(made), loads, share):
                        facts[one.database] += one.facts
                        different[one.database] += len(one.different)
                        show(one)
        finally:
            for name in names:
                print(f"{name}: {facts[name]} facts of seeds {first} to {seed}, {different[name]} differ")  # noqa: T201
    return int(different.total() > 0)


def show(one: Compared) -> None:
    """Print the first differences of a company."""
    for key, (known, found) in list(one.different.items())[:SHOWN]:
        print(one.company, one.database, key, "\n  ", known, "\n  ", found, flush=True)  # noqa: T201


def opened(name: str, folder: Path, stack: ExitStack) -> Load:
    """Where companies are loaded in the database of that name, until the stack is closed."""
    match name:
        case "sqlite":
            return into_sqlite
        case "postgresql":
            return stack.enter_context(in_postgres(stack.enter_context(postgres.server())))
        case "clickhouse":
            return stack.enter_context(in_clickhouse(folder / "clickhouse"))
        case _:
            raise SystemExit(f"{name} is none of sqlite, postgresql, clickhouse")


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]), sys.argv[4:]))
