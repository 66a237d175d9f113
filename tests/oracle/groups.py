"""Which group a row belongs to: what a table is parted by, and the rows of one group."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tests.oracle.company import Cell, Row, Tables

Column = str
"""A column of the row itself, or of what it refers to: ``account_id>accounts.segment``."""

DIMENSIONS: Mapping[str, Mapping[str, Column]] = {
    "segment": dict.fromkeys(
        (
            *(
                "mrr_movements",
                "revenue_entries",
                "invoices",
                "revenue_credits",
                "account_references",
                "accounts",
                "pilots",
            ),
            *("opportunities", "leads", "tickets", "orders", "requests", "users", "product_events"),
        ),
        "account_id>accounts.segment",
    )
    | {"opportunity_stage_history": "opportunity_id>opportunities.account_id>accounts.segment"},
    "campaign": {"cost_entries": "campaign_id", "leads": "campaign_id", "campaigns": "campaign_id"},
    "cost_line": {"cost_entries": "pnl_line"},
    "landing_page": {"web_sessions": "landing_page", "orders": "session_id>web_sessions.landing_page"},
    "page": {"web_sessions": "exit_page", "page_views": "page"},
    "initiative": {"task_timings": "initiative_id", "initiatives": "initiative_id"},
    "experiment": {"experiments": "experiment_id"},
}
USERS = {"users": DIMENSIONS["segment"]["users"]}
"""What users did goes with the user, whatever the event says."""

SPLITS: Mapping[str, str] = {
    **dict.fromkeys(("cost_per_lead", "click_through_rate"), "campaign"),
    "opex": "cost_line",
    **dict.fromkeys(
        ("bounce_rate", "engagement_rate", "dwell_time", "scroll_depth", "page_load_time"), "landing_page"
    ),
    **dict.fromkeys(("web_conversion_rate", "revenue_per_visitor"), "landing_page"),
    "exit_rate": "page",
    **dict.fromkeys(("time_saved", "automation_error_rate", "implementation_rate"), "initiative"),
    "experiment_win_rate": "experiment",
}
"""The dimension that a metric is parted by here; any other by segment."""
BY_USER = {
    *(
        "product_activation_rate",
        "user_retention_rate",
        "second_use_rate",
        "time_to_value",
        "key_event_attainment",
    ),
}
OF_PILOTS = {"time_to_value.pilots", "time_to_value.open_pilots_share"}
"""Methods of such a metric that count pilots."""


OF_PEOPLE = {
    *("billable_utilisation", "adoption_rate", "cost_per_ticket"),
    *("nps", "product_nps", "csat", "customer_survey_response_rate"),
}
"""Metrics whose values are about people, customers who answered among them."""
UNPARTED: Mapping[str, set[str]] = {
    "its tables share no dimension": {
        *(
            "gross_margin",
            "ebitda_margin",
            "rule_of_40",
            "magic_number",
            "cac",
            "ltv_cac_ratio",
            "cac_payback_months",
        ),
        *(
            "roas",
            "marketing_roi",
            "customer_lifetime_value",
            "contribution_margin",
            "contribution_margin_ratio",
        ),
        *("burn_multiple", "pipeline_coverage"),
    },
    "its table has no dimension": {
        *("deployment_frequency", "change_failure_rate", "runway_months", "cart_abandonment_rate"),
    },
    "its groups are of people, and mostly suppressed": {*OF_PEOPLE, "quota_attainment", "forecast_accuracy"},
}
"""Metrics that are not compared by group, by the reason."""


PARTED = {"customer_lifetime_value.revenue", "pipeline_coverage.required"}
"""Methods whose tables share a dimension, where those of their metric do not."""


def metric_of(id_: str) -> str:
    """The metric of a method; of a metric itself."""
    return id_.partition(".")[0]


def is_of_people(id_: str) -> bool:
    """Whether values of a metric, or of one of its methods, are about people."""
    return metric_of(id_) in OF_PEOPLE


def can_part(id_: str) -> bool:
    """Whether a metric, or one of its methods, is compared by group."""
    return id_ in PARTED or not any(metric_of(id_) in names for names in UNPARTED.values())


def split(id_: str) -> str:
    """The dimension that a metric, or one of its methods, is parted by."""
    return SPLITS.get(metric_of(id_), "segment")


def parted(tables: Tables, id_: str) -> Callable[[Cell], Tables]:
    """The tables of one group: of those that are parted its rows, the others as they are."""
    of_users = metric_of(id_) in BY_USER and id_ not in OF_PILOTS
    columns = USERS if of_users else DIMENSIONS[split(id_)]
    keys = {name: {row[next(iter(row))]: row for row in rows} for name, rows in tables.items() if rows}

    def of(group: Cell) -> Tables:
        return {
            name: [row for row in rows if follow(row, columns[name], keys) == group]
            if name in columns
            else rows
            for name, rows in tables.items()
        }

    return of


def follow(row: Row, path: Column, keys: Mapping[str, Mapping[Cell, Row]]) -> Cell:
    """The cell that a path leads to; nothing where it leads nowhere."""
    first, _, rest = path.partition(">")
    for step in filter(None, rest.split(">")):
        table, _, column = step.partition(".")
        found = keys.get(table, {}).get(row[first])
        if found is None:
            return None
        row, first = found, column
    return row[first]
