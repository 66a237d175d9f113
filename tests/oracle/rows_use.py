"""Rows about use: users and what they do, web sessions, experiments, tickets, releases, tasks."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from tests.oracle.company import Draw, Row, Tables

EVENTS = ["report", "share", "login"]


def users(draw: Draw, tables: Tables) -> list[Row]:
    """Users, some of no account, some our own."""
    return [
        {
            "user_id": f"u{i}",
            "account_id": draw.key(tables["accounts"], "account_id", 0.2),
            "created_at": draw.moment(),
            "is_internal": draw.of(False, False, False, None, True),
        }
        for i in range(min(draw.count(), 13))
    ]


def product_events(draw: Draw, tables: Tables) -> list[Row]:
    """Events of users soon after sign-up, a month later, before it, or of nobody known."""
    rows: list[Row] = []
    for user in tables["users"]:
        made = user["created_at"]
        assert isinstance(made, datetime)
        for _ in range(draw.of(0, 1, 2, 3, 6)):
            at = draw.of(made, draw.later(made, 1), draw.later(made, 15), draw.later(made, 40), draw.moment())
            rows.append(
                {
                    "event_id": f"v{len(rows)}",
                    "user_id": user["user_id"],
                    "account_id": draw.of(user["account_id"], user["account_id"], None),
                    "event_name": draw.of(*EVENTS),
                    "occurred_at": at,
                    "quantity": draw.of(None, Decimal(1), Decimal(3)),
                }
            )
    return rows


def web_sessions(draw: Draw, tables: Tables) -> list[Row]:
    """Sessions around the line between engaged and not; some without what a browser may not tell."""
    return [
        {
            "session_id": f"w{i}",
            "visitor_id": draw.of("v1", "v2", "v3", None),
            "started_at": draw.moment(),
            "page_views": draw.of(1, 1, 2, 3, 0, None),
            "engaged_seconds": draw.of(None, Decimal(0), Decimal("9.99"), Decimal(10), Decimal(61)),
            "max_scroll_pct": draw.of(None, Decimal(0), Decimal("33.3"), Decimal(100)),
            "key_events": draw.of(0, 0, 1, None),
            "landing_page": draw.of("/", "/price", None),
            "exit_page": draw.of("/", "/price", None),
            "load_ms": draw.of(None, draw.whole(1, 4_000)),
        }
        for i in range(draw.count())
    ]


def page_views(draw: Draw, tables: Tables) -> list[Row]:
    """Views of pages."""
    return [
        {
            "view_id": f"p{i}",
            "session_id": draw.key(tables["web_sessions"], "session_id", 0.1),
            "page": draw.of("/", "/price", "/help"),
            "viewed_at": draw.moment(),
        }
        for i in range(draw.count())
    ]


def experiments(draw: Draw, tables: Tables) -> list[Row]:
    """Experiments with a control and one or two variants, some running, some with few visitors."""
    rows: list[Row] = []
    for i in range(min(draw.count(), 8)):
        started = draw.day()
        ended = draw.of(None, started + draw.days(0, 60), started + draw.days(0, 60))
        for variant in draw.of("AB", "AB", "ABC", "A"):
            visitors = draw.of(0, 10, 1_000, 5_000)
            rows.append(
                {
                    "experiment_id": f"x{i}",
                    "variant": variant,
                    "started_on": started,
                    "ended_on": ended,
                    "visitors": visitors,
                    "conversions": draw.whole(0, visitors // draw.of(3, 9)) if visitors else 0,
                    "is_control": variant == "A",
                    "guardrail_breached": draw.of(False, False, False, True),
                }
            )
    return rows


def tickets(draw: Draw, tables: Tables) -> list[Row]:
    """Tickets: solved at once, later or not yet."""
    rows: list[Row] = []
    for i in range(draw.count()):
        made = draw.moment()
        rows.append(
            {
                "ticket_id": f"t{i}",
                "account_id": draw.key(tables["accounts"], "account_id", 0.2),
                "created_at": made,
                "resolved_at": draw.of(None, draw.later(made, 1), draw.later(made, 20)),
                "customer_replies": draw.of(0, 0, 1, None),
                "reopened_count": draw.of(0, 0, 2, None),
                "escalated": draw.of(True, False, False, None),
            }
        )
    return rows


def deployments(draw: Draw, tables: Tables) -> list[Row]:
    """Deployments, some of which failed."""
    return [
        {"deploy_id": f"y{i}", "deployed_at": draw.moment(), "failed": draw.of(True, False, False, None)}
        for i in range(draw.count())
    ]


def initiatives(draw: Draw, tables: Tables) -> list[Row]:
    """Solutions: deployed before, in and after what they were planned for."""
    rows: list[Row] = []
    for i in range(min(draw.count(), 8)):
        planned = draw.day().replace(day=1)
        rows.append(
            {
                "initiative_id": f"i{i}",
                "planned_for": planned,
                "deployed_on": draw.of(None, planned, planned + draw.days(-20, 120)),
                "weight": draw.of(Decimal(1), Decimal("2.5"), Decimal(8)),
            }
        )
    return rows


def task_timings(draw: Draw, tables: Tables) -> list[Row]:
    """Tasks timed before and after, at times slower than before."""
    return [
        {
            "task_id": f"j{i}",
            "initiative_id": draw.key(tables["initiatives"], "initiative_id", 0.2),
            "minutes_before": draw.of(Decimal(30), Decimal("12.5"), None),
            "minutes_after": draw.of(Decimal(5), Decimal(20), Decimal(0)),
            "runs": draw.of(0, 1, 40, None),
            "errors_before": draw.of(0, 3, None),
            "errors_after": draw.of(0, 1, None),
            "period_start": draw.day().replace(day=1),
        }
        for i in range(draw.count())
    ]


def employees(draw: Draw, tables: Tables) -> list[Row]:
    """Staff, some of whom have left or are no employees; enough of them to be shown."""
    rows: list[Row] = []
    for i in range(draw.of(0, 12, 20)):
        hired = draw.day()
        rows.append(
            {
                "employee_id": f"e{i}",
                "person_key": f"h{i}",
                "hired_on": hired,
                "terminated_on": draw.of(None, None, hired + draw.days(0, 400)),
                "employment_type": draw.of("regular", "regular", "fixed_term", None, "contractor"),
            }
        )
    return rows


def initiative_usage(draw: Draw, tables: Tables) -> list[Row]:
    """Who should use which solution since when, and when they last did."""
    rows: list[Row] = []
    for employee in tables["employees"]:
        for initiative in tables["initiatives"]:
            since = draw.day()
            rows.append(
                {
                    "initiative_id": initiative["initiative_id"],
                    "employee_id": employee["employee_id"],
                    "eligible_from": since,
                    "last_used_on": draw.of(None, draw.day(), since + draw.days(0, 200)),
                }
            )
    return rows


def time_entries(draw: Draw, tables: Tables) -> list[Row]:
    """Hours of days, some of them billable."""
    rows: dict[tuple[object, ...], Row] = {}
    for employee in tables["employees"]:
        for _ in range(draw.whole(3, 9)):
            day = draw.day()
            rows[employee["employee_id"], day] = {
                "employee_id": employee["employee_id"],
                "work_day": day,
                "hours_scheduled": draw.of(Decimal(8), Decimal("7.5"), Decimal(0), None),
                "hours_worked": draw.of(Decimal(8), Decimal("9.25"), None),
                "billable_hours": draw.of(Decimal(6), Decimal("7.5"), Decimal(0), None),
            }
    return list(rows.values())
