"""Real public data through company folders: the engine reproduces the figures published about it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from metrics.calendar.periods import Calendar, Period, span
from metrics.check.checkup import check_company
from metrics.engine import Ask, Engine
from metrics.opening import open_company
from metrics.privacy import Reader

HERE = Path(__file__).parents[1]
DATA = HERE.parents[1] / "shared" / "data"
DEALS = span(date(2016, 10, 1), date(2018, 1, 1))

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not DATA.is_dir(), reason="the public data (../shared/data) is not here"),
]


def company(name: str) -> Engine:
    return open_company(HERE / "companies" / name)


def by_manager(metric: str) -> dict[str, str]:
    """Each manager's figure over all deals of the CRM, worst first, to two places."""
    [values] = company("crm_maven").compute(
        [Ask(metric, DEALS, by=("manager",))], date(2017, 12, 31), reader=Reader(persons=True)
    )
    found = {value.group["manager"]: value.value for value in values if value.value is not None}
    return {name: f"{found[name]:.2f}" for name in sorted(found, key=lambda name: found[name])}


def parts(engine: Engine, metric: str, period: Period, as_of: date) -> tuple[str, str]:
    """Numerator and denominator of a metric."""
    [[value]] = engine.compute([Ask(metric, period)], as_of)
    return str(value.citation.numerator), str(value.citation.denominator)


@pytest.mark.parametrize("name", ["crm_maven", "ravenstack_saas", "hr_v14_huebner"])
def test_every_table_of_the_folder_runs_and_has_unique_keys(name: str) -> None:
    report = check_company(company(name))
    assert report.ok, [table.problems for table in report.tables]


def test_the_last_of_six_managers_by_closed_deals_is_the_first_by_all_deals() -> None:
    closed, of_all = by_manager("win_rate"), by_manager("win_rate.of_all")
    assert (next(iter(closed)), closed["Rocco Neubert"]) == ("Rocco Neubert", "62.08")
    assert (list(of_all)[-1], of_all["Rocco Neubert"]) == ("Rocco Neubert", "52.07")


def test_486_of_5000_subscriptions_ended() -> None:
    engine = company("ravenstack_saas")
    period = span(date(2023, 1, 1), date(2025, 1, 1))
    assert parts(engine, "ended_subscription_share", period, date(2024, 12, 31)) == ("486", "5000")


def test_an_account_with_ten_subscriptions_is_one_customer() -> None:
    engine = company("ravenstack_saas")
    quarter = Calendar().quarter(2024, 4, fiscal=False)
    assert parts(engine, "arpa", quarter, date(2024, 12, 31)) == ("10159608", "500")


def test_104_people_left_in_all_88_of_them_of_their_own_will_and_23_in_2015() -> None:
    engine, as_of = company("hr_v14_huebner"), date(2019, 2, 28)
    ever, year = span(date(2006, 1, 1), date(2019, 1, 1)), Calendar().year(2015, fiscal=False)
    assert parts(engine, "employee_turnover_rate", ever, as_of)[0] == "104"
    assert parts(engine, "voluntary_turnover_rate", ever, as_of)[0] == "88"
    assert parts(engine, "employee_turnover_rate", year, as_of)[0] == "23"
