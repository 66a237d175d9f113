"""Staff -> the tables of employment and hiring: spells, jobs, pay, openings, candidates."""
# ruff: noqa: PLR2004 - the figures of a made-up company

from __future__ import annotations

from typing import Any

import numpy as np

from metrics.demo.clock import LAST, day, stream
from metrics.demo.staff import LEADING, Job, Opening, Staff, Unit, Worker, pseudonym
from metrics.demo.store import Frame, frame

LEVEL_PAY = {1: 78, 2: 88, 3: 100, 4: 116, 5: 134}
"""The middle of a band, in percent of that of level 3."""
RAISES = [day(2023, 4, 1), day(2024, 4, 1), day(2025, 4, 1)]


def tables(staff: Staff) -> dict[str, Frame]:
    """The tables of employment and hiring. Gives every worker a pay history on the way."""
    _pay_everybody(staff)
    found: dict[str, Frame] = {
        "employees": frame("employees", [_employee(w) for w in staff.workers]),
        "job_history": frame("job_history", [_job(w, job) for w in staff.workers for job in w.jobs]),
        "compensation": frame("compensation", [row for w in staff.workers for row in _compensation(w)]),
    }
    openings = sorted(staff.openings, key=lambda o: (o.opened, o.unit.department, o.unit.family))
    found["requisitions"] = frame("requisitions", [_requisition(n, o) for n, o in enumerate(openings, 1)])
    found["applications"] = frame("applications", _applications(openings))
    return found


def _employee(worker: Worker) -> tuple[Any, ...]:
    key = pseudonym("P", worker.person)
    left = (worker.left, worker.exit_type, worker.regretted)
    return (worker.number, key, worker.hired, *left, worker.kind, worker.gender, worker.ethnicity)


def _job(worker: Worker, job: Job) -> tuple[Any, ...]:
    family = job.unit.family
    critical = family in LEADING - {"manager"} or (family == "engineer" and job.level == 5)
    return (
        worker.number,
        job.since,
        job.until,
        job.unit.department,
        job.manager.number if job.manager else None,
        f"{family}-{job.level}",
        family,
        job.level,
        job.fte,
        job.reason,
        critical,
        family in LEADING,
    )


def _band(unit: Unit, level: int, on: int) -> int:
    """The middle of the band on a day, in whole dollars: it rises by 3 % every April."""
    risen = sum(raise_day <= on for raise_day in RAISES)
    place = 100 if unit.family in LEADING else LEVEL_PAY[level]
    return unit.pay * place * int(103**risen) // (100 * int(100**risen))


def _pay_everybody(staff: Staff) -> None:
    rng = stream("pay")
    for worker in staff.workers:
        standing = float(np.clip(rng.normal(0.99 if worker.gender == "female" else 1.005, 0.065), 0.82, 1.18))
        last = worker.left if worker.left is not None else LAST
        days = (
            {worker.hired} | {job.since for job in worker.jobs} | {d for d in RAISES if worker.hired + 90 < d}
        )
        for on in sorted(d for d in days if d <= last):
            job = worker.job_on(on)
            middle = _band(job.unit, job.level, on)
            standing = min(1.18, standing + float(rng.uniform(-0.004, 0.012)))
            worker.pay.append((on, round(middle * standing / 100) * 100, middle))


def _bounds(middle: int) -> tuple[int, int, int]:
    return middle * 80, middle * 100, middle * 120


def _compensation(worker: Worker) -> list[tuple[int, ...]]:
    """Pay by the hour, by the year as far as somebody works full time, and the band of the job."""
    return [
        (worker.number, on, pay * 100 // 2080, pay * worker.job_on(on).fte, *_bounds(middle))
        for on, pay, middle in worker.pay
    ]


def _requisition(number: int, opening: Opening) -> tuple[Any, ...]:
    worker, unit = opening.worker, opening.unit
    level = worker.job_on(opening.accepted + 60).level if worker and opening.accepted else 3
    filled = None if opening.accepted is None else "internal" if opening.internal else "external"
    critical = unit.family in LEADING or (unit.family == "quota_carrier" and level > 3)
    dates = (opening.opened, opening.accepted, opening.accepted)
    job = (f"{unit.family}-{level}", unit.department)
    return (number, *job, *dates, opening.evergreen, critical, filled, worker.number if worker else None)


def _applications(openings: list[Opening]) -> list[tuple[Any, ...]]:
    """About seven candidates for each opening; the offer that filled it, and some that were declined."""
    rng = stream("applications")
    groups = ["group A", "group B", "group C", "group D", None]
    rows: list[tuple[Any, ...]] = []
    for req, opening in enumerate(openings, 1):
        until = opening.accepted if opening.accepted is not None else LAST
        for place in range(1 + int(rng.poisson(6))):
            group = groups[int(rng.choice(5, p=[0.47, 0.19, 0.11, 0.06, 0.17]))]
            offer = accepted = declined = None
            if place == 0 and opening.accepted is not None:
                accepted = opening.accepted
                offer = max(opening.opened, accepted - int(rng.integers(1, 8)))
                if opening.worker is not None and not opening.internal:
                    group = opening.worker.ethnicity
            elif rng.random() < 0.028 and until - opening.opened > 12:
                offer = int(rng.integers(opening.opened + 6, until - 4))
                declined = offer + int(rng.integers(1, 5))
            latest = offer if offer is not None else until
            applied = int(rng.integers(opening.opened, max(opening.opened + 1, latest - 3)))
            rows.append((len(rows) + 1, req, min(applied, latest), offer, accepted, declined, group))
    return rows
