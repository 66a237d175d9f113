"""What a contest showed: figures, ratios and bars, as data and as lines to read."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator, Mapping
from typing import Any

import duckdb

from metrics import VERSION
from tests.bench.contest import PEERS, Contestant

MIB = 2**20
BARS = {
    "engine cold / by hand, CPU": ("at most", 1.25),
    "one by one / engine cold, CPU": ("at least", 15),
    "warm scorecard, ms": ("at most", 2),
    "queries of a warm scorecard": ("at most", 0),
    "overhead of the engine, ms": ("at most", 20),
    "memory of the process, MiB": ("at most", 1024),
    "ten times the rows, times the CPU": ("at most", 10),
}


def report(found: Mapping[str, Contestant], rows: int) -> dict[str, Any]:
    """Figures, ratios and bars of a contest."""
    engine, hand = found["engine"], found["by hand"]
    figures = {name: _figures(one) for name, one in found.items() if one.runs}
    ratios = {
        "engine cold / by hand, CPU": engine.best("cpu") / hand.best("cpu"),
        "engine cold / by hand on all cores, CPU": engine.best("cpu")
        / found["by hand, all cores"].best("cpu"),
        "one by one / engine cold, CPU": found["one by one"].best("cpu") / engine.best("cpu"),
        "warm scorecard, ms": 1000 * engine.best("warm"),
        "queries of a warm scorecard": engine.best("warm_queries"),
        "overhead of the engine, ms": 1000 * engine.best("overhead_again"),
        "overhead of a first question, ms": 1000 * engine.best("overhead"),
        "memory of the process, MiB": max(run["memory"] for run in engine.runs) / MIB,
        "ten times the rows, times the CPU": engine.best("cpu") / found["a tenth"].best("cpu"),
    }
    bars = dict(BARS)
    for name in PEERS:
        if name in figures:
            key = f"engine on the same metrics / {name}, CPU"
            ratios[key] = found["same metrics"].best("cpu") / found[name].best("cpu")
            bars[key] = ("at most", 1)
    others = [one for name, one in found.items() if one.runs and name not in {"by hand", "a tenth"}]
    return {
        "rows": rows,
        "machine": {"cores": os.cpu_count(), "load": os.getloadavg(), "python": platform.python_version()},
        "versions": {"counterpoise": VERSION, "duckdb": duckdb.__version__},
        "figures": figures,
        "ratios": {name: round(value, 3) for name, value in ratios.items()},
        "bars": {
            name: {"bar": f"{side} {bar}", "met": _met(ratios[name], side, bar)}
            for name, (side, bar) in bars.items()
        },
        "differing": {one.name: one.differs(hand.values) for one in others},
        "skipped": {name: one.skipped for name, one in found.items() if one.skipped},
    }


def _figures(one: Contestant) -> dict[str, Any]:
    """The least that a contestant took, and how many values it gave."""
    return {
        "cpu_s": round(one.best("cpu"), 4),
        "wall_s": round(one.best("wall"), 4),
        "memory_mib": round(max(run["memory"] for run in one.runs) / MIB),
        "values": len(one.values),
        "runs": one.runs,
    }


def _met(value: float, side: str, bar: float) -> bool:
    return value <= bar if side == "at most" else value >= bar


def lines(told: Mapping[str, Any]) -> Iterator[str]:
    """A report as people read it."""
    yield f"{told['rows']:,} opportunities, {told['machine']['cores']} cores, load {told['machine']['load'][0]:.1f}"
    yield ""
    yield f"{'':28}{'CPU s':>10}{'wall s':>10}{'MiB':>8}{'values':>8}{'differ':>8}"
    for name, figures in told["figures"].items():
        differ = len(told["differing"].get(name, []))
        yield (
            f"{name:28}{figures['cpu_s']:>10.3f}{figures['wall_s']:>10.3f}"
            f"{figures['memory_mib']:>8}{figures['values']:>8}{differ:>8}"
        )
    for name, why in told["skipped"].items():
        yield f"{name:28}skipped: {why}"
    yield ""
    for name, value in told["ratios"].items():
        bar = told["bars"].get(name)
        verdict = "" if bar is None else f"  ({bar['bar']}: {'met' if bar['met'] else 'NOT met'})"
        yield f"{name:52}{value:>10.2f}{verdict}"
