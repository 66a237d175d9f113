"""The nouns of the workforce: seats, jobs, workers, openings, and the staff that holds them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from metrics.demo.clock import MONTHS

SELLING = ("Sales EMEA", "Sales Americas", "Sales APAC")


@dataclass(frozen=True)
class Unit:
    """A kind of job in a department: how many there were when 2023 began and are to be when 2025 ends.

    ``pay`` is the middle of the yearly band at level 3, in whole dollars of 2023; ``women`` in percent.
    """

    department: str
    family: str
    opening: int
    final: int
    pay: int
    women: int

    def target(self, month: int) -> int:
        """How many there should be when a month ends."""
        return self.opening + round((self.final - self.opening) * (month + 1) / MONTHS)


@dataclass
class Job:
    """What somebody did from one day (in it) to another (not in it)."""

    since: int
    until: int | None
    unit: Unit
    manager: Worker | None
    level: int
    fte: int
    reason: str


@dataclass(eq=False)
class Worker:
    """One employment spell. ``number`` is given once everybody is known, in order of hiring."""

    hired: int
    kind: str
    gender: str | None
    ethnicity: str | None
    person: int
    jobs: list[Job]
    left: int | None = None
    exit_type: str | None = None
    regretted: bool | None = None
    number: int = 0
    pay: list[tuple[int, int, int]] = field(default_factory=list)
    """Day, yearly pay and middle of the band, in whole dollars, as if full time."""

    @property
    def job(self) -> Job:
        """The newest job."""
        return self.jobs[-1]

    def take(self, job: Job) -> None:
        """Begin another job, which ends the one before."""
        self.job.until = job.since
        self.jobs.append(job)

    def there(self, day: int) -> bool:
        """Whether employed on a day."""
        return self.hired <= day and (self.left is None or day <= self.left)

    def job_on(self, day: int) -> Job:
        """The job in force on a day."""
        return next(job for job in reversed(self.jobs) if job.since <= day or job is self.jobs[0])

    def does(self, family: str, day: int) -> bool:
        """Whether employed in a job family on a day."""
        return self.there(day) and self.job_on(day).unit.family == family


@dataclass
class Opening:
    """A position to be filled."""

    unit: Unit
    opened: int
    accepted: int | None = None
    internal: bool = False
    worker: Worker | None = None
    evergreen: bool = False


@dataclass
class Staff:
    """Everybody who ever worked here, and every opening since 2023."""

    workers: list[Worker] = field(default_factory=list)
    openings: list[Opening] = field(default_factory=list)

    def there(self, day: int) -> Iterator[Worker]:
        """Everybody employed on a day."""
        return (worker for worker in self.workers if worker.there(day))

    def doing(self, family: str, day: int) -> list[Worker]:
        """Everybody in a job family on a day."""
        return [worker for worker in self.workers if worker.does(family, day)]


def _units(department: str, *families: tuple[str, int, int, int, int]) -> list[Unit]:
    return [Unit(department, *family) for family in families]


UNITS = [
    *_units("Executive", ("executive", 2, 2, 250_000, 50)),
    *_units("Sales EMEA", ("leader", 1, 1, 178_000, 0), ("sales_manager", 1, 3, 122_000, 33)),
    *_units("Sales EMEA", ("quota_carrier", 11, 17, 80_000, 42), ("sdr", 2, 4, 47_000, 50)),
    *_units("Sales EMEA", ("sales_engineer", 1, 2, 94_000, 30)),
    *_units("Sales Americas", ("leader", 1, 1, 178_000, 100), ("sales_manager", 1, 3, 122_000, 33)),
    *_units("Sales Americas", ("quota_carrier", 8, 20, 80_000, 40), ("sdr", 2, 4, 47_000, 50)),
    *_units("Sales Americas", ("sales_engineer", 1, 2, 94_000, 30)),
    *_units("Sales APAC", ("leader", 1, 1, 170_000, 0), ("sales_manager", 0, 1, 118_000, 50)),
    *_units("Sales APAC", ("quota_carrier", 4, 9, 80_000, 45), ("sdr", 1, 2, 47_000, 50)),
    *_units("Sales APAC", ("sales_engineer", 0, 1, 94_000, 0)),
    *_units("Customer Success", ("leader", 1, 1, 160_000, 100), ("manager", 1, 3, 106_000, 60)),
    *_units("Customer Success", ("csm", 9, 18, 72_000, 58), ("consultant", 4, 8, 79_000, 45)),
    *_units("Marketing", ("leader", 1, 1, 170_000, 100), ("manager", 1, 2, 110_000, 50)),
    *_units("Marketing", ("marketer", 11, 20, 67_000, 62)),
    *_units("Support", ("leader", 1, 1, 135_000, 0), ("manager", 2, 4, 84_000, 50)),
    *_units("Support", ("support_agent", 16, 31, 47_000, 48)),
    *_units("Product", ("leader", 1, 1, 182_000, 100), ("manager", 0, 1, 138_000, 0)),
    *_units("Product", ("product_manager", 5, 9, 116_000, 48), ("designer", 3, 6, 90_000, 55)),
    *_units("Engineering", ("leader", 1, 1, 196_000, 0), ("manager", 5, 8, 158_000, 25)),
    *_units("Engineering", ("engineer", 38, 64, 122_000, 27)),
    *_units("RevOps", ("leader", 1, 1, 142_000, 0), ("revops_analyst", 4, 8, 75_000, 45)),
    *_units("Finance", ("leader", 1, 1, 180_000, 0), ("manager", 1, 1, 104_000, 100)),
    *_units("Finance", ("accountant", 5, 11, 66_000, 58)),
    *_units("People", ("leader", 1, 1, 160_000, 100), ("people_partner", 4, 8, 68_000, 74)),
    *_units("People", ("recruiter", 2, 4, 60_000, 70)),
]
LEADING = {"executive", "leader", "manager", "sales_manager"}
MANAGING = {"manager", "sales_manager"}


def pseudonym(prefix: str, *parts: object) -> str:
    """A key that leads back to nobody: the same for the same parts."""
    text = "/".join(str(part) for part in parts)
    return prefix + hashlib.sha256(f"demo/{text}".encode()).hexdigest()[:10]
