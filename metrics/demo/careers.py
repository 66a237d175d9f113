"""Thirty-six months of working lives: who joins, leaves, is promoted or moves, month by month."""
# ruff: noqa: PLR2004 - the figures of a made-up company

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from metrics.demo import stories
from metrics.demo.clock import FIRST, LAST, MONTHS, day, month_of, month_start, stream
from metrics.demo.staff import LEADING, MANAGING, UNITS, Job, Opening, Staff, Unit, Worker

GROUPS = ["group A", "group B", "group C", "group D", None]
RESIGN = [day(2025, 1, 31), day(2025, 2, 14), day(2025, 2, 28), day(2025, 3, 21)]
RESIGN += [day(2025, 4, 11), day(2025, 5, 16), day(2025, 6, 13)]
"""The last working days of the regretted leavers of the first story."""
MOVES = {"csm": "support_agent", "product_manager": "marketer", "revops_analyst": "accountant"}
"""From which job family an opening is sometimes filled from inside, across departments."""


@dataclass
class Firm:
    """The company while its months go by."""

    rng: np.random.Generator
    staff: Staff = field(default_factory=Staff)
    vacancies: list[tuple[int, Unit]] = field(default_factory=list)
    people: int = 0

    def somebody(self, unit: Unit, hired: int, level: int, reason: str = "hire") -> Worker:
        """Somebody new in a unit."""
        rng = self.rng
        kind = (
            "fixed_term"
            if unit.family not in LEADING | {"quota_carrier"} and rng.random() < 0.05
            else "regular"
        )
        gender = "female" if rng.random() * 100 < unit.women else "male"
        if rng.random() < 0.04:
            gender = None if rng.random() < 0.8 else "nonbinary"
        fte = (
            100
            if unit.family in LEADING | {"quota_carrier"}
            else int(rng.choice([100, 80, 60], p=[0.92, 0.06, 0.02]))
        )
        self.people += 1
        group = GROUPS[int(rng.choice(5, p=[0.52, 0.16, 0.1, 0.06, 0.16]))]
        job = Job(hired, None, unit, self.manager(unit), level, fte, reason)
        worker = Worker(hired, kind, gender, group, self.people, [job])
        self.staff.workers.append(worker)
        return worker

    def manager(self, unit: Unit) -> Worker | None:
        """Who has room for one more in the department: its manager with fewest reports, else its leader."""
        workers = [w for w in self.staff.workers if w.left is None]
        if unit.family == "executive":
            return next(iter(workers), None)
        if unit.family == "leader":
            return workers[0]
        here = [w for w in workers if w.job.unit.department == unit.department]
        leader = next(w for w in here if w.job.unit.family == "leader")
        below = [w for w in here if w.job.unit.family in MANAGING]
        if unit.family in MANAGING or not below:
            return leader
        reports = {id(w): 0 for w in below}
        for other in here:
            if id(other.job.manager) in reports:
                reports[id(other.job.manager)] += 1
        return min(below, key=lambda w: (reports[id(w)], w.hired))

    def count(self, unit: Unit) -> int:
        """How many are in a unit now."""
        return sum(w.left is None and w.job.unit is unit for w in self.staff.workers)


def careers() -> Staff:
    """The staff of the company from its founding to its last day."""
    firm = Firm(stream("careers"))
    for unit in UNITS:
        for place in range(unit.opening):
            since = (
                FIRST - 1500 + place if unit.family in LEADING else FIRST - int(30 + firm.rng.gamma(1.6, 380))
            )
            level = (
                4 if unit.family in LEADING else int(firm.rng.choice([2, 3, 4, 5], p=[0.3, 0.4, 0.22, 0.08]))
            )
            firm.somebody(unit, max(since, day(2019, 1, 7)), level)
    for month in range(MONTHS):
        _leave(firm, month)
        _grow_managers(firm, month)
        _open(firm, month)
        _fill(firm, month)
        if month % 12 in {3, 9}:
            _promote(firm, month)
    _plan(firm)
    _add_others(firm)
    firm.staff.workers.sort(key=lambda w: (w.hired, w.person))
    for number, worker in enumerate(firm.staff.workers, 1):
        worker.number = number
    return firm.staff


def _leave(firm: Firm, month: int) -> None:
    first, last = month_start(month), month_start(month + 1) - 1
    for leaving in RESIGN:
        if first <= leaving <= last:
            _resign(firm, leaving)
    for worker in [w for w in firm.staff.workers if w.left is None]:
        if worker.job.unit.family in LEADING or _kept(worker):
            continue
        newish = worker.hired > first - 365
        if firm.rng.random() >= (0.0185 if newish else 0.0155):
            continue
        leaving = int(firm.rng.integers(first, last + 1))
        if leaving < max(worker.hired, worker.job.since) + 25:
            continue
        how = str(firm.rng.choice(["voluntary", "involuntary", "other"], p=[0.68, 0.24, 0.08]))
        regretted: bool | None = how == "voluntary" and bool(firm.rng.random() < 0.36)
        if leaving > LAST - 20:
            regretted = None
        _end(firm, worker, leaving, how, regretted, after=int(firm.rng.integers(1, 3)))


def _kept(worker: Worker) -> bool:
    """Sellers of the first story's department leave only as the story says, in its year and before."""
    seller = (
        worker.job.unit.family == "quota_carrier"
        and worker.job.unit.department == stories.SELLERS_LEAVE.where
    )
    return seller and worker.hired > FIRST - 500


def _resign(firm: Firm, leaving: int) -> None:
    """The longest-serving seller but three leaves: ramped, and missed."""
    sellers = [
        w
        for w in firm.staff.workers
        if w.left is None
        and w.job.unit.family == "quota_carrier"
        and w.job.unit.department == stories.SELLERS_LEAVE.where
        and w.hired < leaving - 400
    ]
    worker = sorted(sellers, key=lambda w: w.hired)[3]
    _end(firm, worker, leaving, "voluntary", regretted=True, after=3)


def _end(firm: Firm, worker: Worker, leaving: int, how: str, regretted: bool | None, after: int) -> None:
    worker.left, worker.exit_type, worker.regretted = leaving, how, regretted
    worker.job.until = leaving + 1
    firm.vacancies.append((month_of(leaving) + after, worker.job.unit))


def _change(worker: Worker, since: int, job: Job) -> None:
    worker.job.until = since
    worker.jobs.append(job)


def _grow_managers(firm: Firm, month: int) -> None:
    """New teams are led by people who worked here already."""
    since = month_start(month)
    for unit in [u for u in UNITS if u.family in MANAGING]:
        if firm.count(unit) >= unit.target(month):
            continue
        ranks = [w for w in firm.staff.workers if w.left is None and w.job.unit.department == unit.department]
        ranks = [w for w in ranks if w.job.unit.family not in LEADING and w.hired < since - 365]
        if not ranks:
            continue
        chosen = max(
            ranks, key=lambda w: (w.job.unit.family not in {"sdr", "sales_engineer"}, w.job.level, -w.hired)
        )
        firm.vacancies.append((month + 1, chosen.job.unit))
        job = Job(since, None, unit, firm.manager(unit), max(4, chosen.job.level), 100, "promotion")
        _change(chosen, since, job)


def _open(firm: Firm, month: int) -> None:
    for unit in UNITS:
        waiting = sum(vacant is unit for _, vacant in firm.vacancies)
        missing = unit.target(month) - firm.count(unit) - waiting
        firm.vacancies += [(month, unit)] * max(0, missing if unit.family not in MANAGING else 0)


def _fill(firm: Firm, month: int) -> None:
    due = [unit for when, unit in firm.vacancies if when <= month]
    firm.vacancies = [(when, unit) for when, unit in firm.vacancies if when > month]
    for unit in due:
        start = month_start(month) + int(firm.rng.integers(0, 19))
        accepted = start - int(firm.rng.integers(14, 50))
        opened = accepted - int(np.clip(firm.rng.lognormal(3.68, 0.42), 12, 130))
        mover = _mover(firm, unit, start)
        if mover is None:
            level = int(firm.rng.choice([1, 2, 3, 4], p=[0.28, 0.38, 0.26, 0.08]))
            worker = firm.somebody(unit, start, level)
        else:
            worker = mover
            across = mover.job.unit.department != unit.department
            firm.vacancies.append((month + 2, mover.job.unit))
            job = Job(
                start,
                None,
                unit,
                firm.manager(unit),
                mover.job.level,
                mover.job.fte,
                "transfer" if across else "promotion",
            )
            _change(mover, start, job)
        firm.staff.openings.append(Opening(unit, opened, accepted, internal=mover is not None, worker=worker))


def _mover(firm: Firm, unit: Unit, start: int) -> Worker | None:
    source = MOVES.get(unit.family) or (
        "sdr" if unit.department == "Sales APAC" and unit.family == "quota_carrier" else None
    )
    if source is None or firm.rng.random() > 0.4:
        return None
    able = [
        w
        for w in firm.staff.workers
        if w.left is None and w.job.unit.family == source and w.job.since < start - 300
    ]
    able = [
        w
        for w in able
        if w.kind == "regular" and (source != "sdr" or w.job.unit.department == unit.department)
    ]
    return able[int(firm.rng.integers(len(able)))] if able else None


def _promote(firm: Firm, month: int) -> None:
    since = month_start(month)
    for worker in firm.staff.workers:
        job = worker.job
        if worker.left is not None or job.since > since - 360 or worker.kind != "regular":
            continue
        dice = firm.rng.random()
        if dice < 0.062 and job.level < 5:
            _change(
                worker, since, Job(since, None, job.unit, job.manager, job.level + 1, job.fte, "promotion")
            )
        elif dice < 0.075 and job.unit.family == "engineer":
            _change(
                worker,
                since,
                Job(since, None, job.unit, firm.manager(job.unit), job.level, job.fte, "lateral"),
            )


def _plan(firm: Firm) -> None:
    """Openings that are still open on the last day: vacancies, growth for 2026, and three that never close."""
    growth = [unit for unit in UNITS if unit.family in {"quota_carrier", "engineer", "csm", "support_agent"}]
    for unit in [unit for _, unit in firm.vacancies] + growth:
        firm.staff.openings.append(Opening(unit, LAST - int(firm.rng.integers(4, 70))))
    for unit in [u for u in UNITS if u.family in {"engineer", "support_agent", "sdr"}][:3]:
        firm.staff.openings.append(Opening(unit, day(2024, 2, 1), evergreen=True))


def _add_others(firm: Firm) -> None:
    """Contractors and casuals, whom headcount leaves out, and four people who come back."""
    gone = [w for w in firm.staff.workers if w.left and w.exit_type == "voluntary" and w.left < LAST - 500]
    for unit, kind, how_many in [
        ("engineer", "contractor", 6),
        ("marketer", "contractor", 3),
        ("support_agent", "casual", 3),
    ]:
        place = next(u for u in UNITS if u.family == unit)
        for _ in range(how_many):
            worker = firm.somebody(place, int(firm.rng.integers(FIRST, LAST - 200)), 3)
            worker.kind = kind
            worker.job.manager = next(w for w in firm.staff.workers if w.job.unit == _leader(place))
            if firm.rng.random() < 0.4:
                worker.left, worker.exit_type = worker.hired + 180, "other"
                worker.job.until = worker.left + 1
    joined = [w for w in firm.staff.workers if w.hired > LAST - 320 and w.kind == "regular"]
    for old in gone[:4]:
        new = next((w for w in joined if w.job.unit.family == old.job.unit.family and w.left is None), None)
        if new is not None:
            joined.remove(new)
            new.person, new.gender, new.ethnicity = old.person, old.gender, old.ethnicity


def _leader(unit: Unit) -> Unit:
    return next(u for u in UNITS if u.department == unit.department and u.family == "leader")
