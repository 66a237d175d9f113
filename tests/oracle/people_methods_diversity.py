"""The other methods of who is represented and who is promoted, row by row."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from tests.oracle.people_base import DAY, Answer, Question, post, share, staff
from tests.oracle.people_pay import MEN, WOMEN

UNKNOWN = (None, " ")
"""What says nothing: blank text stands for nothing."""


def women_of_all(question: Question) -> Answer:
    """Women, of all employees at the end."""
    people = staff(question, question.end)
    women = [row for row in people if row["gender"] in WOMEN]
    return Answer(share(len(women), len(people)), Fraction(len(people)), Fraction(len(women)))


def unknown_share(question: Question) -> Answer:
    """Employees whose gender is not known, of all at the end."""
    people = staff(question, question.end)
    unknown = [row for row in people if row["gender"] in UNKNOWN]
    return Answer(share(len(unknown), len(people)), Fraction(len(people)), Fraction(len(unknown)))


def women_in_leadership(question: Question) -> Answer:
    """Women, of those who lead at the end and whose gender is known."""
    known = [
        row
        for row in staff(question, question.end)
        if row["gender"] not in UNKNOWN
        and post(question, row["employee_id"], question.end - DAY).get("is_leadership") is True
    ]
    women = [row for row in known if row["gender"] in WOMEN]
    return Answer(share(len(women), len(known)), Fraction(len(known)), Fraction(len(women)))


def gender(stated: Any) -> Any:
    """Women, men, or what else is stated; who states nothing is in no group."""
    return "women" if stated in WOMEN else "men" if stated in MEN else None if stated in UNKNOWN else stated


def promotions(question: Question, group: Callable[[Any], Any], column: str) -> Answer:
    """Of those who held a job at the start, the lowest share promoted in any group over the highest."""
    promoted = {
        row["employee_id"]
        for row in question.during("job_history", "effective_from")
        if row["change_reason"] == "promotion"
    }
    groups: dict[Any, list[bool]] = {}
    for row in staff(question, question.start):
        held = post(question, row["employee_id"], question.start - DAY)
        if held and group(row[column]) is not None:
            groups.setdefault(group(row[column]), []).append(row["employee_id"] in promoted)
    rates = [Fraction(sum(own), len(own)) for own in groups.values()]
    smallest = min(map(len, groups.values()), default=0)
    return Answer(share(min(rates), max(rates), 1) if rates else None, Fraction(smallest))


def promotions_by_gender(question: Question) -> Answer:
    return promotions(question, gender, "gender")


def promotions_by_ethnicity(question: Question) -> Answer:
    return promotions(question, lambda stated: stated, "ethnicity")


DIVERSITY_METHODS: dict[str, Callable[[Question], Answer]] = {
    "representation_rate.of_all": women_of_all,
    "representation_rate.unknown_share": unknown_share,
    "representation_rate.in_leadership": women_in_leadership,
    "adverse_impact_ratio.promotions_by_gender": promotions_by_gender,
    "adverse_impact_ratio.promotions_by_ethnicity": promotions_by_ethnicity,
}
