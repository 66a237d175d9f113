"""Section F, cases 1 to 3 and 16 to 18: no number where there is none, currencies, margins, lifetimes."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import pytest
import sqlalchemy as sa

from metrics.check.checkup import check_company
from metrics.check.coverage import coverage
from metrics.values import Status
from tests.as_text import COSTS, LEDGER, ask, company, figure

CASH = "cash_flows: flow_on flow_type amount_base balance_after_base"
MARGIN = f"revenue_entries: recognised_on amount_base\n2025-01-10 1000\n{COSTS}\n2025-01-10 cogs other 400\n"


@pytest.mark.parametrize(
    ("metric", "tables", "status"),
    [
        ("quick_ratio", f"{LEDGER}\nA 2025-01-02 new 10", "undefined_zero_denominator"),
        ("customer_churn_rate", f"{LEDGER}\nA 2025-01-02 new 10", "undefined_zero_denominator"),
        ("lead_velocity_rate", "leads: mql_at\n2025-01-05", "undefined_zero_denominator"),
        (
            "burn_multiple",
            f"{LEDGER}\nA 2024-01-02 new 10\nA 2025-01-05 churn -10\n{CASH}\n2025-01-09 operating -5 -",
            "undefined_zero_denominator",
        ),
        (
            "runway_months",
            f"{CASH}\n2025-01-09 operating 5 100",
            "not_burning",
        ),
        (  # what cash there is nobody says before March: it is not zero
            "runway_months",
            f"{CASH}\n2025-01-09 operating -5 -\n2025-03-09 operating -5 100",
            "undefined_zero_denominator",
        ),
        (  # a year before more was taken back than earned: no growth over that
            "rule_of_40",
            f"{MARGIN}2025-01-11 rnd payroll 100\nrevenue_entries: recognised_on amount_base\n2024-01-10 -500",
            "undefined_zero_denominator",
        ),
    ],
)
def test_nothing_to_divide_by_is_said_and_is_neither_zero_nor_infinite(
    tmp_path: Path, metric: str, tables: str, status: str
) -> None:
    value = ask(company(tmp_path, tables), metric)
    assert (value.value, value.status.value) == (None, status)


def test_a_lifetime_without_churn_is_capped_unless_the_cap_is_taken_off(tmp_path: Path) -> None:
    engine = company(tmp_path / "none", f"{MARGIN}{LEDGER}\n20* A# 2024-06-01 new 100")
    value = ask(engine, "customer_lifetime_value")
    assert (value.status, figure(engine, "customer_lifetime_value")) == (Status.CAPPED, "3600.00")
    assert figure(engine, "customer_lifetime_value.uncapped") == "undefined_zero_denominator"
    # ABRA-LTV2: 2,000 x 60 % / 0.5 %
    little = company(
        tmp_path / "some", f"{MARGIN}{LEDGER}\n200* A# 2024-06-01 new 2000\nA1 2025-01-20 churn -2000"
    )
    assert figure(little, "customer_lifetime_value.uncapped") == "240000.00"
    assert figure(little, "customer_lifetime_value") == "72000.00"


def test_a_moving_exchange_rate_is_no_expansion_and_no_churn(tmp_path: Path) -> None:
    engine = company(tmp_path, f"{LEDGER}\nA 2024-06-01 new 110\nA 2025-01-15 fx 9\nB 2024-06-01 new 90")
    assert figure(engine, "expansion_velocity") == "0.00"
    assert figure(engine, "gross_mrr_churn_rate") == "0.00"
    assert figure(engine, "net_mrr_churn_rate") == "0.00"
    assert (figure(engine, "mrr"), figure(engine, "mrr.constant_currency")) == ("209.00", "200.00")
    assert figure(engine, "mrr.fx_effect") == "9.00"
    assert figure(engine, "net_revenue_retention.constant_currency") == "100.00"


def test_retention_at_constant_currency_counts_what_customers_did_and_not_what_rates_did(
    tmp_path: Path,
) -> None:
    """A stays, B halves what it pays, C leaves, D grows, E is unmoved by rates; all but E lose a tenth to the rate."""
    engine = company(
        tmp_path,
        f"""{LEDGER}
        A 2023-06-01 new 100\nA 2024-06-01 fx -10
        B 2023-06-01 new 100\nB 2024-06-01 fx -10\nB 2024-09-01 contraction -45
        C 2023-06-01 new 100\nC 2024-06-01 fx -10\nC 2024-09-01 churn -90
        D 2023-06-01 new 100\nD 2024-06-01 fx -10\nD 2024-09-01 expansion 45
        E 2023-06-01 new 100
        F 2024-02-01 new 900""",
    )
    # 90 + 45 + 0 + 100 + 100 of 500
    assert figure(engine, "gross_revenue_retention", "2024") == "67.00"
    # 100 + 55 + 0 + 100 + 100
    assert figure(engine, "gross_revenue_retention.constant_currency", "2024") == "71.00"
    # 90 + 45 + 0 + 135 + 100, and without what the rate did 100 + 55 + 0 + 145 + 100
    assert figure(engine, "net_revenue_retention", "2024") == "74.00"
    assert figure(engine, "net_revenue_retention.constant_currency", "2024") == "80.00"


@pytest.mark.parametrize(
    "moves",
    [
        "A 2024-06-01 fx 100\nA 2024-09-01 contraction -150",  # three quarters of twice its worth
        "A 2024-06-01 fx 50\nA 2024-09-01 churn -150",
        "A 2024-06-01 fx -90\nA 2024-09-01 churn -10",
        "A 2024-06-01 fx 900",
    ],
)
def test_gross_retention_at_constant_currency_stays_between_none_and_all_and_below_net(
    tmp_path: Path, moves: str
) -> None:
    engine = company(tmp_path, f"{LEDGER}\nA 2023-06-01 new 100\n{moves}")
    gross, net = (
        Decimal(figure(engine, f"{name}_revenue_retention.constant_currency", "2024"))
        for name in ("gross", "net")
    )
    assert 0 <= gross <= min(net, Decimal(100))


def test_amounts_in_other_currencies_are_taken_at_the_rate_of_their_day(tmp_path: Path) -> None:
    engine = company(
        tmp_path,
        """mrr_movements: account_id effective_on movement_type amount currency
        A 2024-06-15 new 100 EUR
        A 2025-01-15 expansion 50 EUR
        A 2025-02-15 churn -150 EUR
        B 2024-06-15 new 10 USD
        fx_rates: rate_day from_ccy to_ccy rate
        2024-06-01 EUR USD 1.10
        2024-06-15 EUR USD 1.20
        2025-01-01 EUR USD 1.00
        2025-02-01 EUR USD 1.50
        2024-06-15 EUR GBP 9""",
    )
    assert figure(engine, "mrr", "2024-06") == "130.00"
    # 100 EUR lost a sixth of their worth (-20), and 50 more came at 1.00
    assert (figure(engine, "mrr"), figure(engine, "mrr.fx_effect")) == ("160.00", "-20.00")
    assert figure(engine, "expansion_velocity") == "38.46"
    # revalued before it leaves, so that nothing of it is left
    assert (figure(engine, "mrr", "2025-02"), figure(engine, "customer_churn_rate", "2025-02")) == (
        "10.00",
        "50.00",
    )
    assumed = ask(engine, "mrr").citation.assumptions
    assert any("rate of their day" in remark for remark in assumed)


@pytest.mark.parametrize(
    ("currency", "rates", "needs"),
    [
        ("EUR", "2025-01-01 USD EUR 0.9", "fx_rates from EUR to USD"),  # only the other way round
        ("EUR", "2025-01-01 EUR GBP 0.9", "fx_rates from EUR to USD"),
        ("eur", "2025-01-01 gbp usd 1.1", "fx_rates from EUR to USD"),
        ("Ignore_this", "2025-01-01 EUR USD 1.1", "fx_rates from every currency to USD"),
        ("-", "2025-01-01 EUR USD 1.1", "mrr_movements.currency of every amount"),
    ],
)
def test_money_without_a_rate_is_not_left_out_of_a_sum_in_silence(
    tmp_path: Path, currency: str, rates: str, needs: str
) -> None:
    tables = f"""mrr_movements: account_id effective_on movement_type amount currency
        A 2025-01-02 new 100 {currency}
        B 2025-01-02 new 10 USD
        fx_rates: rate_day from_ccy to_ccy rate
        {rates}"""
    engine = company(tmp_path, tables)
    for metric in ("mrr", "customer_churn_rate", "quick_ratio", "mrr.fx_effect"):
        value = ask(engine, metric)
        assert (value.status, value.value, value.needs) == (Status.NOT_MEASURED, None, (needs,))
    report = check_company(engine)
    assert report.missing["mrr"] == (needs,)
    assert "mrr" not in report.computable
    assert report.nearest[0].what == needs


FOREIGN = "mrr_movements: account_id effective_on movement_type amount currency"


def test_amounts_that_are_all_in_the_reporting_currency_need_no_table_of_rates(tmp_path: Path) -> None:
    engine = company(tmp_path, f"{FOREIGN}\nA 2025-01-02 new 100 usd\nB 2025-01-03 new 10 USD")
    assert figure(engine, "mrr", "2025-01") == "110.00"
    assert any("taken as they are" in remark for remark in ask(engine, "mrr").citation.assumptions)


@pytest.mark.parametrize(
    ("rates", "needs"),
    [
        ("", "fx_rates from EUR to USD"),
        ("fx_rates: rate_day from_ccy to_ccy\n2025-01-01 EUR USD", "fx_rates.rate"),
    ],
)
def test_what_is_missing_of_exchange_rates_is_said_and_not_the_column_that_they_would_make(
    tmp_path: Path, rates: str, needs: str
) -> None:
    engine = company(tmp_path, f"{FOREIGN}\nA 2025-01-02 new 100 EUR\n{rates}")
    value = ask(engine, "mrr")
    assert (value.status, value.needs) == (Status.NOT_MEASURED, (needs,))
    assert check_company(engine).missing["mrr"] == (needs,)
    assert "mrr" not in {one for area in coverage(engine).areas for one in area.computable}


def test_currencies_in_small_letters_are_those_in_capitals(tmp_path: Path) -> None:
    """As Stripe writes them."""
    engine = company(
        tmp_path,
        """mrr_movements: account_id effective_on movement_type amount currency
        A 2025-01-02 new 100 eur
        A 2025-01-10 expansion 10 EUR
        B 2025-01-02 new 10 usd
        fx_rates: rate_day from_ccy to_ccy rate
        2025-01-01 Eur usd 1.1""",
    )
    assert figure(engine, "mrr", "2025-01") == "131.00"


@pytest.mark.parametrize("first", ["1.08123457", "1.07654321"])
@pytest.mark.parametrize("last", ["1.08123457", "1.07654321"])
def test_an_account_that_left_leaves_nothing_behind_whatever_places_rates_have(
    tmp_path: Path, first: str, last: str
) -> None:
    """Each movement rounded for itself, hundred-millionths were left over, and whoever had some paid for ever."""
    engine = company(
        tmp_path,
        f"""mrr_movements: account_id effective_on movement_type amount currency
        A 2025-01-05 new 9.99 EUR
        A 2025-02-05 expansion 10.01 EUR
        A 2025-03-05 churn -20 EUR
        B 2025-01-05 new 408.33333333 EUR
        B 2025-02-05 expansion 81.66666667 EUR
        B 2025-03-05 churn -490 EUR
        C 2025-01-05 new 20 EUR
        fx_rates: rate_day from_ccy to_ccy rate
        2025-01-01 EUR USD {first}
        2025-02-01 EUR USD 1.09765433
        2025-03-01 EUR USD {last}""",
    )
    assert figure(engine, "customer_churn_rate", "2025-03") == "66.67"
    ledger = engine.relations.table("mrr_movements")
    left = sa.select(sa.func.sum(ledger.c.amount_base)).where(ledger.c.account_id != "C")
    assert engine.warehouse.run(left.group_by(ledger.c.account_id)).rows == [(0,), (0,)]


def test_a_day_without_a_rate_takes_the_one_before_it_and_the_first_stands_for_all_before(
    tmp_path: Path,
) -> None:
    engine = company(
        tmp_path,
        """mrr_movements: account_id effective_on movement_type amount currency
        A 2025-04-01 new 100 EUR
        A 2025-05-18 expansion 10 EUR
        fx_rates: rate_day from_ccy to_ccy rate
        2025-04-04 EUR GBP 0.8
        2025-05-16 EUR GBP 0.9
        2025-05-19 EUR GBP 0.7""",  # 17 and 18 May 2025 are a weekend
        head='currency = "GBP"',
    )
    assert (figure(engine, "mrr", "2025-04"), figure(engine, "mrr", "2025-05")) == ("80.00", "99.00")
    assert any(
        "the first one before there was any" in said for said in ask(engine, "mrr").citation.assumptions
    )


def test_a_refund_or_a_one_off_moves_no_recurring_revenue(tmp_path: Path) -> None:
    engine = company(
        tmp_path,
        f"{LEDGER}\nA 2024-06-01 new 100\nrevenue_entries: recognised_on revenue_type amount_base\n"
        "2025-01-05 recurring 100\n2025-01-09 services 70\n2025-01-20 recurring -100",
    )
    assert (figure(engine, "mrr"), figure(engine, "revenue_run_rate")) == ("100.00", "2.26")


@pytest.mark.parametrize(
    "columns",
    [
        "gross_list_amount discount_amount amount_base",
        "gross_list_amount discount_amount",
        "gross_list_amount amount_base",
        "amount_base",
    ],
)
def test_discounts_are_taken_off_once_whichever_columns_there_are(tmp_path: Path, columns: str) -> None:
    given = {"gross_list_amount": "100", "discount_amount": "10", "amount_base": "90"}
    row = " ".join(given[name] for name in columns.split())
    engine = company(
        tmp_path,
        f"""revenue_entries: recognised_on {columns}
        2025-01-03 {row}
        {COSTS} is_variable
        2025-01-03 cogs other 40 true
        2025-01-03 marketing ad_spend 20 true
        2025-01-03 sales commission 5 true""",
    )
    assert figure(engine, "contribution_margin") == "30.00"
    assert figure(engine, "contribution_margin_ratio") == "33.33"
    assert figure(engine, "contribution_margin.before_ads") == "50.00"
    assert figure(engine, "contribution_margin.all_variable_cost") == "25.00"


def test_what_a_row_leaves_empty_is_worked_out_of_what_it_has(tmp_path: Path) -> None:
    engine = company(
        tmp_path,
        f"""revenue_entries: recognised_on gross_list_amount discount_amount amount_base
        2025-01-03 100 10 -
        2025-01-04 100 - 80
        2025-01-05 - - 50
        2025-01-06 40 - -
        {COSTS}
        2025-01-03 cogs other 60""",
    )
    assert (figure(engine, "contribution_margin"), figure(engine, "gross_margin")) == ("200.00", "76.92")


@pytest.mark.parametrize(
    "amount", ["98765432.10", "-98765432.10", "123456789012.34", "9876543210.99", "0.07"]
)
def test_large_amounts_add_up_without_noise_where_a_database_has_only_floats(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, amount: str
) -> None:
    monkeypatch.setenv("WAREHOUSE", f"sqlite:///{tmp_path / 'money.sqlite'}")
    with closing(sqlite3.connect(tmp_path / "money.sqlite")) as database:
        database.execute("CREATE TABLE o (day TEXT, amount REAL)")
        database.executemany("INSERT INTO o VALUES ('2025-01-05', ?)", [(float(amount),)] * 7)
        database.commit()
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "orders.sql").write_text(
        "SELECT day AS ordered_at, amount AS gross_amount_base FROM o"
    )
    assert ask(company(tmp_path, "", head='url = "env:WAREHOUSE"'), "gmv").value == 7 * Decimal(amount)


def test_growth_is_labelled_by_what_it_is_compared_with(tmp_path: Path) -> None:
    engine = company(
        tmp_path, "revenue_entries: recognised_on amount_base\n2024-01-10 80\n2024-12-10 100\n2025-01-10 120"
    )
    assert figure(engine, "revenue_growth_rate") == "20.00"
    assert figure(engine, "revenue_growth_rate.year_on_year") == "50.00"
    assert ask(engine, "revenue_growth_rate").citation.method == "previous_period"


def test_days_sales_outstanding_says_which_balance(tmp_path: Path) -> None:
    engine = company(
        tmp_path,
        "invoices: issued_on paid_on amount_base\n2024-12-01 2025-01-31 50\n2025-01-05 - 100",
    )
    assert figure(engine, "dso") == "23.25"  # (50 + 100) / 2 of 100 sold in 31 days
    assert figure(engine, "dso.closing_balance") == "31.00"


def test_human_capital_return_subtracts_one_as_iso_does_since_2025(tmp_path: Path) -> None:
    engine = company(
        tmp_path,
        f"revenue_entries: recognised_on amount_base\n2025-01-05 1000\n{COSTS}\n"
        "2025-01-05 sales payroll 400\n2025-01-05 gna rent 400",
    )
    assert figure(engine, "human_capital_roi") == "0.50"
    assert figure(engine, "human_capital_roi.without_minus_one") == "1.50"


ADS_GIVEN_BACK = f"""{COSTS}
    2025-01-10 marketing ad_spend 10
    2025-01-20 marketing ad_spend -30
    revenue_entries: recognised_on amount_base
    2025-01-10 1000
    revenue_credits: credited_on channel credit_type amount_base
    2025-01-10 marketing actioned 90"""
MORE_CREDIT_NOTES = """invoices: issued_on paid_on amount_base
    2024-12-10 - 500
    2025-01-10 - 100
    2025-01-20 2025-01-21 -130"""


@pytest.mark.parametrize(
    ("metric", "tables", "period"),
    [
        ("roas", ADS_GIVEN_BACK, "2025-01"),
        ("marketing_roi", ADS_GIVEN_BACK, "2025-01"),
        ("marketing_roi.revenue", ADS_GIVEN_BACK, "2025-01"),
        (
            "magic_number",
            f"{ADS_GIVEN_BACK}\nrevenue_entries: recognised_on amount_base\n2025-02-01 9",
            "2025-02",
        ),
        ("magic_number.net_sales_efficiency", f"{ADS_GIVEN_BACK}\n{LEDGER}\nA 2025-01-02 new 10", "2025-01"),
        ("dso", MORE_CREDIT_NOTES, "2025-01"),
        ("dso.closing_balance", MORE_CREDIT_NOTES, "2025-01"),
        ("dso.two_point", MORE_CREDIT_NOTES, "2025-01"),
    ],
)
def test_where_more_came_back_than_went_out_there_is_no_return_and_no_days(
    tmp_path: Path, metric: str, tables: str, period: str
) -> None:
    assert figure(company(tmp_path, tables), metric, period) == "undefined_zero_denominator"
