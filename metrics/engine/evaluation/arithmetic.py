"""Arithmetic on exact fractions: operations, reductions, how long a period is, or the reason why there is no number."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from functools import reduce
from operator import add, mul, sub

from metrics.calendar.periods import Period, months_between
from metrics.definition import Across, Add, Divide, Length, Lowest, Multiply, Power, Subtract
from metrics.values import Status

SATURDAY = 5


class NoValueError(Exception):
    """There is no number here, and this is why. Caught where values are made."""

    def __init__(self, status: Status) -> None:
        super().__init__(status.value)
        self.status = status


def operation(
    expression: Add | Subtract | Multiply | Divide | Power | Lowest, values: Sequence[Fraction]
) -> Fraction:
    """What an operation makes of its values.

    Raises:
        NoValueError: it divides by zero, or takes a power that has no exact value.
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
            if values[1].denominator != 1 or (values[0] == 0 and values[1] < 0):
                raise NoValueError(Status.NOT_APPLICABLE)
            return values[0] ** int(values[1])


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
