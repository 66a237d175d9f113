"""`counterpoise check` names rows that can hardly be meant so: they count as they stand, and make values wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
import sqlalchemy as sa

from metrics.calendar.period_words import parse_period
from metrics.calendar.periods import Calendar
from metrics.check.checkup import check_company
from metrics.engine import Ask
from metrics.load import load_catalog
from metrics.opening import open_company
from metrics.warehouse import Warehouse
from metrics.warehouse.habits import habits_of
from tests.tiny import tiny, tiny_folder

Q1 = Calendar().quarter(2025, 1, fiscal=False)
DEALS = "opportunity_id created_on closed_on outcome amount_base\n"
LEDGER = "movement_id account_id effective_on movement_type amount_base\n"
SCALE = "give scale_min and scale_max (without them NPS goes from 0 to 10, others from 1 to 5)"


def remarks(folder: Path, table: str, rows: str, toml: str = "", **others: str) -> tuple[str, ...]:
    """What is said of one table; none of it is a problem."""
    report = check_company(tiny(folder, {table: rows, **others}, toml))
    assert report.ok
    return next(found.remarks for found in report.tables if found.name == table)


def test_days_out_of_order_are_counted(tmp_path: Path) -> None:
    staff = "employee_id hired_on terminated_on\ne1 2025-03-01 2025-01-31\ne2 2025-03-01 2025-03-01\ne3 2025-03-01 -"
    assert remarks(tmp_path, "employees", staff) == ("terminated_on lies before hired_on in 1 row",)


def test_a_quota_that_ends_on_a_last_day_is_said_to_look_so(tmp_path: Path) -> None:
    """It is read as the first day after: what was won on the 31st would be missed without a word."""
    quotas = "employee_id period_start period_end quota_base\ne1 2025-01-01 2025-03-31 9\ne1 2025-04-01 2025-07-01 9"
    said = "period_end should be the first day after the period, and looks like its last day in 1 row"
    assert remarks(tmp_path, "quotas", quotas) == (said,)


def test_a_day_beside_a_moment_of_that_day_is_in_order(tmp_path: Path) -> None:
    leads = (
        "lead_id created_at customer_at\nl1 2025-03-01T15:00:00 2025-03-01\nl2 2025-03-02T15:00:00 2025-03-01"
    )
    assert remarks(tmp_path, "leads", leads) == ("customer_at lies before created_at in 1 row",)


@pytest.mark.parametrize(
    ("table", "rows", "said"),
    [
        (
            "job_history",
            "employee_id effective_from fte\ne1 2025-01-01 80\ne2 2025-01-01 0.8",
            "fte should be 0 to 1",
        ),
        (
            "orders",
            "order_id ordered_at discount_base\no1 2025-01-01 -5",
            "discount_base should be 0 or more",
        ),
        (
            "orders",
            "order_id ordered_at gross_amount_base\no1 2025-01-05 100\no2 2025-01-05 -30",
            "gross_amount_base should be 0 or more",
        ),
        (
            "time_entries",
            "employee_id work_day hours_worked\ne1 2025-01-02 480",
            "hours_worked should be 0 to 24",
        ),
    ],
)
def test_a_number_out_of_its_range_is_said_with_the_range(
    tmp_path: Path, table: str, rows: str, said: str
) -> None:
    assert remarks(tmp_path, table, rows) == (f"{said} and is not in 1 row",)


def test_a_percentage_that_was_given_as_a_share_is_said(tmp_path: Path) -> None:
    sessions = "session_id started_at max_scroll_pct\ns1 2025-01-05 0.5\ns2 2025-01-05 0\ns3 2025-01-05 1"
    assert remarks(tmp_path, "web_sessions", sessions) == (
        "max_scroll_pct is in percent, and looks like a share of 1 in 1 row",
    )


def test_a_number_that_no_company_has_is_said(tmp_path: Path) -> None:
    orders = (
        "order_id ordered_at net_amount_base\no1 2025-01-05 100000000000000\no2 2025-01-05 99999999999999"
    )
    assert remarks(tmp_path / "o", "orders", orders) == (
        "net_amount_base is beyond a hundred trillion in 1 row",
    )
    away = "absence_id employee_id absence_type start_on working_days\nb1 e1 sickness 2025-01-06 400"
    assert remarks(tmp_path / "a", "absences", away) == (
        "working_days should be 0 to 366 and is not in 1 row",
    )


def test_a_loss_of_revenue_that_adds_is_said(tmp_path: Path) -> None:
    ledger = LEDGER + "m1 a1 2025-01-01 new 10\nm2 a1 2025-02-01 churn 10\nm3 a2 2025-02-01 new -3"
    assert remarks(tmp_path, "mrr_movements", ledger) == (
        "amount_base of contraction and churn should be negative and is not in 1 row",
        "amount_base of what is new or more should be positive and is not in 1 row",
    )


def test_deals_that_contradict_themselves_are_said(tmp_path: Path) -> None:
    deals = DEALS + "o1 2025-01-01 2025-09-01 open 5\no2 2025-01-01 - won 5\no3 2025-01-01 2025-02-01 won -"
    deals += "\no4 2025-01-01 2025-02-01 - 5\no5 2025-01-01 - lost 5"
    assert remarks(tmp_path, "opportunities", deals) == (
        "amount_base of what is won is empty in 1 row, and without it a deal counts but adds nothing",
        "closed_on should be empty while open and is not in 1 row",
        "closed_on of what is closed is empty in 2 rows, and without it a deal stays in the pipeline",
        "outcome of what has closed_on is empty in 1 row, and without it a deal is neither won nor lost",
    )


def test_forecasts_of_which_only_one_counts_are_said(tmp_path: Path) -> None:
    rows = """forecast_id owner_id submitted_on period_start period_end category amount_base
    1 e1 2025-01-01 2025-01-01 2025-04-01 commit 5
    2 e2 2025-01-01 2025-01-01 2025-04-01 commit 5
    3 e1 2025-01-08 2025-01-01 2025-04-01 commit 7
    4 e1 2025-01-01 2025-01-01 2025-04-01 best_case 9"""
    assert remarks(tmp_path / "owned", "forecasts", rows) == ()
    alone = "\n".join(
        line.replace("owner_id ", "").replace("e1 ", "").replace("e2 ", "") for line in rows.splitlines()
    )
    assert remarks(tmp_path / "alone", "forecasts", alone) == (
        "1 row is of the same day and period as another, and only one of them counts: map owner_id, or add them up",
    )
    twice = rows + "\n5 e1 2025-01-08 2025-01-01 2025-04-01 commit 1"
    assert remarks(tmp_path / "twice", "forecasts", twice) == (
        "1 row is of the same day, period and owner as another, and only one of them counts",
    )


def test_quotas_of_one_employee_that_overlap_are_said(tmp_path: Path) -> None:
    plan = """quota_id employee_id period_start period_end quota_base
    1 e1 2025-01-01 2025-04-01 5
    2 e1 2025-01-01 2025-04-01 7
    3 e1 2025-04-01 2025-07-01 5
    4 e2 2025-01-01 2025-04-01 5"""
    said = "before an earlier quota of the same employee is over: what is won then counts for both"
    assert remarks(tmp_path / "two", "quotas", plan) == (f"1 row begins {said}",)
    year = """quota_id employee_id period_start period_end quota_base
    1 e1 2025-01-01 2026-01-01 20
    2 e1 2025-01-01 2025-04-01 5
    3 e1 2025-04-01 2025-07-01 5"""
    assert remarks(tmp_path / "year", "quotas", year) == (f"2 rows begin {said}",)


def test_days_that_are_in_another_fiscal_period_than_answers_have_them_in_are_said(tmp_path: Path) -> None:
    days = "day fiscal_quarter fiscal_year\n"
    april = (
        days + "2025-03-31 FY2025-Q4 FY2025\n2025-04-01 FY2026-Q1 FY2026\n2025-04-02 - -\n2025-04-03 Q1 26"
    )
    assert remarks(tmp_path / "fits", "calendar", april, "fiscal_year_start = 4") == ()
    why = "fiscal periods go by fiscal_year_start in company.toml, which is 1"
    assert remarks(tmp_path / "january", "calendar", april) == (
        f"fiscal_quarter has 2025-03-31 in FY2025-Q4, and answers have it in FY2025-Q1: {why}",
        f"fiscal_year has 2025-04-01 in FY2026, and answers have it in FY2025: {why}",
    )
    begun = "day fiscal_year\n2024-04-01 FY2024\n2025-03-31 FY2024"
    [named_by_its_first_year] = remarks(tmp_path / "first", "calendar", begun, "fiscal_year_start = 4")
    assert named_by_its_first_year.startswith(
        "fiscal_year has 2024-04-01 in FY2024, and answers have it in FY2025"
    )


def test_a_part_that_is_more_than_its_whole_is_said(tmp_path: Path) -> None:
    runs = "experiment_id variant visitors conversions\nx a 100 150\nx b 100 100\nx c - 5"
    assert remarks(tmp_path / "x", "experiments", runs) == (
        "conversions should be some of visitors and is more in 1 row",
    )
    ads = "campaign_id impressions clicks\na 10 11\nb 10 1"
    assert remarks(tmp_path / "a", "campaigns", ads) == (
        "clicks should be some of impressions and is more in 1 row",
    )


def test_rows_without_their_day_or_their_money_are_counted(tmp_path: Path) -> None:
    orders = "order_id ordered_at net_amount_base\no1 - 5\no2 2025-01-01 -\no3 2025-01-01 5"
    assert remarks(tmp_path, "orders", orders) == (
        "ordered_at is empty in 1 row, and without it a row counts in no period",
        "net_amount_base is empty in 1 row, and without it a row counts but adds nothing",
    )


def test_values_that_lead_to_no_row_of_another_table_are_counted(tmp_path: Path) -> None:
    orders = "order_id account_id\no1 7\no2 9\no3 -"
    said = remarks(tmp_path, "orders", orders, accounts="account_id segment\n7 big")
    assert said == ("account_id leads to no row of accounts in 1 of 2 rows",)


@pytest.mark.parametrize(
    ("keys", "others", "how"),
    [
        (
            ["7.0", "8.0", "x"],
            ["7", "8"],
            "; without `.0` behind whole numbers 2 of them would: make it account_id as a whole number in both SELECTs",
        ),
        (
            ["007", "012"],
            ["7", "12"],
            "; without zeros before it 2 of them would: make it ltrim(account_id, '0') AS account_id in both SELECTs",
        ),
        (
            ["acme", "Zeta"],
            ["ACME", "Zeta"],
            "; in small letters 1 of them would: make it lower(account_id) AS account_id in both SELECTs",
        ),
        (["x1", "x2"], ["7", "8"], "; are both written alike?"),
        (["7", "x2"], ["7", "8"], ""),
    ],
)
def test_keys_that_are_written_in_two_ways_are_told_with_what_brings_them_together(
    tmp_path: Path, keys: list[str], others: list[str], how: str
) -> None:
    orders = "\n".join(["order_id account_id", *(f"o{n} {key}" for n, key in enumerate(keys))])
    accounts = "\n".join(["account_id segment", *(f"{key} big" for key in others)])
    lost = len(set(keys) - set(others))
    said = remarks(tmp_path, "orders", orders, accounts=accounts)
    assert said == (f"account_id leads to no row of accounts in {lost} of {len(keys)} rows{how}",)


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_whole_numbers_with_gaps_that_were_written_as_floats_are_the_keys_that_they_were(
    tmp_path: Path, kind: str
) -> None:
    """As pandas writes a column of whole numbers with a hole in it: 7.0 in one file is 7 in the other."""
    (tmp_path / "orders.csv").write_text(
        "order_id,account_id,ordered_at,net_amount_base\n1,7.0,2025-01-05,10\n2,,2025-01-05,5\n"
    )
    (tmp_path / "accounts.csv").write_text("account_id,segment\n7,big\n8,small\n")
    folder = tiny_folder(tmp_path, {})
    for name in ("orders", "accounts"):
        given = f"{name}.{kind}"
        if kind == "parquet":
            duckdb.sql(f"COPY (FROM '{tmp_path / name}.csv') TO '{tmp_path / name}.parquet'")
        (folder / "tables" / f"{name}.sql").write_text(f"SELECT * FROM '{given}'")
    engine = open_company(folder)
    assert [table.remarks for table in check_company(engine).tables] == [(), ()]
    [values] = engine.compute([Ask("average_order_value", Q1, by=("segment",))], date(2025, 6, 30))
    assert {value.group["segment"]: value.value for value in values} == {
        "big": Decimal(10),
        "(none)": Decimal(5),
    }


def test_a_float_that_is_no_whole_number_stays_what_it_is(tmp_path: Path) -> None:
    numbers = "(VALUES (7.5::DOUBLE), (8), (NULL), ('nan'), (1e20))"
    select = f"SELECT 'o' || a AS order_id, a AS account_id FROM {numbers} AS t(a)"
    folder = tiny_folder(tmp_path, {})
    (folder / "tables" / "orders.sql").write_text(select)
    engine = open_company(folder)
    orders = engine.relations.table("orders")
    rows = engine.warehouse.run(sa.select(orders.c.account_id)).rows
    assert [row[0] for row in rows] == ["7.5", "8", None, "nan", "1e+20"]


def test_what_leads_to_a_table_that_does_not_run_is_said_of_that_table_alone(tmp_path: Path) -> None:
    folder = tiny_folder(tmp_path, {"orders": "order_id account_id\no1 7"})
    (folder / "tables" / "accounts.sql").write_text("SELECT nothing AS account_id")
    report = {table.name: table for table in check_company(open_company(folder)).tables}
    assert report["accounts"].problems
    assert (report["orders"].problems, report["orders"].remarks) == ((), ())


def test_a_moment_with_its_own_offset_in_text_is_said_where_a_database_leaves_that_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    orders = "order_id ordered_at\no1 2025-01-31T23:30:00-05:00\no2 2025-01-31T23:30:00Z\no3 2025-01-31T23:30:00+00:00"
    how = "CAST(ordered_at AS TIMESTAMPTZ)"
    assert remarks(tmp_path / "heeds", "orders", orders) == ()
    other = property(lambda _: replace(habits_of("duckdb"), name="trino"))
    monkeypatch.setattr(Warehouse, "habits", other)
    [said] = remarks(tmp_path / "text", "orders", orders)
    assert (
        said
        == f"ordered_at is text with its own offset from UTC in 1 row, which is left out: {how} in its SELECT keeps it"
    )
    mended = tiny_folder(tmp_path / "mended", {"orders": orders}) / "tables" / "orders.sql"
    mended.write_text(f"SELECT order_id, {how} AS ordered_at FROM ({mended.read_text()}) AS o")
    engine = open_company(tmp_path / "mended")
    assert engine.newest_day(date(2025, 12, 31)) == date(2025, 2, 1)
    assert check_company(engine).tables[0].remarks == ()


def test_days_that_stand_for_moments_are_told_where_they_are_the_evening_before(tmp_path: Path) -> None:
    orders = "order_id ordered_at\no1 2025-01-31\no2 2025-02-01\no3 -"
    moments = "order_id ordered_at\no1 2025-01-31\no2 2025-02-01T00:01"
    west, east = 'timezone = "America/New_York"', 'timezone = "Europe/Berlin"'
    said = (
        "ordered_at is midnight in every row, and midnight in UTC is the day before in America/New_York: "
        "CAST(ordered_at AS DATE) in its SELECT keeps the day"
    )
    assert remarks(tmp_path / "west", "orders", orders, west) == (
        "ordered_at is empty in 1 row, and without it a row counts in no period",
        said,
    )
    assert remarks(tmp_path / "moments", "orders", moments, west) == ()
    assert said not in remarks(tmp_path / "east", "orders", orders, east)
    select = tmp_path / "west" / "tables" / "orders.sql"
    select.write_text(
        f"SELECT order_id, CAST(ordered_at AS DATE) AS ordered_at FROM ({select.read_text()}) AS o"
    )
    assert said not in check_company(open_company(tmp_path / "west")).tables[0].remarks


def test_times_where_days_belong_are_told_where_they_are_another_day_of_the_company(tmp_path: Path) -> None:
    """As a CRM exports them: the deal of an evening in New York was created on the next day in UTC."""
    deals = DEALS + "o1 2025-01-31T23:30:00Z 2025-02-03 won 5\no2 2025-02-01T02:30:00Z 2025-02-03 won 5"
    zone = 'timezone = "America/New_York"'
    how = "CAST(CAST(created_on AS TIMESTAMP) AT TIME ZONE 'UTC' AT TIME ZONE 'America/New_York' AS DATE)"
    assert remarks(tmp_path / "text", "opportunities", deals, zone) == (
        (
            "created_on has a time and counts on the day it shows, which, where that is in UTC, is another day in "
            f"America/New_York in 1 row: in DuckDB {how} gives that"
        ),
    )
    assert remarks(tmp_path / "utc", "opportunities", deals) == ()
    select = tmp_path / "text" / "tables" / "opportunities.sql"
    given = select.read_text()
    cast, own = "CAST(created_on AS TIMESTAMPTZ)", "CAST(created_on AT TIME ZONE 'America/New_York' AS DATE)"
    select.write_text(f"SELECT * REPLACE ({cast} AS created_on) FROM ({given})")
    assert check_company(open_company(tmp_path / "text")).tables[0].remarks == (
        (
            "created_on has a time and counts on its day in UTC, which is another day in America/New_York in 1 row: "
            f"in DuckDB {own} gives that"
        ),
    )
    for mended in (how, own.replace("created_on", cast)):
        select.write_text(f"SELECT * REPLACE ({mended} AS created_on) FROM ({given})")
        engine = open_company(tmp_path / "text")
        assert check_company(engine).tables[0].remarks == ()
        january = parse_period("2025-01", as_of=date(2025, 6, 30), calendar=Calendar())
        [[value]] = engine.compute([Ask("win_rate.of_all", january)], date(2025, 6, 30))
        assert value.n == 2


def test_days_that_are_midnight_in_utc_are_the_days_they_show(tmp_path: Path) -> None:
    deals = DEALS + "o1 2025-01-31T00:00:00 2025-02-03 won 5"
    assert remarks(tmp_path, "opportunities", deals, 'timezone = "America/New_York"') == ()


def test_own_words_of_a_company_are_read_before_rows_are_looked_at(tmp_path: Path) -> None:
    """An open deal of a CRM has a close date too: that which is expected."""
    rows = DEALS + "o1 2025-01-01 2025-02-01 Signed -\no2 2025-01-01 2025-03-01 Talks 5"
    toml = '[values.opportunities.outcome]\nSigned = "won"\nTalks = "open"'
    assert remarks(tmp_path, "opportunities", rows, toml) == (
        "amount_base of what is won is empty in 1 row, and without it a deal counts but adds nothing",
        "closed_on should be empty while open and is not in 1 row",
    )


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (
            "to_timestamp(1735689600000)",
            (
                "lies after the year 9999 in 1 row, with which nothing can be computed: "
                "leave empty what has no end, and milliseconds are 1,000 to a second"
            ),
        ),
        (
            "to_timestamp(1735689600 / 1000)",
            "lies in January 1970 in 1 row, as 0 and too small a number of seconds do",
        ),
        ("to_timestamp(1735689600000 / 1000)", ""),
    ],
)
def test_days_out_of_numbers_of_another_unit_are_told(tmp_path: Path, made: str, said: str) -> None:
    folder = tiny_folder(tmp_path, {})
    (folder / "tables" / "leads.sql").write_text(f"SELECT 'l1' AS lead_id, {made} AS created_at")
    [table] = check_company(open_company(folder)).tables
    assert table.remarks == ((f"created_at {said}",) if said else ())


def test_a_stage_of_lost_deals_is_told_for_who_enters_it_has_gone_on(tmp_path: Path) -> None:
    """As the history of a CRM has it: with it, nearly all deals go on from every stage."""
    deals = DEALS + "\n".join(
        f"o{n} 2025-01-01 2025-02-01 {'won' if n < 5 else 'Closed_Lost'} 5" for n in range(20)
    )
    toml = 'values.opportunities.outcome = { "Closed_Lost" = "lost" }'
    visits = [f"o{n} Talks 2025-01-02 1" for n in range(20)]
    visits += [f"o{n} {'Signed' if n < 5 else 'Closed_Lost'} 2025-02-01 2" for n in range(20)]

    def said(kept: list[str], name: str) -> tuple[str, ...]:
        rows = "\n".join(["opportunity_id stage entered_at stage_order", *kept])
        return remarks(tmp_path / name, "opportunity_stage_history", rows, toml, opportunities=deals)

    assert said(visits, "all") == (
        (
            "all deals that entered stage 'Closed_Lost' are lost: if that is what it says, leave out the rows of it, "
            "for who enters it has gone on from the stages before"
        ),
    )
    assert said([row for row in visits if "Lost" not in row], "without") == ()


@pytest.mark.parametrize(
    ("amounts", "said"),
    [
        (("5", "7", "-2"), ()),
        (
            ("-5", "-7", "2"),
            (
                "amount_base of what is spent should be positive and more rows are negative than positive: 2 rows",
            ),
        ),
    ],
)
def test_a_credit_note_among_costs_is_in_order_and_costs_booked_as_negative_are_not(
    tmp_path: Path, amounts: tuple[str, ...], said: tuple[str, ...]
) -> None:
    rows = [f"c{n} 2025-01-0{n + 1} cogs {amount}" for n, amount in enumerate(amounts)]
    costs = "\n".join(["cost_id incurred_on pnl_line amount_base", *rows])
    assert remarks(tmp_path, "cost_entries", costs) == said


def test_a_job_that_ends_on_its_last_day_is_said_to_look_so(tmp_path: Path) -> None:
    """It is read as the first day after: on the last day nobody would have had the job."""
    jobs = "employee_id effective_from effective_to\ne1 2024-01-01 2025-01-31\ne1 2025-02-01 2025-03-31\n"
    said = "effective_to should be the first day after, and looks like the last day in {}"
    assert remarks(tmp_path / "a", "job_history", jobs + "e1 2025-04-01 -") == (said.format("2 rows"),)
    assert remarks(tmp_path / "b", "job_history", jobs + "e2 2025-04-01 -") == (said.format("1 row"),)
    after = jobs.replace("01-31", "02-01").replace("03-31", "04-01")
    assert remarks(tmp_path / "c", "job_history", after + "e1 2025-04-01 -") == ()


def test_exchange_rates_the_other_way_round_are_told(tmp_path: Path) -> None:
    rates = "rate_day from_ccy to_ccy rate\n2025-01-01 JPY USD 150\n2025-01-01 usd jpy 0.0067\n"
    rates += "2025-01-02 JPY USD 0.0067\n2025-01-01 EUR USD 1.1\n2025-01-01 USD EUR 0.9"
    assert remarks(tmp_path, "fx_rates", rates) == (
        "rate should be units of to_ccy for one from_ccy and is the other way round in 2 rows",
    )


def test_pay_for_another_time_than_its_column_says_is_told(tmp_path: Path) -> None:
    pay = "employee_id effective_from hourly_rate_base annual_salary_base\n"
    pay += "e1 2025-01-01 31.25 31.25\ne2 2025-01-01 65000 65000\ne3 2025-01-01 31.25 65000\ne4 2025-01-01 31.25 6500"
    assert remarks(tmp_path, "compensation", pay) == (
        "annual_salary_base is no year of hourly_rate_base in 2 rows: is either pay for another time?",
    )


def test_what_accounts_that_left_still_have_is_told(tmp_path: Path) -> None:
    """A year's price by twelve, rounded: what is left over of it counts as paying for ever."""
    ledger = LEDGER + "m1 A 2025-01-01 new 571.66666667\nm2 A 2025-02-01 expansion 204.16666667\n"
    ledger += "m3 A 2025-03-01 churn -775.83333333\n"
    ledger += (
        "m4 B 2025-01-01 new 30\nm5 B 2025-02-01 churn -10\nm6 C 2025-01-01 new 5\nm7 C 2025-02-01 churn -5"
    )
    assert remarks(tmp_path, "mrr_movements", ledger) == (
        (
            "the movements of 1 account come to less than 0.01 but not to 0, and so it still counts as paying: "
            "round each movement to hundredths of what adds up to 0"
        ),
        "1 account still pays after a day of movement_type churn: who keeps anything has a contraction",
    )


def test_scores_off_their_scale_are_counted(tmp_path: Path) -> None:
    waves = "survey_id survey_type opened_on\nw1 engagement 2025-01-01\nw2 enps 2025-01-01"
    scores = "survey_id respondent_key question_id score\nw1 p1 q 8\nw1 p2 q 4\nw2 p1 q 8"
    said = (f"score lies off its scale in 1 answer: {SCALE}",)
    assert remarks(tmp_path, "survey_responses", scores, surveys=waves) == said


def test_nps_on_another_scale_is_said(tmp_path: Path) -> None:
    """Answers from 1 to 5 make everybody a detractor, and answers out of a hundred everybody a promoter."""
    waves = "survey_id survey_type opened_on\nw1 nps 2025-01-01"
    scores = "survey_id respondent_key question_id score scale_min scale_max"
    stars = "\n".join([scores, *(f"w1 p{i} q {1 + i % 5} - -" for i in range(10))])
    hundred = f"{scores}\nw1 p1 q 80 0 100\nw1 p2 q 9 0 10"
    said = (
        "scale_max of NPS is not 10 in 1 answer: promoters are from 9 on and detractors up to 6 all the same"
    )
    assert remarks(tmp_path / "1", "survey_responses", stars, surveys=waves) == (
        "no score of NPS is above 5: were answers given from 0 to 10?",
    )
    assert remarks(tmp_path / "2", "survey_responses", hundred, surveys=waves) == (said,)


def test_an_event_that_nobody_ever_did_is_said(tmp_path: Path) -> None:
    events = "event_id user_id event_name occurred_at\nv1 u1 report 2025-01-01"
    toml = '[settings]\nactivation_event = "reprot"\nvalue_event = "report"'
    said = "event_name never holds 'reprot', which settings.activation_event in company.toml names"
    assert remarks(tmp_path, "product_events", events, toml) == (said,)


def test_rows_as_they_should_be_are_not_remarked_upon(tmp_path: Path) -> None:
    assert (
        remarks(tmp_path, "opportunities", DEALS + "o1 2025-01-01 2025-02-01 won 5\no2 2025-01-01 - open -")
        == ()
    )


def test_what_a_day_comes_after_is_a_day_of_its_table() -> None:
    follows = [
        (table.column(column.after), column)
        for table in load_catalog().tables.values()
        for column in table.columns
        if column.after
    ]
    assert len(follows) > 25
    assert all({one.type, other.type} <= {"date", "timestamp"} for one, other in follows)
