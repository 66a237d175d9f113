"""Sellers and their months: who carried a quota when, how large it was, and whether it was reached."""
# ruff: noqa: PLR2004 - the figures of a made-up company

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from metrics.demo import stories
from metrics.demo.clock import END, MONTHS, month_of, month_start, stream
from metrics.demo.staff import SELLING, Staff, Worker

SEGMENTS = ("SMB", "Mid-Market", "Enterprise")
QUOTA = {"SMB": 28_000, "Mid-Market": 57_000, "Enterprise": 114_000}
"""Whole dollars a month of a ramped rep in 2023; 7 % more each year."""
RAMP = (25, 25, 50, 50, 75, 75)
"""Percent of the quota that counts in the first months after the month of starting."""
AHEAD = 6
"""Months after the last day that are drawn too: what would close in them is the open pipeline."""


@dataclass(frozen=True)
class Rep:
    """A seller while carrying a quota. ``ramp_month`` is the month in the job in which one is first reached."""

    worker: Worker
    region: str
    segment: str
    since: int
    until: int | None
    ramp_month: int

    def age(self, month: int) -> int:
        """How many months after the one of starting."""
        return month - month_of(self.since)

    def works(self, month: int) -> bool:
        """Whether in the job for at least a few days of a month."""
        start, end = self.span(month)
        return end - start >= 5

    def span(self, month: int) -> tuple[int, int]:
        """The days of a month in the job, the end excluded."""
        end = month_start(month + 1)
        return max(month_start(month), self.since), end if self.until is None else min(end, self.until)


@dataclass(frozen=True)
class RepMonth:
    """One month of a rep. ``quota`` and ``ramp`` (percent) are 0 in the month of starting and a cut last one.

    ``share`` is how much of the month's target is won: 1.1 is a tenth more.
    """

    rep: Rep
    month: int
    quota: int
    ramp: int
    share: float

    @property
    def target(self) -> int:
        """What must be won, in whole dollars, rounded up."""
        return -(-self.quota * self.ramp // 100)


def reps(staff: Staff) -> list[Rep]:
    """Every seller, with region, segment and the month of first reaching a quota."""
    rng = stream("reps")
    found: list[Rep] = []
    seats: dict[str, int] = {}
    for worker in staff.workers:
        carried = [job for job in worker.jobs if job.unit.family == "quota_carrier"]
        if not carried or worker.kind != "regular":
            continue
        region = carried[0].unit.department
        place = seats[region] = seats.get(region, -1) + 1
        segment = SEGMENTS[(0, 1, 0, 1, 2)[place % 5]]
        since = carried[0].since
        coached = (
            region == stories.COACHING_DOUBLES.where and since >= stories.COACHING_DOUBLES.caused[0] - 60
        )
        ramp_month = int(rng.integers(3, 5)) if coached else int(rng.integers(7, 10))
        found.append(Rep(worker, region, segment, since, carried[-1].until, ramp_month))
    return found


def rep_months(found: list[Rep]) -> list[RepMonth]:
    """Every month of every rep, in order, up to half a year after the last day for those still there."""
    rng = stream("rep months")
    rows = []
    for quarter in range((MONTHS + AHEAD) // 3):
        months = range(3 * quarter, 3 * quarter + 3)
        lucky = _lucky([rep for rep in found if rep.works(months[1])], months[0], rng)
        shares = {rep: _shares(rep, months, rep in lucky, rng) for rep in found}
        for month in months:
            here = [rep for rep in found if rep.works(month)]
            rows += [_month(rep, month, shares[rep][month - months[0]]) for rep in here]
    return rows


def _month(rep: Rep, month: int, share: float) -> RepMonth:
    whole = rep.span(month) == (month_start(month), month_start(month + 1)) and rep.age(month) > 0
    if not whole:
        return RepMonth(rep, month, 0, 0, share)
    ramp = RAMP[rep.age(month) - 1] if rep.age(month) <= len(RAMP) else 100
    return RepMonth(rep, month, round(QUOTA[rep.segment] * 1.07 ** (month // 12) / 500) * 500, ramp, share)


def _shares(rep: Rep, months: range, good: bool, rng: np.random.Generator) -> list[float]:
    """How much of its quota a rep wins in each month of a quarter.

    A ramped rep reaches the quota of a good quarter, in months that differ, and clearly misses that of a
    bad one. A new rep misses every month before the one of first reaching a quota.
    """
    total = 3 * (1.03 + float(rng.exponential(0.1)) if good else float(rng.uniform(0.1, 0.75)))
    if rep.age(months[0]) > max(rep.ramp_month, len(RAMP)):
        return [float(share) for share in total * rng.dirichlet([1.5 if good else 0.5] * 3)]
    found = []
    for month in months:
        reached = rep.age(month) == rep.ramp_month or (rep.age(month) > rep.ramp_month and good)
        missed = float(rng.uniform(0.5, 0.97)) if rng.random() < 0.9 else 0.0
        found.append(float(rng.uniform(1.03, 1.35)) if reached else missed)
    return found


def _lucky(there: list[Rep], month: int, rng: np.random.Generator) -> set[Rep]:
    """Who has a good quarter: as many of each region as are likely to, give or take one.

    Chances are added up along a random order, and whoever carries the sum over a whole number is lucky:
    regions differ by what happened there, not by the noise of a few coins.
    """
    lucky = set()
    for region in SELLING:
        mine = [rep for rep in there if rep.region == region and rep.age(month) > rep.ramp_month - 3]
        total = float(rng.random())
        for place in rng.permutation(len(mine)):
            before, total = total, total + chance(mine[place], month)
            if int(total) > int(before):
                lucky.add(mine[place])
    return lucky


def chance(rep: Rep, month: int) -> float:
    """How likely a ramped rep reaches the quota of the quarter that begins with a month."""
    first = month_start(month)
    likely = 0.60
    leave, coach = stories.SELLERS_LEAVE, stories.COACHING_DOUBLES
    if rep.region == leave.where and leave.follows[0] <= first < leave.follows[1]:
        likely = 0.33
    if rep.region == coach.where:
        likely = 0.72 if first >= coach.follows[0] else 0.60 if first >= coach.caused[0] else 0.48
    if rep.segment == stories.DISCOUNTS_GROW.where and first >= stories.DISCOUNTS_GROW.caused[0]:
        likely += 0.03
    return likely


def quotas(months: list[RepMonth]) -> list[tuple[int, ...]]:
    """The quota rows: everything that happened, and the first quarter of 2026."""
    rows = [m for m in months if m.quota and m.month < MONTHS + 3]
    rows = [m for m in rows if m.rep.until is None or m.month < MONTHS or m.rep.until > END]
    return [
        (n, m.rep.worker.number, month_start(m.month), month_start(m.month + 1), m.quota * 100, m.ramp)
        for n, m in enumerate(rows, 1)
    ]
