"""The shop for add-ons and its marketplace: carts, orders, requests, and what they earn."""
# ruff: noqa: PLR2004 - the figures of a made-up company

from __future__ import annotations

from typing import Any

import numpy as np

from metrics.demo.book import Book
from metrics.demo.clock import DAY, END, FIRST, LAST, NOTHING, Array
from metrics.demo.revenue import customers_on
from metrics.demo.store import Frame


def orders(book: Book, sessions: dict[str, Array], rng: np.random.Generator) -> tuple[Frame, Frame]:
    """Orders of the shop come from a session; those of the marketplace answer a request and earn a commission."""
    able = np.nonzero(sessions["page_views"] >= 3)[0]
    sold = np.sort(rng.choice(able, 2_300, replace=False))
    at = sessions["started_at"][sold] + sessions["engaged_seconds"][sold] // 100 + 30
    asked = np.sort(rng.integers(FIRST * DAY, (END - 1) * DAY, 1_700))
    matched = asked + (rng.lognormal(3.2, 0.9, len(asked)) * 3_600).astype(np.int64)
    matched = np.where((rng.random(len(asked)) < 0.76) & (matched < END * DAY), matched, NOTHING)
    bought = matched + (rng.exponential(3, len(asked)) * DAY).astype(np.int64)
    buys = (matched != NOTHING) & (rng.random(len(asked)) < 0.55) & (bought < END * DAY)
    ordered = np.concatenate([at, bought[buys]])
    requesters = _buyers(book, asked, rng)
    buyers = np.concatenate([_buyers(book, at, rng), requesters[buys]])
    session = np.concatenate([sessions["session_id"][sold], np.full(int(buys.sum()), NOTHING)])
    order = np.argsort(ordered, kind="stable")
    number = np.empty(len(order), dtype=np.int64)
    number[order] = np.arange(1, len(order) + 1)
    of_request = np.full(len(asked), NOTHING)
    of_request[buys] = number[len(at) :]
    columns = {"account_id": buyers, "session_id": session, "ordered_at": ordered}
    requests = {
        "request_id": np.arange(1, len(asked) + 1),
        "account_id": requesters,
        "requested_at": asked,
        "matched_at": matched,
        "order_id": of_request,
    }
    return _money({name: column[order] for name, column in columns.items()}, rng), requests


def _buyers(book: Book, seconds: Array, rng: np.random.Generator) -> Array:
    """A paying account for each moment. Moments are in order, so customers change once a week."""
    found = np.empty(len(seconds), dtype=np.int64)
    week, numbers = -1, np.empty(0, dtype=np.int64)
    for place, second in enumerate(seconds):
        if second // DAY // 7 != week:
            week = second // DAY // 7
            numbers = np.array([a.number for a in customers_on(book, min(LAST, int(second // DAY)))])
        found[place] = numbers[int(rng.integers(len(numbers)))]
    return found


def _money(columns: dict[str, Array], rng: np.random.Generator) -> Frame:
    n = len(columns["account_id"])
    gross = (rng.lognormal(6.0, 0.7, n)).astype(np.int64) * 100 + 4_900
    discount = np.where(rng.random(n) < 0.22, gross * rng.integers(5, 26, n) // 100, 0)
    refund = np.where(rng.random(n) < 0.035, gross - discount, 0)
    net = gross - discount - refund
    market = columns["session_id"] == NOTHING
    return {
        "order_id": np.arange(1, n + 1),
        **columns,
        "gross_amount_base": gross,
        "discount_base": discount,
        "refund_base": refund,
        "net_amount_base": net,
        "cogs_base": np.where(market, 0, gross * 18 // 100),
        "variable_cost_base": gross * 3 // 100,
        "commission_base": np.where(market, net * 15 // 100, NOTHING),
    }


def carts(sessions: dict[str, Array], orders: Frame, rng: np.random.Generator) -> Frame:
    """Two in three carts are abandoned; the others become the orders of the shop."""
    bought = np.nonzero(orders["session_id"] != NOTHING)[0]
    of_order = orders["session_id"][bought] - 1
    others = rng.choice(np.nonzero(sessions["page_views"] >= 2)[0], 4_900, replace=False)
    others = others[~np.isin(others, of_order)]
    session = np.concatenate([of_order, others])
    created = sessions["started_at"][session] + 10
    order_id = np.concatenate([orders["order_id"][bought], np.full(len(others), NOTHING)])
    order = np.argsort(created, kind="stable")
    visitor = sessions["visitor_id"][session]
    return {
        "cart_id": np.arange(1, len(order) + 1),
        "visitor_id": visitor[order],
        "created_at": created[order],
        "order_id": order_id[order],
    }


def earned(orders: Frame) -> list[tuple[Any, ...]]:
    """Revenue lines of the shop and commissions of the marketplace."""
    rows: list[tuple[Any, ...]] = []
    names = (
        "account_id",
        "ordered_at",
        "gross_amount_base",
        "refund_base",
        "net_amount_base",
        "commission_base",
    )
    for account, at, gross, refund, net, commission in zip(
        *(orders[name].tolist() for name in names), strict=True
    ):
        if commission == NOTHING:
            rows.append((account, at // DAY, "product", gross - refund, gross - refund - net, net))
        elif commission:
            rows.append((account, at // DAY, "other", commission, 0, commission))
    return rows
