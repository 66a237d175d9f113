"""Rows about customers: accounts, what they pay a month, references, surveys, orders and requests."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from tests.oracle.company import Draw, Row, Tables

CURRENCIES = ("USD", "EUR", "USD", "GBP")


def accounts(draw: Draw, tables: Tables) -> list[Row]:
    """A dozen accounts at most; a few are our own, some never paid."""
    return [
        {
            "account_id": f"a{i}",
            "segment": draw.of("small", "large", None),
            "channel": draw.of("web", "partner", None),
            "first_paid_on": draw.of(None, draw.day(), draw.day()),
            "loyalty_joined_on": draw.of(None, draw.day(), draw.day()),
            "is_internal": draw.of(False, False, False, False, None, True),
        }
        for i in range(min(draw.count(), 12))
    ]


def mrr_movements(draw: Draw, tables: Tables) -> list[Row]:
    """Each account's ledger: new, then ups and downs, at times to nothing and back, at times twice in a day."""
    rows: list[Row] = []
    for account in tables["accounts"]:
        paid, day, kind = Decimal(0), draw.day(), "new"
        for _ in range(draw.of(0, 1, 1, 2, 3, 4, 6)):
            if kind in ("new", "reactivation"):
                change = draw.money(1, 900) or Decimal(10)
            elif kind == "churn":
                change = -paid
            elif kind == "contraction":
                change = -(paid * draw.whole(1, 9) / 10).quantize(Decimal("0.01"))
            else:
                change = draw.money(1, 300) * (draw.of(1, -1) if kind == "fx" else 1)
                change = max(change, -paid / 2).quantize(Decimal("0.01"))
            rows.append(_movement(account, len(rows), day, kind, change))
            paid += change
            day += timedelta(days=draw.of(0, 0, 1, 28, draw.whole(1, 90)))
            kind = "reactivation" if not paid else draw.of("churn", "churn", "expansion", "contraction", "fx")
    draw.random.shuffle(rows)
    return rows


def _movement(account: Row, i: int, day: date, kind: str, change: Decimal) -> Row:
    return {
        "movement_id": f"m{i}",
        "account_id": account["account_id"],
        "effective_on": day,
        "movement_type": kind,
        "amount": change,
        "currency": CURRENCIES[int(str(account["account_id"])[1:]) % len(CURRENCIES)],
        "amount_base": change,
    }


def account_references(draw: Draw, tables: Tables) -> list[Row]:
    """Agreements, some withdrawn, some made twice."""
    rows: list[Row] = []
    for _ in range(min(draw.count(), 8) if tables["accounts"] else 0):
        agreed = draw.day()
        rows.append(
            {
                "account_id": draw.key(tables["accounts"], "account_id"),
                "agreed_on": agreed,
                "withdrawn_on": draw.of(None, agreed + draw.days(0, 90)),
            }
        )
    return list({(row["account_id"], row["agreed_on"]): row for row in rows}.values())


def orders(draw: Draw, tables: Tables) -> list[Row]:
    """Orders with discounts and refunds, at times of more than the order; some without a session."""
    rows: list[Row] = []
    for i in range(draw.count()):
        gross = draw.money()
        discount, refund = (
            draw.of(None, Decimal(0), (gross / 10).quantize(Decimal("0.01"))),
            draw.of(None, Decimal(0), gross),
        )
        rows.append(
            {
                "order_id": f"o{i}",
                "account_id": draw.key(tables["accounts"], "account_id", 0.2),
                "session_id": draw.key(tables["web_sessions"], "session_id", 0.3),
                "ordered_at": draw.moment(),
                "gross_amount_base": gross,
                "discount_base": discount,
                "refund_base": refund,
                "commission_base": draw.of(None, Decimal(0), (gross / 8).quantize(Decimal("0.01"))),
            }
        )
    return rows


def carts(draw: Draw, tables: Tables) -> list[Row]:
    """Carts, some of which became orders."""
    return [
        {
            "cart_id": f"c{i}",
            "visitor_id": draw.of("v1", "v2", None),
            "created_at": draw.moment(),
            "order_id": draw.key(tables["orders"], "order_id", 0.5),
        }
        for i in range(draw.count())
    ]


def requests(draw: Draw, tables: Tables) -> list[Row]:
    """Requests of buyers: matched at once, in time, late or never."""
    rows: list[Row] = []
    for i in range(draw.count()):
        asked = draw.moment()
        rows.append(
            {
                "request_id": f"r{i}",
                "account_id": draw.key(tables["accounts"], "account_id", 0.1),
                "requested_at": asked,
                "matched_at": draw.of(None, draw.later(asked, 1), draw.later(asked, 3)),
            }
        )
    return rows


def fx_rates(draw: Draw, tables: Tables) -> list[Row]:
    """Rates of some days, to the reporting currency and to another."""
    rows: dict[tuple[object, ...], Row] = {}
    for currency in ("EUR", "GBP"):
        for i in range(draw.whole(1, 8)):
            row: Row = {
                "rate_day": draw.day(),
                "from_ccy": currency,
                "to_ccy": "USD" if i == 0 else draw.of("USD", "USD", "CHF"),
                "rate": Decimal(draw.whole(5_000, 20_000)) / 10_000,
            }
            rows[row["rate_day"], currency, row["to_ccy"]] = row
    return list(rows.values())
