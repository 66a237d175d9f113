"""Section F, cases 4 and 24, and the issue's list: bounds, time zones, calendars, cohorts that are too young."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.answer import Bot, answer
from bot.memory import open_memory
from bot.model import Question
from metrics.calendar.period_words import parse_period
from metrics.engine import Ask
from metrics.lists.wanted import today_in
from metrics.opening import open_company
from metrics.values import Status
from tests.as_text import AS_OF, LEDGER, STAFF, ask, company, figure, shown, write

TICKETS = "tickets: ticket_id created_at resolved_at escalated"


def test_midnight_belongs_to_the_next_period_in_the_companys_own_time(tmp_path: Path) -> None:
    # 23:00 and 23:30 UTC of 31 January are midnight and half past in Berlin
    tables = f"{TICKETS}\n1 2025-01-31T22:59 - true\n2 2025-01-31T23:00 - true\n3 2025-01-31T23:30 - false"
    berlin = company(tmp_path / "b", tables, head='timezone = "Europe/Berlin"')
    assert (ask(berlin, "escalation_rate").n, ask(berlin, "escalation_rate", "2025-02").n) == (1, 2)
    utc = company(tmp_path / "u", tables)
    assert ask(utc, "escalation_rate").n == 3


def test_an_hour_lost_to_summer_time_was_not_worked(tmp_path: Path) -> None:
    tables = f"{TICKETS}\n1 2025-03-30T00:30 2025-03-30T02:30 false"
    engine = company(tmp_path, tables, head='timezone = "Europe/Berlin"')
    assert figure(engine, "resolution_time", "2025-03-30") == "2.00"


def test_days_of_use_are_days_of_the_company(tmp_path: Path) -> None:
    tables = """users: user_id created_at
        u 2025-01-05T10:00
        product_events: user_id event_name occurred_at
        u a 2025-01-05T10:00
        u a 2025-01-05T23:30"""
    assert figure(company(tmp_path / "u", tables), "second_use_rate") == "0.00"
    berlin = company(tmp_path / "b", tables, head='timezone = "Europe/Berlin"')
    assert figure(berlin, "second_use_rate") == "100.00"


def test_a_stock_is_taken_at_the_instant(tmp_path: Path) -> None:
    engine = company(tmp_path, f"{LEDGER}\nA 2025-01-31 new 10\nB 2025-02-01 new 5")
    assert (figure(engine, "mrr"), figure(engine, "mrr", "2025-02")) == ("10.00", "15.00")


def test_a_fiscal_year_is_named_after_the_year_it_ends_in(tmp_path: Path) -> None:
    tables = (
        "revenue_entries: recognised_on amount_base\n2024-02-01 1\n2024-04-30 2\n2025-01-31 4\n2025-02-01 8"
    )
    engine = company(tmp_path, tables, head="fiscal_year_start = 2")
    days = {"FY2025": 366, "FY2025-Q1": 90, "FY2025-Q4": 92}
    sums = {"FY2025": 7, "FY2025-Q1": 3, "FY2025-Q4": 4}
    for period, expected in sums.items():
        citation = ask(engine, "revenue_run_rate", period).citation
        assert (str(citation.numerator), str(citation.denominator)) == (str(expected), str(days[period]))


def test_a_week_of_two_years_is_one_week(tmp_path: Path) -> None:
    tables = (
        "revenue_entries: recognised_on amount_base\n2024-12-29 1\n2024-12-30 2\n2025-01-05 4\n2025-01-06 8"
    )
    engine = company(tmp_path, tables)
    assert figure(engine, "revenue_run_rate", "2025-W01") == "0.86"
    assert ask(engine, "revenue_growth_rate", "2025-W01").citation.denominator == 1


def test_a_leap_february_has_29_days(tmp_path: Path) -> None:
    tables = "revenue_entries: recognised_on amount_base\n2024-02-29 29\n2023-02-28 28"
    engine = company(tmp_path, tables)
    assert (figure(engine, "revenue_run_rate", "2024-02"), figure(engine, "revenue_run_rate", "2023-02")) == (
        "1.00",
        "1.00",
    )


def test_a_period_that_is_not_over_is_flagged_and_measured_as_far_as_it_has_come(tmp_path: Path) -> None:
    engine = company(tmp_path, "revenue_entries: recognised_on amount_base\n2025-01-05 10\n2025-01-20 99")
    value = ask(engine, "revenue_run_rate", as_of=date(2025, 1, 10))
    assert (value.value, value.flags) == (Decimal(1), ("partial_period",))


HIRES = f"{STAFF}\n6* old# 2025-01-01 -\n2* gone# 2025-01-01 2025-02-01\n5* new# 2025-03-10 2025-03-20"


@pytest.mark.parametrize(
    ("as_of", "status", "expected", "n"),
    [
        ("2025-03-31", Status.IMMATURE_COHORT, None, None),  # nobody has had 90 days
        ("2025-04-30", Status.IMMATURE_COHORT, None, None),  # of people only whole months are told: of day
        ("2025-05-01", Status.IMMATURE_COHORT, 25, 8),  # after day each newcomer could be read off
        ("2025-06-28", Status.IMMATURE_COHORT, 25, 8),
        ("2025-06-29", Status.OK, 100 * 7 / 13, 13),  # all of March have
    ],
)
def test_a_cohort_is_immature_until_the_window_has_passed_for_all(
    tmp_path: Path, as_of: str, status: Status, expected: float | None, n: int | None
) -> None:
    engine = company(tmp_path, HIRES)
    value = ask(engine, "new_hire_turnover_rate", "2025-Q1", date.fromisoformat(as_of))
    assert (value.status, value.n) == (status, n)
    assert value.value == expected if expected is None else float(value.value or 0) == pytest.approx(expected)


def test_a_cohort_measured_over_fewer_days_matures_sooner(tmp_path: Path) -> None:
    value = ask(
        company(tmp_path, HIRES), "new_hire_turnover_rate.within_30_days", "2025-Q1", date(2025, 4, 30)
    )
    assert (value.status, value.citation.numerator, value.n) == (Status.OK, Decimal(5), 13)


@pytest.mark.parametrize(
    ("as_of", "status", "expected", "n"),
    [
        ("2025-05-10", Status.IMMATURE_COHORT, None, None),
        ("2025-05-31", Status.IMMATURE_COHORT, 50, 4),  # those of the 20th have three days left
        ("2025-06-03", Status.OK, 25, 8),
    ],
)
def test_whoever_has_not_had_the_whole_window_is_in_no_part_of_an_activation_rate(
    tmp_path: Path, as_of: str, status: Status, expected: float | None, n: int | None
) -> None:
    engine = company(
        tmp_path,
        """users: user_id account_id created_at
        0+4* u# a# 2025-05-01T10:00
        4+4* u# a# 2025-05-20T10:00
        product_events: user_id event_name occurred_at
        2* u# go 2025-05-03T10:00""",
        settings='activation_event = "go"\nactivation_days = 14',
    )
    value = ask(engine, "product_activation_rate", "2025-05", date.fromisoformat(as_of))
    assert (value.status, value.value, value.n) == (status, expected, n)


def test_bounds_are_the_same_of_each_group_as_of_the_whole(tmp_path: Path) -> None:
    engine = company(
        tmp_path,
        f"""{STAFF}
        6* a# 2020-01-01 -
        2* g# 2020-01-01 2025-01-31
        2* h# 2020-01-01 2025-02-01
        job_history: employee_id effective_from department_id
        6* a# 2020-01-01 A
        2* g# 2020-01-01 A
        2* h# 2020-01-01 A
        campaigns: campaign_id channel
        c search
        leads: lead_id campaign_id created_at first_human_response_at
        1 c 2025-01-31T23:59 2025-02-01T00:09
        2 c 2025-02-01T00:00 2025-02-01T00:30""",
    )

    def split(metric: str, by: str, period: str = "2025-01") -> list[str]:
        when = parse_period(period, as_of=AS_OF, calendar=engine.company.calendar)
        [values] = engine.compute([Ask(metric, when, by=(by,))], AS_OF)
        return [shown(value) for value in values]

    for metric, january, february in (("of_start", "20.00", "25.00"), ("of_end", "25.00", "33.33")):
        name = f"employee_turnover_rate.{metric}"
        assert split(name, "department") == [figure(engine, name)] == [january]
        assert split(name, "department", "2025-02") == [figure(engine, name, "2025-02")] == [february]
    assert split("lead_response_time", "campaign_channel") == ["10.00"]
    assert split("lead_response_time", "campaign_channel", "2025-02") == ["30.00"]


def test_a_window_is_as_long_as_the_company_declares(tmp_path: Path) -> None:
    tables = """users: user_id created_at
        u 2025-01-05T10:00
        product_events: user_id event_name occurred_at
        u go 2025-01-15T10:00"""
    week = company(tmp_path / "a", tables, settings='activation_event = "go"')
    fortnight = company(tmp_path / "b", tables, settings='activation_event = "go"\nactivation_days = 14')
    assert (figure(week, "product_activation_rate"), figure(fortnight, "product_activation_rate")) == (
        "0.00",
        "100.00",
    )


def test_leads_that_may_still_turn_are_flagged_as_unsettled(tmp_path: Path) -> None:
    tables = "leads: lead_id created_at opportunity_created_at\na 2025-01-02 2025-01-09\nb 2025-01-03 -"
    engine = company(tmp_path / "a", tables)
    assert "unsettled" in ask(engine, "lead_to_opportunity_rate", as_of=date(2025, 2, 1)).flags
    assert "unsettled" not in ask(engine, "lead_to_opportunity_rate", as_of=date(2025, 3, 2)).flags
    slow = company(tmp_path / "b", tables, settings="lead_cycle_days = 90")
    assert "unsettled" in ask(slow, "lead_to_opportunity_rate", as_of=date(2025, 3, 2)).flags


@pytest.mark.parametrize(
    ("metric", "expected"),
    [
        ("product_activation_rate", "100.00"),  # on the day after sign-up
        ("time_to_value", "1.00"),
        ("second_use_rate", "100.00"),  # on the days 1 and 3
        ("key_event_attainment", "0.00"),  # two of three
    ],
)
def test_what_was_done_before_sign_up_is_no_use_of_the_product(
    metric: str, expected: str, tmp_path: Path
) -> None:
    events = "".join(f"u go {day}T10:00\n" for day in ("2024-12-30", "2025-01-06", "2025-01-08"))
    engine = company(
        tmp_path,
        "users: user_id account_id created_at\nu A 2025-01-05T10:00\n"
        f"product_events: user_id event_name occurred_at\n{events}",
        settings='activation_event = "go"\nvalue_event = "go"\nkey_event = "go"\nkey_event_threshold = 3',
    )
    assert figure(engine, metric) == expected


def test_the_last_three_months_of_a_month_that_is_not_over_end_today(tmp_path: Path) -> None:
    months = ("2024-12-31", "2025-01-31", "2025-02-28", "2025-03-31")
    flows = "\n".join(f"{day} operating -30 300" for day in months)
    engine = company(tmp_path, f"cash_flows: flow_on flow_type amount_base balance_after_base\n{flows}")
    assert figure(engine, "runway_months", "2025-03", date(2025, 3, 20)) == "10.00"  # three pay days, not two
    assert figure(engine, "runway_months", "2025-03") == "10.00"


def test_the_next_day_is_the_companys_own(tmp_path: Path) -> None:
    """Asked for at one in the morning in Berlin, and matched on the day after."""
    tables = "requests: request_id requested_at matched_at\n1 2025-01-02T23:59 2025-01-04T05:05"
    engine = company(tmp_path, tables, head='timezone = "Europe/Berlin"')
    assert figure(engine, "marketplace_fill_rate") == "100.00"


@pytest.mark.parametrize(
    ("zone", "newest"),
    [("UTC", "2025-06-30"), ("Australia/Sydney", "2025-07-01"), ("America/New_York", "2025-06-30")],
)
def test_the_newest_day_is_one_of_the_company(tmp_path: Path, zone: str, newest: str) -> None:
    # 15:00 UTC of 30 June is the first hour of July in Sydney
    tables = f"{TICKETS}\n1 2025-06-29T10:00 - true\n2 2025-06-30T15:00 - true"
    engine = company(tmp_path, tables, head=f'timezone = "{zone}"')
    assert engine.newest_day(date(2025, 12, 31)).isoformat() == newest
    assert engine.newest_day(date(2025, 6, 30)).isoformat() == "2025-06-30"


def test_the_evening_before_is_the_newest_day_where_it_is_night_in_utc(tmp_path: Path) -> None:
    tables = f"{TICKETS}\n1 2025-06-29T10:00 - true\n2 2025-07-01T03:00 - true"
    engine = company(tmp_path, tables, head='timezone = "America/New_York"')
    assert engine.newest_day(date(2025, 12, 31)) == date(2025, 6, 30)


def test_the_newest_day_of_days_without_time_is_that_day_everywhere(tmp_path: Path) -> None:
    tables = "opportunities: opportunity_id closed_on outcome\n1 2025-06-29 won\n2 2025-06-30 lost"
    for zone in ("Australia/Sydney", "America/New_York"):
        engine = company(tmp_path / zone.replace("/", "-"), tables, head=f'timezone = "{zone}"')
        assert engine.newest_day(date(2025, 12, 31)) == date(2025, 6, 30)


@pytest.mark.parametrize("zone", ["UTC", "Europe/Berlin", "America/New_York", "Pacific/Auckland"])
def test_a_day_without_a_time_counts_on_that_day_everywhere(tmp_path: Path, zone: str) -> None:
    rows = "1 2024-12-31 1\n2 2025-01-01 2\n3 2025-01-31 4\n4 2025-02-01 8"
    tables = f"orders: order_id ordered_at net_amount_base\n{rows}"
    folder = write(tmp_path, tables, head=f'timezone = "{zone}"')
    select = folder / "tables" / "orders.sql"
    select.write_text(
        f"SELECT * REPLACE (CAST(ordered_at AS DATE) AS ordered_at) FROM ({select.read_text()})"
    )
    engine = open_company(folder)
    assert (figure(engine, "average_order_value"), figure(engine, "average_order_value", "2025-01-01")) == (
        "3.00",
        "2.00",
    )


def test_what_takes_hours_is_read_from_days_too(tmp_path: Path) -> None:
    folder = write(
        tmp_path, f"{TICKETS}\n1 2025-01-01 2025-01-02 false", head='timezone = "America/New_York"'
    )
    select = folder / "tables" / "tickets.sql"
    days = "CAST(created_at AS DATE) AS created_at, CAST(resolved_at AS DATE) AS resolved_at"
    select.write_text(f"SELECT * REPLACE ({days}) FROM ({select.read_text()})")
    assert figure(open_company(folder), "resolution_time") == "24.00"


def test_a_moment_at_the_end_of_all_calendars_is_no_newest_day(tmp_path: Path) -> None:
    tables = f"{TICKETS}\n1 2025-06-29T10:00 - true\n2 9999-12-31T23:00 - true"
    engine = company(tmp_path, tables, head='timezone = "Australia/Sydney"')
    assert engine.newest_day(date(2025, 12, 31)) == date(2025, 6, 29)


@pytest.mark.parametrize(("zone", "month"), [("UTC", "2025-01"), ("Europe/Berlin", "2025-02")])
def test_this_month_is_the_month_where_the_company_is(tmp_path: Path, zone: str, month: str) -> None:
    """At half past eleven in the evening of 31 January, in UTC, February has begun in Berlin."""
    evening = datetime(2025, 1, 31, 23, 30, tzinfo=UTC)
    tables = "opportunities: opportunity_id closed_on outcome\n1 2025-01-10 lost\n2 2025-02-01 won"
    engine = company(tmp_path, tables, head=f'timezone = "{zone}"')
    memory = open_memory(f"sqlite:///{tmp_path}/memory.sqlite3")
    bot = Bot(lambda _: engine, memory, None, lambda asked: evening.astimezone(ZoneInfo(asked)).date())
    found = asyncio.run(answer(Question("win rate this month"), bot))
    assert [value.period.label for value in found.values] == [month]


def test_today_is_another_day_on_the_other_side_of_the_date_line() -> None:
    """25 hours lie between the two, so that they are never in one day."""
    assert today_in("Pacific/Kiritimati") > today_in("Pacific/Niue")


def test_what_is_deployed_after_the_day_asked_for_is_not_deployed_yet(tmp_path: Path) -> None:
    tables = "initiatives: planned_for deployed_on weight\n2025-01-01 2025-02-10 1\n2025-01-01 2025-03-10 3"
    engine = company(tmp_path, tables)
    assert figure(engine, "implementation_rate", "2025-Q1", date(2025, 2, 28)) == "25.00"
    assert figure(engine, "implementation_rate", "2025-Q1") == "100.00"
