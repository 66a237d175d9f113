"""The company while its months go by: who works there, what is vacant, who reports to whom."""
# ruff: noqa: PLR2004 - the figures of a made-up company

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from metrics.demo.staff import LEADING, MANAGING, Job, Staff, Unit, Worker

GROUPS = ["group A", "group B", "group C", "group D", None]


@dataclass
class Firm:
    """The company while its months go by."""

    rng: np.random.Generator
    staff: Staff = field(default_factory=Staff)
    vacancies: list[tuple[int, Unit]] = field(default_factory=list)
    people: int = 0

    def somebody(self, unit: Unit, hired: int, level: int) -> Worker:
        """Somebody new in a unit."""
        rng = self.rng
        kind = (
            "fixed_term"
            if unit.family not in LEADING | {"quota_carrier"} and rng.random() < 0.05
            else "regular"
        )
        gender: str | None = "female" if rng.random() * 100 < unit.women else "male"
        if rng.random() < 0.04:
            gender = None if rng.random() < 0.8 else "nonbinary"
        fte = (
            100
            if unit.family in LEADING | {"quota_carrier"}
            else int(rng.choice([100, 80, 60], p=[0.92, 0.06, 0.02]))
        )
        self.people += 1
        group = GROUPS[int(rng.choice(5, p=[0.52, 0.16, 0.1, 0.06, 0.16]))]
        job = Job(hired, None, unit, self.manager(unit), level, fte, "hire")
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
