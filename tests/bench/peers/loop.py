"""What every peer does: run when a line comes, and answer with a line of JSON."""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Callable, Mapping
from fractions import Fraction
from time import perf_counter, process_time


def answer(run: Callable[[], Mapping[str, Fraction]]) -> None:
    """Answer each line of standard input with one run."""
    _say({"ready": True})
    for _ in sys.stdin:
        cpu, wall = process_time(), perf_counter()
        values = run()
        took = {"cpu": process_time() - cpu, "wall": perf_counter() - wall}
        took["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        _say({**took, "values": {name: str(value) for name, value in values.items()}})


def _say(what: Mapping[str, object]) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def number(value: object) -> Fraction:
    """A number as a driver gives it."""
    return Fraction(str(value))
