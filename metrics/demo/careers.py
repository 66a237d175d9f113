"""Thirty-six months of working lives: who joins, leaves, is promoted or moves, month by month."""
# ruff: noqa: PLR2004 - the figures of a made-up company

from __future__ import annotations

from metrics.demo import hiring, stories
from metrics.demo.clock import FIRST, LAST, MONTHS, day, month_of, month_start, stream
from metrics.demo.firm import Firm
from metrics.demo.staff import LEADING, MANAGING, UNITS, Job, Staff, Unit, Worker

RESIGN = [day(2025, 1, 31), day(2025, 2, 14), day(2025, 2, 28), day(2025, 3, 21)]
RESIGN += [day(2025, 4, 11), day(2025, 5, 16), day(2025, 6, 13)]
"""The last working days of the regretted leavers of the first story."""


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
        hiring.open_seats(firm, month)
        hiring.fill(firm, month)
        if month % 12 in {3, 9}:
            _promote(firm, month)
    hiring.plan(firm)
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
        chosen.take(job)


def _promote(firm: Firm, month: int) -> None:
    since = month_start(month)
    for worker in firm.staff.workers:
        job = worker.job
        if worker.left is not None or job.since > since - 360 or worker.kind != "regular":
            continue
        dice = firm.rng.random()
        if dice < 0.062 and job.level < 5:
            worker.take(Job(since, None, job.unit, job.manager, job.level + 1, job.fte, "promotion"))
        elif dice < 0.075 and job.unit.family == "engineer":
            worker.take(
                Job(since, None, job.unit, firm.manager(job.unit), job.level, job.fte, "lateral"),
            )


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
