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

    def span(self, month: int) -> tuple[int, int]:
        """The days of a month in the job, the end excluded."""
        end = month_start(month + 1)
        return max(month_start(month), self.since), end if self.until is None else min(end, self.until)


@dataclass(frozen=True)
class RepMonth:
    """One month of a rep. ``quota`` and ``ramp`` (percent) are 0 in the month of starting and a cut last one."""

    rep: Rep
    month: int
    quota: int
    ramp: int
    hit: bool

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
        ramp_month = int(rng.integers(3, 5)) if coached else int(rng.integers(6, 9))
        found.append(Rep(worker, region, segment, since, carried[-1].until, ramp_month))
    return found


def rep_months(found: list[Rep]) -> list[RepMonth]:
    """Every month of every rep, in order, up to half a year after the last day for those still there."""
    rng = stream("rep months")
    rows = []
    for month in range(MONTHS + AHEAD):
        there = [rep for rep in found if rep.span(month)[1] - rep.span(month)[0] >= 5]
        lucky = _lucky(there, month, rng)
        for rep in there:
            start, end = rep.span(month)
            age = rep.age(month)
            whole = start == month_start(month) and end == month_start(month + 1) and age > 0
            ramp = 0 if not whole else RAMP[age - 1] if age <= len(RAMP) else 100
            quota = round(QUOTA[rep.segment] * 1.07 ** (month // 12) / 500) * 500 if whole else 0
            hit = age == rep.ramp_month or (age > rep.ramp_month and rep in lucky)
            rows.append(RepMonth(rep, month, quota, ramp, hit))
    return rows


def _lucky(there: list[Rep], month: int, rng: np.random.Generator) -> set[Rep]:
    """Who reaches the quota of a month: as many of each region as are likely to, give or take one.

    Chances are added up along a random order, and whoever carries the sum over a whole number is lucky:
    regions differ by what happened there, not by the noise of a few coins.
    """
    lucky = set()
    for region in SELLING:
        mine = [rep for rep in there if rep.region == region and rep.age(month) > rep.ramp_month]
        total = float(rng.random())
        for place in rng.permutation(len(mine)):
            before, total = total, total + chance(mine[place], month)
            if int(total) > int(before):
                lucky.add(mine[place])
    return lucky


def chance(rep: Rep, month: int) -> float:
    """How likely a ramped rep reaches the quota of a month."""
    first = month_start(month)
    likely = 0.61
    leave, coach = stories.SELLERS_LEAVE, stories.COACHING_DOUBLES
    if rep.region == leave.where and leave.follows[0] <= first < leave.follows[1]:
        likely = 0.37
    if rep.region == coach.where:
        likely = 0.65 if first >= coach.follows[0] else 0.60 if first >= coach.caused[0] else 0.52
    if rep.segment == stories.DISCOUNTS_GROW.where and first >= stories.DISCOUNTS_GROW.caused[0]:
        likely += 0.04
    return likely


def quotas(months: list[RepMonth]) -> list[tuple[int, ...]]:
    """The quota rows: everything that happened, and the first quarter of 2026."""
    rows = [m for m in months if m.quota and m.month < MONTHS + 3]
    rows = [m for m in rows if m.rep.until is None or m.month < MONTHS or m.rep.until > END]
    return [
        (n, m.rep.worker.number, month_start(m.month), month_start(m.month + 1), m.quota * 100, m.ramp)
        for n, m in enumerate(rows, 1)
    ]
