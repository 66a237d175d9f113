"""Months of reps -> deals: won so that they add up to the months, lost so that the win rates are right."""
# ruff: noqa: PLR2004 - the figures of a made-up company

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from metrics.demo import stories
from metrics.demo.accounts import Account
from metrics.demo.clock import FIRST, LAST, month_start, stream
from metrics.demo.reps import Rep, RepMonth
from metrics.demo.staff import Worker

SIZE = {"SMB": 30_000, "Mid-Market": 64_000, "Enterprise": 136_000}
"""Whole dollars a year of a middling new deal."""
LEAST = {"SMB": 10_800, "Mid-Market": 26_400, "Enterprise": 60_000}
CYCLE = {"SMB": 42, "Mid-Market": 74, "Enterprise": 118}
NEW_LED = (0.92, 0.87, 0.82)
"""How often a good month is made of a new customer, by year: the customer base to expand in grows."""
DISCOUNT = {"SMB": 0.09, "Mid-Market": 0.11, "Enterprise": 0.15}


@dataclass(eq=False)
class Deal:
    """One opportunity. ``amount`` is whole dollars a year, a multiple of twelve; ``closes`` may lie ahead."""

    owner: Worker
    region: str
    segment: str
    kind: str
    created: int
    closes: int
    outcome: str
    amount: int
    discount: float
    number: int = 0
    account: Account | None = None
    lead: int | None = None

    @property
    def closed(self) -> int | None:
        """The day it was closed; None while open."""
        return self.closes if self.closes <= LAST else None

    @property
    def state(self) -> str:
        """Its outcome as known on the last day."""
        return self.outcome if self.closes <= LAST else "open"


def deals(months: list[RepMonth], everybody: list[Rep]) -> list[Deal]:
    """All deals of the sellers that exist on the last day, by the day they close."""
    rng = stream("deals")
    found: list[Deal] = []
    for month in months:
        found += _won(month, rng) + _not_won(month, rng)
    found += _handed_over(everybody, rng)
    found = [deal for deal in found if deal.created <= LAST]
    found.sort(key=lambda deal: (deal.closes, deal.created, deal.owner.number, deal.amount))
    return found


def _yearly(amount: float) -> int:
    """Whole dollars a year, rounded up to a multiple of twelve."""
    return 12 * int(-(-amount // 12))


def _closing(month: RepMonth, rng: np.random.Generator) -> int:
    """A day of the month, more often a late one."""
    start, end = month.rep.span(month.month)
    return start + min(end - start - 1, int((end - start) * rng.beta(2.2, 1.4)))


def _deal(month: RepMonth, kind: str, outcome: str, amount: float, rng: np.random.Generator) -> Deal:
    rep, closes = month.rep, _closing(month, rng)
    cycle = CYCLE[rep.segment] * (1 if kind == "new" else 0.55) * (1 if outcome == "won" else 1.15)
    created = closes - max(4, int(cycle * rng.lognormal(0, 0.38)))
    if rep.since - 60 < created < rep.since and closes - rep.since > 12 and rep.since > FIRST:
        created = rep.since + 2
    discounts = stories.DISCOUNTS_GROW
    middle = DISCOUNT[rep.segment]
    if rep.segment == discounts.where and closes >= discounts.caused[0]:
        middle = 0.25
    discount = float(np.clip(rng.normal(middle, 0.035), 0, 0.45))
    return Deal(
        rep.worker, rep.region, rep.segment, kind, created, closes, outcome, _yearly(amount), discount
    )


def _won(month: RepMonth, rng: np.random.Generator) -> list[Deal]:
    """What was won in the month: one new customer or a few expansions, which add up to its share."""
    rep = month.rep
    total = month.share * (month.target or SIZE[rep.segment] * 0.15)
    if total < 1_800:
        return []
    if total >= LEAST[rep.segment] and rng.random() < NEW_LED[min(2, month.month // 12)]:
        first = max(LEAST[rep.segment], total * rng.uniform(0.75, 1))
        amounts = [("new", first), ("expansion", total - first)]
        if total - first < 3_000:
            amounts = [("new", total)]
    else:
        shares = rng.dirichlet([4.0] * (1 if month.share < 0.8 else 2))
        amounts = [("expansion", total * share) for share in shares]
    return [_deal(month, kind, "won", amount, rng) for kind, amount in amounts]


def _not_won(month: RepMonth, rng: np.random.Generator) -> list[Deal]:
    """What was lost or turned out to be no deal at all. Reps in their first months have little to lose."""
    rep, first = month.rep, month_start(month.month)
    busy = min(1.0, 0.25 + 0.2 * rep.age(month.month))
    leave, discounts = stories.SELLERS_LEAVE, stories.DISCOUNTS_GROW
    if rep.region == leave.where and leave.follows[0] <= first < leave.follows[1]:
        busy *= 1.75
    if rep.segment == discounts.where and first >= discounts.caused[0]:
        busy *= 0.58
    found = []
    for kind, outcome, often in [
        ("new", "lost", 2.5),
        ("expansion", "lost", 1.35),
        ("new", "disqualified", 0.48),
    ]:
        for _ in range(int(often * busy + rng.random())):
            amount = SIZE[rep.segment] * rng.lognormal(0, 0.35) * (1 if kind == "new" else 0.42)
            found.append(_deal(month, kind, outcome, amount, rng))
    return found


def _handed_over(everybody: list[Rep], rng: np.random.Generator) -> list[Deal]:
    """Open deals of those who left, closed by a colleague months later, and seldom won."""
    found = []
    for rep in everybody:
        left = rep.worker.left
        if left is None or left < FIRST + 60:
            continue
        regretted = rep.region == stories.SELLERS_LEAVE.where and rep.worker.regretted
        for _ in range(int(rng.poisson(8 if regretted else 3))):
            closes = left + int(rng.integers(75, 200) if regretted else rng.integers(20, 120))
            heirs = [r for r in everybody if r.region == rep.region and r.since <= min(closes, LAST)]
            heirs = [r for r in heirs if r.until is None or r.until > closes]
            if not heirs:
                continue
            heir = heirs[int(rng.integers(len(heirs)))].worker
            amount = _yearly(SIZE[rep.segment] * rng.lognormal(0, 0.35))
            outcome = "disqualified" if rng.random() < 0.15 else "lost"
            created = left - int(rng.integers(10, 80))
            found.append(Deal(heir, rep.region, rep.segment, "new", created, closes, outcome, amount, 0.12))
    return found
