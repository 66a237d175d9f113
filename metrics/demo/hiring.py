"""Openings and how they are filled: from outside, or by somebody who works here already."""
# ruff: noqa: PLR2004 - the figures of a made-up company

from __future__ import annotations

import numpy as np

from metrics.demo.clock import LAST, day, month_start
from metrics.demo.firm import Firm
from metrics.demo.staff import MANAGING, UNITS, Job, Opening, Unit, Worker

MOVES = {"csm": "support_agent", "product_manager": "marketer", "revops_analyst": "accountant"}
"""From which job family an opening is sometimes filled from inside, across departments."""


def open_seats(firm: Firm, month: int) -> None:
    """Vacancies for the seats that a month's growth asks for."""
    for unit in UNITS:
        waiting = sum(vacant is unit for _, vacant in firm.vacancies)
        missing = unit.target(month) - firm.count(unit) - waiting
        firm.vacancies += [(month, unit)] * max(0, missing if unit.family not in MANAGING else 0)


def fill(firm: Firm, month: int) -> None:
    """Fill the vacancies that are due, each through an opening."""
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
            mover.take(job)
        firm.staff.openings.append(Opening(unit, opened, accepted, internal=mover is not None, worker=worker))


def _mover(firm: Firm, unit: Unit, start: int) -> Worker | None:
    """Now and then, somebody with most of a year in another job; None where the seat is filled from outside."""
    source = MOVES.get(unit.family) or (
        "sdr" if unit.department == "Sales APAC" and unit.family == "quota_carrier" else None
    )
    if source is None or firm.rng.random() > 0.4:
        return None
    able = [
        w
        for w in firm.staff.workers
        if w.left is None
        and w.kind == "regular"
        and w.job.unit.family == source
        and w.job.since < start - 300
        and (source != "sdr" or w.job.unit.department == unit.department)
    ]
    return able[int(firm.rng.integers(len(able)))] if able else None


def plan(firm: Firm) -> None:
    """Openings still open on the last day, others whose new colleague starts in 2026, and three that never close."""
    growth = [unit for unit in UNITS if unit.family in {"quota_carrier", "engineer", "csm", "support_agent"}]
    for unit in [unit for _, unit in firm.vacancies] + growth:
        firm.staff.openings.append(Opening(unit, LAST - int(firm.rng.integers(4, 70))))
    for unit in growth[:6] + growth[:3]:
        accepted = LAST - int(firm.rng.integers(2, 40))
        opened = accepted - int(np.clip(firm.rng.lognormal(3.68, 0.42), 12, 130))
        firm.staff.openings.append(Opening(unit, opened, accepted))
    for unit in [u for u in UNITS if u.family in {"engineer", "support_agent", "sdr"}][:3]:
        firm.staff.openings.append(Opening(unit, day(2024, 2, 1), evergreen=True))
