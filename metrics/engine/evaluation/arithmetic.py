"""Arithmetic on exact fractions: operations, reductions, how long a period is, or the reason why there is no number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction
from functools import reduce
from operator import add, mul, sub

from metrics.calendar.periods import Period, months_between
from metrics.definition import Across, Add, Divide, Length, Lowest, Multiply, Power, Root, Subtract
from metrics.values import Status

SATURDAY = 5
WORKED, KEPT = (Context(prec=digits, rounding=ROUND_HALF_EVEN) for digits in (60, 40))
"""To how many digits a root is worked out, and kept: what has an exact one of fewer has that."""


class NoValueError(Exception):
    """There is no number here, and this is why. Caught where values are made."""

    def __init__(self, status: Status) -> None:
        super().__init__(status.value)
        self.status = status


def operation(  # noqa: PLR0911 - one line for each operation
    expression: Add | Subtract | Multiply | Divide | Power | Root | Lowest, values: Sequence[Fraction]
) -> Fraction:
    """What an operation makes of its values.

    Raises:
        NoValueError: it divides by zero, or takes a power that has no exact value, or a root of less than nothing.
    """
    match expression:
        case Add():
            return reduce(add, values)
        case Subtract():
            return reduce(sub, values)
        case Multiply():
            return reduce(mul, values)
        case Lowest():
            return min(values)
        case Divide():
            if values[1] == 0:
                raise NoValueError(Status.UNDEFINED)
            return values[0] / values[1]
        case Power():
            return _power(*values)
        case Root():
            return _root(*values)


def _power(value: Fraction, exponent: Fraction) -> Fraction:
    if exponent.denominator != 1 or (value == 0 and exponent < 0):
        raise NoValueError(Status.NOT_APPLICABLE)
    return value ** int(exponent)


def _root(value: Fraction, degree: Fraction) -> Fraction:
    if value < 0 or degree <= 0:
        raise NoValueError(Status.NOT_APPLICABLE)
    base, exponent = (
        WORKED.divide(Decimal(one.numerator), Decimal(one.denominator)) for one in (value, 1 / degree)
    )
    return Fraction(KEPT.plus(WORKED.power(base, exponent)))


def used_up(stock: Fraction, flows: Iterable[tuple[Fraction, Fraction]]) -> Fraction:
    """How many days it takes flows, each of so many days, to come to a stock: the last of them in part.

    Raises:
        NoValueError: the stock is less than nothing, or all of them do not come to it.
    """
    days = Fraction(0)
    if stock < 0:
        raise NoValueError(Status.NOT_APPLICABLE)
    for length_, flow in flows:
        if stock <= flow:
            return days + (length_ * stock / flow if flow else 0)
        days, stock = days + length_, stock - flow
    raise NoValueError(Status.NOT_APPLICABLE)


def ratio(scale: Fraction, top: Fraction, bottom: Fraction) -> Fraction:
    """``scale x top / bottom``, brought to its lowest terms once; the bottom is not zero."""
    return Fraction(
        scale.numerator * top.numerator * bottom.denominator,
        scale.denominator * top.denominator * bottom.numerator,
    )


def reduced(expression: Across, values: Sequence[Fraction]) -> Fraction:
    """One number of many.

    Raises:
        NoValueError: there are none.
    """
    if not values:
        raise NoValueError(Status.INSUFFICIENT)
    match expression.take:
        case "sum":
            return sum(values, Fraction(0))
        case "mean":
            return sum(values, Fraction(0)) / len(values)
        case "lowest":
            return min(values)
        case "highest":
            return max(values)


def length(expression: Length, period: Period, elapsed: date) -> Fraction:
    """How long a period is, as far as it has come: days, weekdays, or months counted along the calendar."""
    end = min(period.end, elapsed + timedelta(days=1))
    days = Fraction(max(0, (end - period.start).days))
    if expression.length == "days":
        return days
    if expression.length == "weekdays":
        return Fraction(
            sum((period.start + timedelta(days=i)).weekday() < SATURDAY for i in range(int(days)))
        )
    if period.start.day == period.end.day == 1 and end == period.end:
        return Fraction(months_between(period.start, period.end))
    return days * 12 / Fraction("365.25")
