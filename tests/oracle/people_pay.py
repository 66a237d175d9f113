"""Who is represented, how pay lies, and what people bring in, row by row."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from tests.oracle.people_base import (
    DAY,
    Answer,
    Question,
    Row,
    average_headcount,
    job,
    mean,
    median,
    post,
    present,
    share,
    staff,
)

WOMEN = ("F", "f", "Female", "female", "FEMALE", "Woman", "woman", "W", "w")
MEN = ("M", "m", "Male", "male", "MALE", "Man", "man")


def representation_rate(question: Question) -> Answer:
    """Women, of the employees at the end whose gender is known."""
    known = [row for row in staff(question, question.end) if row["gender"] not in (None, " ")]
    women = [row for row in known if row["gender"] in WOMEN]
    return Answer(share(len(women), len(known)), Fraction(len(known)), Fraction(len(women)))


def pay(question: Question, employee_id: Any) -> Row:
    """What somebody is paid at the end: the last row to begin before it."""
    own = [
        row
        for row in question.rows("compensation")
        if row["employee_id"] == employee_id and row["effective_from"] < question.end
    ]
    return max(own, key=lambda row: row["effective_from"], default={})


def hourly(question: Question, genders: tuple[str, ...]) -> list[Fraction]:
    """The hourly pay at the end of the employees of a gender, where it is known."""
    rates = [
        pay(question, row["employee_id"]).get("hourly_rate_base")
        for row in staff(question, question.end)
        if row["gender"] in genders
    ]
    return [Fraction(rate) for rate in rates if rate is not None]


def gap(question: Question, middle: Callable[[list[Fraction]], Fraction | None]) -> Answer:
    """How much less women earn, as a share of what men do."""
    men, women = hourly(question, MEN), hourly(question, WOMEN)
    theirs, hers = middle(men), middle(women)
    value = None if theirs is None or hers is None else share(theirs - hers, theirs)
    return Answer(value, Fraction(min(len(men), len(women))))


def gender_pay_gap_median(question: Question) -> Answer:
    return gap(question, median)


def gender_pay_gap_mean(question: Question) -> Answer:
    return gap(question, mean)


def compa_ratio(question: Question) -> Answer:
    """Salaries brought to full time over the middle of their pay bands; the mean over people."""
    ratios = []
    for row in staff(question, question.end):
        paid = pay(question, row["employee_id"])
        part = fte(question, row["employee_id"], question.end)
        if paid.get("annual_salary_base") is not None and paid.get("band_mid") and part:
            ratios.append(Fraction(paid["annual_salary_base"]) / part / Fraction(paid["band_mid"]))
    whole = mean(ratios)
    return Answer(None if whole is None else whole * 100, Fraction(len(ratios)))


def fte(question: Question, employee_id: Any, morning: Any) -> Fraction:
    """The share of full time that somebody worked when that morning came: full time where a job does not say it."""
    own = job(question, employee_id, morning - DAY)
    return Fraction(own["fte"] if own["fte"] is not None else 1) if own else Fraction(0)


def average_fte(question: Question) -> Fraction:
    """The mean of the month ends, the opening one included, of the shares of full time of all who then held a job."""
    totals = [
        sum(
            (
                fte(question, row["employee_id"], morning)
                for row in staff(question, morning)
                if post(question, row["employee_id"], morning - DAY)
            ),
            Fraction(0),
        )
        for morning in question.instants()
    ]
    return mean(totals) or Fraction(0)


def revenue(question: Question) -> Fraction:
    """What was recognised in the period."""
    rows = question.during("revenue_entries", "recognised_on")
    return sum((Fraction(row["amount_base"]) for row in rows if row["amount_base"] is not None), Fraction(0))


def revenue_per_employee(question: Question) -> Answer:
    """Revenue for each full-time equivalent of the average."""
    average = average_fte(question)
    return Answer(share(revenue(question), average, 1), average_headcount(question))


def human_capital_roi(question: Question) -> Answer:
    """What is left of revenue once all cost but that of people is paid, over the cost of people; less one.

    It is about everybody who was there, contractors among them: nobody knows whose pay is in the cost.
    """
    costs = [row for row in question.during("cost_entries", "incurred_on") if row["amount_base"] is not None]
    total = sum((Fraction(row["amount_base"]) for row in costs), Fraction(0))
    people = sum(
        (Fraction(row["amount_base"]) for row in costs if row["nature"] in ("payroll", "commission")),
        Fraction(0),
    )
    value = share(revenue(question) - (total - people), people, 1)
    paid = [
        Fraction(sum(present(row, morning) for row in question.rows("employees")))
        for morning in question.instants()
    ]
    return Answer(None if value is None else value - 1, mean(paid) or Fraction(0))


PAY = {
    one.__name__: one
    for one in (
        representation_rate,
        gender_pay_gap_median,
        gender_pay_gap_mean,
        compa_ratio,
        revenue_per_employee,
        human_capital_roi,
    )
}
