"""The newest record behind a value, where the engine makes rows of whole stretches of days out of a company's own."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from metrics.calendar.periods import Calendar
from metrics.engine import Ask
from metrics.opening import open_company
from metrics.values import Status
from tests.tiny import tiny, tiny_folder

AS_OF = date(2025, 12, 31)
QUARTER = Calendar().quarter(2025, 4, fiscal=False)
QUARTERS = [Calendar().quarter(2025, number, fiscal=False) for number in (3, 4)]
REPS = [f"r{number}" for number in range(6)]

OWN = """\
dimension: sales
side: business
metrics:
  - id: won_of_quotas
    name: Won of quotas
    synonyms: [won of all quotas]
    phrasings: [what was won of our quotas, how much was won of quotas]
    unit: currency
    direction: up
    timing: lagging
    kind: driver
    formula: won by reps while their quotas ran
    numerator: {table: rep_periods, date: period_start, aggregate: sum, column: won}
    sources: [SELF]
    tier: core
"""


def selling(won: str, submitted: str = "2025-09-30") -> dict[str, str]:
    """Six reps with a quota and a forecast for the quarter, each with a deal won on that day."""
    span = "2025-10-01 2026-01-01 100"
    plans = "\n".join(f"{rep} {span}" for rep in REPS)
    forecasts = "\n".join(f"f{rep} {rep} {submitted} {span}" for rep in REPS)
    deals = "\n".join(f"d{rep} {rep} {won} won 90" for rep in REPS)
    return {
        "quotas": f"employee_id period_start period_end quota_base\n{plans}",
        "forecasts": f"forecast_id owner_id submitted_on period_start period_end amount_base\n{forecasts}",
        "opportunities": f"opportunity_id owner_id closed_on outcome amount_base\n{deals}\nx r1 2025-12-20 lost 5",
    }


@pytest.mark.parametrize("metric", ["quota_attainment", "forecast_accuracy"])
@pytest.mark.parametrize("periods", [[QUARTER], QUARTERS])
def test_quotas_and_forecasts_tell_the_newest_deal_that_counted(
    tmp_path: Path, metric: str, periods: list[object]
) -> None:
    asks = [Ask(metric, period) for period in periods]  # type: ignore[arg-type]
    [*_, [value]] = tiny(tmp_path, selling("2025-11-15")).compute(asks, AS_OF)
    assert value.citation.data_through == date(2025, 11, 15)


def test_what_was_not_added_up_by_day_is_not_told_to_be_in_its_receipt(tmp_path: Path) -> None:
    leads = "lead_id created_at customer_at\n1 2025-10-02 2025-10-09\n2 2025-10-05 2025-12-20\n3 2025-10-09 -"
    engine = tiny(tmp_path, {**selling("2025-11-15"), "leads": leads})

    def takes(ask: Ask) -> set[str]:
        [[value]] = engine.compute([ask], AS_OF)
        assert value.value is not None
        return {step.take for step in value.citation.steps}

    assert takes(Ask("win_rate", QUARTER)) == {"days"}
    assert takes(Ask("quota_attainment", QUARTER)) == {"columns"}
    # who became a customer by then is looked at row by row, how many leads there were is not
    past = Ask("lead_to_customer_rate", QUARTER, as_of=date(2025, 11, 30))
    assert takes(past) == {"columns", "days"}


def test_reps_at_quota_tell_the_month_of_the_newest_deal(tmp_path: Path) -> None:
    [[value]] = tiny(tmp_path, selling("2025-11-15")).compute([Ask("pct_reps_at_quota", QUARTER)], AS_OF)
    assert value.citation.data_through == date(2025, 11, 30)


def test_quotas_of_which_nothing_was_won_tell_no_record_for_they_are_plans(tmp_path: Path) -> None:
    [[value]] = tiny(tmp_path, selling("2025-08-15")).compute([Ask("quota_attainment", QUARTER)], AS_OF)
    assert value.value == 0
    assert value.citation.data_through is None


def test_nothing_won_of_a_quota_is_nothing_also_for_a_metric_of_ones_own_that_counts_no_rows(
    tmp_path: Path,
) -> None:
    tiny_folder(tmp_path, selling("2025-08-15"))
    (tmp_path / "metrics").mkdir()
    (tmp_path / "metrics" / "own.yaml").write_text(OWN)
    [[value]] = open_company(tmp_path).compute([Ask("won_of_quotas", QUARTER)], AS_OF)
    assert (value.status, value.value) == (Status.OK, Decimal(0))


def test_a_forecast_that_came_after_the_deals_is_the_newest_record(tmp_path: Path) -> None:
    engine = tiny(tmp_path, selling("2025-10-10", submitted="2025-10-20"))
    [[value]] = engine.compute([Ask("forecast_accuracy", QUARTER)], AS_OF)
    assert value.citation.data_through == date(2025, 10, 20)


def test_working_weeks_tell_the_month_of_the_newest_hours_and_not_of_their_monday(tmp_path: Path) -> None:
    days = ["2025-11-04", "2025-11-11", "2025-12-02", "2025-12-29"]  # a week that goes on into January
    hours = "\n".join(f"{rep} {day} 9 8" for rep in REPS for day in days)
    people = "\n".join(f"{rep} 2025-01-01 - regular" for rep in REPS)
    tables = {
        "time_entries": f"employee_id work_day hours_worked hours_scheduled\n{hours}\nr0 2026-01-01 8 8",
        "employees": f"employee_id hired_on terminated_on employment_type\n{people}",
    }
    january = Calendar().containing(date(2026, 1, 1), "month")
    [[value]] = tiny(tmp_path, tables).compute([Ask("burnout_risk_rate", january)], date(2026, 1, 31))
    assert value.citation.data_through == date(2026, 1, 31)
