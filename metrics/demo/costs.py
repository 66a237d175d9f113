"""What the company spends: payroll, commission, hosting, advertising, hiring, and the rest."""
# ruff: noqa: PLR2004 - the figures of a made-up company

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from metrics.demo import stories
from metrics.demo.clock import DAY, FIRST, LAST, MONTHS, Array, month_of, month_start, stream
from metrics.demo.deals import Deal
from metrics.demo.staff import SELLING, Staff
from metrics.demo.store import Frame

LINES = {"Support": "cogs", "Customer Success": "cogs", "RevOps": "sales", "Marketing": "marketing"}
LINES |= dict.fromkeys(SELLING, "sales") | {"Product": "rnd", "Engineering": "rnd"}
LINES |= {"Finance": "gna", "People": "gna", "Executive": "gna"}
ONCOST = 117
"""Payroll in percent of pay: with what the employer pays on top."""


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
    rows += by_month(
        frames["trainings"]["completed_on"], frames["trainings"]["cost_base"], "gna", "training", "People"
    )
    orders = frames["orders"]
    ordered = orders["ordered_at"] // DAY
    rows += by_month(ordered, orders["cogs_base"], "cogs", "other", None, variable=True)
    rows += by_month(ordered, orders["variable_cost_base"], "cogs", "other", None, variable=True)
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
    everybody = sum(heads.values())
    outsourced = 0.035 if month_start(month) >= stories.DISCOUNTS_GROW.follows[0] else 0.0
    plan = [
        ("cogs", "tools", None, True, int(earned * rng.uniform(0.074, 0.08))),
        ("cogs", "other", None, True, int(earned * rng.uniform(0.022, 0.026))),
        ("cogs", "other", "Support", True, int(earned * outsourced)),
        ("gna", "rent", None, False, everybody * 43_000 + 900_000),
        ("gna", "other", "Finance", False, int(rng.integers(4_500_000, 6_000_000)) + 330_000 * month),
        ("rnd", "other", "Engineering", False, int(rng.integers(9_000_000, 12_000_000)) + 550_000 * month),
        ("sales", "other", None, False, int(rng.integers(2_500_000, 4_000_000)) + 60_000 * month),
        ("below_line", "depreciation", None, False, everybody * 9_000),
        ("below_line", "amortisation", None, False, 1_100_000),
        ("below_line", "interest", None, False, 1_850_000),
        ("below_line", "tax", None, False, int(rng.integers(2_000_000, 3_500_000)) if month % 3 == 2 else 0),
    ]
    tools = [
        (LINES[d], "tools", d, False, n * int(rng.integers(26_000, 34_000))) for d, n in sorted(heads.items())
    ]
    rows += [
        (on, line, nature, d, None, variable, cents)
        for line, nature, d, variable, cents in plan + tools
        if cents
    ]


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


def by_month(
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
