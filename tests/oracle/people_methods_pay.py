"""The other methods of who is represented, how pay lies, and what people bring in, row by row."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from tests.oracle.people_base import (
    DAY,
    Answer,
    Question,
    average_headcount,
    headcount,
    mean,
    median,
    post,
    share,
    staff,
)
from tests.oracle.people_pay import MEN, WOMEN, fte, hourly, human_capital_roi, pay, revenue

Middle = Callable[[list[Fraction]], Fraction | None]
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


def salaries(question: Question, genders: tuple[str, ...]) -> list[Fraction]:
    """The annual salaries of the employees of a gender at the end, as they are paid."""
    paid = [
        pay(question, row["employee_id"]).get("annual_salary_base")
        for row in staff(question, question.end)
        if row["gender"] in genders
    ]
    return [Fraction(salary) for salary in paid if salary is not None]


def of_both(
    paid: Callable[[Question, tuple[str, ...]], list[Fraction]],
    middle: Middle,
    of: Callable[[Fraction, Fraction], Fraction | None],
) -> Callable[[Question], Answer]:
    """What is made of the middle of men's pay and of women's."""

    def asked(question: Question) -> Answer:
        men, women = paid(question, MEN), paid(question, WOMEN)
        his, hers = middle(men), middle(women)
        value = None if his is None or hers is None else of(his, hers)
        return Answer(value, Fraction(min(len(men), len(women))))

    return asked


def pay_gaps(metric: str, middle: Middle) -> dict[str, Callable[[Question], Answer]]:
    """The other methods of a pay gap."""
    return {
        f"{metric}.of_women": of_both(hourly, middle, lambda his, hers: share(his - hers, hers)),
        f"{metric}.earnings_ratio": of_both(hourly, middle, lambda his, hers: share(hers, his)),
        f"{metric}.of_salaries": of_both(salaries, middle, lambda his, hers: share(his - hers, his)),
    }


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


def as_paid(question: Question) -> Answer:
    """Salaries as they are paid over the middle of their pay bands; the mean over people."""
    ratios = [
        Fraction(paid["annual_salary_base"]) / Fraction(paid["band_mid"])
        for row in staff(question, question.end)
        if (paid := pay(question, row["employee_id"])).get("annual_salary_base") is not None
        and paid["band_mid"]
    ]
    whole = mean(ratios)
    return Answer(None if whole is None else whole * 100, Fraction(len(ratios)))


def full_time(question: Question, *band: str) -> list[tuple[Fraction, list[Fraction]]]:
    """The salary of each brought to full time, and what is asked of the band, of those of whom all is known."""
    found = []
    for row in staff(question, question.end):
        paid = pay(question, row["employee_id"])
        part = fte(question, row["employee_id"], question.end)
        if part and all(paid.get(column) is not None for column in ("annual_salary_base", *band)):
            own = [Fraction(paid[column]) for column in band]
            found.append((Fraction(paid["annual_salary_base"]) / part, own))
    return found


def of_sums(question: Question) -> Answer:
    """All salaries over all middles of the bands."""
    known = full_time(question, "band_mid")
    bands = sum((band[0] for _, band in known), Fraction(0))
    return Answer(share(sum(salary for salary, _ in known), bands), Fraction(len(known)))


def range_penetration(question: Question) -> Answer:
    """How far salaries lie above the lowest of their bands, of how far the highest lie; all added up."""
    known = full_time(question, "band_min", "band_max")
    into = sum((salary - low for salary, (low, _) in known), Fraction(0))
    return Answer(share(into, sum(high - low for _, (low, high) in known)), Fraction(len(known)))


def revenue_by_head(question: Question) -> Answer:
    """Revenue for each of the average headcount."""
    average = average_headcount(question)
    return Answer(share(revenue(question), average, 1), average)


def revenue_by_head_at_end(question: Question) -> Answer:
    """Revenue for each of those there at the end."""
    people = headcount(question, question.end)
    return Answer(share(revenue(question), people, 1), people)


def without_minus_one(question: Question) -> Answer:
    """The return on people in its older form."""
    answer = human_capital_roi(question)
    return answer._replace(value=None if answer.value is None else answer.value + 1)


PAY_METHODS: dict[str, Callable[[Question], Answer]] = {
    "representation_rate.of_all": women_of_all,
    "representation_rate.unknown_share": unknown_share,
    "representation_rate.in_leadership": women_in_leadership,
    **pay_gaps("gender_pay_gap_median", median),
    **pay_gaps("gender_pay_gap_mean", mean),
    "adverse_impact_ratio.promotions_by_gender": promotions_by_gender,
    "adverse_impact_ratio.promotions_by_ethnicity": promotions_by_ethnicity,
    "compa_ratio.as_paid": as_paid,
    "compa_ratio.of_sums": of_sums,
    "compa_ratio.range_penetration": range_penetration,
    "revenue_per_employee.by_head": revenue_by_head,
    "revenue_per_employee.by_head_at_end": revenue_by_head_at_end,
    "human_capital_roi.without_minus_one": without_minus_one,
}
