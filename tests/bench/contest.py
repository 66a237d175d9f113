"""Contestants in processes of their own, run in turns; what each took, and whether all say the same."""

from __future__ import annotations

import json
import subprocess
import sys
import venv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

import duckdb

PEERS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "MetricFlow": ("metricflow_peer.py", ("metricflow==0.213.0",)),
    "sidemantic": ("sidemantic_peer.py", ("sidemantic==0.13.0",)),
    "boring-semantic-layer": ("bsl.py", ("boring-semantic-layer==0.3.18", "ibis-framework[duckdb]")),
}
"""Each peer's script, and what to install for it, beside the DuckDB that is used here."""
HERE = Path(__file__).parent
CLOSE = Fraction(1, 10**12)
"""How far two values may lie apart, relatively: some peers compute in floating point."""


@dataclass
class Contestant:
    """A process that runs the benchmark when it is told to, and all that it said."""

    name: str
    command: Sequence[str]
    runs: list[dict[str, Any]] = field(default_factory=list)
    values: dict[str, Fraction] = field(default_factory=dict)
    skipped: str = ""

    def start(self) -> None:
        """Start the process; a contestant that does not come up is skipped, with its last words."""
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        self.process: Any = subprocess.Popen(self.command, text=True, **pipes)  # type: ignore[call-overload]  # noqa: S603
        if not self._line():
            self._skip()

    def run(self, metrics: Sequence[str] = ()) -> None:
        """Run it once, for some metrics or for all."""
        if self.skipped:
            return
        self.process.stdin.write((json.dumps(list(metrics)) if metrics else "") + "\n")
        self.process.stdin.flush()
        line = self._line()
        if not line:
            self._skip()
            return
        found = json.loads(line)
        self.values |= {name: Fraction(value) for name, value in found.pop("values").items()}
        self.runs.append(found)

    def stop(self) -> None:
        """End the process."""
        if not self.skipped:
            self.process.stdin.close()
            self.process.wait()

    def best(self, what: str) -> float:
        """The least that any of its runs took."""
        return min(float(run[what]) for run in self.runs)

    def differs(self, others: Mapping[str, Fraction]) -> list[str]:
        """The values that are not those of another contestant."""
        return [
            name
            for name, value in self.values.items()
            if name not in others or abs(value - others[name]) > CLOSE * max(Fraction(1), abs(others[name]))
        ]

    def _line(self) -> str:
        return str(self.process.stdout.readline())

    def _skip(self) -> None:
        words = self.process.communicate()[1].strip().splitlines()
        self.skipped = words[-1] if words else "it said nothing"


def worker(name: str, folder: Path) -> Contestant:
    """One of our own contestants."""
    return Contestant(name, [sys.executable, "-m", "tests.bench.worker", name, str(folder)])


def peer(name: str, home: Path, folder: Path) -> Contestant:
    """A peer in an environment of its own, which is made where it is not there yet."""
    script, packages = PEERS[name]
    place = home / "envs" / name
    python = place / "bin" / "python"
    found = Contestant(name, [str(python), str(HERE / "peers" / script), str(folder / "bench.duckdb")])
    if not (place / "installed").exists():
        venv.create(place, with_pip=True, clear=True)
        wanted = [*packages, f"duckdb=={duckdb.__version__}"]
        quiet = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        done = subprocess.run(  # noqa: S603 - our own command
            [python, *quiet, *wanted], capture_output=True, text=True, check=False
        )
        if done.returncode:
            found.skipped = (
                f"it does not install: {(done.stderr.strip().splitlines() or ['no reason given'])[-1]}"
            )
            return found
        (place / "installed").touch()
    return found
