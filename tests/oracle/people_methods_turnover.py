"""The other methods of who left and who stayed, row by row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import partial

from metrics.calendar.periods import Period, add_months
from tests.oracle.people_base import (
    DAY,
    Answer,
    Question,
    Row,
    employed,
    headcount,
    mean,
    post,
    share,
    staff,
)
from tests.oracle.people_pay import fte
from tests.oracle.people_turnover import gone_within, leavers, turnover

MEAN_MONTH = Fraction("365.25") / 12
"""The days of a month, where it is not whole ones that have come."""
Of = Callable[[Question], Fraction | None]


def quits(question: Question) -> list[Row]:
    """Who left of their own will."""
    return [row for row in leavers(question) if row["termination_type"] == "voluntary"]


def regretted(question: Question) -> list[Row]:
    """Who left and should have stayed."""
    return [row for row in leavers(question) if row["is_regretted"] is True]


def let_go(question: Question) -> Answer:
    """Whom the company let go, of the average headcount."""
    return turnover(question, [row for row in leavers(question) if row["termination_type"] == "involuntary"])


def of_people(gone: Callable[[Question], list[Row]], people: Of) -> Callable[[Question], Answer]:
    """Those who are gone, of so many people."""

    def asked(question: Question) -> Answer:
        count, left = people(question) or Fraction(0), gone(question)
        return Answer(share(len(left), count), count, Fraction(len(left)))

    return asked


def at_start(question: Question) -> Fraction:
    """The headcount when the period began."""
    return headcount(question, question.start)


def at_end(question: Question) -> Fraction:
    """The headcount when it ended."""
    return headcount(question, question.end)


def two_point(question: Question) -> Fraction:
    """The mean of both."""
    return (at_start(question) + at_end(question)) / 2


def by_fte(question: Question) -> Answer:
    """The shares of full time of those who left, of the mean of those held at the start and at the end."""

    def held(morning: date) -> Fraction:
        here = (row["employee_id"] for row in staff(question, morning))
        posts = (one for one in here if post(question, one, morning - DAY))
        return sum((fte(question, one, morning) for one in posts), Fraction(0))

    left = leavers(question)
    gone = (fte(question, row["employee_id"], row["terminated_on"] + DAY) for row in left)
    shares, of = sum(gone, Fraction(0)), (held(question.start) + held(question.end)) / 2
    people = two_point(question)
    return Answer(share(shares, of), people, Fraction(len(left)))


def with_leavers(question: Question) -> Fraction:
    """Who is still here, and who left."""
    return at_end(question) + len(leavers(question))


def monthly(number: int) -> Of:
    """The mean of the headcounts when that day of each month was over; without such a day, that of the end."""

    def counted(question: Question) -> Fraction | None:
        days = (question.start + i * DAY for i in range((question.end - question.start).days))
        closing = [headcount(question, day + DAY) for day in days if day.day == number]
        return mean(closing or [at_end(question)])

    return counted


def of_all_leavers(question: Question) -> Fraction:
    """How many left."""
    return Fraction(len(leavers(question)))


def twelve_months(gone: Callable[[Question], list[Row]], question: Question) -> Answer:
    """Who left in the twelve months to the end, of the average headcount of those months, which begin on its day."""
    first = add_months(question.end, -12)
    whole = replace(question, period=Period(first, question.end, "twelve months"))
    mornings = {*(add_months(first, month) for month in range(12)), question.end}
    average = mean([headcount(question, morning) for morning in mornings]) or Fraction(0)
    left = gone(whole)
    return Answer(share(len(left), average), average, Fraction(len(left)))


def annualised(gone: Callable[[Question], list[Row]], question: Question) -> Answer:
    """Who left, of the average headcount, as if the year went on like that."""
    answer = turnover(question, gone(question))
    if question.end == question.period.end and question.start.day == question.end.day == 1:
        months = Fraction(len(question.instants()) - 1)
    else:
        months = (question.end - question.start).days / MEAN_MONTH
    return answer._replace(value=None if answer.value is None else answer.value * 12 / months)


def not_judged(question: Question) -> list[Row]:
    """Who left, and nobody has said whether they should have stayed."""
    return [row for row in leavers(question) if row["is_regretted"] is None]


def stayed(days: int, question: Question) -> Answer:
    """Of the hires of the period who could have reached that day, those who were not gone by then."""
    answer = gone_within(question, days)
    kept = None if answer.small is None else answer.people - answer.small
    return Answer(None if answer.value is None else 100 - answer.value, answer.people, kept)


def one_minus_turnover(question: Question) -> Answer:
    """What is left of 100 by those who left, of the average headcount."""
    answer = turnover(question, leavers(question))
    return answer._replace(value=None if answer.value is None else 100 - answer.value)


def end_over_start(question: Question) -> Answer:
    """The headcount at the end, of that at the start."""
    return Answer(share(at_end(question), at_start(question)), at_start(question), at_end(question))


def of_today(question: Question) -> Answer:
    """Of those employed at the end, those who were a year before. A rehire is another employment."""
    here = staff(question, question.end)
    then = [row for row in here if employed(row, add_months(question.end, -12))]
    return Answer(share(len(then), len(here)), Fraction(len(here)), Fraction(len(then)))


TURNOVER_METHODS: dict[str, Callable[[Question], Answer]] = {
    "employee_turnover_rate.of_start": of_people(leavers, at_start),
    "employee_turnover_rate.of_end": of_people(leavers, at_end),
    "employee_turnover_rate.two_point": of_people(leavers, two_point),
    "employee_turnover_rate.by_fte": by_fte,
    "employee_turnover_rate.mid_month": of_people(leavers, monthly(15)),
    "employee_turnover_rate.payroll_12th": of_people(leavers, monthly(12)),
    "employee_turnover_rate.active_plus_leavers": of_people(leavers, with_leavers),
    "employee_turnover_rate.twelve_months": partial(twelve_months, leavers),
    "employee_turnover_rate.annualised": partial(annualised, leavers),
    "employee_turnover_rate.involuntary": let_go,
    "voluntary_turnover_rate.of_start": of_people(quits, at_start),
    "voluntary_turnover_rate.two_point": of_people(quits, two_point),
    "voluntary_turnover_rate.twelve_months": partial(twelve_months, quits),
    "voluntary_turnover_rate.annualised": partial(annualised, quits),
    "voluntary_turnover_rate.of_leavers": of_people(quits, of_all_leavers),
    "regretted_turnover_rate.not_judged_share": of_people(not_judged, of_all_leavers),
    "regretted_turnover_rate.of_start": of_people(regretted, at_start),
    "regretted_turnover_rate.two_point": of_people(regretted, two_point),
    "regretted_turnover_rate.of_leavers": of_people(regretted, of_all_leavers),
    **{
        f"new_hire_turnover_rate.within_{days}_days": partial(gone_within, days=days)
        for days in (30, 60, 180, 365)
    },
    "employee_retention_rate.one_minus_turnover": one_minus_turnover,
    "employee_retention_rate.end_over_start": end_over_start,
    "employee_retention_rate.new_hires_90_days": partial(stayed, 90),
    "employee_retention_rate.new_hires_365_days": partial(stayed, 365),
    "stability_index.of_today": of_today,
}
