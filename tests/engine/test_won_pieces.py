"""Deals are added up by month before they meet quotas: what a seller won in a period is right wherever it begins."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import sqlalchemy as sa
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.tiny import tiny

FIRST = date(2024, 12, 20)
SELLERS = st.sampled_from("ab")
DAYS = st.integers(0, 80).map(lambda days: FIRST + timedelta(days))
PERIODS = st.tuples(SELLERS, DAYS, st.integers(1, 60))
WON = st.tuples(SELLERS, DAYS, st.integers(1, 9))


@given(st.lists(PERIODS, min_size=1, max_size=6), st.lists(WON, min_size=1, max_size=20))
@example([("a", date(2025, 1, 1), 31), ("a", date(2025, 1, 15), 31)], [("a", date(2025, 1, 14), 1)])
@example([("a", date(2025, 1, 10), 10), ("a", date(2025, 1, 20), 3)], [("a", date(2025, 1, 20), 1)])
@settings(max_examples=25, deadline=None)
def test_a_seller_won_what_was_closed_from_the_first_day_of_a_period_to_its_last(
    periods: list[tuple[str, date, int]], won: list[tuple[str, date, int]]
) -> None:
    quotas = "\n".join(f"{who} {start} {start + timedelta(days)} 1 1" for who, start, days in periods)
    deals = "\n".join(f"{who} {day} won {amount}" for who, day, amount in won)
    tables = {
        "quotas": f"employee_id period_start period_end quota_base ramp_pct\n{quotas}",
        "opportunities": f"owner_id closed_on outcome amount_base\n{deals}\na 2025-01-15 lost 1000",
    }
    with TemporaryDirectory() as folder:
        engine = tiny(Path(folder), tables)
        rows = engine.relations.table("rep_periods").c
        columns = (rows.employee_id, rows.period_start, rows.period_end, rows.won)
        found = engine.warehouse.run(sa.select(*columns)).rows
    expected = [
        (who, start, end, sum(amount for by, day, amount in won if by == who and start <= day < end))
        for who, start, end in ((who, start, start + timedelta(days)) for who, start, days in periods)
    ]
    assert Counter((*row[:3], Decimal(row[3])) for row in found) == Counter(expected)
