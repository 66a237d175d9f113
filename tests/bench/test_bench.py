"""The benchmark itself: small, it runs, and all say the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench.__main__ import HOME, contest
from tests.bench.data import made
from tests.bench.report import lines, report

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
ROWS = 30_000
SUPPRESSED = 12
"""Values of so few sellers that the engine hides them; plain SQL does not."""


def test_a_small_benchmark_runs_and_all_say_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    found = contest(made(HOME, ROWS), made(HOME, ROWS // 10), 1, peers=False)
    told = report(found, ROWS)
    assert not told["skipped"]
    assert told["differing"] == {"engine": [], "by hand, all cores": [], "one by one": []}
    assert len(found["by hand"].values) - len(found["engine"].values) <= SUPPRESSED
    assert told["ratios"]["queries of a warm scorecard"] == 0
    assert told["ratios"]["warm scorecard, ms"] < 50  # two are promised; this machine may be busy
    assert len(list(lines(told))) > 10


def test_the_data_is_the_same_wherever_it_is_made(tmp_path: Path) -> None:
    import duckdb

    sums = []
    for name in ("one", "two"):
        folder = made(tmp_path / name, 2_000)
        with duckdb.connect(str(folder / "bench.duckdb"), read_only=True) as database:
            sql = "SELECT sum(hash(opportunity_id, owner_id, closed_on, amount_base)) FROM opportunities"
            sums.append(database.execute(sql).fetchall())
    assert sums[0] == sums[1]
