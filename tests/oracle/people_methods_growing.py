"""The other methods of training, moves, successors and reviews, row by row."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from tests.oracle.people_base import Answer, Question, Row, average_headcount, counts, share, staff
from tests.oracle.people_hiring import internal_fill_rate
from tests.oracle.people_leading import roles
from tests.oracle.people_turnover import movers, moves


def trained(question: Question) -> list[Row]:
    """The trainings that employees completed in the period."""
    return [
        row
        for row in question.during("trainings", "completed_on")
        if counts(question, row["employee_id"]) and question.of(row["employee_id"], row["completed_on"])
    ]


def total(rows: list[Row], column: str) -> Fraction:
    """The sum of what is known of a column."""
    return sum((Fraction(row[column]) for row in rows if row[column] is not None), Fraction(0))


def per_trained(column: str) -> Callable[[Question], Answer]:
    """A sum over the trainings, for each of the people who completed one."""

    def asked(question: Question) -> Answer:
        rows = trained(question)
        people = Fraction(len({row["employee_id"] for row in rows}))
        return Answer(share(total(rows, column), people, 1), people)

    return asked


def training_cost(question: Question) -> Answer:
    """The cost of the employees' trainings, for each of the average headcount."""
    average = average_headcount(question)
    return Answer(share(total(trained(question), "cost_base"), average, 1), average)


def trained_at_all(question: Question) -> Answer:
    """Of the people employed at the end, those who completed a training in the period."""
    done = {row["employee_id"] for row in question.during("trainings", "completed_on")}
    people = {row["employee_id"] for row in staff(question, question.end)}
    return Answer(share(len(people & done), len(people)), Fraction(len(people)))


def with_demotions(question: Question) -> Answer:
    """People promoted, moved sideways, transferred or demoted, of the average headcount."""
    average = average_headcount(question)
    moved = movers(question, "promotion", "lateral", "transfer", "demotion")
    return Answer(share(len(moved), average), average, Fraction(len(moved)))


def every_move(question: Question) -> Answer:
    """Promotions, moves sideways and transfers, of the average headcount."""
    average = average_headcount(question)
    return Answer(share(len(moves(question, "promotion", "lateral", "transfer")), average), average)


def promoted_of_average(question: Question) -> Answer:
    """People promoted in the period, of the average headcount."""
    average = average_headcount(question)
    promoted = movers(question, "promotion")
    return Answer(share(len(promoted), average), average, Fraction(len(promoted)))


def roles_covered(question: Question) -> Answer:
    """Roles with a named successor, of all roles."""
    listed = roles(question)
    covered = {row["role_id"] for row in listed if row["successor_id"] is not None}
    every = {row["role_id"] for row in listed}
    return Answer(share(len(covered), len(every)), Fraction(len(every)))


def reviewed_late_too(question: Question) -> Answer:
    """Reviews due in the period that were completed, whenever."""
    due = [
        row for row in question.during("reviews", "due_on") if question.of(row["employee_id"], row["due_on"])
    ]
    done = [row for row in due if row["completed_on"] is not None]
    return Answer(share(len(done), len(due)), Fraction(len({row["employee_id"] for row in due})))


def reviewed_of_employees(question: Question) -> Answer:
    """Of the people employed at the end, those of whom a review was completed in the period."""
    done = {row["employee_id"] for row in question.during("reviews", "completed_on")}
    people = {row["employee_id"] for row in staff(question, question.end)}
    return Answer(share(len(people & done), len(people)), Fraction(len(people)))


GROWING_METHODS: dict[str, Callable[[Question], Answer]] = {
    "training_hours_per_employee.per_trained": per_trained("hours"),
    "training_hours_per_employee.cost": training_cost,
    "training_hours_per_employee.cost_per_trained": per_trained("cost_base"),
    "training_hours_per_employee.participation": trained_at_all,
    "internal_mobility_rate.of_openings": internal_fill_rate,
    "internal_mobility_rate.with_demotions": with_demotions,
    "internal_mobility_rate.moves": every_move,
    "promotion_rate.of_average": promoted_of_average,
    "succession_coverage.roles_covered": roles_covered,
    "performance_review_completion.late_too": reviewed_late_too,
    "performance_review_completion.of_employees": reviewed_of_employees,
}
