"""Costs, cash, currencies and the calendar: what the company spends, and what it has left."""
# ruff: noqa: PLR2004 - the figures of a made-up company

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from metrics.demo import stories
from metrics.demo.clock import (
    END,
    FIRST,
    LAST,
    MONTHS,
    Array,
    Days,
    day,
    is_business_day,
    month_of,
    month_start,
    stream,
)
from metrics.demo.deals import Deal
from metrics.demo.staff import SELLING, Staff
from metrics.demo.store import Frame, frame, texts

LINES = {"Support": "cogs", "Customer Success": "cogs", "RevOps": "sales", "Marketing": "marketing"}
LINES |= dict.fromkeys(SELLING, "sales") | {"Product": "rnd", "Engineering": "rnd"}
LINES |= {"Finance": "gna", "People": "gna", "Executive": "gna"}
OPENING_CASH, ROUND = 2_300_000_000, 3_000_000_000
"""Cents: in the bank when 2023 begins, and raised in March 2024."""
ONCOST = 117
"""Payroll in percent of pay: with what the employer pays on top."""


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


def costs(
    staff: Staff,
    deals: Sequence[Deal],
    earned: Array,
    spent: Sequence[tuple[int, int, int]],
    frames: dict[str, Frame],
) -> list[tuple[Any, ...]]:
    """Cost lines (day, line, nature, department, campaign, variable, cents). ``earned``: list revenue by month."""
    rows: list[tuple[Any, ...]] = []
    for month in range(MONTHS):
        on = month_start(month + 1) - 1
        heads = _payroll(staff, month, on, rows)
        _sales_costs(deals, month, on, rows)
        _running_costs(month, on, heads, int(earned[month]), rows)
    rows += [
        (on, "marketing", "ad_spend", "Marketing", campaign, True, cents) for on, campaign, cents in spent
    ]
    rows += _hiring_costs(frames["requisitions"])
    rows += _by_month(
        frames["trainings"]["completed_on"], frames["trainings"]["cost_base"], "gna", "training", "People"
    )
    orders = frames["orders"]
    ordered = orders["ordered_at"] // 86_400
    rows += _by_month(ordered, orders["cogs_base"], "cogs", "other", None, variable=True)
    rows += _by_month(ordered, orders["variable_cost_base"], "cogs", "other", None, variable=True)
    return sorted(rows, key=lambda row: (row[0], row[1], row[2], row[3] or "", row[4] or 0))


def _payroll(staff: Staff, month: int, on: int, rows: list[tuple[Any, ...]]) -> dict[str, int]:
    """One line a department; contractors are other costs of theirs. Returns the heads by department."""
    first = month_start(month)
    paid: dict[tuple[str, str], int] = {}
    heads: dict[str, int] = {}
    for worker in staff.workers:
        if worker.hired > on or (worker.left is not None and worker.left < first):
            continue
        until = on if worker.left is None else min(on, worker.left)
        job = worker.job_on(until)
        days = until - max(first, worker.hired) + 1
        yearly = [pay for since, pay, _ in worker.pay if since <= until][-1]
        nature = "other" if worker.kind == "contractor" else "payroll"
        cents = yearly * ONCOST * job.fte * days // (12 * 100 * (on - first + 1))
        key = (job.unit.department, nature)
        paid[key] = paid.get(key, 0) + cents
        heads[job.unit.department] = heads.get(job.unit.department, 0) + 1
    rows += [
        (on, LINES[dept], nature, dept, None, False, cents) for (dept, nature), cents in sorted(paid.items())
    ]
    return heads


def _sales_costs(deals: Sequence[Deal], month: int, on: int, rows: list[tuple[Any, ...]]) -> None:
    """Commission: a tenth of what sellers won in the month."""
    for department in SELLING:
        won = sum(
            d.amount
            for d in deals
            if d.state == "won"
            and d.kind != "renewal"
            and d.region == department
            and month_of(d.closes) == month
        )
        if won:
            rows.append((on, "sales", "commission", department, None, True, won * 10))


def _running_costs(
    month: int, on: int, heads: dict[str, int], earned: int, rows: list[tuple[Any, ...]]
) -> None:
    """Hosting and licences follow what customers use, that is list revenue; the rest follows heads and time.

    In the third story a first line of support is bought in for the many small customers.
    """
    rng = stream(f"costs {month}")
    rows.append((on, "cogs", "tools", None, None, True, int(earned * rng.uniform(0.074, 0.08))))
    outsourced = 0.035 if month_start(month) >= stories.DISCOUNTS_GROW.follows[0] else 0.0
    rows.append(
        (on, "cogs", "other", "Support", None, True, int(earned * (rng.uniform(0.022, 0.026) + outsourced)))
    )
    rows += [
        (on, LINES[dept], "tools", dept, None, False, n * int(rng.integers(26_000, 34_000)))
        for dept, n in sorted(heads.items())
    ]
    everybody = sum(heads.values())
    rows.append((on, "gna", "rent", None, None, False, everybody * 43_000 + 900_000))
    rows.append(
        (
            on,
            "gna",
            "other",
            "Finance",
            None,
            False,
            int(rng.integers(4_500_000, 6_000_000)) + 330_000 * month,
        )
    )
    rows.append(
        (
            on,
            "rnd",
            "other",
            "Engineering",
            None,
            False,
            int(rng.integers(9_000_000, 12_000_000)) + 550_000 * month,
        )
    )
    rows.append(
        (on, "sales", "other", None, None, False, int(rng.integers(2_500_000, 4_000_000)) + 60_000 * month)
    )
    rows.append((on, "below_line", "depreciation", None, None, False, everybody * 9_000))
    rows.append((on, "below_line", "amortisation", None, None, False, 1_100_000))
    rows.append((on, "below_line", "interest", None, None, False, 1_850_000))
    if month % 3 == 2:
        rows.append((on, "below_line", "tax", None, None, False, int(rng.integers(2_000_000, 3_500_000))))


def _hiring_costs(requisitions: Frame) -> list[tuple[Any, ...]]:
    """Each opening filled from outside costs work inside, and one in three an agency."""
    rng = stream("hiring costs")
    rows: list[tuple[Any, ...]] = []
    for on, filled in zip(requisitions["accepted_on"], requisitions["filled_by"], strict=True):
        inside, agency = int(rng.integers(140_000, 320_000)), int(rng.integers(900_000, 1_900_000))
        if filled == "external" and FIRST <= on <= LAST:
            rows.append((int(on), "gna", "recruiting_internal", "People", None, False, inside))
            if rng.random() < 0.33:
                rows.append((int(on), "gna", "recruiting_external", "People", None, False, agency))
    return rows


def _by_month(
    days: Array, cents: Array, line: str, nature: str, department: str | None, *, variable: bool = False
) -> list[tuple[Any, ...]]:
    """The sum of amounts by month, on its last day."""
    rows: list[tuple[Any, ...]] = []
    for month in range(MONTHS):
        first, end = month_start(month), month_start(month + 1)
        total = int(cents[(days >= first) & (days < end)].sum())
        if total:
            rows.append((end - 1, line, nature, department, None, variable, total))
    return rows


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
    shop = _by_month(orders["ordered_at"] // 86_400, net, "", "", None)
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
    flows.sort(key=lambda flow: (flow[0], flow[1], flow[2]))
    days = np.array([flow[0] for flow in flows])
    cents = np.array([flow[2] for flow in flows])
    closing = cents.cumsum()
    last = np.append(days[1:] != days[:-1], True)  # noqa: FBT003 - the last flow closes its day
    balances = [int(c) if is_last else None for c, is_last in zip(closing, last, strict=True)]
    rows = [
        (number, *flow, balance)
        for number, (flow, balance) in enumerate(zip(flows, balances, strict=True), 1)
    ]
    return frame("cash_flows", rows)
