"""The other methods of how pay lies and what people bring in, row by row."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from tests.oracle.people_base import (
    Answer,
    Question,
    average_headcount,
    headcount,
    mean,
    median,
    share,
    staff,
)
from tests.oracle.people_pay import MEN, WOMEN, average_fte, fte, hourly, human_capital_roi, pay, revenue

Middle = Callable[[list[Fraction]], Fraction | None]


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


def costs(question: Question, *besides: str) -> Fraction:
    """All cost of the period but that of these lines or natures."""
    rows = question.during("cost_entries", "incurred_on")
    known = [row for row in rows if row["amount_base"] is not None]
    kept = [row for row in known if row["pnl_line"] not in besides and row["nature"] not in besides]
    return sum((Fraction(row["amount_base"]) for row in kept), Fraction(0))


def profit_by_fte(question: Question) -> Answer:
    """Revenue less all cost above the line, for each full-time equivalent of the average."""
    profit = revenue(question) - costs(question, "below_line")
    return Answer(share(profit, average_fte(question), 1), average_headcount(question))


def value_added(question: Question) -> Answer:
    """Revenue less all cost but that of people, for each full-time equivalent of the average."""
    added = revenue(question) - costs(question, "payroll", "commission")
    return Answer(share(added, average_fte(question), 1), average_headcount(question))


PAY_METHODS: dict[str, Callable[[Question], Answer]] = {
    **pay_gaps("gender_pay_gap_median", median),
    **pay_gaps("gender_pay_gap_mean", mean),
    "compa_ratio.as_paid": as_paid,
    "compa_ratio.of_sums": of_sums,
    "compa_ratio.range_penetration": range_penetration,
    "revenue_per_employee.by_head": revenue_by_head,
    "revenue_per_employee.by_head_at_end": revenue_by_head_at_end,
    "human_capital_roi.without_minus_one": without_minus_one,
    "human_capital_roi.value_added": value_added,
    "revenue_per_employee.profit": profit_by_fte,
}
