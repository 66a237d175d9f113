"""The tables that business metrics are made of, in an order in which each refers to those before it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from tests.oracle import rows_customers as customers
from tests.oracle import rows_money as money
from tests.oracle import rows_pilots as trials
from tests.oracle import rows_selling as selling
from tests.oracle import rows_use as use
from tests.oracle.company import Maker, make
from tests.oracle.compare import Compared, compared
from tests.oracle.formulas import Formula

MAKERS: dict[str, Maker] = {
    made.__name__: made
    for made in (
        *(customers.accounts, customers.mrr_movements, customers.account_references),
        *(selling.campaigns, selling.leads, selling.opportunities, selling.opportunity_stage_history),
        *(selling.quotas, selling.forecasts, selling.revenue_credits),
        *(use.users, use.product_events, use.web_sessions, use.page_views, use.experiments, use.tickets),
        *(use.deployments, use.initiatives, use.task_timings),
        *(use.employees, use.initiative_usage, use.time_entries),
        *(customers.orders, customers.carts, customers.requests),
        *(money.revenue_entries, money.cost_entries, money.cash_flows, money.invoices),
        *(money.surveys, money.survey_invites, money.survey_responses, customers.fx_rates),
        trials.pilots,
    )
}
SETTINGS = """
timezone = "{timezone}"

[settings]
activation_event = "report"
value_event = "share"
key_event = "report"
key_event_threshold = 3
feature = "share"
support_department = "support"

[external.market_size]
value = 1000000
source = "made up"
as_of = 2024-01-01

[external.customer_lifespan_years]
value = 3
source = "made up"
as_of = 2024-01-01
"""
STAFF = "employees"
"""The table that a company without a record of its people does not have."""
ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata")
"""Where companies are."""
CLOSED, RUNNING = date(2024, 7, 1), date(2024, 3, 20)
"""Days on which all periods that are compared are over, and on which the last is not."""


IN_CURRENCIES = 2
"""Of eleven companies, how many have a ledger in several currencies."""


def compare(seed: int, path: Path, formulas: Mapping[str, Formula], as_of: date) -> Iterator[Compared]:
    """The values of the company of a seed: one in three has no record of its people, one in seven has all as text."""
    tables = make(seed, MAKERS)
    if seed % 3 == 0:
        del tables[STAFF]
    if seed % 11 < IN_CURRENCIES:
        for row in tables["mrr_movements"]:
            del row["amount_base"]
    settings = SETTINGS.format(timezone=ZONES[seed % len(ZONES)])
    return compared(path, tables, settings, formulas, as_of, as_text=seed % 7 == 0)
