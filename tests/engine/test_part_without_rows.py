"""A month with revenue and no row of costs has a margin of 100 %: the value says that a part of it had no rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from metrics.calendar.period_words import parse_period
from metrics.calendar.periods import Calendar
from metrics.engine import Ask
from tests.as_text import AS_OF, COSTS, company, write
from tests.command import counterpoise

BOOKS = f"""revenue_entries: recognised_on amount_base
2025-04-10 100
2025-05-10 100
{COSTS}
2025-04-12 cogs hosting 40
2025-04-12 sales payroll 10
"""


@pytest.mark.parametrize(
    ("metric", "period", "flagged"),
    [
        ("gross_margin", "2025-04", False),
        ("gross_margin", "2025-05", True),
        ("gross_margin", "2025-Q2", False),
        ("revenue_growth_rate", "2025-05", False),
        (
            "revenue_growth_rate",
            "2025-06",
            True,
        ),  # -100 %, of which nobody knows whether it is written down yet
        ("opex", "2025-05", False),  # nothing but costs is in it: a plain 0 says as much
    ],
)
def test_a_part_that_no_row_was_found_for_is_told(
    metric: str, period: str, flagged: bool, tmp_path: Path
) -> None:
    when = parse_period(period, as_of=AS_OF, calendar=Calendar())
    [[value]] = company(tmp_path, BOOKS).compute([Ask(metric, when)], AS_OF)
    assert ("part_without_rows" in value.flags) is flagged


def test_it_stands_beside_the_value_and_names_the_tables(tmp_path: Path) -> None:
    ran = counterpoise(
        "metric", "gross_margin", "--period", "2025-05", "--company", str(write(tmp_path, BOOKS))
    )
    said = " ".join(ran.out.split())
    assert "part without rows)" in said
    assert "taken as 0 (revenue_entries, cost_entries)" in said
