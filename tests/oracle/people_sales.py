"""Sales people against their quotas, row by row."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any

from tests.oracle.people_base import DAY, Answer, Question, Row, median, share
from tests.oracle.people_pay import fte


def won(question: Question, quota: Row) -> Fraction:
    """The value of the deals that a rep won while a quota ran."""
    return sum(
        (
            Fraction(deal["amount_base"])
            for deal in question.rows("opportunities")
            if deal["outcome"] == "won"
            and deal["owner_id"] == quota["employee_id"]
            and deal["amount_base"] is not None
            and deal["closed_on"] is not None
            and quota["period_start"] <= deal["closed_on"] < quota["period_end"]
        ),
        Fraction(0),
    )


def ramp(quota: Row) -> Fraction:
    """The share of a quota that counts."""
    return Fraction(1) if quota["ramp_pct"] is None else Fraction(quota["ramp_pct"])


def target(quota: Row) -> Fraction:
    """The quota that counts."""
    return Fraction(quota["quota_base"]) * ramp(quota)


def reached(question: Question, part: Fraction, *, ramped: bool) -> Answer:
    """Of the reps with quotas that begin in the period, those who won that part of them."""
    reps: dict[Any, list[Row]] = {}
    for quota in question.rows("quotas"):
        begins = question.holds(quota["period_start"]) and question.of(
            quota["employee_id"], question.end - DAY
        )
        if begins and (ramp(quota) >= 1) == ramped:
            reps.setdefault(quota["employee_id"], []).append(quota)
    reps = {rep: own for rep, own in reps.items() if sum(target(quota) for quota in own) > 0}
    there = [
        own
        for own in reps.values()
        if sum(won(question, quota) for quota in own) >= part * sum(target(quota) for quota in own)
    ]
    return Answer(share(len(there), len(reps)), Fraction(len(reps)))


def pct_reps_at_quota(question: Question) -> Answer:
    return reached(question, Fraction(1), ramped=True)


def pct_ramping_reps_on_track(question: Question) -> Answer:
    return reached(question, Fraction(7, 10), ramped=False)


def rep_productivity(question: Question) -> Answer:
    return productivity(question, lambda _: True)


def productivity(question: Question, counts: Callable[[Row], bool]) -> Answer:
    """The value of the deals won in the period that count, for each ramped rep of the average, weighted by FTE."""
    value = sum(
        (
            Fraction(deal["amount_base"])
            for deal in question.during("opportunities", "closed_on")
            if deal["outcome"] == "won"
            and deal["amount_base"] is not None
            and counts(deal)
            and question.of(deal["owner_id"], deal["closed_on"])
        ),
        Fraction(0),
    )
    heads, full_time, so_far = Fraction(0), Fraction(0), (question.end - question.start).days
    for quota in question.rows("quotas"):
        for day in days_of(question, quota):
            if ramp(quota) >= 1 and question.of(quota["employee_id"], day):
                share_of_day = fte(question, quota["employee_id"], day + DAY)
                heads += Fraction(share_of_day > 0, so_far)
                full_time += share_of_day / so_far
    return Answer(share(value, full_time, 1), heads)


def days_of(question: Question, quota: Row) -> list[date]:
    """The days of the period on which a quota ran and its rep still worked there the next morning."""
    left = [
        row["terminated_on"]
        for row in question.rows("employees")
        if row["employee_id"] == quota["employee_id"]
    ]
    day, found = max(question.period.start, quota["period_start"]), []
    while day < min(question.end, quota["period_end"]):
        if not (left and left[0] and left[0] <= day):
            found.append(day)
        day += DAY
    return found


def whole_months(since: date, until: date) -> int:
    """How many whole months lie between two days."""
    months = (until.year - since.year) * 12 + until.month - since.month
    return months - (until.day < since.day)


def ramp_time(question: Question) -> Answer:
    """Median of the whole months from the day of hire to the first quota attained, of the hires of the period.

    Somebody hired into the quota period that is attained ramped in none.
    """
    months = []
    for row in question.during("employees", "hired_on"):
        own = [quota for quota in question.rows("quotas") if quota["employee_id"] == row["employee_id"]]
        made = [quota["period_start"] for quota in own if won(question, quota) >= target(quota) > 0]
        if made and question.of(row["employee_id"], row["hired_on"]):
            first = min(made)
            months.append(Fraction(whole_months(row["hired_on"], max(first, row["hired_on"]))))
    return Answer(median(months), Fraction(len(months)))


SALES = {
    one.__name__: one for one in (pct_reps_at_quota, pct_ramping_reps_on_track, rep_productivity, ramp_time)
}
