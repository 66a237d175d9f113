"""The business metrics against published worked examples: tiny companies through the real engine."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

from metrics.calendar.periods import Calendar
from metrics.engine import Ask, Engine
from metrics.folder.company import read_company
from metrics.load import load_catalog
from metrics.values import Status, Value
from tests.as_text import COSTS, DEALS, LEDGER, write
from tests.empty_database import warehouse_of

PERIODS = {
    "January": Calendar().containing(date(2025, 1, 15), "month"),
    "quarter": Calendar().quarter(2025, 1, fiscal=False),
    "year": Calendar().year(2025, fiscal=False),
    "leap March": Calendar().containing(date(2024, 3, 1), "month"),
}
AS_OF = date(2026, 6, 30)

LIST_REVENUE = "revenue_entries: recognised_on gross_list_amount discount_amount amount_base"
QUOTAS = "quotas: employee_id period_start period_end quota_base"
MOVES = "10* A# 2024-06-01 new 100\n1* A# 2025-01-20 churn -100\nA1 2025-01-10 contraction -30\n"
MOVES += "A2 2025-01-10 expansion 50\nN 2025-01-02 new 500\nN 2025-01-09 churn -500\n"
MARGIN = f"revenue_entries: recognised_on amount_base\n2025-01-10 1000\n{COSTS}\n2025-01-10 cogs other 200\n"


@dataclass(frozen=True)
class Example:
    """A published example: who published it, what a metric must give, and the company as text (``as_text``)."""

    source: str
    metric: str
    period: str
    expected: str
    tables: str
    settings: str = ""


def written(folder: Path, example: Example) -> Path:
    """The company folder of an example."""
    return write(folder, example.tables, settings=example.settings)


def compute(folder: Path, example: Example, as_of: date = AS_OF) -> Value:
    catalog = load_catalog()
    company = read_company(written(folder, example), catalog.tables)
    engine = Engine(catalog, company, warehouse_of(company))
    [[value]] = engine.compute([Ask(example.metric, PERIODS[example.period])], as_of)
    return value


CUSTOMERS = [
    Example("APPSTLE: 10 of 70, not of 80", "customer_churn_rate", "January", "14.29", f"""{LEDGER}
            70* A# 2024-06-01 new 10
            10* A# 2025-01-20 churn -10
            10* N# 2025-01-05 new 10"""),
    Example("CRR", "customer_retention_rate", "January", "85.71", f"""{LEDGER}
            70* A# 2024-06-01 new 10
            10* A# 2025-01-20 churn -10
            10* N# 2025-01-05 new 10"""),
    Example("F6: joined and lost within the month", "customer_churn_rate", "January", "0", f"""{LEDGER}
            4* A# 2024-06-01 new 10
            N 2025-01-03 new 10
            N 2025-01-20 churn -10"""),
    Example("F10: back before the month is over", "customer_churn_rate", "January", "0", f"""{LEDGER}
            4* A# 2024-06-01 new 10
            A1 2025-01-03 churn -10
            A1 2025-01-20 reactivation 10"""),
    Example("BM-CAP: 500 to 1,379, then churn", "gross_mrr_churn_rate", "January", "100", f"""{LEDGER}
            A 2024-06-01 new 500
            A 2025-01-05 expansion 879
            A 2025-01-20 churn -1379"""),
    Example("CM-CHURN", "gross_mrr_churn_rate", "January", "13", f"{LEDGER}\n{MOVES}"),
    Example("CM-CHURN", "net_mrr_churn_rate", "January", "8", f"{LEDGER}\n{MOVES}"),
    Example("CHARGIFY: a return offsets churn", "net_mrr_churn_rate", "January", "6", f"""{LEDGER}
            10* A# 2024-06-01 new 100
            1* A# 2025-01-20 churn -100
            R 2024-01-01 new 40
            R 2024-03-01 churn -40
            R 2025-01-09 reactivation 40"""),
    Example("SMSB-GRR: growth of one hides no loss", "gross_revenue_retention", "year", "90", f"""{LEDGER}
            2* A# 2024-01-01 new 500
            A0 2025-05-01 expansion 300
            A1 2025-05-01 contraction -100"""),
    Example("PRIME-NRR, without the new customer", "net_revenue_retention", "year", "120", f"""{LEDGER}
            2* A# 2024-01-01 new 500
            A0 2025-05-01 expansion 300
            A1 2025-05-01 contraction -100
            N 2025-05-01 new 900"""),
    Example("PW-QR", "quick_ratio", "January", "4", f"""{LEDGER}
            10* A# 2024-06-01 new 100
            N 2025-01-02 new 300
            A2 2025-01-03 expansion 100
            1* A# 2025-01-20 churn -100"""),
    Example("F11: 2,000 a year", "mrr", "January", "166.67", f"{LEDGER}\nA 2025-01-01 new 166.6667"),
    Example("GASP", "arr", "January", "12000", f"{LEDGER}\n10* A# 2024-06-01 new 100"),
    Example("GASP: paying accounts only", "arpa", "January", "100", f"""{LEDGER}
            10* A# 2024-06-01 new 100
            2* A# 2025-01-20 churn -100"""),
    Example("SEED001", "expansion_velocity", "January", "5", f"""{LEDGER}
            10* A# 2024-06-01 new 100
            A1 2025-01-10 expansion 50"""),
    Example("ABRA-LTV1: 100 x 80 % / 5 %", "customer_lifetime_value", "January", "1600", f"""{MARGIN}{LEDGER}
            20* A# 2024-06-01 new 100
            1* A# 2025-01-20 churn -100"""),
    Example("SEED003: 95 % of 1,000 + 10 x 10 % x 100", "predicted_mrr", "January", "1050", f"""{LEDGER}
            10* A# 2024-06-01 new 100
            A0 2025-01-20 contraction -50
            A1 2025-01-20 expansion 50
            leads: lead_id created_at customer_at
            1 2025-01-02 2025-01-30
            9* L# 2025-01-03 -"""),
    Example("a lapsed customer vouches for nobody", "referenceability_rate", "January", "25", f"""{LEDGER}
            5* A# 2024-06-01 new 10
            1* A# 2025-01-20 churn -10
            account_references: account_id agreed_on withdrawn_on
            2* A# 2024-07-01 -
            A2 2024-07-01 2025-01-10"""),
    Example("3 of 4 members, 1 of 2 others", "loyalty_retention_lift", "January", "25", f"""{LEDGER}
            6* A# 2024-06-01 new 10
            A0 2025-01-20 churn -10
            A4 2025-01-20 churn -10
            accounts: account_id loyalty_joined_on
            4* A# 2024-07-01
            A4 -
            A5 2025-01-02"""),
    Example("F35: 2 promoters, 1 detractor of 6", "nps", "January", "16.67", """
            surveys: survey_id survey_type audience closed_on
            S nps customer 2025-01-31
            survey_responses: survey_id respondent_key question_id score scale_min scale_max
            2* S p# q 9 0 10
            3* S n# q 7 0 10
            S d q 6 0 10"""),
    Example("DELIGHTED: fours and fives", "csat", "January", "60", """
            surveys: survey_id survey_type audience closed_on
            S csat customer 2025-01-31
            survey_responses: survey_id respondent_key question_id score scale_min scale_max
            2* S a# q 5 1 5
            S b q 4 1 5
            2* S c# q 3 1 5"""),
    Example("LUCCA-RR: 9 of 12, 3 invited twice", "customer_survey_response_rate", "January", "75", """
            surveys: survey_id survey_type audience closed_on
            S nps customer 2025-01-31
            survey_invites: survey_id respondent_key segment
            12* S r# one
            3* S r# two
            survey_responses: survey_id respondent_key question_id score
            9* S r# q 9"""),
    Example("whoever is invited again answered once: 5 promoters, 5 detractors of 10", "nps", "January", "0", """
            surveys: survey_id survey_type audience closed_on
            S nps customer 2025-01-31
            survey_invites: survey_id respondent_key segment
            5* S p# one
            5* S p# two
            5* S d# one
            survey_responses: survey_id respondent_key question_id score scale_min scale_max
            5* S p# q 9 0 10
            5* S d# q 3 0 10"""),
    Example("SEED001: distinct uses by account", "engagement_depth", "January", "1.5", """
            product_events: user_id account_id event_name occurred_at
            2* u# a write 2025-01-01
            u1 a share 2025-01-02
            u3 b write 2025-01-02
            u4 - read 2025-01-02"""),
]  # fmt: skip

MONEY = [
    Example("DEMA-CM: 100 - 10 - 40 - 20", "contribution_margin", "January", "30", f"""{LIST_REVENUE}
            2025-01-03 100 10 90
            {COSTS}
            2025-01-03 cogs other 40
            2025-01-03 marketing ad_spend 20
            2025-01-03 gna rent 7"""),
    Example("OSTAX-CM: of net revenue", "contribution_margin_ratio", "January", "33.33", f"""{LIST_REVENUE}
            2025-01-03 100 10 90
            {COSTS}
            2025-01-03 cogs other 40
            2025-01-03 marketing ad_spend 20"""),
    Example("BIZZ-R40: 20 + 23.33", "rule_of_40", "year", "43.33", f"""
            revenue_entries: recognised_on amount_base
            2024-03-01 100
            2025-03-01 120
            {COSTS}
            2025-03-01 cogs other 60
            2025-03-01 gna payroll 32
            2025-03-01 gna depreciation 9"""),
    Example("CFI-MN: times four", "magic_number", "quarter", "0.8", f"""
            revenue_entries: recognised_on amount_base
            2024-11-01 1000
            2025-02-01 1100
            {COSTS}
            2024-11-01 sales payroll 300
            2024-11-01 marketing tools 200
            2025-02-01 sales payroll 9"""),
    Example("CCITY-RUN: 300 / 50", "runway_months", "January", "6", """
            cash_flows: flow_on flow_type amount_base balance_after_base
            2024-11-15 operating -50 400
            2024-12-15 operating -50 350
            2025-01-10 financing 900 -
            2025-01-15 operating -80 -
            2025-01-20 operating 30 300
            2025-02-15 operating -1 299"""),
    Example("AIBIZ-BM: 1,800 / 1,200", "burn_multiple", "quarter", "1.5", f"""{LEDGER}
            10* A# 2024-06-01 new 100
            N 2025-02-01 new 100
            A1 2025-02-01 fx 7
            cash_flows: flow_on flow_type amount_base
            2025-02-01 operating -1800
            2025-02-01 financing 5000"""),
    Example("FOOL-DSO: 50 / 300 x 365", "dso", "year", "60.83", """
            invoices: invoice_id issued_on paid_on amount_base
            1 2024-12-01 - 50
            2 2025-05-05 2025-05-06 300"""),
    Example("FINMARK", "cac", "January", "500", f"""
            accounts: account_id first_paid_on
            1 2025-01-09
            2 2025-01-31
            3 -
            {COSTS}
            2025-01-01 sales commission 600
            2025-01-01 marketing tools 400"""),
    Example("SCOUT-CACP: 600 / (50 x 80 %)", "cac_payback_months", "January", "15", f"""{MARGIN}
            2025-01-01 sales payroll 1200
            {LEDGER}
            2* A# 2025-01-09 new 50
            accounts: account_id first_paid_on
            2* A# 2025-01-09"""),
    Example("JEMSU-ROAS", "roas", "January", "5", f"""{COSTS}
            2025-01-01 marketing ad_spend 1000
            revenue_credits: channel credit_type credited_on amount_base
            marketing actioned 2025-01-03 5000
            marketing touched 2025-01-03 9000"""),
    Example("SEED001: (500 x 80 % - 250) / 250", "marketing_roi", "January", "60", f"""{MARGIN}
            2025-01-10 marketing payroll 250
            revenue_credits: channel credit_type credited_on amount_base
            marketing actioned 2025-01-03 500
            sales actioned 2025-01-03 500"""),
]  # fmt: skip

SELLING = [
    Example("CAA-WR: 45 of 180, not of 260", "win_rate", "January", "25", f"""{DEALS}
            45* w# r 2024-11-01 2025-01-10 won 10
            135* l# r 2024-11-01 2025-01-10 lost 10
            20* d# r 2024-11-01 2025-01-10 disqualified 10
            60* o# r 2024-11-01 - open 10"""),
    Example("RODICT-SC: over a leap day", "sales_cycle_length", "leap March", "30", f"""{DEALS}
            1 r 2024-02-10 2024-03-11 won 10
            2 r 2024-01-01 2024-03-11 lost 10"""),
    Example("MAVEN-SV: 50 x 10,000 x 20 % / 50", "sales_velocity", "January", "2000", f"""{DEALS}
            50* o# r 2025-01-01 - open 1
            2* w# r 2024-11-22 2025-01-11 won 10000
            8* l# r 2024-11-22 2025-01-11 lost 1"""),
    Example("CAA-PC: 3,000 / (1,000 - 200)", "pipeline_coverage", "quarter", "3.75", f"""
            opportunities: opportunity_id created_on closed_on expected_close_on outcome amount_base
            1 2025-01-01 - 2025-03-30 open 3000
            2 2025-01-01 - 2025-04-30 open 500
            3 2025-01-01 2025-02-01 2025-03-30 won 200
            {QUOTAS}
            5* r# 2025-01-01 2025-04-01 200"""),
    Example("F22: 240 / 360, not the mean", "quota_attainment", "quarter", "66.67", f"""{DEALS}
            3* a# a# 2025-01-01 2025-02-01 won 50
            3* b# b# 2025-01-01 2025-02-01 won 30
            {QUOTAS}
            3* a# 2025-01-01 2025-04-01 100
            3* b# 2025-01-01 2025-04-01 20"""),
    Example("WAPE: 1 - 30 / 200", "forecast_accuracy", "quarter", "85", f"""{DEALS}
            1 a 2025-01-01 2025-02-01 won 120
            2 b 2025-01-01 2025-02-01 won 80
            forecasts: owner_id submitted_on period_start period_end category amount_base
            a 2025-01-01 2025-01-01 2025-04-01 commit 100
            a 2025-03-01 2025-01-01 2025-04-01 commit 120
            b 2025-01-01 2025-01-01 2025-04-01 commit 90"""),
    Example("list 200, agreed 150", "discount_rate", "January", "25", """
            opportunities: opportunity_id closed_on outcome amount_base list_amount_base
            1 2025-01-05 won 150 200
            2 2025-01-05 won 80 -
            3 2025-01-05 lost 1 900"""),
    Example("SEED000: without the last stage", "stage_conversion_rate", "January", "66.67", """
            opportunity_stage_history: opportunity_id stage entered_at stage_order
            1 first 2025-01-01 1
            1 second 2025-01-03 2
            1 third 2025-01-04 3
            2 first 2025-01-01 1"""),
    Example("CALCAC-LVR: 10 to 12", "lead_velocity_rate", "January", "20", """leads: lead_id mql_at
            10* a# 2024-12-09
            12* b# 2025-01-09"""),
    Example("MKIT-LRT: 5, 10, 60 minutes, never", "lead_response_time", "January", "10", """
            leads: lead_id created_at first_human_response_at
            1 2025-01-02T08:00 2025-01-02T08:05
            2 2025-01-02T08:00 2025-01-02T08:10
            3 2025-01-02T08:00 2025-01-02T09:00
            4 2025-01-02T08:00 -"""),
    Example("SEED002: of the same leads", "revenue_per_lead", "January", "50", """leads: lead_id created_at
            2* l# 2025-01-02
            l2 2024-12-02
            opportunities: opportunity_id lead_id outcome closed_on amount_base
            1 l1 won 2025-03-01 100
            2 l2 won 2025-01-05 70"""),
]  # fmt: skip

USE = [
    Example("EPPO-ACT: within the window", "product_activation_rate", "January", "50", """
            users: user_id created_at
            2* u# 2025-01-03
            product_events: user_id event_name occurred_at
            u0 go 2025-01-05
            u1 go 2025-01-25""", 'activation_event = "go"'),
    Example("ACHO-STICK: a mean of 1 a day of 2", "stickiness", "January", "50", """
            product_events: user_id event_name occurred_at
            30* u1 go 2025-01-##
            u1 go 2025-01-01
            u2 go 2025-01-31"""),
    Example("SEED000: of the session's month", "web_conversion_rate", "January", "25", """
            orders: order_id session_id ordered_at
            1 s1 2025-02-01
            2 s1 2025-02-01
            3 - 2025-01-05
            web_sessions: session_id started_at
            4* s# 2025-01-31"""),
    Example("GA4-TL: 10 s, 2 pages or 1 key event", "bounce_rate", "January", "25", """
            web_sessions: session_id started_at engaged_seconds page_views key_events
            1 2025-01-01 10 1 0
            2 2025-01-01 1 2 0
            3 2025-01-01 1 1 1
            4 2025-01-01 9 1 0"""),
    Example("PRIME-CART", "cart_abandonment_rate", "January", "70", """carts: cart_id created_at order_id
            7* a# 2025-01-01 -
            3* b# 2025-01-02 o#"""),
    Example("KPIQ-RPV: by session", "revenue_per_visitor", "January", "2.5", """
            orders: order_id session_id ordered_at net_amount_base
            1 s1 2025-01-01 10
            web_sessions: session_id visitor_id started_at
            4* s# v 2025-01-01"""),
    Example("FRESH-FCR: one reply, one reopened", "first_contact_resolution", "January", "50", """
            tickets: ticket_id created_at resolved_at customer_replies reopened_count
            2* a# 2025-01-01 2025-01-02 0 0
            3 2025-01-01 2025-01-02 1 0
            4 2025-01-01 2025-01-02 0 1
            5 2025-01-01 - 0 0"""),
    Example("SEED003: by weight", "implementation_rate", "quarter", "80", """
            initiatives: initiative_id planned_for deployed_on weight
            1 2025-01-01 2025-03-01 8
            2 2025-01-01 2025-04-01 2
            3 2024-10-01 2025-02-01 5"""),
    Example("SEED003: minutes x runs", "time_saved", "quarter", "30", """
            task_timings: task_id minutes_before minutes_after runs period_start
            1 30 12 100 2025-01-01
            2 5 - 60 2025-01-01"""),
    Example("SEED003: within 30 days", "adoption_rate", "January", "60", """
            initiative_usage: initiative_id employee_id eligible_from last_used_on
            3* i e# 2024-12-01 2025-01-20
            i e3 2024-12-01 2024-12-31
            i e4 2024-12-01 -"""),
    Example("4 fields of a deal, 1 of a lead", "crm_data_completeness", "January", "60", """
            opportunities: account_id owner_id created_on closed_on amount_base expected_close_on
            a r 2025-01-01 - - -
            leads: lead_id campaign_id created_at customer_at
            1 c 2025-01-01 -
            2 - 2024-01-01 2024-02-01"""),
]  # fmt: skip

NO_VALUE = [
    Example("no losses", "quick_ratio", "January", "undefined_zero_denominator", f"""{LEDGER}
            A 2025-01-02 new 10"""),
    Example("nobody paid at the start", "customer_churn_rate", "January", "undefined_zero_denominator", f"""
            {LEDGER}
            A 2025-01-02 new 10"""),
    Example("GITDEAL-BM: ARR shrank", "burn_multiple", "January", "undefined_zero_denominator", f"""{LEDGER}
            2* A# 2024-06-01 new 10
            1* A# 2025-01-20 churn -10
            cash_flows: flow_on flow_type amount_base
            2025-01-02 operating -9"""),
    Example("OPAI-RUN: cash comes in", "runway_months", "January", "not_burning", """
            cash_flows: flow_on flow_type amount_base balance_after_base
            2025-01-02 operating 9 90"""),
    Example("no revenue before", "revenue_growth_rate", "January", "undefined_zero_denominator", """
            revenue_entries: recognised_on amount_base
            2025-01-02 9"""),
    Example("the quota is met", "pipeline_coverage", "quarter", "not_applicable", f"""
            opportunities: opportunity_id created_on closed_on expected_close_on outcome amount_base
            1 2025-01-01 2025-02-01 2025-03-30 won 1200
            {QUOTAS}
            5* r# 2025-01-01 2025-04-01 200"""),
]  # fmt: skip


def named(example: Example) -> str:
    return f"{example.metric}: {example.source}"


@pytest.mark.parametrize("example", CUSTOMERS + MONEY + SELLING + USE, ids=named)
def test_a_published_example_comes_out_as_published(example: Example, tmp_path: Path) -> None:
    value = compute(tmp_path, example)
    assert (value.status, value.needs) == (Status.OK, ())
    assert value.value is not None
    assert value.value.quantize(Decimal("0.01"), ROUND_HALF_UP) == Decimal(example.expected)


@pytest.mark.parametrize("example", NO_VALUE, ids=named)
def test_what_has_no_value_says_why(example: Example, tmp_path: Path) -> None:
    value = compute(tmp_path, example)
    assert (value.status.value, value.value) == (example.expected, None)


def test_without_churn_a_lifetime_is_capped_at_sixty_months(tmp_path: Path) -> None:
    tables = f"{MARGIN}{LEDGER}\n20* A# 2024-06-01 new 100"
    value = compute(tmp_path, Example("ABRA-LTV2", "customer_lifetime_value", "January", "4800", tables))
    assert (value.status, value.value) == (Status.CAPPED, Decimal(4800))


def test_a_cohort_leaves_out_who_has_not_had_the_whole_window(tmp_path: Path) -> None:
    tables = """users: user_id created_at
        u1 2025-01-01
        u2 2025-01-02
        u3 2025-01-29
        product_events: user_id event_name occurred_at
        u1 go 2025-01-29"""
    example = Example("F24", "user_retention_rate", "January", "50", tables)
    value = compute(tmp_path, example, date(2025, 2, 5))
    assert (value.value, value.n) == (Decimal(50), 2)


def test_every_business_metric_can_be_asked_of_a_company_that_has_all_tables(tmp_path: Path) -> None:
    catalog = load_catalog()
    tables = [
        f"{table.name}: {' '.join(column.name for column in table.columns)}\n{' -' * len(table.columns)}"
        for table in catalog.tables.values()
        if not table.derived
    ]
    settings = ("activation_event", "value_event", "key_event", "feature", "support_department")
    declared = "\n".join(["key_event_threshold = 9", *(f'{name} = "x"' for name in settings)])
    outside = '\n[external]\nmarket_size = {value = 1000, source = "a report", as_of = 2025-01-01}\n'
    folder = written(tmp_path, Example("", "", "", "", "\n".join(tables), declared + outside))
    company = read_company(folder, catalog.tables)
    asks = [Ask(m.id, PERIODS["quarter"]) for m in catalog.metrics.values() if m.side == "business"]
    values = Engine(catalog, company, warehouse_of(company)).compute(asks, AS_OF)
    assert len(values) == 93
    assert [value.needs for [value] in values if value.status is Status.NOT_MEASURED] == []
