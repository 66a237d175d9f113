"""Rows about selling: campaigns, leads, deals and their stages, quotas, forecasts, credited revenue."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from tests.oracle.company import Draw, Row, Tables

REPS = ["e1", "e2", "e3"]


def campaigns(draw: Draw, tables: Tables) -> list[Row]:
    """Campaigns that were seen and clicked, or not at all."""
    return [
        {
            "campaign_id": f"k{i}",
            "channel": draw.of("email", "search", None),
            "objective": draw.of("acquisition", "loyalty", None),
            "started_on": draw.day(),
            "impressions": draw.of(None, 0, draw.whole(1, 9_999)),
            "clicks": draw.of(None, 0, draw.whole(1, 99)),
        }
        for i in range(min(draw.count(), 6))
    ]


def leads(draw: Draw, tables: Tables) -> list[Row]:
    """Leads: answered, qualified and won at once, later or never."""
    rows: list[Row] = []
    for i in range(draw.count()):
        made = draw.moment()
        row: Row = {
            "lead_id": f"l{i}",
            "account_id": draw.key(tables["accounts"], "account_id", 0.5),
            "campaign_id": draw.key(tables["campaigns"], "campaign_id", 0.3),
            "created_at": made,
        }
        for column, days in (
            ("mql_at", 20),
            ("sql_at", 40),
            ("first_human_response_at", 2),
            ("opportunity_created_at", 60),
            ("customer_at", 120),
        ):
            row[column] = draw.later(made, days) if draw.chance(0.6) else None
        rows.append(row)
    return rows


def opportunities(draw: Draw, tables: Tables) -> list[Row]:
    """Deals: open ones without a closing day, closed ones with; at times without an amount."""
    rows: list[Row] = []
    for i in range(draw.count()):
        created, outcome = draw.day(), draw.of("won", "won", "lost", "open", "disqualified")
        amount = draw.of(None, draw.money(), draw.money(), draw.money())
        rows.append(
            {
                "opportunity_id": f"d{i}",
                "account_id": draw.key(tables["accounts"], "account_id", 0.2),
                "owner_id": draw.of(*REPS, None),
                "lead_id": draw.key(tables["leads"], "lead_id", 0.4),
                "opp_type": draw.of("new", "expansion", "renewal", None),
                "created_on": created,
                "qualified_on": draw.of(None, created, created + draw.days(0, 30)),
                "closed_on": None if outcome == "open" else created + draw.days(0, 120),
                "outcome": outcome,
                "amount_base": amount,
                "list_amount_base": draw.of(None, amount, (amount or Decimal(0)) + draw.money(0, 500)),
                "expected_close_on": draw.of(None, draw.day(), created + draw.days(0, 120)),
            }
        )
    return rows


def opportunity_stage_history(draw: Draw, tables: Tables) -> list[Row]:
    """Visits of stages: some are skipped, some entered twice, at times two at the same moment."""
    rows: dict[tuple[object, ...], Row] = {}
    for deal in tables["opportunities"]:
        created = deal["created_on"]
        assert isinstance(created, date)
        at, stage = draw.moment(created), draw.of(1, 1, 2)
        for _ in range(draw.whole(0, 4)):
            left = draw.later(at, 30)
            visit = {
                "opportunity_id": deal["opportunity_id"],
                "stage": f"s{stage}",
                "entered_at": at,
                "exited_at": left,
                "stage_order": stage,
                "stage_probability": Decimal(stage * 20) / 100 if stage < 4 else None,
                "amount_base": deal["amount_base"],
            }
            rows[visit["opportunity_id"], visit["stage"], at] = visit
            at, stage = left, max(1, min(4, stage + draw.of(1, 1, 2, -1)))
    return list(rows.values())


def quotas(draw: Draw, tables: Tables) -> list[Row]:
    """Quotas of months and quarters; some ramping, some of nothing."""
    rows: dict[tuple[object, ...], Row] = {}
    for i in range(min(draw.count(), 12)):
        start = draw.of(
            date(2023, 10, 1), date(2024, 1, 1), date(2024, 2, 1), date(2024, 3, 1), date(2024, 4, 1)
        )
        row: Row = {
            "quota_id": f"q{i}",
            "employee_id": draw.of(*REPS),
            "period_start": start,
            "period_end": draw.of(_months(start, 1), _months(start, 3)),
            "quota_base": draw.money(),
            "ramp_pct": draw.of(Decimal(1), Decimal("0.5"), Decimal(0), None),
        }
        rows[row["employee_id"], start] = row
    return list(rows.values())


def forecasts(draw: Draw, tables: Tables) -> list[Row]:
    """Forecasts: several for one period, some late, some not committed."""
    rows: list[Row] = []
    for i in range(draw.count()):
        start = draw.of(date(2024, 1, 1), date(2024, 2, 1), date(2024, 3, 1))
        rows.append(
            {
                "forecast_id": f"f{i}",
                "owner_id": draw.of(*REPS),
                "submitted_on": start + draw.days(-20, 5),
                "period_start": start,
                "period_end": _months(start, draw.of(1, 1, 3)),
                "category": draw.of("commit", "commit", "best_case", "pipeline"),
                "amount_base": draw.money(),
            }
        )
    return rows


def revenue_credits(draw: Draw, tables: Tables) -> list[Row]:
    """Revenue credited to channels, at times taken back."""
    return [
        {
            "credit_id": f"c{i}",
            "conversion_id": f"x{i}",
            "account_id": draw.key(tables["accounts"], "account_id", 0.1),
            "channel": draw.of("sales", "marketing", "marketing", "service"),
            "credit_type": draw.of("actioned", "touched"),
            "credited_on": draw.day(),
            "amount_base": draw.of(None, draw.money(), draw.money(), -draw.money(0, 50)),
        }
        for i in range(draw.count())
    ]


def _months(day: date, months: int) -> date:
    """The first of the month so many months later."""
    return date(day.year + (day.month - 1 + months) // 12, (day.month - 1 + months) % 12 + 1, 1)
