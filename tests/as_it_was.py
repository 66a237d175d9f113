"""Tables as they were on the evening of a past day: written without the catalog, to compare an engine with."""

from __future__ import annotations

from datetime import UTC, date, datetime, tzinfo

from tests.oracle.company import Cell, Row, Tables

FIRST = {
    "absences": "start_on",
    "account_references": "agreed_on",
    "applications": "applied_on",
    "carts": "created_at",
    "cash_flows": "flow_on",
    "compensation": "effective_from",
    "cost_entries": "incurred_on",
    "deployments": "deployed_at",
    "employees": "hired_on",
    "experiments": "started_on",
    "forecasts": "submitted_on",
    "fx_rates": "rate_day",
    "invoices": "issued_on",
    "job_history": "effective_from",
    "leads": "created_at",
    "mrr_movements": "effective_on",
    "opportunities": "created_on",
    "opportunity_stage_history": "entered_at",
    "orders": "ordered_at",
    "page_views": "viewed_at",
    "pilots": "started_on",
    "product_events": "occurred_at",
    "requests": "requested_at",
    "requisitions": "opened_on",
    "revenue_credits": "credited_on",
    "revenue_entries": "recognised_on",
    "safety_incidents": "occurred_on",
    "succession": "as_of",
    "survey_responses": "responded_at",
    "surveys": "closed_on",
    "tickets": "created_at",
    "time_entries": "work_day",
    "touches": "touched_at",
    "trainings": "completed_on",
    "users": "created_at",
    "web_sessions": "started_at",
}
"""The day with which a row of each table comes to be there."""
LATER: dict[str, dict[str, dict[str, Cell]]] = {
    "account_references": {"withdrawn_on": {}},
    "accounts": {"first_paid_on": {}, "loyalty_joined_on": {}},
    "applications": {"offer_extended_on": {}, "offer_accepted_on": {}, "offer_declined_on": {}},
    "coaching_sessions": {"held_on": {}},
    "deployments": {"detected_at": {"failed": False}, "restored_at": {}},
    "employees": {"terminated_on": {"termination_type": None, "is_regretted": None}},
    "experiments": {"ended_on": {}},
    "initiative_usage": {"last_used_on": {}},
    "initiatives": {"deployed_on": {}},
    "invoices": {"paid_on": {}},
    "leads": {
        "customer_at": {},
        "first_human_response_at": {},
        "mql_at": {},
        "opportunity_created_at": {},
        "sales_rejected_at": {},
        "sql_at": {},
    },
    "opportunities": {"closed_on": {"outcome": "open"}},
    "pilots": {"converted_on": {}, "first_value_on": {}},
    "requests": {"matched_at": {"order_id": None}},
    "requisitions": {"accepted_on": {"filled_by": None, "hired_employee_id": None}, "closed_on": {}},
    "reviews": {"completed_on": {"rating": None, "is_top_performer": False}},
    "tickets": {"first_response_at": {}, "resolved_at": {}},
}
"""The days that come after it, each with what becomes known then and what stands there before."""
REFERRED_TO = {
    *("accounts", "campaigns", "employees", "initiatives", "leads", "opportunities"),
    *("orders", "requisitions", "surveys", "users", "web_sessions"),
}
"""Tables of which all rows stay: others find their department or segment by them."""
HISTORIES = {"job_history", "compensation"}
"""Tables whose rows say each from when on it holds; the first holds for the time before it, too."""


def as_they_were(tables: Tables, day: date, zone: tzinfo = UTC) -> Tables:
    """Tables without the cells of later days, and without the rows of which nothing had come.

    Moments are in UTC, and a day is one of ``zone``.
    """

    def came(cell: Cell) -> bool:
        if isinstance(cell, datetime):
            return cell.replace(tzinfo=UTC).astimezone(zone).date() <= day
        return isinstance(cell, date) and cell <= day

    def there(name: str, row: Row) -> bool:
        first = row.get(FIRST.get(name, ""))
        return (
            first is None
            or name in HISTORIES | REFERRED_TO
            or any(came(row.get(c)) for c in (FIRST[name], *LATER.get(name, ())))
        )

    def was(name: str, row: Row) -> Row:
        before: Row = {}
        for column, known in LATER.get(name, {}).items():
            if row.get(column) is not None and not came(row[column]):
                before |= {column: None, **known}
        return row | {column: cell for column, cell in before.items() if column in row}

    return {name: [was(name, row) for row in rows if there(name, row)] for name, rows in tables.items()}
