"""Promotion and mobility rates by level: movers count in the job they moved to, as the caveats say."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from metrics.calendar.periods import Calendar
from metrics.engine import Ask
from metrics.load import load_catalog
from metrics.opening import open_company
from tests.command import company

PEOPLE = """
SELECT 'e' || n AS employee_id, DATE '2023-01-01' AS hired_on, CAST(NULL AS DATE) AS terminated_on
FROM range(40) AS t(n)
"""
JOBS = """
SELECT 'e' || n AS employee_id, DATE '2023-01-01' AS effective_from, n % 2 + 1 AS level, 'hire' AS change_reason
FROM range(40) AS t(n)
UNION ALL
SELECT 'e' || n, DATE '2025-02-10', 2, 'promotion' FROM range(0, 20, 2) AS t(n)
"""


@pytest.mark.slow
def test_by_level_promotions_count_in_the_new_level_and_the_headcount_in_the_old_one(tmp_path: Path) -> None:
    engine = open_company(company(tmp_path, employees=PEOPLE, job_history=JOBS))
    period = Calendar().quarter(2025, 1, fiscal=False)
    [values] = engine.compute([Ask("promotion_rate", period, by=("level",))], date(2025, 6, 30))
    parts = {value.group["level"]: (value.citation.numerator, value.citation.denominator) for value in values}
    assert parts == {"1": (Decimal(0), Decimal(20)), "2": (Decimal(10), Decimal(20))}


@pytest.mark.parametrize(
    ("metric", "said"), [("promotion_rate", "new job"), ("internal_mobility_rate", "job moved to")]
)
def test_the_caveat_says_so(metric: str, said: str) -> None:
    assert said in load_catalog().metric(metric).caveat
