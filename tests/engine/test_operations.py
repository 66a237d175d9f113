"""What operations make of numbers: roots to forty digits, and how long a flow takes to come to a stock."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from metrics.definition import Root
from metrics.engine.asking.windows import months_back
from metrics.engine.evaluation.arithmetic import NoValueError, operation, used_up

ROOT = Root(root=(Decimal(0), Decimal(0)))


def root(value: str, degree: str) -> Fraction:
    return operation(ROOT, [Fraction(value), Fraction(degree)])


@pytest.mark.parametrize(
    ("value", "degree", "found"),
    [("1331/1000", "3", "11/10"), ("0", "3", "0"), ("1", "7/3", "1"), ("2", "1/2", "4"), ("1/9", "2", "1/3")],
)
def test_a_root_that_has_few_digits_is_exactly_that(value: str, degree: str, found: str) -> None:
    assert abs(root(value, degree) - Fraction(found)) < Fraction(1, 10**39)
    if found != "1/3":
        assert root(value, degree) == Fraction(found)


def test_a_root_that_goes_on_is_right_to_forty_digits() -> None:
    assert abs(root("2", "2") ** 2 - 2) < Fraction(1, 10**38)


@pytest.mark.parametrize(("value", "degree"), [("-1", "3"), ("2", "0"), ("2", "-1")])
def test_there_is_no_root_of_less_than_nothing_or_of_no_degree(value: str, degree: str) -> None:
    with pytest.raises(NoValueError):
        root(value, degree)


@pytest.mark.parametrize(
    ("stock", "days"),
    [("0", "0"), ("50", "15"), ("100", "30"), ("150", "76"), ("125", "61"), ("200", "93")],
)
def test_a_stock_is_used_up_month_by_month_the_last_in_part(stock: str, days: str) -> None:
    flows = [(Fraction(30), 100), (Fraction(31), 25), (Fraction(30), 50), (Fraction(2), 25)]
    found = used_up(Fraction(stock), [(length, Fraction(flow)) for length, flow in flows])
    assert found == Fraction(days)


def test_a_month_in_which_more_was_taken_back_than_sold_leaves_more_to_use_up() -> None:
    flows = [(Fraction(30), Fraction(-20)), (Fraction(31), Fraction(100))]
    assert used_up(Fraction(30), flows) == 30 + Fraction(31, 2)


@pytest.mark.parametrize("stock", ["-1", "101"])
def test_what_is_less_than_nothing_or_more_than_all_of_them_is_not_used_up(stock: str) -> None:
    with pytest.raises(NoValueError):
        used_up(Fraction(stock), [(Fraction(30), Fraction(100))])


def test_months_back_begin_with_what_there_is_of_the_one_that_is_running() -> None:
    months = months_back(date(2025, 3, 11), 3)
    assert [(month.start, month.end) for month in months] == [
        (date(2025, 3, 1), date(2025, 3, 11)),
        (date(2025, 2, 1), date(2025, 3, 1)),
        (date(2025, 1, 1), date(2025, 2, 1)),
    ]
    assert months_back(date(2025, 3, 1), 1)[0].start == date(2025, 2, 1)
