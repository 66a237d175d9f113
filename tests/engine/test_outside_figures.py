"""Figures from outside the data: a receipt says whence they are, and what grows with time is taken for its time."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from metrics.engine import Engine
from tests.as_text import ask, company, figure, write
from tests.command import counterpoise

REVENUE = "revenue_entries: recognised_on amount_base\n2025-02-28 100\n2025-08-31 100"
SAID = 'source = "a report", as_of = 2025-01-01'


def holding(folder: Path, given: str) -> Engine:
    return company(folder, REVENUE, settings=f"[external]\nmarket_size = {{{given}, {SAID}}}")


@pytest.mark.parametrize(
    ("given", "month", "quarter", "year"),
    [
        ("value = 2000", "5.00", "5.00", "10.00"),
        ('value = 2000, per = "year"', "60.00", "20.00", "10.00"),
        ('value = 500, per = "quarter"', "60.00", "20.00", "10.00"),
        ('value = 2000, per = "month"', "5.00", "1.67", "0.83"),
    ],
)
def test_a_market_of_a_year_is_held_against_a_quarter_as_a_quarter_of_it(
    tmp_path: Path, given: str, month: str, quarter: str, year: str
) -> None:
    engine = holding(tmp_path, given)
    found = [figure(engine, "market_share", period) for period in ("2025-02", "2025-Q1", "2025")]
    assert found == [month, quarter, year]


def test_of_a_period_that_is_not_over_the_market_is_taken_as_far_as_it_has_come(tmp_path: Path) -> None:
    value = ask(holding(tmp_path, 'value = 3650, per = "year"'), "market_share", "2025", date(2025, 3, 31))
    assert value.citation.denominator is not None
    assert 895 < value.citation.denominator < 905


def test_the_receipt_says_whence_and_of_which_day_a_figure_is(tmp_path: Path) -> None:
    citation = ask(holding(tmp_path, 'value = 2000, per = "year"'), "market_share", "2025").citation
    assert "market_size is 2000 a year, as of 2025-01-01, from outside: a report" in citation.assumptions


def test_a_metric_says_what_company_toml_has_to_tell(tmp_path: Path) -> None:
    folder = str(write(tmp_path, REVENUE))
    assert "company.toml   [external] market_size" in counterpoise("catalog", "market_share").out
    assert (
        "needs company.toml external.market_size"
        in counterpoise("metric", "market_share", "--period", "2025", "--company", folder).out
    )
    assert "[settings] key_event, [settings] key_event_threshold" in " ".join(
        counterpoise("catalog", "key_event_attainment").out.split()
    )


def test_a_promotion_after_the_last_hire_is_in_the_data(tmp_path: Path) -> None:
    staff = "employees: employee_id hired_on terminated_on\n10* e# 2020-01-01 -"
    jobs = "job_history: employee_id effective_from change_reason\n5* e# 2025-05-05 promotion"
    engine = company(tmp_path, f"{staff}\n{jobs}")
    assert engine.newest_day(date(2025, 12, 31)) == date(2025, 5, 5)
    assert engine.newest_day(date(2025, 3, 31)) == date(2020, 1, 1)
