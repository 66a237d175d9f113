"""Absence, hours and accidents, row by row."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from tests.oracle.people_base import DAY, Answer, Question, Row, average_headcount, counts, mean, share, staff
from tests.oracle.people_pay import average_fte

MEASURED = ("sickness", "unplanned")


def is_working(question: Question, day: date) -> bool:
    """Whether the calendar has a day as a working day; Monday to Friday where it does not have it."""
    for row in question.rows("calendar"):
        if row["day"] == day:
            return row["is_business_day"] is True
    return day.weekday() < 5


def working_days(row: Row) -> Fraction:
    """The working days of an absence, as it says, else its Mondays to Fridays."""
    if row["working_days"] is not None:
        return Fraction(row["working_days"])
    days = (row["start_on"] + timedelta(days=i) for i in range((row["end_on"] - row["start_on"]).days + 1))
    return Fraction(sum(day.weekday() < 5 for day in days))


def days_lost(question: Question) -> Fraction:
    """Working days lost in spells that began in the period."""
    lost = [
        working_days(row)
        for row in question.during("absences", "start_on")
        if row["absence_type"] in MEASURED
        and counts(question, row["employee_id"])
        and question.of(row["employee_id"], row["start_on"])
    ]
    return sum(lost, Fraction(0))


def absence_rate(question: Question) -> Answer:
    """Working days lost in spells that began in the period, of its working days times the average FTE."""
    days = (question.period.end - question.period.start).days
    working = sum(is_working(question, question.start + timedelta(days=i)) for i in range(days))
    return Answer(share(days_lost(question), average_fte(question) * working), average_headcount(question))


def spells(question: Question) -> list[Row]:
    """Spells of sickness and unplanned absence; those of a person without a working day between them are one."""
    found: list[Row] = []
    rows = [row for row in question.rows("absences") if row["absence_type"] in MEASURED]
    for row in sorted(rows, key=lambda row: (row["employee_id"], row["start_on"])):
        last = found[-1] if found else None
        if (
            last
            and last["employee_id"] == row["employee_id"]
            and adjoins(question, last["end_on"], row["start_on"])
        ):
            last["end_on"] = max(last["end_on"], row["end_on"])
            last["days"] += working_days(row)
        else:
            found.append({**row, "days": working_days(row)})
    return found


def adjoins(question: Question, end: date, start: date) -> bool:
    """Whether there is no working day between the end of a spell and the start of another."""
    day = end + DAY
    while day < start:
        if is_working(question, day):
            return False
        day += DAY
    return True


def absence_frequency_rate(question: Question) -> Answer:
    """Spells that began in the period, for each hundred of the average headcount."""
    begun = [
        row
        for row in spells(question)
        if question.holds(row["start_on"]) and counts(question, row["employee_id"])
    ]
    average = average_headcount(question)
    return Answer(share(len(begun), average), average)


def bradford_factor(question: Question) -> Answer:
    """Spells squared times days absent in the 52 weeks to the end; the mean of those who were absent."""
    first = question.end - timedelta(weeks=52)
    people: dict[Any, list[Fraction]] = {}
    for row in spells(question):
        if first <= row["start_on"] < question.end:
            people.setdefault(row["employee_id"], []).append(row["days"])
    scores = [Fraction(len(own) ** 2) * sum(own) for own in people.values()]
    return Answer(mean(scores), Fraction(len(scores)))


def worked(question: Question) -> list[Row]:
    """The days that were worked in the period."""
    return [
        row
        for row in question.during("time_entries", "work_day")
        if question.of(row["employee_id"], row["work_day"])
    ]


def overtime_rate(question: Question) -> Answer:
    """Overtime hours, of all hours worked."""
    rows = worked(question)
    overtime = sum(Fraction(row["overtime_hours"] or 0) for row in rows)
    hours = sum(Fraction(row["hours_worked"] or 0) for row in rows)
    return Answer(share(overtime, hours), Fraction(len({row["employee_id"] for row in rows})))


def burnout_risk_rate(question: Question) -> Answer:
    """Of the people employed at the end with hours in the 13 weeks to it, those overloaded in eight or more."""
    first = question.end - timedelta(weeks=13)
    weeks: dict[Any, dict[date, list[Fraction]]] = {}
    for row in question.rows("time_entries"):
        monday = row["work_day"] - timedelta(days=row["work_day"].weekday())
        if first <= monday < question.end:
            hours = weeks.setdefault(row["employee_id"], {}).setdefault(monday, [Fraction(0), Fraction(0)])
            hours[0] += Fraction(row["hours_worked"] or 0)
            hours[1] += Fraction(row["hours_scheduled"] or 0)
    people = [row["employee_id"] for row in staff(question, question.end) if row["employee_id"] in weeks]
    at_risk = [
        one
        for one in people
        if sum(done > contracted * Fraction(11, 10) for done, contracted in weeks[one].values()) >= 8
    ]
    return Answer(share(len(at_risk), len(people)), Fraction(len(people)))


def recordable_incident_rate(question: Question) -> Answer:
    """Recordable incidents for each 200,000 hours worked."""
    incidents = [
        row
        for row in question.during("safety_incidents", "occurred_on")
        if row["recordable"] is True and question.of(row["employee_id"], row["occurred_on"])
    ]
    rows = worked(question)
    hours = sum(Fraction(row["hours_worked"] or 0) for row in rows)
    return Answer(share(len(incidents), hours, 200_000), Fraction(len({row["employee_id"] for row in rows})))


WELLBEING = {
    one.__name__: one
    for one in (
        absence_rate,
        absence_frequency_rate,
        bradford_factor,
        overtime_rate,
        burnout_risk_rate,
        recordable_incident_rate,
    )
}
