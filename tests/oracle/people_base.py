"""What the naive formulas of people metrics share: whom a question is about, and how many there were when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, NamedTuple, cast
from zoneinfo import ZoneInfo

from metrics.calendar.periods import Period, add_months
from tests.oracle.company import Tables

Row = dict[str, Any]
DAY = timedelta(days=1)
OF_JOBS = {
    "department": "department_id",
    "level": "level",
    "job_family": "job_family",
    "manager": "manager_id",
}
"""The dimensions that a job has."""
COUNTED = ("regular", "fixed_term", None)
"""The employment types that headcounts are of; one that is left empty is a regular one."""


class Answer(NamedTuple):
    """A value, None where there is none, and how many people (or openings, or roles) it is about."""

    value: Fraction | None
    people: Fraction = Fraction(0)
    small: Fraction | None = None
    """The people in the numerator, where it counts people: one or two of them are withheld of pay and traits."""


@dataclass(frozen=True)
class Question:
    """One period of one company as of a day, of all its people or of one group of them (None: of those in none).

    ``by`` is the dimension of which ``group`` is one: the department, level, job family, manager, or employment type.
    ``jobs`` are the rows of job_history of each employee, in the order of their days; ``zone`` is whose days count.
    """

    tables: Tables
    jobs: Mapping[Any, list[Row]]
    zone: ZoneInfo
    period: Period
    as_of: date
    by: str | None = None
    group: Any = None

    @property
    def start(self) -> date:
        """The first day."""
        return self.period.start

    @property
    def end(self) -> date:
        """The first day after; nothing is known of days after the as-of day."""
        return min(self.period.end, self.as_of + DAY)

    def rows(self, table: str) -> list[Row]:
        """All rows of a table."""
        return cast("list[Row]", self.tables.get(table, []))

    def during(self, table: str, column: str) -> Iterator[Row]:
        """The rows of a table with a day in the period."""
        return (row for row in self.rows(table) if self.holds(row[column]))

    def holds(self, day: Any) -> bool:
        """Whether a day lies in the period."""
        return day is not None and self.start <= day < self.end

    def about(self, group: Any) -> bool:
        """Whether the question is about that group; groups are named by text, levels too."""
        return self.by is None or (group if group is None else str(group)) == self.group

    def of(self, employee_id: Any, day: date) -> bool:
        """Whether it is about whoever that was, in the group of that day."""
        if self.by == "employment_type":
            return self.about(employment_type(self, employee_id))
        return self.of_job(job(self, employee_id, day))

    def of_job(self, row: Row) -> bool:
        """Whether it is about whoever has that job."""
        return self.by is None or self.about(row.get(OF_JOBS[self.by]))

    def instants(self) -> list[date]:
        """The mornings that an average is taken over: the first, those of the months between, and the last."""
        found, month = [self.start], add_months(self.start.replace(day=1), 1)
        while month < self.end:
            found.append(month)
            month = add_months(month, 1)
        return [*found, self.end]


def jobs_of(tables: Tables) -> Mapping[Any, list[Row]]:
    """The jobs of each employee, in the order of their days."""
    found: dict[Any, list[Row]] = {}
    for row in cast("list[Row]", tables.get("job_history", [])):
        found.setdefault(row["employee_id"], []).append(row)
    for own in found.values():
        own.sort(key=lambda row: row["effective_from"])
    return found


def job(question: Question, employee_id: Any, day: date) -> Row:
    """The job that somebody had on a day: the last row to begin by then, the first one before all rows."""
    own = question.jobs.get(employee_id, [])
    begun = [row for row in own if row["effective_from"] <= day]
    return begun[-1] if begun else own[0] if own else {}


def post(question: Question, employee_id: Any, day: date) -> Row:
    """The job that somebody holds on a day, which a job that has ended is not."""
    own = job(question, employee_id, day)
    return own if own and (own["effective_to"] is None or own["effective_to"] > day) else {}


def employment_type(question: Question, employee_id: Any) -> Any:
    """How somebody is employed: as a regular employee where it is not said."""
    for row in question.rows("employees"):
        if row["employee_id"] == employee_id:
            return row["employment_type"] or "regular"
    return None


def employed(row: Row, morning: date) -> bool:
    """Whether somebody was employed when that morning came: hired before it, and not gone before it."""
    return row["employment_type"] in COUNTED and present(row, morning)


def present(row: Row, morning: date) -> bool:
    """The same of anybody, contractors and casual staff among them."""
    return row["hired_on"] < morning and (row["terminated_on"] is None or row["terminated_on"] >= morning)


def staff(question: Question, morning: date) -> list[Row]:
    """Who was employed when that morning came, in the group of the evening before."""
    return [
        row
        for row in question.rows("employees")
        if employed(row, morning) and question.of(row["employee_id"], morning - DAY)
    ]


def headcount(question: Question, morning: date) -> Fraction:
    """How many that were."""
    return Fraction(len(staff(question, morning)))


def average_headcount(question: Question) -> Fraction:
    """The mean of the headcounts at the month ends, the opening one included."""
    return mean([headcount(question, morning) for morning in question.instants()]) or Fraction(0)


def counts(question: Question, employee_id: Any) -> bool:
    """Whether somebody is neither a contractor nor a casual worker."""
    return any(
        row["employee_id"] == employee_id and row["employment_type"] in COUNTED
        for row in question.rows("employees")
    )


def share(part: Any, whole: Any, scale: int = 100) -> Fraction | None:
    """Part of whole in percent; nothing of nothing is no number."""
    return Fraction(part) * scale / Fraction(whole) if whole else None


def mean(values: list[Fraction]) -> Fraction | None:
    """The mean, if there are any."""
    return sum(values, Fraction(0)) / len(values) if values else None


def median(values: list[Fraction]) -> Fraction | None:
    """The middle one; of an even number the mean of the two in the middle."""
    if not values:
        return None
    ordered, half = sorted(values), len(values) // 2
    return ordered[half] if len(values) % 2 else (ordered[half - 1] + ordered[half]) / 2
