"""The tables of the demo company: names, columns and SQL types of its DuckDB file.

A column is written ``NAME KIND [key] [null]``. Frames hold whole numbers, and the kind says how one becomes
an SQL value:

    A4         an id: the number 7 is the text A0007
    text       text, as it is
    date       days since 1970             timestamp  seconds since 1970
    boolean    0 or 1                      integer    itself
    money      cents -> DECIMAL(18,2)      number     hundredths -> DECIMAL(12,2)
    rate       millionths -> DECIMAL(12,6)
"""

from __future__ import annotations

from dataclasses import dataclass

PEOPLE = {
    "employees": "employee_id E4 key, person_key text, hired_on date, terminated_on date null, "
    "termination_type text null, is_regretted boolean null, employment_type text, gender text null, "
    "ethnicity text null",
    "job_history": "employee_id E4 key, effective_from date key, effective_to date null, department_id text, "
    "manager_id E4 null, job_id text, job_family text, level integer, fte number, change_reason text, "
    "is_critical_role boolean, is_leadership boolean",
    "compensation": "employee_id E4 key, effective_from date key, hourly_rate_base money, "
    "annual_salary_base money, band_min money, band_mid money, band_max money",
    "requisitions": "req_id RQ4 key, job_id text, department_id text, opened_on date, accepted_on date null, "
    "closed_on date null, is_evergreen boolean, is_critical boolean, filled_by text null, "
    "hired_employee_id E4 null",
    "applications": "application_id AP5 key, req_id RQ4, applied_on date, offer_extended_on date null, "
    "offer_accepted_on date null, offer_declined_on date null, group_key text null",
    "trainings": "training_id TR5 key, employee_id E4, completed_on date, hours number, cost_base money, "
    "mandatory boolean",
    "coaching_sessions": "session_id CS5 key, manager_id E4, employee_id E4, session_type text, "
    "scheduled_on date, held_on date null, minutes number",
    "reviews": "review_id RV5 key, cycle text, employee_id E4, due_on date, completed_on date null, "
    "rating number null, rating_max number, is_top_performer boolean",
    "absences": "absence_id AB5 key, employee_id E4, absence_type text, start_on date, end_on date, "
    "working_days number",
    "time_entries": "employee_id E4 key, work_day date key, hours_scheduled number, hours_worked number, "
    "overtime_hours number, after_hours_minutes number, billable_hours number",
    "succession": "role_id RO3 key, as_of date key, successor_id E4 null, readiness text null, is_critical boolean",
    "safety_incidents": "incident_id SI3 key, employee_id E4, occurred_on date, recordable boolean, lost_days number",
}

CUSTOMERS = {
    "accounts": "account_id A4 key, parent_account_id A4 null, segment text, channel text, "
    "first_paid_on date null, loyalty_joined_on date null, is_internal boolean",
    "account_references": "account_id A4 key, agreed_on date key, withdrawn_on date null",
    "pilots": "pilot_id PI3 key, account_id A4, started_on date, ended_on date null, first_value_on date null, "
    "use_cases_start integer, use_cases_now integer, functions_start integer, functions_now integer, "
    "wishlist_items integer, converted_on date null",
    "mrr_movements": "movement_id M5 key, account_id A4, subscription_id SB4 null, effective_on date, "
    "movement_type text, amount money, currency text, amount_base money",
    "tickets": "ticket_id T5 key, account_id A4 null, assignee_id E4 null, created_at timestamp, "
    "first_response_at timestamp null, resolved_at timestamp null, customer_replies integer, "
    "reopened_count integer, escalated boolean",
    "surveys": "survey_id text key, survey_type text, audience text, product text null, opened_on date, "
    "closed_on date null",
    "survey_invites": "survey_id text key, respondent_key text key, segment text, manager_key text null",
    "survey_responses": "survey_id text key, respondent_key text key, question_id text key, "
    "responded_at timestamp, score number null, scale_min integer, scale_max integer",
    "users": "user_id U5 key, account_id A4 null, created_at timestamp, is_internal boolean",
    "product_events": "event_id EV6 key, user_id U5, account_id A4 null, event_name text, "
    "occurred_at timestamp, quantity number",
}

SALES = {
    "opportunities": "opportunity_id O5 key, account_id A4, owner_id E4, lead_id L5 null, opp_type text, "
    "created_on date, qualified_on date null, closed_on date null, outcome text, amount_base money, "
    "list_amount_base money, expected_close_on date",
    "opportunity_stage_history": "opportunity_id O5 key, stage text key, entered_at timestamp key, "
    "exited_at timestamp null, stage_order integer, stage_probability number, amount_base money",
    "quotas": "quota_id Q5 key, employee_id E4, period_start date, period_end date, quota_base money, ramp_pct number",
    "forecasts": "forecast_id F5 key, owner_id E4, submitted_on date, period_start date, period_end date, "
    "category text, amount_base money",
    "leads": "lead_id L5 key, account_id A4 null, campaign_id C3 null, created_at timestamp, "
    "mql_at timestamp null, sql_at timestamp null, sales_rejected_at timestamp null, "
    "first_human_response_at timestamp null, opportunity_created_at timestamp null, customer_at timestamp null",
    "campaigns": "campaign_id C3 key, channel text, objective text, started_on date, ended_on date null, "
    "impressions integer, clicks integer",
    "touches": "touch_id TO5 key, account_id A4, opportunity_id O5 null, channel text, campaign_id C3 null, "
    "touched_at timestamp",
    "revenue_credits": "credit_id RC5 key, conversion_id text, account_id A4, channel text, credit_type text, "
    "credited_on date, amount_base money",
}

FINANCE = {
    "calendar": "day date key, is_business_day boolean, month_start date, fiscal_quarter text, fiscal_year text",
    "fx_rates": "rate_day date key, from_ccy text key, to_ccy text key, rate rate",
    "revenue_entries": "entry_id RE5 key, account_id A4 null, recognised_on date, revenue_type text, "
    "gross_list_amount money, discount_amount money, amount_base money",
    "invoices": "invoice_id IN5 key, account_id A4, issued_on date, due_on date, paid_on date null, "
    "amount_base money, on_credit boolean",
    "cost_entries": "cost_id CO5 key, incurred_on date, pnl_line text, nature text, department_id text null, "
    "campaign_id C3 null, is_variable boolean, amount_base money",
    "cash_flows": "flow_id CF5 key, flow_on date, flow_type text, amount_base money, balance_after_base money null",
}

OPERATIONS = {
    "web_sessions": "session_id S6 key, visitor_id V6, started_at timestamp, page_views integer, "
    "engaged_seconds number, max_scroll_pct number, key_events integer, landing_page text, exit_page text, "
    "load_ms integer",
    "page_views": "view_id PV6 key, session_id S6, page text, viewed_at timestamp, load_ms integer",
    "carts": "cart_id CA5 key, visitor_id V6, created_at timestamp, order_id OR5 null",
    "orders": "order_id OR5 key, account_id A4, session_id S6 null, ordered_at timestamp, gross_amount_base money, "
    "discount_base money, refund_base money, net_amount_base money, cogs_base money, variable_cost_base money, "
    "commission_base money null",
    "requests": "request_id MR5 key, account_id A4, requested_at timestamp, matched_at timestamp null, "
    "order_id OR5 null",
    "experiments": "experiment_id EX3 key, variant text key, started_on date, ended_on date null, visitors integer, "
    "conversions integer, is_control boolean, guardrail_breached boolean",
    "deployments": "deploy_id D5 key, deployed_at timestamp, first_commit_at timestamp, failed boolean, "
    "detected_at timestamp null, restored_at timestamp null",
    "initiatives": "initiative_id IV3 key, owner_id E4, planned_for date, deployed_on date null, weight number, "
    "audience_role text, linked_metric_id text",
    "initiative_usage": "initiative_id IV3 key, employee_id E4 key, eligible_from date, last_used_on date null",
    "task_timings": "task_id TT4 key, initiative_id IV3, minutes_before number, minutes_after number, runs integer, "
    "errors_before integer, errors_after integer, period_start date",
}

DECIMALS = {"money": (18, 2), "number": (12, 2), "rate": (12, 6)}
PLAIN = {"text": "TEXT", "date": "DATE", "timestamp": "TIMESTAMP", "boolean": "BOOLEAN", "integer": "INTEGER"}


@dataclass(frozen=True)
class Column:
    """One column: its kind as written above, whether it is part of the key, whether it may be empty."""

    name: str
    kind: str
    key: bool
    null: bool

    @property
    def is_id(self) -> bool:
        """Whether its numbers become ids such as A0007."""
        return self.kind not in PLAIN and self.kind not in DECIMALS

    @property
    def sql_type(self) -> str:
        """Its type in the DuckDB file."""
        if self.kind in DECIMALS:
            return "DECIMAL({},{})".format(*DECIMALS[self.kind])
        return PLAIN.get(self.kind, "TEXT")


def _column(text: str) -> Column:
    name, kind, *marks = text.split()
    return Column(name, kind, key="key" in marks, null="null" in marks)


def tables() -> dict[str, tuple[Column, ...]]:
    """Every table of the demo company with its columns, in order."""
    written = PEOPLE | CUSTOMERS | SALES | FINANCE | OPERATIONS
    return {name: tuple(_column(text) for text in columns.split(",")) for name, columns in written.items()}


def identifier(kind: str, number: int) -> str:
    """The id that a number becomes: ("A4", 7) is A0007."""
    prefix = kind.rstrip("0123456789")
    return f"{prefix}{number:0{kind[len(prefix) :]}d}"
