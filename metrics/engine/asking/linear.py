"""Whether the groups of an expression are sure to add up to the whole."""

from __future__ import annotations

from decimal import Decimal

from metrics.definition import (
    Add,
    Divide,
    Entities,
    Expression,
    External,
    FirstOf,
    Length,
    Measure,
    Multiply,
    Subtract,
    parts,
)

SAME_FOR_ALL = (Decimal, Length, External)
"""What is the same for a group as for the whole."""


def is_linear(expression: Expression) -> bool:
    """Counts and sums of rows or entities that each lie in one group, added up and scaled."""
    match expression:
        case Decimal():
            return expression == 0
        case Measure() | Entities():
            return isinstance(expression, Entities) or expression.adds_up
        case Add() | Subtract() | FirstOf():
            return all(is_linear(part) for part in parts(expression))
        case Multiply():
            scaled = [part for part in expression.multiply if not isinstance(part, SAME_FOR_ALL)]
            return len(scaled) == 1 and is_linear(scaled[0])
        case Divide():
            return is_linear(expression.divide[0]) and isinstance(expression.divide[1], SAME_FOR_ALL)
    return False
