"""Compare the engine with the naive formulas on many random companies: `python -m tests.oracle FIRST BEFORE [ID...]`.

All business metrics and their other methods are compared, or those that are named.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from metrics.load import load_catalog
from tests.oracle.business import CLOSED, RUNNING, compare
from tests.oracle.formulas import business, formulas


def main(first: int, before: int, ids: set[str]) -> int:
    """Print every difference, and how much was compared; 1 where there is any difference."""
    metrics, methods = business(load_catalog())
    every = formulas(ids or metrics | methods)
    seen: Counter[str] = Counter()
    for seed in range(first, before):
        with TemporaryDirectory() as folder:
            for value in compare(seed, Path(folder), every, RUNNING if seed % 5 == 0 else CLOSED):
                seen["different" if value.found != value.expected else value.found.split()[-1]] += 1
                if value.found != value.expected:
                    print(seed, value)  # noqa: T201 - it is what the command is for
    print(f"{sum(seen.values())} values of {before - first} companies: {dict(seen)}")  # noqa: T201
    return int(seen["different"] > 0)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2]), set(sys.argv[3:])))
