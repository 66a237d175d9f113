"""Rows that people metrics share with business: surveys of employees, quotas and deals, revenue and cost."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from metrics.calendar.periods import add_months
from tests.oracle.company import Draw, Row, Tables

KINDS = ("engagement", "enps", "manager", "leadership_trust")
NATURES = (
    "payroll",
    "payroll",
    "commission",
    "recruiting_internal",
    "recruiting_external",
    "rent",
    "tax",
    "interest",
)


def surveys(draw: Draw, tables: Tables) -> list[Row]:
    """Waves of all kinds; some have not been closed, some say whom they ask."""
    rows: list[Row] = []
    for i in range(draw.of(2, 4, 6, 9)):
        kind = draw.of(*KINDS, *KINDS, "onboarding", "csat", "nps")
        opened = draw.day()
        asks = "customer" if kind in ("csat", "nps") else "employee"
        rows.append(
            {
                "survey_id": f"w{i}",
                "survey_type": kind,
                "audience": draw.of(asks, asks, None),
                "opened_on": opened,
                "closed_on": draw.of(None, opened, opened + draw.days(0, 30), opened + draw.days(0, 30)),
            }
        )
    return rows


def survey_invites(draw: Draw, tables: Tables) -> list[Row]:
    """Whom a wave asks."""
    return [
        {
            "survey_id": survey["survey_id"],
            "respondent_key": f"k{i}",
            "segment": draw.of("Sales", "Sales", "Support", None),
            "manager_key": draw.of("m1", "m1", "m2", None),
        }
        for survey in tables["surveys"]
        for i in range(draw.of(0, 4, 12, 30))
    ]


def survey_responses(draw: Draw, tables: Tables) -> list[Row]:
    """Answers to one to three questions, on any scale; some questions did not apply, some people were not asked."""
    kinds = {row["survey_id"]: row["survey_type"] for row in tables["surveys"]}
    rows: list[Row] = []
    asked = [
        (row["survey_id"], row["respondent_key"]) for row in tables["survey_invites"] if draw.chance(0.7)
    ]
    asked += [(survey, f"stranger{i}") for survey in kinds for i in range(draw.of(0, 0, 3))]
    for survey, key in asked:
        top = 10 if kinds[survey] in ("enps", "nps") else 5
        low, high = draw.of((top // 10 * -1 + 1, top), (top // 10 * -1 + 1, top), (None, None), (1, 10))
        for question in range(draw.of(1, 2, 3)):
            least, most = (0 if top == 10 else 1) if low is None else low, top if high is None else high
            rows.append(
                {
                    "survey_id": survey,
                    "respondent_key": key,
                    "question_id": f"q{question}",
                    "responded_at": draw.moment(),
                    "score": None if draw.chance(0.1) else Decimal(draw.whole(least, most)),
                    "scale_min": low,
                    "scale_max": high,
                }
            )
    return rows


def quotas(draw: Draw, tables: Tables) -> list[Row]:
    """Quotas by the month or by the quarter, from the first whole one on; many begin to count little by little."""
    rows: list[Row] = []
    step = draw.of(1, 3)
    for employee in tables["employees"]:
        hired: Any = employee["hired_on"]
        start = max(draw.of(date(2023, 10, 1), date(2024, 1, 1), date(2024, 4, 1)), hired.replace(day=1))
        for _ in range(draw.of(0, 1, 2, 4)):
            rows.append(
                {
                    "quota_id": f"q{len(rows)}",
                    "employee_id": employee["employee_id"],
                    "period_start": start,
                    "period_end": add_months(start, step),
                    "quota_base": draw.of(Decimal(700), Decimal(1_000), Decimal(3_000), draw.money()),
                    "ramp_pct": draw.of(None, Decimal(1), Decimal(1), Decimal("0.5"), Decimal("0.25")),
                }
            )
            start = add_months(start, step)
    return rows


def opportunities(draw: Draw, tables: Tables) -> list[Row]:
    """Deals of all outcomes; some belong to nobody."""
    rows: list[Row] = []
    for i in range(draw.count() * 10):
        outcome = draw.of("won", "won", "won", "lost", "disqualified", "open")
        rows.append(
            {
                "opportunity_id": f"o{i}",
                "owner_id": draw.key(draw.of(tables["quotas"], tables["employees"]), "employee_id", 0.05),
                "created_on": draw.day(),
                "closed_on": None if outcome == "open" else draw.day(),
                "outcome": outcome,
                "amount_base": draw.of(None, draw.money(), Decimal(1_000), Decimal(700)),
            }
        )
    return rows


def revenue_entries(draw: Draw, tables: Tables) -> list[Row]:
    """Revenue and what is taken back."""
    return [
        {
            "entry_id": f"n{i}",
            "recognised_on": draw.day(),
            "amount_base": draw.of(draw.money(), -draw.money(0, 90)),
        }
        for i in range(draw.count())
    ]


def cost_entries(draw: Draw, tables: Tables) -> list[Row]:
    """Cost of all natures, of departments and of the whole company."""
    return [
        {
            "cost_id": f"x{i}",
            "incurred_on": draw.day(),
            "pnl_line": draw.of("cogs", "sales", "gna", "below_line", None),
            "nature": draw.of(*NATURES, None),
            "department_id": draw.of("Sales", "Support", None),
            "amount_base": draw.money(),
        }
        for i in range(draw.count() * 2)
    ]
