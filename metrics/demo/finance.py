"""Currencies, the calendar, and cash: what comes in, what goes out, what is left."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from metrics.demo.clock import (
    DAY,
    END,
    FIRST,
    LAST,
    Days,
    day,
    is_business_day,
    month_of,
    month_start,
    stream,
)
from metrics.demo.costs import by_month
from metrics.demo.store import Frame, frame, texts

OPENING_CASH, ROUND = 2_300_000_000, 2_300_000_000
"""Cents: in the bank when 2023 begins, and raised in March 2024."""


def pounds() -> Days:
    """Dollars for a pound, in millionths, day by day since 2023: a slow walk around 1.25, made up."""
    steps = stream("fx").normal(0, 0.0035, END - FIRST)
    level = np.empty(END - FIRST)
    now = 1.21
    for place, step in enumerate(steps):
        now += step + (1.26 - now) * 0.006
        level[place] = now
    return (level * 10_000).astype(np.int64) * 100


def rates(of_pounds: Days) -> Frame:
    """The table `fx_rates`: pounds and euros in dollars."""
    days = np.arange(FIRST, END)
    euros = (of_pounds * 0.865).astype(np.int64) // 100 * 100
    both = {"GBP": of_pounds, "EUR": euros}
    return {
        "rate_day": np.concatenate([days] * 2),
        "from_ccy": texts(name for name in both for _ in days),
        "to_ccy": texts(["USD"] * (2 * len(days))),
        "rate": np.concatenate(list(both.values())),
    }


def calendar() -> Frame:
    """The table `calendar`: every day from 2022 to 2026."""
    days = np.arange(day(2022, 1, 1), day(2027, 1, 1))
    months = [month_of(int(d)) for d in days]
    return {
        "day": days,
        "is_business_day": is_business_day(days).astype(np.int64),
        "month_start": np.array([month_start(m) for m in months]),
        "fiscal_quarter": texts(f"FY{2023 + m // 12}-Q{m % 12 // 3 + 1}" for m in months),
        "fiscal_year": texts(f"FY{2023 + m // 12}" for m in months),
    }


def cash(paid: Sequence[tuple[Any, ...]], of_costs: Sequence[tuple[Any, ...]], orders: Frame) -> Frame:
    """Cash: what customers pay and what the company pays, a round in 2024, equipment; closing balance by day."""
    rng = stream("cash")
    flows: list[tuple[int, str, int]] = [
        (FIRST - 1, "financing", OPENING_CASH),
        (day(2024, 3, 14), "financing", ROUND),
    ]
    flows += [(on, "operating", cents) for *_, on, cents, _ in paid if on is not None and on >= FIRST]
    net = orders["net_amount_base"] - np.where(
        orders["commission_base"] > 0, orders["net_amount_base"] - orders["commission_base"], 0
    )
    shop = by_month(orders["ordered_at"] // DAY, net, "", "", None)
    flows += [(row[0], "operating", row[6]) for row in shop]
    for on, _, nature, *_, cents in of_costs:
        if nature in {"depreciation", "amortisation"}:
            continue
        pays = on if nature == "payroll" else on + 9
        if pays <= LAST:
            flows.append((pays, "operating", -cents))
    flows += [
        (month_start(3 * q) + 19, "investing", -int(rng.integers(5_000_000, 14_000_000))) for q in range(12)
    ]
    return _balanced(flows)


def _balanced(flows: list[tuple[int, str, int]]) -> Frame:
    """Cash flows in order, with the closing balance on each day's last one."""
    flows.sort(key=lambda flow: (flow[0], flow[1], flow[2]))
    days = np.array([flow[0] for flow in flows])
    cents = np.array([flow[2] for flow in flows])
    closing = cents.cumsum()
    last = np.append(days[1:] != days[:-1], True)
    balances = [int(c) if is_last else None for c, is_last in zip(closing, last, strict=True)]
    rows = [
        (number, *flow, balance)
        for number, (flow, balance) in enumerate(zip(flows, balances, strict=True), 1)
    ]
    return frame("cash_flows", rows)
