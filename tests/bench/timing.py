"""What one run of a contestant takes, and what it gives."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import perf_counter, process_time
from typing import Any

from tests.bench.scorecard import Values

Run = Callable[[Sequence[str]], dict[str, Any]]


def measured(work: Callable[[], Values]) -> dict[str, Any]:
    """What one run takes and gives."""
    cpu, wall = process_time(), perf_counter()
    values = work()
    took = {"cpu": process_time() - cpu, "wall": perf_counter() - wall}
    return {**took, "values": {name: str(value) for name, value in values.items() if value is not None}}
