"""Columns of one row that contradict each other: a churn that adds revenue, an open deal with a day of closing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import sqlalchemy as sa

from metrics.model import Table

Column = sa.ColumnElement[Any]
Given = Mapping[str, Column]
Odd = tuple[str, Column]
"""What to say of so many rows (`{rows}`), and which they are."""
MONEY = "amount_base"
DEALS = "opportunities"
LEDGER = "mrr_movements"
COSTS = "cost_entries"
RATES = "fx_rates"
PAY = "compensation"
LARGE = ("USD", "EUR", "GBP", "CHF", "CAD", "AUD")
SMALL = ("JPY", "KRW", "INR", "IDR", "VND", "HUF", "CLP", "COP", "PHP", "THB", "CZK", "TWD")
"""Currencies of which one is worth many of the second list, and that are traded in business software."""
HOURS = (50, 5_000)
"""In a year one works more than the first and less than the second."""
LOSSES = ("contraction", "churn")
GAINS = ("new", "expansion", "reactivation")
LAST_DAYS = 28
"""A month's last day is this one or later."""
CLOSED = ("won", "lost", "disqualified")
SOME_OF = {"experiments": ("conversions", "visitors"), "campaigns": ("clicks", "impressions")}
"""Tables in which one column counts some of what another counts."""


def at_odds(table: Table, given: Given) -> Iterator[Odd]:
    """Columns of one row that contradict each other."""
    if table.name == LEDGER and "movement_type" in given:
        yield from _wrong_signs(given)
    if table.name == COSTS and MONEY in given:
        yield _as_booked(given)
    if table.name == RATES and {"from_ccy", "to_ccy", "rate"} <= given.keys():
        yield _turned_over(given)
    if table.name == PAY and {"hourly_rate_base", "annual_salary_base"} <= given.keys():
        yield _other_pay(given)
    if table.name == DEALS and "outcome" in given:
        yield from _half_closed(given)
    if "period_start" in given and "period_end" in given:
        yield _inclusive(given)
    some, of = SOME_OF.get(table.name, ("", ""))
    if {some, of} <= given.keys():
        yield f"{some} should be some of {of} and is more in {{rows}}", given[some] > given[of]


def _turned_over(given: Given) -> Odd:
    """Rates the other way round: some systems list how many yen a dollar is, and convert by dividing."""
    begin, end = (sa.func.upper(given[name]) for name in ("from_ccy", "to_ccy"))
    less = sa.and_(begin.in_(SMALL), end.in_(LARGE), given["rate"] > 1)
    more = sa.and_(begin.in_(LARGE), end.in_(SMALL), given["rate"] < 1)
    return "rate should be units of to_ccy for one from_ccy and is the other way round in {rows}", sa.or_(
        less, more
    )


def _other_pay(given: Given) -> Odd:
    """What is paid for an hour given as a year's pay, or the other way round."""
    hour, year = given["hourly_rate_base"], given["annual_salary_base"]
    odd = sa.and_(hour > 0, year > 0, sa.not_(year.between(hour * HOURS[0], hour * HOURS[1])))
    return "annual_salary_base is no year of hourly_rate_base in {rows}: is either pay for another time?", odd


def _as_booked(given: Given) -> Odd:
    """Costs as a ledger has them that books income as positive; a credit note among them is rightly negative."""
    cost = given[MONEY]
    signs = sa.func.sum(sa.case((cost < 0, -1), (cost > 0, 1), else_=0))
    mostly = sa.select(signs).correlate(None).scalar_subquery()
    say = f"{MONEY} of what is spent should be positive and more rows are negative than positive: {{rows}}"
    return say, sa.and_(cost < 0, mostly < 0)


def _inclusive(given: Given) -> Odd:
    """Periods of whole months that end on a last day, not on the first day after, which is what they are read as."""
    begins, ends = (sa.extract("day", given[name]) for name in ("period_start", "period_end"))
    say = "period_end should be the first day after the period, and looks like its last day in {rows}"
    return say, sa.and_(begins == 1, ends >= LAST_DAYS)


def _wrong_signs(given: Given) -> Iterator[Odd]:
    kind = given["movement_type"]
    for name in sorted({"amount", MONEY} & given.keys()):
        amount = given[name]
        yield (
            f"{name} of contraction and churn should be negative and is not in {{rows}}",
            sa.and_(kind.in_(LOSSES), amount > 0),
        )
        yield (
            f"{name} of what is new or more should be positive and is not in {{rows}}",
            sa.and_(kind.in_(GAINS), amount < 0),
        )


def _half_closed(given: Given) -> Iterator[Odd]:
    outcome = given["outcome"]
    if MONEY in given:
        yield (
            f"{MONEY} of what is won is empty in {{rows}}, and without it a deal counts but adds nothing",
            sa.and_(outcome == "won", given[MONEY].is_(None)),
        )
    if "closed_on" in given:
        closed = given["closed_on"]
        yield (
            "closed_on should be empty while open and is not in {rows}",
            sa.and_(outcome == "open", closed.is_not(None)),
        )
        yield (
            "closed_on of what is closed is empty in {rows}, and without it a deal stays in the pipeline",
            sa.and_(outcome.in_(CLOSED), closed.is_(None)),
        )
        yield (
            "outcome of what has closed_on is empty in {rows}, and without it a deal is neither won nor lost",
            sa.and_(outcome.is_(None), closed.is_not(None)),
        )
