"""Answers to show: small ones, and a scorecard of fifteen rows as the engine would give it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from bot.model import Answer, Question, Request
from metrics.calendar.periods import Calendar, Period
from metrics.definition import Measure
from metrics.model import Metric
from metrics.scorecard import Row, RuleResult, Scorecard, Target
from metrics.values import Citation, Status, Value

PERIOD = Period(date(2025, 7, 1), date(2025, 10, 1), "2025-Q3", "quarter")


def answer(question: Question, title: str = "", body: str = "Here you are.") -> Answer:
    """An answer of words alone."""
    return Answer("a1", "help", question, Request("help"), title, body)


def metric(number: int, name: str) -> Metric:
    """A metric of that name: every third one is about people."""
    return Metric(
        id=f"metric_{number}",
        name=name,
        side="people" if number % 3 == 0 else "business",
        dimension="sales",
        unit="percent",
        direction="up",
        timing="lagging",
        kind="outcome",
        formula="won / closed",
        numerator=Measure(table="opportunities", date="closed_on"),
        sources=["S01"],
    )


def row(number: int, name: str = "") -> Row:
    """A row with a value; every fifth one has none."""
    of = metric(number, name or f"Metric number {number}")
    receipt = Citation(
        metric=of.id,
        method="default",
        version=of.version,
        formula=of.formula,
        numerator=Decimal(3),
        denominator=Decimal(5),
        period=PERIOD,
        filters={},
        n=5,
        as_of=date(2025, 11, 1),
        data_through=date(2025, 10, 30),
        tables=("opportunities",),
        sql=("SELECT 1",),
        parameters=({},),
    )
    missing = number % 5 == 0
    now = Value(
        of.id,
        PERIOD,
        Status.NOT_MEASURED if missing else Status.OK,
        receipt,
        None if missing else Decimal("62.08"),
        needs=("employees.is_regretted",) if missing else (),
    )
    before = None if missing else replace(now, value=Decimal("60.00"))
    target = Target(value=Decimal(65)) if number == 1 else None
    return Row(number, of, now, before, None if missing else Decimal("2.08"), target, "it matters")


def scorecard(rows: Sequence[Row]) -> Scorecard:
    """A scorecard of these rows."""
    return Scorecard("cro", "Chief Revenue Officer", "Acme", "EUR", PERIOD, date(2025, 11, 1), tuple(rows))


def recommendation(question: Question, count: int = 15, body: str = "Win rate is 62.1 % [1].") -> Answer:
    """The whole answer to "top 15"."""
    return replace(
        answer(question, f"Top {count} for a Chief Revenue Officer", body),
        kind="recommendation",
        scorecard=scorecard([row(number) for number in range(1, count + 1)]),
        rules=(RuleResult("R01", "block", passed=True), RuleResult("R10", "warn", passed=False, note="late")),
        notes=("CRO was read as Chief Revenue Officer.",),
        suggestions=("Only 10 of those", "Why number 3?"),
    )


def trend(question: Question, months: int = 6) -> Answer:
    """Win rate by month: ten percent, eleven, twelve and so on; line by line, and fit to be drawn."""
    days = [date(2025, month, 1) for month in range(1, months + 1)]
    values = tuple(
        replace(
            row(1).value,
            metric="win_rate",
            period=Calendar().containing(day, "month"),
            value=Decimal(9 + day.month),
        )
        for day in days
    )
    body = "\n".join(["Win rate by month:", *(f"  {one.period.label}: {one.value} %" for one in values)])
    return replace(
        answer(question, "Win rate: by month", body),
        kind="trend",
        request=Request("trend", dimension="month"),
        values=values,
    )
