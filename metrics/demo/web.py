"""The web site: sessions and page views."""
# ruff: noqa: PLR2004 - the figures of a made-up company

from __future__ import annotations

import numpy as np

from metrics.demo import shop
from metrics.demo.book import Book
from metrics.demo.clock import DAY, END, FIRST, NOTHING, Array, stream
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
    orders, requests = shop.orders(book, sessions, rng)
    carts = shop.carts(sessions, orders, rng)
    sessions["key_events"] = _key_events(orders, rng)
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
    """As many page views as a session says, from its landing page on; sets its exit page."""
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


def _key_events(orders: Frame, rng: np.random.Generator) -> Array:
    """An order is a key event; so are requests for a demo, in one session of fifty."""
    found = (rng.random(SESSIONS) < 0.02).astype(np.int64)
    np.add.at(found, orders["session_id"][orders["session_id"] != NOTHING] - 1, 1)
    return found
