"""Two quantiles of one column, asked for one after the other: each is its own, in every database."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from metrics.calendar.periods import Calendar
from metrics.engine import Ask
from metrics.opening import open_company

SESSIONS = " UNION ALL ".join(
    f"SELECT {number} AS session_id, '2025-11-0{number}' AS started_at, {number}00 AS load_ms"
    for number in (1, 2, 3)
)
QUARTER = Calendar().quarter(2025, 4, fiscal=False)
UPPER, MEDIAN = "page_load_time", "page_load_time.median"


@pytest.mark.parametrize("url", ["duckdb:///:memory:", "sqlite:///sessions.sqlite3"])
@pytest.mark.parametrize("asked", [(UPPER, MEDIAN), (MEDIAN, UPPER)])
def test_a_percentile_is_not_the_median_of_its_column(
    tmp_path: Path, url: str, asked: tuple[str, str]
) -> None:
    (tmp_path / "tables").mkdir()
    (tmp_path / "sessions.sqlite3").touch()
    (tmp_path / "company.toml").write_text(f'name = "Pages"\nurl = "{url}"\n')
    (tmp_path / "tables" / "web_sessions.sql").write_text(SESSIONS)
    engine = open_company(tmp_path)
    found = {name: engine.compute([Ask(name, QUARTER)], date(2025, 12, 31))[0][0].value for name in asked}
    assert found == {UPPER: 250, MEDIAN: 200}
