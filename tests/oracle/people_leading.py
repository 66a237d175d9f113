"""Managers, coaching, reviews, training and successors, row by row."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from tests.oracle.people_base import (
    DAY,
    Answer,
    Question,
    Row,
    average_headcount,
    counts,
    job,
    mean,
    post,
    present,
    share,
    staff,
)


def span_of_control(question: Question) -> Answer:
    """Employees who have a manager at the end, for each manager who has one of them."""
    evening = question.end - DAY
    managers = [
        post(question, row["employee_id"], evening).get("manager_id") for row in staff(question, question.end)
    ]
    led = [manager for manager in managers if manager is not None]
    return Answer(share(len(led), len(set(led)), 1), Fraction(len(led)))


def of_session(question: Question, row: Row, day: date) -> bool:
    """Whether the question is about a session: that of its own manager, or of whom it was with on that day."""
    if question.by in ("manager", "session_type"):
        return question.about(row["manager_id" if question.by == "manager" else question.by])
    return question.of(row["employee_id"], day)


def one_on_one_completion(question: Question) -> Answer:
    """One-on-ones set for the period that were held within seven days of their day."""
    due = [
        row
        for row in question.during("coaching_sessions", "scheduled_on")
        if row["session_type"] == "one_on_one" and of_session(question, row, row["scheduled_on"])
    ]
    held = [row for row in due if row["held_on"] and abs(row["held_on"] - row["scheduled_on"]) <= 7 * DAY]
    return Answer(share(len(held), len(due)), Fraction(len({row["employee_id"] for row in due})))


def coaching_coverage(question: Question) -> Answer:
    """Of the people employed at the end, those who had a coaching session or one-on-one in the period."""
    coached = {
        row["employee_id"]
        for row in question.during("coaching_sessions", "held_on")
        if row["session_type"] in ("coaching", "one_on_one")
    }
    people = [row["employee_id"] for row in staff(question, question.end)]
    return Answer(share(len(coached & set(people)), len(people)), Fraction(len(people)))


def coaching_hours_per_rep(question: Question) -> Answer:
    """Hours of coaching held with quota carriers, for each quota carrier of the average."""
    minutes = [
        Fraction(row["minutes"])
        for row in question.during("coaching_sessions", "held_on")
        if row["session_type"] == "coaching"
        and row["minutes"] is not None
        and job(question, row["employee_id"], row["held_on"]).get("job_family") == "quota_carrier"
        and of_session(question, row, row["held_on"])
    ]
    carriers = mean([Fraction(len(carrying(question, morning))) for morning in question.instants()])
    return Answer(share(sum(minutes, Fraction(0)) / 60, carriers, 1), carriers or Fraction(0))


def carrying(question: Question, morning: Any) -> list[Row]:
    """Who was a quota carrier when that morning came, contractors among them."""
    return [
        row
        for row in question.rows("employees")
        if present(row, morning)
        and post(question, row["employee_id"], morning - DAY).get("job_family") == "quota_carrier"
        and question.of(row["employee_id"], morning - DAY)
    ]


def performance_review_completion(question: Question) -> Answer:
    """Reviews due in the period that were completed by their day."""
    due = [
        row for row in question.during("reviews", "due_on") if question.of(row["employee_id"], row["due_on"])
    ]
    done = [row for row in due if row["completed_on"] and row["completed_on"] <= row["due_on"]]
    return Answer(share(len(done), len(due)), Fraction(len({row["employee_id"] for row in due})))


def training_hours_per_employee(question: Question) -> Answer:
    """Hours of the employees' trainings, for each of the average headcount."""
    hours = [
        Fraction(row["hours"])
        for row in question.during("trainings", "completed_on")
        if row["hours"] is not None
        and counts(question, row["employee_id"])
        and question.of(row["employee_id"], row["completed_on"])
    ]
    average = average_headcount(question)
    return Answer(share(sum(hours, Fraction(0)), average, 1), average)


def roles(question: Question) -> list[Row]:
    """The rows of the newest list of roles at the end of the period."""
    lists = [row["as_of"] for row in question.rows("succession") if row["as_of"] < question.end]
    return [row for row in question.rows("succession") if lists and row["as_of"] == max(lists)]


def succession_coverage(question: Question) -> Answer:
    """Successors named for a role, over all roles, each counted once."""
    listed = roles(question)
    named = {(row["role_id"], row["successor_id"]) for row in listed if row["successor_id"] is not None}
    all_roles = {row["role_id"] for row in listed}
    return Answer(share(len(named), len(all_roles)), Fraction(len(all_roles)))


def ready_now_rate(question: Question) -> Answer:
    """Critical roles with a successor who is ready now, of all critical roles."""
    listed = [row for row in roles(question) if row["is_critical"] is True]
    ready = {
        row["role_id"] for row in listed if row["successor_id"] is not None and row["readiness"] == "now"
    }
    critical = {row["role_id"] for row in listed}
    return Answer(share(len(ready), len(critical)), Fraction(len(critical)))


LEADING = {
    one.__name__: one
    for one in (
        span_of_control,
        one_on_one_completion,
        coaching_coverage,
        coaching_hours_per_rep,
        performance_review_completion,
        training_hours_per_employee,
        succession_coverage,
        ready_now_rate,
    )
}
