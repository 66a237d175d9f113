"""The other methods of filling openings and of getting reps to sell, row by row."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any

from tests.oracle.people_base import Answer, Question, Row, headcount, job, mean, median, share
from tests.oracle.people_hiring import department, filled, hires, of_opening, still_open
from tests.oracle.people_sales import productivity, target, whole_months, won


def median_to_fill(question: Question) -> Answer:
    """Median calendar days from opening a requisition to the accepted offer."""
    days = [Fraction((row["accepted_on"] - row["opened_on"]).days) for row in filled(question)]
    return Answer(median(days), Fraction(len(days)))


def to_start(question: Question) -> Answer:
    """Mean calendar days from opening a requisition to the first day of its hire, by that day.

    Who was there before the opening had the first day long ago: it is no end of anything.
    """
    started = {row["employee_id"]: row["hired_on"] for row in question.rows("employees")}
    days = [
        Fraction((first - row["opened_on"]).days)
        for row in question.rows("requisitions")
        if question.holds(first := started.get(row["hired_employee_id"]))
        and first >= row["opened_on"]
        and not row["is_evergreen"]
        and of_opening(question, row)
    ]
    return Answer(mean(days), Fraction(len(days)))


def open_share(question: Question) -> Answer:
    """Requisitions open at the end, of those and of the ones that were filled in the period."""
    still, done = still_open(question), filled(question)
    people = Fraction(len(still) + len(done))
    return Answer(share(len(still), people), people)


def from_application(question: Question) -> Answer:
    """Mean calendar days from the application of who was hired to the accepted offer, by that day."""
    days = [
        Fraction((row["offer_accepted_on"] - row["applied_on"]).days)
        for row in question.during("applications", "offer_accepted_on")
        if question.about(department(question, row["req_id"]))
    ]
    return Answer(mean(days), Fraction(len(days)))


def offers(question: Question) -> list[Row]:
    """The offers made in the period."""
    return [
        row
        for row in question.during("applications", "offer_extended_on")
        if question.about(department(question, row["req_id"]))
    ]


def accepted_of_all(question: Question) -> Answer:
    """Of all offers made in the period, those accepted."""
    made = offers(question)
    accepted = [row for row in made if row["offer_accepted_on"]]
    return Answer(share(len(accepted), len(made)), Fraction(len(made)))


def undecided_share(question: Question) -> Answer:
    """Of all offers made in the period, those that are neither accepted nor declined."""
    made = offers(question)
    waiting = [row for row in made if not row["offer_accepted_on"] and not row["offer_declined_on"]]
    return Answer(share(len(waiting), len(made)), Fraction(len(made)))


def cost_of(nature: str) -> Callable[[Question], Answer]:
    """Recruiting cost of one kind in the period, for each of its hires."""

    def asked(question: Question) -> Answer:
        cost = [
            Fraction(row["amount_base"])
            for row in question.during("cost_entries", "incurred_on")
            if row["nature"] == nature
            and row["amount_base"] is not None
            and question.about(row["department_id"])
        ]
        hired = len(hires(question))
        return Answer(share(sum(cost, Fraction(0)), hired, 1), Fraction(hired))

    return asked


def vacancies_of_headcount(question: Question) -> Answer:
    """Positions open when the period ended, of the headcount."""
    people = headcount(question, question.end)
    return Answer(share(len(still_open(question)), people), people)


def attained(question: Question) -> list[tuple[date, Row | None]]:
    """Of each rep hired in the period the day of hire, and the first quota attained, if there is one."""
    found: list[tuple[date, Row | None]] = []
    for row in question.during("employees", "hired_on"):
        own = [quota for quota in question.rows("quotas") if quota["employee_id"] == row["employee_id"]]
        made = [quota for quota in own if won(question, quota) >= target(quota) > 0]
        if own and question.of(row["employee_id"], row["hired_on"]):
            found.append((row["hired_on"], min(made, key=lambda one: one["period_start"], default=None)))
    return found


def ramp(middle: Callable[[list[Fraction]], Fraction | None], until: str) -> Callable[[Question], Answer]:
    """Whole months from the day of hire to that day of the first quota attained, none where it had begun before."""

    def asked(question: Question) -> Answer:
        found = [(hired, quota[until]) for hired, quota in attained(question) if quota]
        days = [(hired, max(hired, day) if until == "period_start" else day) for hired, day in found]
        months = [Fraction(whole_months(hired, day)) for hired, day in days]
        return Answer(middle(months), Fraction(len(months)))

    return asked


def ramp_to_whole_quota(question: Question) -> Answer:
    """Median of the whole months from the day of hire to the first quota that was won whole, lowered or not."""
    months = []
    for row in question.during("employees", "hired_on"):
        own = [quota for quota in question.rows("quotas") if quota["employee_id"] == row["employee_id"]]
        made = [
            quota["period_start"]
            for quota in own
            if won(question, quota) >= Fraction(quota["quota_base"]) > 0
        ]
        if made and question.of(row["employee_id"], row["hired_on"]):
            months.append(Fraction(whole_months(row["hired_on"], max(min(made), row["hired_on"]))))
    return Answer(median(months), Fraction(len(months)))


def not_ramped_share(question: Question) -> Answer:
    """Of the reps hired in the period, those who have not attained a quota."""
    reps = attained(question)
    return Answer(share(sum(quota is None for _, quota in reps), len(reps)), Fraction(len(reps)))


def is_carrier(question: Question, employee_id: Any, day: date) -> bool:
    """Whether somebody was a quota carrier on a day."""
    return job(question, employee_id, day).get("job_family") == "quota_carrier"


def of_carriers(question: Question) -> Answer:
    """The value of the deals that quota carriers won in the period, for each ramped rep of the average."""
    return productivity(question, lambda deal: is_carrier(question, deal["owner_id"], deal["closed_on"]))


HIRING_METHODS: dict[str, Callable[[Question], Answer]] = {
    "time_to_fill.median": median_to_fill,
    "time_to_fill.to_start": to_start,
    "time_to_fill.open_share": open_share,
    "time_to_fill.from_application": from_application,
    "offer_acceptance_rate.of_all": accepted_of_all,
    "offer_acceptance_rate.undecided_share": undecided_share,
    "cost_per_hire.external": cost_of("recruiting_external"),
    "cost_per_hire.internal": cost_of("recruiting_internal"),
    "vacancy_rate.of_headcount": vacancies_of_headcount,
    "ramp_time.mean": ramp(mean, "period_start"),
    "ramp_time.to_period_end": ramp(median, "period_end"),
    "ramp_time.whole_quota": ramp_to_whole_quota,
    "ramp_time.not_ramped_share": not_ramped_share,
    "rep_productivity.of_carriers": of_carriers,
}
