"""Campaigns, leads, touches and credits: how the deals came about."""
# ruff: noqa: PLR2004 - the figures of a made-up company

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from metrics.demo import stories
from metrics.demo.clock import (
    FIRST,
    LAST,
    MONTHS,
    NOTHING,
    moments,
    month_start,
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
