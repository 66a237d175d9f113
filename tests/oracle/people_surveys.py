"""What people answered in surveys, answer by answer."""

from __future__ import annotations

from datetime import UTC
from fractions import Fraction
from typing import Any

from tests.oracle.people_base import Answer, Question, Row, mean, share

EMPLOYEES = ("enps", "engagement", "manager", "leadership_trust", "onboarding")
"""The types of survey that ask employees, where a wave does not say whom it asks."""


def wave(question: Question, survey_id: Any) -> Row:
    """The wave of a survey; nothing where there is none of that id."""
    return next((row for row in question.rows("surveys") if row["survey_id"] == survey_id), {})


def answers(question: Question, survey_type: str) -> list[Row]:
    """The answers to questions that applied, of waves of a type that count in the period, with the wave's day."""
    return [
        answer
        for answer in question.rows("survey_responses")
        if (survey := wave(question, answer["survey_id"])).get("survey_type") == survey_type
        and answer["score"] is not None
        and question.holds(
            survey["closed_on"] or day_of(question, answer["responded_at"]) or survey["opened_on"]
        )
        and question.about(group(question, answer))
    ]


def day_of(question: Question, moment: Any) -> Any:
    """The company's day of a moment, which is given in UTC."""
    return moment and moment.replace(tzinfo=UTC).astimezone(question.zone).date()


def group(question: Question, row: Row) -> Any:
    """The group of an answer: its question or survey, or the team of whoever answered, as the invitation has it."""
    if question.by in ("question", "survey"):
        return row[f"{question.by}_id"]
    for invited in question.rows("survey_invites"):
        if (invited["survey_id"], invited["respondent_key"]) == (row["survey_id"], row["respondent_key"]):
            return invited["manager_key" if question.by == "manager" else "segment"]
    return None


def favourability(question: Question, survey_type: str) -> Answer:
    """For each question the share of its answers that are one of the two best scores; then the mean."""
    items: dict[Any, list[bool]] = {}
    given = answers(question, survey_type)
    for answer in given:
        best = 5 if answer["scale_max"] is None else answer["scale_max"]
        items.setdefault(answer["question_id"], []).append(answer["score"] >= best - 1)
    shares = [Fraction(sum(favourable), len(favourable)) for favourable in items.values()]
    people = len({answer["respondent_key"] for answer in given})
    whole = mean(shares)
    return Answer(None if whole is None else whole * 100, Fraction(people))


def engagement_index(question: Question) -> Answer:
    return favourability(question, "engagement")


def manager_effectiveness(question: Question) -> Answer:
    return favourability(question, "manager")


def leadership_trust(question: Question) -> Answer:
    return favourability(question, "leadership_trust")


def enps(question: Question) -> Answer:
    """Answers of 9 and 10 less those of 0 to 6, of all answers on a scale of 0 to 10."""
    given = [
        answer
        for answer in answers(question, "enps")
        if answer["scale_max"] in (10, None) and answer["scale_min"] in (0, None)
    ]
    good = sum(answer["score"] >= 9 for answer in given)
    bad = sum(answer["score"] <= 6 for answer in given)
    return Answer(
        share(good - bad, len(given)), Fraction(len({answer["respondent_key"] for answer in given}))
    )


def employee_survey_participation(question: Question) -> Answer:
    """Of the people invited to a wave that counts in the period, those who gave any answer."""
    answered = {(row["survey_id"], row["respondent_key"]) for row in question.rows("survey_responses")}
    invited = set()
    for row in question.rows("survey_invites"):
        survey = wave(question, row["survey_id"])
        if not survey or (survey["audience"] or audience(survey)) != "employee":
            continue
        if question.holds(survey["closed_on"] or survey["opened_on"]) and question.about(
            group(question, row)
        ):
            invited.add((row["survey_id"], row["respondent_key"]))
    return Answer(
        share(len(invited & answered), len(invited)), Fraction(len({person for _, person in invited}))
    )


def audience(survey: Row) -> str:
    """Whom a wave asks, as its type tells."""
    return "employee" if survey["survey_type"] in EMPLOYEES else "customer"


SURVEYS = {
    one.__name__: one
    for one in (
        engagement_index,
        manager_effectiveness,
        leadership_trust,
        enps,
        employee_survey_participation,
    )
}
