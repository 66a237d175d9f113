"""What is told beside a value is told by whichever way it is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.command import DEALS, company, counterpoise

UNDEFINED = "Win rate: Closed deals only"
OTHER_WAY = "pipeline value can be asked as pipeline_value.all_open"
RUNNING = "Values about people are given for months that are over: 2025-02 has none yet."
PEOPLE = """
SELECT 'e' || i AS employee_id, DATE '2020-01-01' AS hired_on,
    CASE WHEN i = 0 THEN DATE '2025-02-12' END AS terminated_on FROM range(30) AS people (i)
"""


@pytest.mark.parametrize(
    ("metric", "period", "note"),
    [
        ("win_rate", "2024-Q1", UNDEFINED),
        ("pipeline_value", "2025-Q1", OTHER_WAY),
        ("employee_turnover_rate", "2025-02", RUNNING),
    ],
)
def test_a_question_is_told_what_the_command_tells(
    tmp_path: Path, metric: str, period: str, note: str
) -> None:
    small = company(tmp_path, opportunities=DEALS, employees=PEOPLE)
    folder = ("--company", str(small), "--as-of", "2025-02-14", "--json")
    by_command = counterpoise("metric", metric, "--period", period, *folder).json["notes"]
    asked = counterpoise("ask", f"{metric.replace('_', ' ')} {period}", *folder).json["notes"]
    [told] = [one for one in by_command if note in one]
    assert told in asked
    assert [one for one in asked if one in by_command] == [one for one in by_command if one in asked]
