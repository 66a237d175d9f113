"""Every people metric is what a plain loop over the rows of a random company makes of it, by each of its methods.

``pytest tests/definitions/test_oracle_people.py --hypothesis-profile=explore`` looks at many more companies, new
ones each time.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from metrics.calendar.periods import Calendar, Period
from metrics.engine import Ask
from metrics.load import load_catalog
from metrics.privacy import Reader
from metrics.values import Status, Value
from tests.oracle.people import FORMULAS, METHODS, Asked, Company, company, computed, expected

COMPANIES = settings(
    max_examples=60 if settings.get_current_profile_name() == "explore" else 1,
    deadline=None,
    phases=[Phase.generate],  # no seed is smaller than another
)
SEEDS = st.integers(0, 10**9)
MONTHS = [
    Calendar().containing(date(2023 + m // 12, m % 12 + 1, 1), "month") for m in (10, 11, 12, 13, 14, 15)
]
QUARTERS = [Calendar().quarter(*one, fiscal=False) for one in ((2023, 4), (2024, 1), (2024, 2))]
FEBRUARY, FIRST_QUARTER = MONTHS[3], QUARTERS[1]
LATER, EARLIER, WITHIN = date(2026, 6, 30), date(2024, 4, 10), date(2024, 2, 14)
"""Days of asking: after all rows, before some of them, and in the midst of a month and a quarter."""
TELLING = (119, 141)
"""Companies that together have a number other than nought, one and a hundred for every metric and method."""
DIMENSIONS = (
    *("filled_by", "session_type", "question", "survey"),
    *("employment_type", "manager", "job_family", "level"),
)
"""What metrics are split by beside the department: in each company by one of them."""
RESTRICTED = {
    "top_performer_retention",
    "human_capital_roi",
    "representation_rate",
    "gender_pay_gap_median",
    "gender_pay_gap_mean",
    "adverse_impact_ratio",
    "compa_ratio",
    "quality_of_hire",
}
"""Metrics that touch pay, ratings or protected traits: about ten people or more, and not by one or two of them."""
EVERYBODY = Reader(persons=True)
"""Who may see managers by name."""
NUMBERS = {Status.OK, Status.IMMATURE_COHORT}
PLACES = Fraction(1, 10**18)
"""Values are told to twenty places."""


@contextmanager
def made(seed: int) -> Iterator[Company]:
    """The company of a seed."""
    with TemporaryDirectory() as folder:
        yield company(Path(folder), seed)


class Compared(NamedTuple):
    """What was asked, and what the engine and the naive formula say."""

    asked: Asked
    group: str | None
    found: Fraction | None
    naive: Fraction | None


@cache
def compared(seed: int, periods: tuple[Period, ...], as_of: date) -> list[Compared]:
    """Every metric and method of the whole company and of its groups, suppressed or not."""
    with made(seed) as there:
        asked = [
            Asked(metric, period, as_of, by)
            for period in periods
            if period.start <= as_of
            for metric in [*FORMULAS, *METHODS]
            for by in ways(there, metric, period, seed)
        ]
        return [
            Compared(one, group, value, expected(there, one, group).value)
            for one, group, value in computed(there, asked)
        ]


def ways(company: Company, metric: str, period: Period, seed: int) -> list[tuple[str, ...]]:
    """For the whole company and by department; in a quarter by one more dimension, and a method by either."""
    names: tuple[str, ...] = ("department", DIMENSIONS[seed % len(DIMENSIONS)])
    if metric in METHODS:
        names = names[seed // 2 % 2 :][:1] if period.grain == "quarter" else ()
    elif period.grain != "quarter":
        names = names[:1]
    return [(), *((name,) for name in names if company.engine.reaches(metric, name))]


def test_no_people_metric_is_without_a_naive_formula() -> None:
    people = [metric for metric in load_catalog().metrics.values() if metric.side == "people"]
    assert set(FORMULAS) == {metric.id for metric in people}
    assert set(METHODS) == {name for metric in people for name in metric.others}


@pytest.mark.parametrize("seed", TELLING)
def test_the_engine_makes_of_all_rows_what_a_plain_loop_does(seed: int) -> None:
    found = compared(seed, (FEBRUARY, FIRST_QUARTER), LATER)
    assert [one for one in found if one.found != one.naive] == []


def test_every_metric_was_compared_as_a_number_that_tells() -> None:
    every = [one for seed in TELLING for one in compared(seed, (FEBRUARY, FIRST_QUARTER), LATER)]
    telling = {one.asked.metric for one in every if one.naive not in {None, 0, 1, 100}}
    assert telling == {*FORMULAS, *METHODS}


@COMPANIES
@given(SEEDS, st.sampled_from(MONTHS), st.sampled_from(QUARTERS), st.sampled_from([WITHIN, EARLIER, LATER]))
def test_so_it_does_of_any_company_and_day(seed: int, month: Period, quarter: Period, as_of: date) -> None:
    found = compared(seed, (month, quarter), as_of)
    assert [one for one in found if one.found != one.naive] == []


@COMPANIES
@given(SEEDS, st.sampled_from([*MONTHS, *QUARTERS]))
def test_what_is_shown_is_that_number_and_never_about_too_few(seed: int, period: Period) -> None:
    with made(seed) as there:
        every = [*FORMULAS, *METHODS]
        asks = [Ask(metric, period, by=by) for metric in every for by in ways(there, metric, period, seed)]
        for ask, values in zip(asks, there.engine.compute(asks, LATER, reader=EVERYBODY), strict=True):
            for value in values:
                look_at(there, ask, value, seed)


def look_at(there: Company, ask: Ask, value: Value, seed: int) -> None:
    """A value is the naive one if it is a number, and one of enough people; and if there is none there is none."""
    [group] = value.group.values() or [None]
    asked = Asked(ask.metric, ask.period, LATER, ask.by)
    answer = expected(there, asked, None if group == "(none)" else group)
    about = (seed, asked, group, value.status, value.value, answer)
    metric, _, _ = ask.metric.partition(".")
    if value.status is Status.SUPPRESSED:
        assert value.value is None, about
    elif value.status in NUMBERS and value.value is not None:
        assert answer.value is not None, about
        assert abs(Fraction(value.value) - answer.value) < PLACES, about
        assert not 0 < answer.people < (10 if metric in RESTRICTED else 5), about
        assert metric not in RESTRICTED or answer.small not in (1, 2), about
    else:
        assert answer.value is None, about
