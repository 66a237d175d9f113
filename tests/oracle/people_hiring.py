"""Requisitions, offers, hires and what came of them, row by row."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from typing import Any

from tests.oracle.people_base import COUNTED, Answer, Question, Row, headcount, mean, share

YEAR = timedelta(days=365)


def filled(question: Question) -> list[Row]:
    """The requisitions for which an offer was accepted in the period; those that are always open count nowhere."""
    return [
        row
        for row in question.during("requisitions", "accepted_on")
        if not row["is_evergreen"] and of_opening(question, row)
    ]


def of_opening(question: Question, row: Row) -> bool:
    """Whether the question is about that opening."""
    return question.about(row["filled_by" if question.by == "filled_by" else "department_id"])


def time_to_fill(question: Question) -> Answer:
    """Mean calendar days from opening a requisition to the accepted offer."""
    days = [Fraction((row["accepted_on"] - row["opened_on"]).days) for row in filled(question)]
    return Answer(mean(days), Fraction(len(days)))


def internal_fill_rate(question: Question) -> Answer:
    """Openings filled from inside, of those filled from inside or outside."""
    known = [row for row in filled(question) if row["filled_by"] is not None]
    inside = [row for row in known if row["filled_by"] == "internal"]
    return Answer(share(len(inside), len(known)), Fraction(len(known)))


def still_open(question: Question) -> list[Row]:
    """Positions open when the period ended."""
    return [
        row
        for row in question.rows("requisitions")
        if row["opened_on"] < question.end
        and (row["accepted_on"] is None or row["accepted_on"] >= question.end)
        and (row["closed_on"] is None or row["closed_on"] >= question.end)
        and not row["is_evergreen"]
        and of_opening(question, row)
    ]


def vacancy_rate(question: Question) -> Answer:
    """Positions open when the period ended, of those and the headcount."""
    vacant, people = len(still_open(question)), headcount(question, question.end)
    return Answer(share(vacant, people + vacant), people)


def department(question: Question, req_id: Any) -> Any:
    """The department of a requisition."""
    return next(
        (row["department_id"] for row in question.rows("requisitions") if row["req_id"] == req_id), None
    )


def offer_acceptance_rate(question: Question) -> Answer:
    """Of the offers made in the period that were accepted or declined, those accepted."""
    made = [
        row
        for row in question.during("applications", "offer_extended_on")
        if question.about(department(question, row["req_id"]))
    ]
    decided = [row for row in made if row["offer_accepted_on"] or row["offer_declined_on"]]
    accepted = [row for row in decided if row["offer_accepted_on"]]
    return Answer(share(len(accepted), len(decided)), Fraction(len(decided)))


def adverse_impact_ratio(question: Question) -> Answer:
    """The lowest share of applicants hired in any group over the highest; who states no group is in none."""
    groups: dict[Any, list[bool]] = {}
    for row in question.during("applications", "applied_on"):
        if row["group_key"] is not None and question.about(department(question, row["req_id"])):
            groups.setdefault(row["group_key"], []).append(row["offer_accepted_on"] is not None)
    rates = [Fraction(sum(hired), len(hired)) for hired in groups.values()]
    smallest = min(map(len, groups.values()), default=0)
    return Answer(share(min(rates), max(rates), 1) if rates else None, Fraction(smallest))


def hires(question: Question) -> list[Row]:
    """Who was hired in the period."""
    return [
        row
        for row in question.during("employees", "hired_on")
        if row["employment_type"] in COUNTED and question.of(row["employee_id"], row["hired_on"])
    ]


def cost_per_hire(question: Question) -> Answer:
    """Internal and external recruiting cost of the period, for each of its hires."""
    cost = [
        Fraction(row["amount_base"])
        for row in question.during("cost_entries", "incurred_on")
        if row["nature"] in ("recruiting_internal", "recruiting_external")
        and row["amount_base"] is not None
        and question.about(row["department_id"])
    ]
    hired = len(hires(question))
    return Answer(share(sum(cost, Fraction(0)), hired, 1), Fraction(hired))


def quality_of_hire(question: Question) -> Answer:
    """Half the mean rating of the first year as a share of the best, half the share still here after a year."""
    year_ago = [row for row in hires(question) if row["hired_on"] + YEAR <= question.as_of]
    stayed = [
        row for row in year_ago if not row["terminated_on"] or row["terminated_on"] > row["hired_on"] + YEAR
    ]
    found = [
        (row["employee_id"], Fraction(review["rating"]) / Fraction(review["rating_max"]))
        for row in year_ago
        for review in question.rows("reviews")
        if review["employee_id"] == row["employee_id"]
        and review["rating"] is not None
        and review["completed_on"] is not None
        and row["hired_on"] <= review["completed_on"] <= row["hired_on"] + YEAR
    ]
    rated, kept = mean([rating for _, rating in found]), share(len(stayed), len(year_ago), 50)
    value = None if rated is None or kept is None else rated * 50 + kept
    return Answer(value, Fraction(min(len(year_ago), len({name for name, _ in found}))))


HIRING = {
    one.__name__: one
    for one in (
        time_to_fill,
        internal_fill_rate,
        vacancy_rate,
        offer_acceptance_rate,
        adverse_impact_ratio,
        cost_per_hire,
        quality_of_hire,
    )
}
