"""Staff -> how people are led and grow: one-on-ones and coaching, reviews, trainings, successors."""
# ruff: noqa: PLR2004 - the figures of a made-up company

from __future__ import annotations

from typing import Any

import numpy as np

from metrics.demo import stories
from metrics.demo.clock import FIRST, LAST, MONTHS, day, is_business_day, month_start, stream
from metrics.demo.staff import LEADING, Staff, Worker
from metrics.demo.store import Frame, frame

CYCLES = [(f"{year}-H{half}", day(year, 6 * half, 15)) for year in (2023, 2024, 2025) for half in (1, 2)]


def tables(staff: Staff) -> dict[str, Frame]:
    """Coaching sessions, reviews, trainings and successors."""
    return {
        "coaching_sessions": frame("coaching_sessions", _sessions(staff)),
        "reviews": frame("reviews", _reviews(staff)),
        "trainings": frame("trainings", _trainings(staff)),
        "succession": frame("succession", _succession(staff)),
    }


def _sessions(staff: Staff) -> list[tuple[Any, ...]]:
    """Every three weeks a one-on-one; for sellers coaching twice a month, and a deal review."""
    rng = stream("coaching")
    rows: list[tuple[Any, ...]] = []
    for month in range(MONTHS):
        first, last = month_start(month), month_start(month + 1) - 1
        for worker in staff.there(last):
            job = worker.job_on(last)
            if job.manager is None or worker.hired > first or worker.kind == "casual":
                continue
            plan = [("one_on_one", 30)] * (2 if rng.random() < 0.5 else 1)
            if job.unit.family == "quota_carrier":
                plan += [("deal_review", 30), *_coaching(job.unit.department, first)]
            rows += [_session(worker, job.manager, kind, minutes, first, rng) for kind, minutes in plan]
    rows.sort(key=lambda row: (row[3], row[1], row[2]))
    return [(number, *row) for number, row in enumerate(rows, 1)]


def _coaching(department: str, first: int) -> list[tuple[str, int]]:
    story = stories.COACHING_DOUBLES
    doubled = department == story.where and first >= story.caused[0]
    return [("coaching", 45)] * (4 if doubled else 2)


def _session(
    worker: Worker, manager: Worker, kind: str, minutes: int, first: int, rng: np.random.Generator
) -> tuple[Any, ...]:
    planned = first + int(rng.integers(0, 28))
    while not is_business_day(np.array([planned]))[0]:
        planned = planned + 1 if planned < first + 27 else planned - 5
    held: int | None = planned
    dice = rng.random()
    if dice < 0.13 or (not worker.there(planned)):
        held = None
    elif dice < 0.2:
        held = planned + int(rng.integers(1, 12))
    if held is not None and (held > LAST or not worker.there(held)):
        held = None
    length = minutes * 100 + int(rng.integers(-2, 4)) * 500
    return (manager.number, worker.number, kind, planned, held, length)


def _reviews(staff: Staff) -> list[tuple[Any, ...]]:
    rng = stream("reviews")
    talent = {id(w): float(rng.normal(0.45 if w.regretted else 0, 1)) for w in staff.workers}
    rows: list[tuple[Any, ...]] = []
    for cycle, due in CYCLES:
        for worker in staff.there(due):
            if worker.hired > due - 90 or worker.kind in {"contractor", "casual"}:
                continue
            score = talent[id(worker)] + float(rng.normal(0, 0.55))
            rating = int(np.clip(round(3.3 + 0.72 * score), 1, 5))
            done: int | None = (
                due - int(rng.integers(0, 22)) if rng.random() < 0.88 else due + int(rng.integers(1, 25))
            )
            if rng.random() < 0.03 or (done is not None and (done > LAST or not worker.there(done))):
                done = None
            top = done is not None and score > 1.15
            rows.append(
                (len(rows) + 1, cycle, worker.number, due, done, rating * 100 if done else None, 500, top)
            )
    return rows


def _trainings(staff: Staff) -> list[tuple[Any, ...]]:
    """About fifteen hours a year each, of which four are mandatory."""
    rng = stream("trainings")
    rows: list[tuple[Any, ...]] = []
    for worker in staff.workers:
        start, end = max(worker.hired, FIRST), worker.left if worker.left is not None else LAST
        years = (end - start) / 365
        for often, mandatory in [(2.0, True), (2.6, False)]:
            for _ in range(int(rng.poisson(often * years))):
                hours = 200 if mandatory else int(rng.choice([200, 400, 400, 800]))
                cost = 0 if mandatory else hours * int(rng.integers(30, 75))
                rows.append((worker.number, int(rng.integers(start, end + 1)), hours, cost, mandatory))
    rows.sort(key=lambda row: (row[1], row[0]))
    return [(number, *row) for number, row in enumerate(rows, 1)]


def _succession(staff: Staff) -> list[tuple[Any, ...]]:
    """Half-yearly: for each leader and sales manager up to three named successors, or an empty row."""
    rng = stream("succession")
    seats = [w for w in staff.workers if w.jobs[0].unit.family in LEADING - {"manager"}]
    rows: list[tuple[Any, ...]] = []
    for half in range(6):
        as_of = month_start(6 * half + 6) - 1
        for role, seat in enumerate(seats, 1):
            able = [w for w in staff.there(as_of) if w.job_on(as_of).level >= 4 and w is not seat]
            near = [
                w for w in able if w.job_on(as_of).unit.department == seat.jobs[0].unit.department
            ] or able
            named = rng.permutation(len(near))[: int(rng.choice([0, 1, 2, 3], p=[0.2, 0.35, 0.3, 0.15]))]
            if not len(named):
                rows.append((role, as_of, None, None, True))
            for place in sorted(named):
                readiness = str(rng.choice(["now", "1_2y", "3y"], p=[0.38, 0.4, 0.22]))
                rows.append((role, as_of, near[int(place)].number, readiness, True))
    return rows
