"""Support tickets of customers, answered by the agents who were there."""
# ruff: noqa: PLR2004 - the figures of a made-up company

from __future__ import annotations

import numpy as np

from metrics.demo import stories
from metrics.demo.book import Book
from metrics.demo.clock import DAY, END, HOUR, LAST, MONTHS, NOTHING, Array, month_start, months_of, stream
from metrics.demo.revenue import paid_days
from metrics.demo.staff import Staff
from metrics.demo.store import Frame

MONTHLY = {"SMB": 1.1, "Mid-Market": 1.7, "Enterprise": 2.9}
"""Tickets of an account in a month."""


def tickets(book: Book, staff: Staff) -> Frame:
    """The table `tickets`, in order of time. Discounted customers ask more, as the third story has it."""
    rng = stream("tickets")
    found, starts, ends = paid_days(book)
    cheap = np.array([a.segment == stories.DISCOUNTS_GROW.where and a.discount > 0.18 for a in found])
    often = np.array([MONTHLY[a.segment] for a in found]) * np.where(cheap, 1.5, 1.0) / 30.4
    counts = rng.poisson(often * np.maximum(0, ends - starts + 1))
    who = np.repeat(np.arange(len(found)), counts)
    days = starts[who] + (rng.random(len(who)) * (ends - starts + 1)[who]).astype(np.int64)
    order = np.argsort(days, kind="stable")
    who, days = who[order], days[order]
    n = len(who)
    created = np.sort(days * DAY + rng.integers(6 * HOUR, 21 * HOUR, n))
    answered = created + (rng.lognormal(3.9, 0.9, n) * 60).astype(np.int64)
    taken = np.minimum(rng.lognormal(2.75, 0.95, n), 24 * 24)
    resolved = answered + (taken * HOUR).astype(np.int64)
    replies = np.where(rng.random(n) < 0.72, 0, 1 + rng.poisson(1.1, n))
    reopened = np.where(rng.random(n) < 0.062, 1 + (rng.random(n) < 0.12), 0)
    open_still = resolved >= END * DAY
    return {
        "ticket_id": np.arange(1, n + 1),
        "account_id": np.array([a.number for a in found])[who],
        "assignee_id": _assignees(staff, created // DAY, np.minimum(resolved // DAY, LAST), rng),
        "created_at": created,
        "first_response_at": np.where(answered >= END * DAY, NOTHING, answered),
        "resolved_at": np.where(open_still, NOTHING, resolved),
        "customer_replies": replies,
        "reopened_count": np.where(open_still, 0, reopened),
        "escalated": (rng.random(n) < 0.085).astype(np.int64),
    }


def _assignees(staff: Staff, created: Array, resolved: Array, rng: np.random.Generator) -> Array:
    """An agent who was in support when the ticket came, and still employed when it was resolved."""
    chosen = np.zeros(len(created), dtype=np.int64)
    months = months_of(created)
    for month in range(MONTHS):
        first, last = month_start(month), month_start(month + 1) - 1
        rows = np.nonzero(months == month)[0]
        agents = [w for w in staff.doing("support_agent", first) if w.does("support_agent", last)]
        stay = [w for w in agents if w.left is None or w.left > last + 45]
        pick = rng.integers(0, len(agents), len(rows))
        safe = rng.integers(0, len(stay), len(rows))
        until = np.array([END if w.left is None else w.left for w in agents])[pick]
        numbers = np.array([w.number for w in agents])[pick]
        chosen[rows] = np.where(until >= resolved[rows], numbers, np.array([w.number for w in stay])[safe])
    return chosen
