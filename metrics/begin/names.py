"""Names as they are compared: without case, signs and prefixes; what tables and columns are called elsewhere."""

from __future__ import annotations

BEFORE = ("stg_", "dim_", "fct_", "fact_", "raw_", "tbl_")
AFTER = ("_dataset", "_data", "_table", "_export", "_raw")
CALLED = {
    "deal": "opportunities",
    "pipeline": "opportunities",
    "customer": "accounts",
    "client": "accounts",
    "company": "accounts",
    "organization": "accounts",
    "organisation": "accounts",
    "staff": "employees",
    "worker": "employees",
    "headcount": "employees",
    "session": "web_sessions",
    "visit": "web_sessions",
    "event": "product_events",
    "case": "tickets",
    "supportticket": "tickets",
    "mrrmovement": "mrr_movements",
    "salary": "compensation",
    "timesheet": "time_entries",
    "training": "trainings",
    "exchangerate": "fx_rates",
    "job": "requisitions",
    "jobopening": "requisitions",
    "vacancy": "requisitions",
    "candidate": "applications",
    "purchase": "orders",
    "expense": "cost_entries",
    "cost": "cost_entries",
    "leave": "absences",
    "absenteeism": "absences",
}
"""Other names of tables, each as ``plain`` has it."""
KNOWN_AS = {
    "account_id": (
        "customer_id",
        "customer",
        "client_id",
        "company_id",
        "organization_id",
        "organisation_id",
    ),
    "employee_id": ("emp_id", "employee_number", "staff_id", "worker_id"),
    "owner_id": ("sales_rep_id", "sales_rep", "sales_agent"),
    "assignee_id": ("agent_id", "agent"),
    "manager_id": ("reports_to", "supervisor_id"),
    "department_id": ("department", "dept"),
    "hired_on": ("date_of_hire", "join_date", "joining_date"),
    "terminated_on": ("termination_date", "date_of_termination", "exit_date", "leaving_date"),
    "resolved_at": ("solved_at",),
    "reopened_count": ("reopens",),
    "ordered_at": ("purchase_date", "purchased_at", "order_purchase_timestamp"),
    "issued_on": ("invoice_date",),
    "occurred_at": ("event_time", "event_timestamp", "timestamp"),
    "event_name": ("event",),
    "respondent_key": ("respondent_id",),
    "question_id": ("question",),
    "req_id": ("job_id", "requisition_id"),
    "visitor_id": ("full_visitor_id",),
}
"""Other names of columns: only those that hardly mean anything else."""
IN_TABLE = {
    ("opportunities", "amount_base"): (
        "total",
        "total_amount",
        "total_value",
        "value",
        "deal_value",
        "deal_amount",
        "deal_size",
        "opportunity_amount",
        "opportunity_value",
        "close_value",
        "contract_value",
        "annual_contract_value",
        "acv",
    ),
}
"""Other names of columns of one table, which mean other things elsewhere; taken where no surer name is there."""
ENDS = ("_on", "_at", "_date", "_day", "_datetime", "_ts", "date", "_time")


def plain(name: str) -> str:
    """A name without its case, signs, prefix and plural."""
    name = name.lower()
    for prefix in BEFORE:
        name = name.removeprefix(prefix)
    for suffix in AFTER:
        name = name.removesuffix(suffix)
    name = "".join(sign for sign in name if sign.isalnum())
    return f"{name[:-3]}y" if name.endswith("ies") else name.removesuffix("s")


def stem(name: str) -> str:
    """What a day is of, whatever its name ends with: `ordered_at`, `order_date` and `Order Date` are one."""
    name = name.lower().replace(" ", "_")
    for end in ENDS:
        if name.endswith(end) and len(name) > len(end):
            name = name.removesuffix(end)
            break
    past = name.endswith("ed")  # closed_on is close_date
    name = name.removesuffix("ed" if past else "e")
    return "".join(sign for sign in name if sign.isalnum())


def says_day(name: str) -> bool:
    """Whether a name ends as those of days do: `due_date` in seconds is one all the same, `paid` may be yes or no."""
    return name.lower().replace(" ", "_").endswith(ENDS)


def endings(name: str) -> list[str]:
    """A name and what is left of it without its first words: `superstore_orders` may be `orders`."""
    words = name.lower().split("_")
    return ["_".join(words[start:]) for start in range(len(words))]
