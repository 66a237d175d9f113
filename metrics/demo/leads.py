"""Leads: those that became deals, and the many that did not."""
# ruff: noqa: PLR2004 - the figures of a made-up company

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from metrics.demo.clock import DAY, END, FIRST, HOUR, LAST, NOTHING, Array, Days, stream
from metrics.demo.deals import Deal
from metrics.demo.marketing import PAID
from metrics.demo.store import Frame


def leads(deals: Sequence[Deal], of: Sequence[tuple[Any, ...]]) -> Frame:
    """Those that became deals, and fourteen times as many that did not."""
    rng = stream("leads")
    inbound = [d for d in deals if _inbound(d) and rng.random() < 0.8]
    lags = np.maximum(1, rng.lognormal(2.3, 0.7, len(inbound))).astype(np.int64)
    came = np.array([d.created for d in inbound], dtype=np.int64) - lags
    kept = came >= FIRST
    taken = [deal for deal, keep in zip(inbound, kept, strict=True) if keep]
    others = _other_days(rng, 25_000 - len(taken))
    days = np.concatenate([came[kept], others])
    order = np.argsort(days, kind="stable")
    number = np.empty(len(days), dtype=np.int64)
    number[order] = np.arange(1, len(days) + 1)
    for deal, lead in zip(taken, number, strict=False):
        deal.lead = int(lead)
    found = _funnel(days, taken, rng)
    found["campaign_id"] = _campaigns(days, [d.account.channel if d.account else "" for d in taken], of, rng)
    return {"lead_id": np.arange(1, len(days) + 1)} | {name: column[order] for name, column in found.items()}


def _inbound(deal: Deal) -> bool:
    return deal.kind == "new" and deal.account is not None and deal.account.channel != "outbound"


def _other_days(rng: np.random.Generator, how_many: int) -> Days:
    """More each month: the day a lead comes is drawn from a rising line."""
    share = np.sqrt(rng.uniform(0.22, 1.0, how_many))
    low = np.sqrt(0.22)
    return np.asarray(FIRST + (share - low) / (1 - low) * (END - FIRST - 1), dtype=np.int64)


def _funnel(days: Days, taken: Sequence[Deal], rng: np.random.Generator) -> dict[str, Array]:
    n, won = len(days), len(taken)
    became = np.arange(n) < won
    created = days * DAY + rng.integers(0, DAY - HOUR, n)
    opened = np.full(n, NOTHING)
    opened[:won] = [d.created * DAY + 23 * HOUR for d in taken]
    customer = np.full(n, NOTHING)
    customer[:won] = [d.closes * DAY + 17 * HOUR if d.state == "won" else NOTHING for d in taken]
    until = np.where(became, opened, created + 40 * DAY)
    share = np.sort(rng.uniform(0.05, 0.95, (2, n)), axis=0)
    mql = created + ((until - created) * share[0]).astype(np.int64)
    judged = created + ((until - created) * share[1]).astype(np.int64)
    qualified = became | (rng.random(n) < 0.30)
    dice = rng.random(n)
    accepted = became | (qualified & (dice < 0.27))
    rejected = qualified & ~accepted & (dice < 0.72)
    answered = created + (rng.lognormal(3.85, 1.15, n) * 60).astype(np.int64)
    silent = ~became & (rng.random(n) < 0.13)
    answered = np.where(became, np.minimum(answered, opened), answered)
    account = np.full(n, NOTHING)
    account[:won] = [d.account.number if d.account else NOTHING for d in taken]
    found = {
        "account_id": account,
        "created_at": created,
        "mql_at": np.where(qualified, mql, NOTHING),
        "sql_at": np.where(accepted, judged, NOTHING),
        "sales_rejected_at": np.where(rejected, judged, NOTHING),
        "first_human_response_at": np.where(silent, NOTHING, answered),
        "opportunity_created_at": opened,
        "customer_at": customer,
    }
    return {
        name: np.where(column >= END * DAY, NOTHING, column) if "_at" in name else column
        for name, column in found.items()
    }


def _campaigns(
    days: Days, channels: Sequence[str], of: Sequence[tuple[Any, ...]], rng: np.random.Generator
) -> Array:
    """The campaign that brought each lead: one of its channel running that day, or none."""
    names = list(PAID)
    drawn = rng.choice(len(names) + 1, len(days), p=[0.3, 0.17, 0.14, 0.12, 0.07, 0.2])
    drawn[: len(channels)] = [names.index(c) if c in PAID else len(names) for c in channels]
    found = np.full(len(days), NOTHING)
    for number, channel, _, start, end, *_ in of:
        running = (days >= start) & (days <= (LAST if end is None else end))
        found[
            running & (drawn == names.index(channel)) & ((found == NOTHING) | (rng.random(len(days)) < 0.35))
        ] = number
    return found
