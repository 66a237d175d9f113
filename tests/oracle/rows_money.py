"""Rows of the books: revenue, cost, cash, invoices; and of surveys."""

from __future__ import annotations

from decimal import Decimal

from tests.oracle.company import Draw, Row, Tables

LINES = ["cogs", "sales", "marketing", "rnd", "gna", "below_line"]
NATURES = [
    "payroll",
    "ad_spend",
    "commission",
    "rent",
    "depreciation",
    "amortisation",
    "interest",
    "tax",
    "other",
]


def revenue_entries(draw: Draw, tables: Tables) -> list[Row]:
    """Revenue of all kinds; one in eight takes some back."""
    rows: list[Row] = []
    for i in range(draw.count()):
        amount = draw.money() * draw.of(1, 1, 1, 1, 1, 1, 1, -1)
        rows.append(
            {
                "entry_id": f"r{i}",
                "account_id": draw.key(tables["accounts"], "account_id", 0.2),
                "recognised_on": draw.day(),
                "revenue_type": draw.of("recurring", "usage", "services"),
                "discount_amount": draw.of(None, Decimal(0), Decimal("12.34")),
                "amount_base": amount,
            }
        )
    return rows


def cost_entries(draw: Draw, tables: Tables) -> list[Row]:
    """Costs of every line and nature."""
    return [
        {
            "cost_id": f"c{i}",
            "incurred_on": draw.day(),
            "pnl_line": draw.of(*LINES),
            "nature": draw.of(*NATURES),
            "department_id": draw.of("support", "support", "sales", None),
            "campaign_id": draw.key(tables["campaigns"], "campaign_id", 0.5),
            "is_variable": (True, False, True, None)[i % 4],
            "amount_base": draw.money(0, 900),
        }
        for i in range(draw.count())
    ]


def cash_flows(draw: Draw, tables: Tables) -> list[Row]:
    """Cash in and out, with the balance on some days' last movement."""
    rows: list[Row] = []
    day, balance = draw.day(), draw.money(0, 9_000)
    for i in range(draw.count()):
        day += draw.days(0, 20)
        if rows and rows[-1]["flow_on"] != day and draw.chance(0.7):
            rows[-1]["balance_after_base"] = balance
        amount = draw.money(-900, 500)
        balance += amount
        rows.append(
            {
                "flow_id": f"f{i}",
                "flow_on": day,
                "flow_type": draw.of("operating", "operating", "investing", "financing"),
                "amount_base": amount,
                "balance_after_base": None,
            }
        )
    return rows


def invoices(draw: Draw, tables: Tables) -> list[Row]:
    """Invoices and credit notes: paid at once, later or not at all, some of them in cash."""
    rows: list[Row] = []
    for i in range(draw.count()):
        issued = draw.day()
        rows.append(
            {
                "invoice_id": f"n{i}",
                "account_id": draw.key(tables["accounts"], "account_id", 0.1),
                "issued_on": issued,
                "paid_on": draw.of(None, issued, issued + draw.days(0, 90)),
                "amount_base": draw.money(-50, 900),
                "on_credit": draw.of(True, True, None, False),
            }
        )
    return rows


SEVEN = 7
"""Points of a scale of which some answers are given on three."""


def surveys(draw: Draw, tables: Tables) -> list[Row]:
    """Waves of every kind that customers are asked; some still open, some without an audience."""
    rows: list[Row] = []
    for i in range(min(draw.count(), 5)):
        opened = draw.day()
        rows.append(
            {
                "survey_id": f"s{i}",
                "survey_type": draw.of("nps", "product_nps", "csat", "csat", "ces"),
                "audience": "customer",
                "product": draw.of(None, "app", "web"),
                "opened_on": opened,
                "closed_on": draw.of(None, opened + draw.days(0, 30), opened + draw.days(0, 30)),
            }
        )
    return rows


def survey_invites(draw: Draw, tables: Tables) -> list[Row]:
    """Who was invited, to each wave up to thirty."""
    return [
        {
            "survey_id": wave["survey_id"],
            "respondent_key": f"p{i}",
            "segment": draw.of("north", "south", None),
        }
        for wave in tables["surveys"]
        for i in range(draw.count())
    ]


def survey_responses(draw: Draw, tables: Tables) -> list[Row]:
    """Answers of whoever was invited, and of some who were not; some do not apply, some are on another scale."""
    rows: list[Row] = []
    for wave in tables["surveys"]:
        nps = wave["survey_type"] in ("nps", "product_nps")
        for i in range(draw.count()):
            low, high = draw.of((0, 10) if nps else (1, 5), (0, 10) if nps else (1, 5), (1, 7))
            row: Row = {
                "survey_id": wave["survey_id"],
                "respondent_key": f"p{i}",
                "question_id": "q1",
                "responded_at": draw.moment(),
                "score": None if draw.chance(0.1) else Decimal(draw.of(low, high, draw.whole(low, high))),
                "scale_min": low,
                "scale_max": high,
            }
            rows.append(of_three_points(row) if high == SEVEN and i % 3 == 0 else row)
    return rows


def of_three_points(row: Row) -> Row:
    """The answer on a scale of three points, whose top takes in all scores above."""
    score = row["score"]
    return {**row, "score": min(score, Decimal(3)) if isinstance(score, Decimal) else None, "scale_max": 3}
