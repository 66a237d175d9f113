"""Staff -> time at and away from work: absences, time entries, injuries."""
# ruff: noqa: PLR2004 - the figures of a made-up company

from __future__ import annotations

from typing import Any

import numpy as np

from metrics.demo import stories
from metrics.demo.clock import END, FIRST, LAST, Array, Days, business_days, stream
from metrics.demo.staff import Staff, Worker
from metrics.demo.store import Frame, frame


def tables(staff: Staff) -> dict[str, Frame]:
    """Absences, time entries and injuries of everybody but contractors."""
    workers = [w for w in staff.workers if w.kind != "contractor"]
    workdays = business_days()
    away: dict[int, Array] = {}
    rows: list[tuple[Any, ...]] = []
    rng = stream("absences")
    for worker in workers:
        free, spells = _absences(worker, workdays, rng)
        away[worker.number] = free
        rows += spells
    rows.sort(key=lambda row: (row[2], row[0]))
    numbered = [(number, *row) for number, row in enumerate(rows, 1)]
    return {
        "absences": frame("absences", numbered),
        "time_entries": _time_entries(workers, workdays, away),
        "safety_incidents": frame("safety_incidents", _incidents(workers)),
    }


def _span(worker: Worker) -> tuple[int, int]:
    """The stretch of recorded days of a worker: from 2023 on, the end excluded."""
    return max(worker.hired, FIRST), min(END, END if worker.left is None else worker.left + 1)


def _absences(
    worker: Worker, workdays: Days, rng: np.random.Generator
) -> tuple[Array, list[tuple[Any, ...]]]:
    """Spells that do not overlap, and the working days they take. Only sickness can be half a day."""
    start, end = _span(worker)
    mine = np.nonzero((workdays >= start) & (workdays < end))[0]
    years = (end - start) / 365
    taken: set[int] = set()
    rows: list[tuple[Any, ...]] = []
    plans = [("vacation", 4.4, 5.2), ("sickness", 2.9, 3.0), ("unplanned", 0.5, 1.0), ("other", 0.25, 1.5)]
    if rng.random() < 0.06 * years:
        plans.insert(0, ("parental", 1 / max(years, 1), 60))
    for kind, often, length in plans:
        for _ in range(int(rng.poisson(often * years))):
            days = 1 + int(rng.poisson(length - 1))
            if len(mine) < days + 2:
                continue
            first = int(rng.integers(mine[0], mine[-1] - days + 2))
            places = set(range(first, first + days))
            near = places | {first - 1, first + days}
            if near & taken:
                continue
            taken |= places
            half = kind in {"sickness", "unplanned"} and rng.random() < 0.15
            worked = 50 if half else 0
            rows.append(
                (
                    worker.number,
                    kind,
                    int(workdays[first]),
                    int(workdays[first + days - 1]),
                    days * 100 - worked,
                )
            )
    return workdays[sorted(taken)] if taken else np.empty(0, dtype=np.int64), rows


def _time_entries(workers: list[Worker], workdays: Days, away: dict[int, Array]) -> Frame:
    rng = stream("time")
    parts = [_entries_of(worker, workdays, away[worker.number], rng) for worker in workers]
    names = ["employee_id", "work_day", "hours_scheduled", "hours_worked", "overtime_hours"]
    names += ["after_hours_minutes", "billable_hours"]
    return {name: np.concatenate([part[place] for part in parts]) for place, name in enumerate(names)}


def _entries_of(worker: Worker, workdays: Days, away: Array, rng: np.random.Generator) -> list[Array]:
    start, end = _span(worker)
    days = workdays[(workdays >= start) & (workdays < end)]
    days = days[~np.isin(days, away)]
    job = worker.job
    scheduled = np.full(len(days), 8 * job.fte, dtype=np.int64)
    load = float(rng.normal(1.01, 0.025)) + (0.12 if rng.random() < 0.045 else 0.0)
    extra = np.full(len(days), load)
    if job.unit.department == stories.SELLERS_LEAVE.where and job.unit.family == "quota_carrier":
        since, until = stories.SELLERS_LEAVE.caused[0] + 45, stories.SELLERS_LEAVE.follows[1]
        extra += np.where((days >= since) & (days < until), 0.05, 0.0)
    share = np.clip(rng.normal(extra, 0.07), 0.5, 1.5)
    worked = (scheduled * share).astype(np.int64) // 25 * 25
    overtime = np.maximum(0, worked - scheduled - 50)
    after = (np.maximum(0, rng.normal(14, 22, len(days))) * extra).astype(np.int64) * 100
    billable = np.zeros(len(days), dtype=np.int64)
    if job.unit.family == "consultant":
        billable = (worked * np.clip(rng.normal(0.7, 0.1, len(days)), 0.2, 0.98)).astype(np.int64) // 25 * 25
    return [np.full(len(days), worker.number), days, scheduled, worked, overtime, after, billable]


def _incidents(workers: list[Worker]) -> list[tuple[int, ...]]:
    rng = stream("incidents")
    days = np.sort(rng.integers(FIRST, LAST + 1, 14))
    rows: list[tuple[int, ...]] = []
    for number, on in enumerate(days, 1):
        there = [w for w in workers if w.there(int(on))]
        worker = there[int(rng.integers(len(there)))]
        recordable = rng.random() < 0.5
        rows.append(
            (
                number,
                worker.number,
                int(on),
                int(recordable),
                int(rng.integers(0, 6)) * 100 if recordable else 0,
            )
        )
    return rows
