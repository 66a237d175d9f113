"""The other methods of surveys, absence, hours and accidents, row by row."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from tests.oracle.people_base import Answer, Question, Row, average_headcount, counts, mean, share
from tests.oracle.people_surveys import answers
from tests.oracle.people_wellbeing import days_lost, spells, worked


def best(answer: Row) -> Fraction:
    """The best score of an answer's scale."""
    return Fraction(5 if answer["scale_max"] is None else answer["scale_max"])


def favourable(answer: Row) -> bool:
    """Whether an answer is one of the two best scores."""
    return bool(answer["score"] >= best(answer) - 1)


def people_of(given: list[Row]) -> Fraction:
    """How many people answered."""
    return Fraction(len({answer["respondent_key"] for answer in given}))


def all_items(question: Question, survey_type: str) -> Answer:
    """Of the people who answered, those whose answers were all favourable."""
    people: dict[Any, list[bool]] = {}
    for answer in answers(question, survey_type):
        people.setdefault(answer["respondent_key"], []).append(favourable(answer))
    return Answer(share(sum(map(all, people.values())), len(people)), Fraction(len(people)))


def all_answers(question: Question, survey_type: str) -> Answer:
    """Favourable answers, of all."""
    given = answers(question, survey_type)
    return Answer(share(sum(map(favourable, given)), len(given)), people_of(given))


def mean_score(question: Question, survey_type: str) -> Answer:
    """The mean of the scores, each as a share of the best one."""
    given = answers(question, survey_type)
    middle = mean([Fraction(answer["score"]) / best(answer) for answer in given])
    return Answer(None if middle is None else middle * 100, people_of(given))


def survey(method: Callable[[Question, str], Answer], survey_type: str) -> Callable[[Question], Answer]:
    """A method for the surveys of a type."""
    return lambda question: method(question, survey_type)


def days_per_employee(question: Question) -> Answer:
    """Working days lost in spells that began in the period, for each of the average headcount."""
    average = average_headcount(question)
    return Answer(share(days_lost(question), average, 1), average)


def absent_at_all(question: Question) -> Answer:
    """People with a spell that began in the period, of the average headcount."""
    absent = {row["employee_id"] for row in spells(question) if question.holds(row["start_on"])}
    average = average_headcount(question)
    return Answer(share(len([one for one in absent if counts(question, one)]), average), average)


def overtime_of_regular_hours(question: Question) -> Answer:
    """Overtime hours, of the other hours worked."""
    rows = worked(question)
    overtime, hours = total(rows, "overtime_hours"), total(rows, "hours_worked")
    return Answer(share(overtime, hours - overtime), Fraction(len({row["employee_id"] for row in rows})))


def overtime_per_employee(question: Question) -> Answer:
    """Overtime hours of employees, for each of the average headcount."""
    rows = [row for row in worked(question) if counts(question, row["employee_id"])]
    average = average_headcount(question)
    return Answer(share(total(rows, "overtime_hours"), average, 1), average)


def total(rows: list[Row], column: str) -> Fraction:
    """The sum of what is known of a column."""
    return sum((Fraction(row[column] or 0) for row in rows), Fraction(0))


def incidents(question: Question) -> list[Row]:
    """The accidents of the period."""
    return [
        row
        for row in question.during("safety_incidents", "occurred_on")
        if question.of(row["employee_id"], row["occurred_on"])
    ]


def recorded(row: Row) -> Fraction:
    """One for each that is to be recorded."""
    return Fraction(row["recordable"] is True)


def away(row: Row) -> Fraction:
    """One for each with days away from work."""
    return Fraction((row["lost_days"] or 0) > 0)


def lost(row: Row) -> Fraction:
    """The days away from work."""
    return Fraction(row["lost_days"] or 0)


def for_hours(counted: Callable[[Row], Fraction], hours: int) -> Callable[[Question], Answer]:
    """So many of the accidents, for each so many hours worked."""

    def asked(question: Question) -> Answer:
        rows = worked(question)
        people = Fraction(len({row["employee_id"] for row in rows}))
        count = sum(map(counted, incidents(question)), Fraction(0))
        return Answer(share(count, total(rows, "hours_worked"), hours), people)

    return asked


def days_per_case(question: Question) -> Answer:
    """Days away from work, for each accident with any."""
    cases = [row for row in incidents(question) if away(row)]
    people = Fraction(len({row["employee_id"] for row in cases}))
    return Answer(share(sum(map(lost, cases), Fraction(0)), len(cases), 1), people)


def days_per_recordable(question: Question) -> Answer:
    """Days away from work, for each accident that is to be recorded."""
    cases = [row for row in incidents(question) if recorded(row)]
    people = Fraction(len({row["employee_id"] for row in cases}))
    days = sum(map(lost, incidents(question)), Fraction(0))
    return Answer(share(days, len(cases), 1), people)


WELLBEING_METHODS: dict[str, Callable[[Question], Answer]] = {
    **{
        f"{metric}.{method.__name__}": survey(method, survey_type)
        for metric, survey_type in (
            ("engagement_index", "engagement"),
            ("manager_effectiveness", "manager"),
            ("leadership_trust", "leadership_trust"),
        )
        for method in (all_items, all_answers, mean_score)
    },
    "absence_rate.days_per_employee": days_per_employee,
    "absence_frequency_rate.individual": absent_at_all,
    "overtime_rate.of_regular_hours": overtime_of_regular_hours,
    "overtime_rate.per_employee": overtime_per_employee,
    "recordable_incident_rate.per_million_hours": for_hours(recorded, 1_000_000),
    "recordable_incident_rate.lost_time": for_hours(away, 200_000),
    "recordable_incident_rate.lost_time_per_million": for_hours(away, 1_000_000),
    "recordable_incident_rate.severity": for_hours(lost, 200_000),
    "recordable_incident_rate.days_per_case": days_per_case,
    "recordable_incident_rate.days_per_recordable": days_per_recordable,
}
