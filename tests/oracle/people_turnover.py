"""Who left and who stayed, row by row."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from typing import Any

from metrics.calendar.periods import add_months
from tests.oracle.people_base import (
    COUNTED,
    Answer,
    Question,
    Row,
    average_headcount,
    counts,
    employed,
    headcount,
    share,
    staff,
)


def leavers(question: Question) -> list[Row]:
    """Whose last working day lies in the period, in the group of that day."""
    return [
        row
        for row in question.during("employees", "terminated_on")
        if row["employment_type"] in COUNTED and question.of(row["employee_id"], row["terminated_on"])
    ]


def turnover(question: Question, gone: list[Row]) -> Answer:
    """Leavers of the average headcount."""
    average = average_headcount(question)
    return Answer(share(len(gone), average), average, Fraction(len(gone)))


def employee_turnover_rate(question: Question) -> Answer:
    return turnover(question, leavers(question))


def voluntary_turnover_rate(question: Question) -> Answer:
    return turnover(question, [row for row in leavers(question) if row["termination_type"] == "voluntary"])


def regretted_turnover_rate(question: Question) -> Answer:
    return turnover(question, [row for row in leavers(question) if row["is_regretted"] is True])


def new_hire_turnover_rate(question: Question) -> Answer:
    return gone_within(question, 90)


def gone_within(question: Question, days: int) -> Answer:
    """Of the hires of the period who could have reached that day, those who were gone by then."""
    window = timedelta(days=days)
    hires = [
        row
        for row in question.during("employees", "hired_on")
        if row["employment_type"] in COUNTED
        and question.of(row["employee_id"], row["hired_on"])
        and row["hired_on"] + window <= question.as_of
    ]
    gone = [row for row in hires if row["terminated_on"] and row["terminated_on"] <= row["hired_on"] + window]
    return Answer(share(len(gone), len(hires)), Fraction(len(hires)), Fraction(len(gone)))


def cohort(question: Question, morning: Any) -> Answer:
    """Of those employed on one morning, those who still are at the end. A rehire is another employment."""
    there = staff(question, morning)
    still = [row for row in there if employed(row, question.end)]
    return Answer(share(len(still), len(there)), Fraction(len(there)), Fraction(len(still)))


def employee_retention_rate(question: Question) -> Answer:
    return cohort(question, question.start)


def stability_index(question: Question) -> Answer:
    return cohort(question, add_months(question.end, -12))


def top_performer_retention(question: Question) -> Answer:
    """Of the top performers of the start, those who are still here at the end."""
    there = [row for row in staff(question, question.start) if is_top(question, row["employee_id"])]
    still = [row for row in there if employed(row, question.end)]
    return Answer(share(len(still), len(there)), Fraction(len(there)), Fraction(len(still)))


def is_top(question: Question, employee_id: Any) -> bool:
    """Whether the last review completed before the period called somebody one; of one day's, the last by its key."""
    done = [
        row
        for row in question.rows("reviews")
        if row["employee_id"] == employee_id and row["completed_on"] and row["completed_on"] < question.start
    ]
    last = max(done, key=lambda row: (row["completed_on"], row["review_id"]), default=None)
    return last is not None and last["is_top_performer"] is True


def promotion_rate(question: Question) -> Answer:
    """People promoted in the period, of the headcount at its start."""
    people = headcount(question, question.start)
    promoted = movers(question, "promotion")
    return Answer(share(len(promoted), people), people, Fraction(len(promoted)))


def internal_mobility_rate(question: Question) -> Answer:
    """People promoted, moved sideways or transferred in the period, of the average headcount."""
    average = average_headcount(question)
    moved = movers(question, "promotion", "lateral", "transfer")
    return Answer(share(len(moved), average), average, Fraction(len(moved)))


def movers(question: Question, *reasons: str) -> set[Any]:
    """Whose job began to be another one for one of these reasons; they count in the group of the new one."""
    return {row["employee_id"] for row in moves(question, *reasons)}


def moves(question: Question, *reasons: str) -> list[Row]:
    """The jobs that began for one of these reasons."""
    return [
        row
        for row in question.during("job_history", "effective_from")
        if row["change_reason"] in reasons
        and counts(question, row["employee_id"])
        and question.of(row["employee_id"], row["effective_from"])
    ]


TURNOVER = {
    one.__name__: one
    for one in (
        employee_turnover_rate,
        voluntary_turnover_rate,
        regretted_turnover_rate,
        new_hire_turnover_rate,
        employee_retention_rate,
        stability_index,
        top_performer_retention,
        promotion_rate,
        internal_mobility_rate,
    )
}
