"""Compare databases with DuckDB on hostile companies: `python -m tests.conformance.hostile FIRST BEFORE SHARE NAME...`.

``SHARE`` is how many of all questions each company is asked, such as 0.1: together they are asked all of them.
"""

from __future__ import annotations

import sys
from collections import Counter
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.conformance.hostile.compare import compare
from tests.conformance.hostile.places import Load, in_clickhouse, in_duckdb, in_postgres, in_sqlite

SHOWN = 4
"""How many differences of a company are printed."""


def main(first: int, before: int, share: float, names: list[str]) -> int:
    """Print what differs, and how much was compared; 1 where anything differs."""
    facts: Counter[str] = Counter()
    different: Counter[str] = Counter()
    with ExitStack() as stack, TemporaryDirectory() as folder:
        loads = {name: stack.enter_context(opened(name, Path(folder))) for name in names}
        for seed in range(first, before):
            with TemporaryDirectory() as made:
                for one in compare(seed, Path(made), loads, share):
                    facts[one.database] += one.facts
                    different[one.database] += len(one.different)
                    for key, (known, found) in list(one.different.items())[:SHOWN]:
                        print(one.company, one.database, key, "\n  ", known, "\n  ", found, flush=True)  # noqa: T201
    for name in names:
        print(f"{name}: {facts[name]} facts, {different[name]} differ")  # noqa: T201
    return int(different.total() > 0)


def opened(name: str, folder: Path) -> AbstractContextManager[Load]:
    """Companies in the database of that name."""
    match name:
        case "sqlite":
            return in_sqlite()
        case "postgresql":
            return in_postgres()
        case "clickhouse":
            return in_clickhouse(folder / "clickhouse")
        case _:
            return in_duckdb()


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]), sys.argv[4:]))
