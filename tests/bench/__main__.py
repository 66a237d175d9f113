"""The benchmark: `make bench`, or `python -m tests.bench [--rows N] [--rounds N] [--no-peers]`."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from tests.bench.contest import PEERS, Contestant, peer, worker
from tests.bench.data import made
from tests.bench.report import lines, report

HOME = Path(".counterpoise") / "bench"


def main() -> int:
    """Run the contest, print what it showed and write it to a file; 1 where numbers differ."""
    given = arguments()
    folder = made(HOME, given.rows)
    small = made(HOME, given.rows // 10)
    found = contest(folder, small, given.rounds, peers=not given.no_peers)
    told = report(found, given.rows)
    sys.stdout.write("\n".join(lines(told)) + "\n")
    results = HOME / "results"
    results.mkdir(parents=True, exist_ok=True)
    file = results / f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{given.rows}.json"
    file.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
    sys.stdout.write(f"\nWritten to {file}.\n")
    return 1 if any(told["differing"].values()) else 0


def arguments() -> argparse.Namespace:
    """What was asked for on the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000_000, help="opportunities; the rest goes with them")
    parser.add_argument("--rounds", type=int, default=3, help="runs of each contestant, in turns")
    parser.add_argument("--no-peers", action="store_true", help="leave out the other semantic layers")
    return parser.parse_args()


def contest(folder: Path, small: Path, rounds: int, *, peers: bool) -> dict[str, Contestant]:
    """All contestants after their runs, by name. Each has a process; they run in turns, one at a time."""
    own = {name: worker(name, folder) for name in ("engine", "by hand", "by hand, all cores", "one by one")}
    own["a tenth"] = worker("engine", small)
    others = {name: peer(name, HOME, folder) for name in PEERS} if peers else {}
    if others:
        own["same metrics"] = worker("engine", folder)
    for one in [*own.values(), *others.values()]:
        if not one.skipped:
            one.start()
    for _ in range(rounds):
        for one in [*own.values(), *others.values()]:
            one.run(_expressed(others) if one is own.get("same metrics") else ())
    for one in [*own.values(), *others.values()]:
        one.stop()
    return {**own, **others}


def _expressed(others: dict[str, Contestant]) -> list[str]:
    """The metrics that the peers express; before their first run nobody knows better than they said."""
    named = {name.split()[0] for one in others.values() for name in one.values}
    return sorted(named) or ["average_deal_size", "gross_margin", "sales_cycle_length", "win_rate"]


if __name__ == "__main__":
    sys.exit(main())
