"""A ledger in several currencies as it is in the reporting one: the naive way."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from tests.oracle.book import known_day, number
from tests.oracle.company import Cell, Row, Tables

HOME = "USD"


def in_home_currency(tables: Tables) -> Tables:
    """The tables with a ledger that has ``amount_base``, where it has none.

    A movement is worth its amount at the rate of its day. What its account paid before is worth what it is then: the
    difference is a movement of its own.
    """
    ledger = tables["mrr_movements"]
    if not ledger or "amount_base" in ledger[0]:
        return tables
    found: list[Row] = []
    for own in {(row["account_id"], row["currency"]) for row in ledger}:
        paid, last = Fraction(0), Fraction(1)
        rows = [row for row in ledger if (row["account_id"], row["currency"]) == own]
        for row in sorted(rows, key=lambda row: known_day(row["effective_on"])):
            rate = rate_on(tables["fx_rates"], own[1], known_day(row["effective_on"]))
            if paid * (rate - last):
                found.append({**row, "movement_type": "fx", "amount_base": paid * (rate - last)})
            found.append({**row, "amount_base": number(row["amount"]) * rate})
            paid, last = paid + number(row["amount"]), rate
    return {**tables, "mrr_movements": found}


def rate_on(rates: list[Row], currency: Cell, day: date) -> Fraction:
    """The last rate known on a day; the first one before there was any."""
    if currency == HOME:
        return Fraction(1)
    own = [row for row in rates if row["from_ccy"] == currency and row["to_ccy"] == HOME]
    own.sort(key=lambda row: known_day(row["rate_day"]))
    known = [row for row in own if known_day(row["rate_day"]) <= day]
    return number((known or own[:1])[-1]["rate"])
