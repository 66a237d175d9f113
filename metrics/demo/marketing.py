"""Campaigns, leads, touches and credits: how the deals came about."""
# ruff: noqa: PLR2004 - the figures of a made-up company

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from metrics.demo import stories
from metrics.demo.clock import (
    DAY,
    END,
    FIRST,
    HOUR,
    LAST,
    MONTHS,
    NOTHING,
    Array,
    Days,
    month_start,
    moments,
    stream,
)
from metrics.demo.deals import Deal
from metrics.demo.schema import identifier
from metrics.demo.store import Frame, Rows, frame

PAID = {"search": 0.42, "social": 0.24, "events": 0.22, "content": 0.07, "partner": 0.05}
"""Share of the advertising money of each channel that has campaigns."""
OBJECTIVES = ("acquisition", "acquisition", "acquisition", "expansion", "retention", "awareness", "loyalty")


Touched = dict[int, list[tuple[Any, ...]]]
"""Deal number -> its touches: account, deal, channel, campaign, second."""


def campaigns() -> list[tuple[Any, ...]]:
    """One campaign a channel and quarter, and two more for SMB while the third story runs."""
    rng = stream("campaigns")
    rows: list[tuple[Any, ...]] = []
    for quarter in range(MONTHS // 3):
        start, end = month_start(3 * quarter), month_start(3 * quarter + 3) - 1
        extra = ["search", "social"] if start >= stories.DISCOUNTS_GROW.caused[0] + 80 else []
        for place, channel in enumerate([*PAID, *extra]):
            objective = (
                "acquisition" if place >= len(PAID) else OBJECTIVES[int(rng.integers(len(OBJECTIVES)))]
            )
            if quarter < 4 and objective == "loyalty":
                objective = "awareness"
            shown = int(PAID[channel] * (1 + quarter / 9) * rng.uniform(0.8, 1.2) * 1_600_000)
            clicked = int(shown * rng.uniform(0.011, 0.024))
            rows.append(
                (len(rows) + 1, channel, objective, start, None if end >= LAST else end, shown, clicked)
            )
    return rows


def ad_spend(of: Sequence[tuple[Any, ...]]) -> list[tuple[int, int, int]]:
    """Day, campaign and cents, month by month."""
    rng = stream("ad spend")
    rows = []
    for month in range(MONTHS):
        running = [
            c for c in of if c[3] <= month_start(month) and (c[4] is None or c[4] >= month_start(month))
        ]
        money = 78_000 * 1.022**month
        for place, campaign in enumerate(running):
            share = PAID[campaign[1]] * (0.9 if place >= len(PAID) else 1.0)
            rows.append(
                (month_start(month + 1) - 1, campaign[0], int(money * share * rng.uniform(0.9, 1.1)) * 100)
            )
    return rows


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
    return (FIRST + (share - low) / (1 - low) * (END - FIRST - 1)).astype(np.int64)


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


def touches(deals: Sequence[Deal], campaign: dict[int, int]) -> Touched:
    """Deal number -> its touches (account, deal, channel, campaign, second), in order of time."""
    rng = stream("touches")
    found: Touched = {}
    for deal in deals:
        until = min(deal.closes, LAST)
        times = np.sort(
            rng.integers(max(FIRST, deal.created - 12), max(FIRST, until) + 1, 2 + int(rng.poisson(2.4)))
        )
        channels = rng.choice(["sales", "marketing", "service"], len(times), p=[0.5, 0.36, 0.14])
        if deal.lead is not None:
            channels[0] = "marketing"
        rows = []
        for place, (second, channel) in enumerate(zip(moments(times, rng), channels, strict=True)):
            brought = campaign.get(deal.lead or 0) if place == 0 else None
            account = deal.account.number if deal.account else None
            rows.append(
                (account, deal.number, str(channel), None if brought == NOTHING else brought, int(second))
            )
        found[deal.number] = sorted(rows, key=lambda row: row[4])
    return found


def touch_table(found: Touched) -> Frame:
    """All touches, numbered in order of time."""
    rows = sorted((row for rows in found.values() for row in rows), key=lambda row: (row[4], row[1]))
    return frame("touches", [(number, *row) for number, row in enumerate(rows, 1)])


def credits_of(deals: Sequence[Deal], touched: Touched, orders: Rows) -> Frame:
    """Credits of every won deal and every order (number, account, day, cents): actioned ones add up to it."""
    rng = stream("credits")
    rows: list[tuple[Any, ...]] = []
    for deal in deals:
        if deal.state == "won" and deal.closes >= FIRST and deal.account is not None:
            channels = list(dict.fromkeys(row[2] for row in touched[deal.number]))
            key = identifier("O5", deal.number)
            rows += _credits(key, deal.account.number, channels, deal.closes, deal.amount * 100, rng)
    for number, account, on, cents in orders:
        channels = ["marketing"] if rng.random() < 0.7 else ["service", "marketing"]
        rows += _credits(identifier("OR5", number), account, channels, on, cents, rng)
    rows.sort(key=lambda row: (row[4], row[0]))
    return frame("revenue_credits", [(number, *row) for number, row in enumerate(rows, 1)])


def _credits(
    key: str, account: int, channels: list[str], on: int, cents: int, rng: np.random.Generator
) -> list[tuple[Any, ...]]:
    main, *rest = channels
    aside = int(cents * rng.uniform(0.15, 0.4)) if rest else 0
    shares = [(main, cents - aside)] + ([(rest[0], aside)] if rest else [])
    actioned = [(key, account, channel, "actioned", on, share) for channel, share in shares]
    return actioned + [(key, account, channel, "touched", on, cents) for channel in channels]
