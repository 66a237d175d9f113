"""The tables that business metrics are made of, in an order in which each refers to those before it."""

from __future__ import annotations

from tests.oracle import rows_customers as customers
from tests.oracle import rows_money as money
from tests.oracle import rows_selling as selling
from tests.oracle import rows_use as use
from tests.oracle.company import Maker

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
        *(money.surveys, money.survey_invites, money.survey_responses),
    )
}
SETTINGS = """
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
"""
