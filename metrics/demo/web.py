"""The web site and its shop for add-ons: sessions, page views, carts, orders, requests on the marketplace."""
# ruff: noqa: PLR2004 - the figures of a made-up company

from __future__ import annotations

from typing import Any

import numpy as np

from metrics.demo.clock import DAY, END, FIRST, LAST, NOTHING, Array, stream
from metrics.demo.ledger import Book
from metrics.demo.revenue import customers_on
from metrics.demo.store import Frame

PAGES = np.array(
    ["/", "/product", "/pricing", "/blog", "/customers", "/shop", "/shop/templates", "/contact"], dtype=object
)
LANDING = [0.3, 0.13, 0.1, 0.28, 0.05, 0.07, 0.05, 0.02]
SESSIONS = 120_000


def tables(book: Book) -> dict[str, Frame]:
    """Everything that happens on the site."""
    rng = stream("web")
    sessions = _sessions(rng)
    views = _views(sessions, rng)
    orders, requests = _orders(book, sessions, rng)
    carts = _carts(sessions, orders, rng)
    sessions["key_events"] = _key_events(sessions, orders, rng)
    return {
        "web_sessions": sessions,
        "page_views": views,
        "carts": carts,
        "orders": orders,
        "requests": requests,
    }


def _sessions(rng: np.random.Generator) -> dict[str, Array]:
    """Sessions in order of time, more each month; a visitor comes 1.6 times on average."""
    share = np.sort(np.sqrt(rng.uniform(0.2, 1.0, SESSIONS)))
    low = np.sqrt(0.2)
    started = FIRST * DAY + ((share - low) / (1 - low) * ((END - FIRST) * DAY - 7200)).astype(np.int64)
    bounced = rng.random(SESSIONS) < 0.46
    views = np.where(bounced, 1, 1 + rng.geometric(0.42, SESSIONS))
    views = np.minimum(views, 14)
    seconds = np.where(bounced, rng.exponential(14, SESSIONS), rng.lognormal(3.9, 0.9, SESSIONS) + 5 * views)
    return {
        "session_id": np.arange(1, SESSIONS + 1),
        "visitor_id": _visitors(rng),
        "started_at": started,
        "page_views": views,
        "engaged_seconds": np.minimum(seconds, 3_000).astype(np.int64) * 100,
        "max_scroll_pct": (np.clip(rng.beta(2.2, 1.6, SESSIONS), 0.03, 1) * 100).astype(np.int64) * 100,
        "key_events": np.zeros(SESSIONS, dtype=np.int64),
        "landing_page": PAGES[rng.choice(len(PAGES), SESSIONS, p=LANDING)],
        "exit_page": PAGES[np.zeros(SESSIONS, dtype=np.int64)],
        "load_ms": np.clip(rng.lognormal(7.2, 0.42, SESSIONS), 250, 15_000).astype(np.int64),
    }


def _visitors(rng: np.random.Generator) -> Array:
    """A session is of a new visitor, or of one of the last few thousand sessions."""
    fresh = rng.random(SESSIONS) < 0.62
    fresh[0] = True
    number = fresh.cumsum()
    back = number - 1 - (rng.random(SESSIONS) * np.minimum(number - 1, 2_500)).astype(np.int64)
    return np.where(fresh, number, np.maximum(1, back))


def _views(sessions: dict[str, Array], rng: np.random.Generator) -> Frame:
    """As many page views as a session says, from its landing page on; sets the exit page and takes its first load time."""
    counts = sessions["page_views"]
    n = int(counts.sum())
    firsts = np.concatenate([[0], counts.cumsum()[:-1]])
    page = PAGES[rng.choice(len(PAGES), n, p=[0.1, 0.2, 0.2, 0.16, 0.1, 0.12, 0.07, 0.05])]
    page[firsts] = sessions["landing_page"]
    sessions["exit_page"] = page[counts.cumsum() - 1]
    load = np.clip(rng.lognormal(6.9, 0.42, n), 150, 15_000).astype(np.int64)
    load[firsts] = sessions["load_ms"]
    place = np.arange(n) - np.repeat(firsts, counts)
    step = np.repeat(sessions["engaged_seconds"] // 100 // counts + 1, counts)
    return {
        "view_id": np.arange(1, n + 1),
        "session_id": np.repeat(sessions["session_id"], counts),
        "page": page,
        "viewed_at": np.repeat(sessions["started_at"], counts) + place * step,
        "load_ms": load,
    }


def _orders(book: Book, sessions: dict[str, Array], rng: np.random.Generator) -> tuple[Frame, Frame]:
    """Orders of the shop come from a session; those of the marketplace answer a request and earn a commission."""
    able = np.nonzero(sessions["page_views"] >= 3)[0]
    shop = np.sort(rng.choice(able, 2_300, replace=False))
    at = sessions["started_at"][shop] + sessions["engaged_seconds"][shop] // 100 + 30
    asked = np.sort(rng.integers(FIRST * DAY, (END - 1) * DAY, 1_700))
    matched = asked + (rng.lognormal(3.2, 0.9, len(asked)) * 3_600).astype(np.int64)
    matched = np.where((rng.random(len(asked)) < 0.76) & (matched < END * DAY), matched, NOTHING)
    bought = matched + (rng.exponential(3, len(asked)) * DAY).astype(np.int64)
    buys = (matched != NOTHING) & (rng.random(len(asked)) < 0.55) & (bought < END * DAY)
    ordered = np.concatenate([at, bought[buys]])
    requesters = _buyers(book, asked, rng)
    buyers = np.concatenate([_buyers(book, at, rng), requesters[buys]])
    session = np.concatenate([sessions["session_id"][shop], np.full(int(buys.sum()), NOTHING)])
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


def _carts(sessions: dict[str, Array], orders: Frame, rng: np.random.Generator) -> Frame:
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


def _key_events(sessions: dict[str, Array], orders: Frame, rng: np.random.Generator) -> Array:
    """An order is a key event; so are requests for a demo, in one session of fifty."""
    found = (rng.random(SESSIONS) < 0.02).astype(np.int64)
    np.add.at(found, orders["session_id"][orders["session_id"] != NOTHING] - 1, 1)
    return found


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
