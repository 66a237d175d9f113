"""Small groups stay hidden: a whole table of groups is looked at once, never a cell alone.

A group with too few people is hidden; where that leaves just one hidden beside shown siblings, the smallest
shown one is hidden too, or the hidden one could be had by subtraction.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from metrics.model import Sensitivity
from metrics.values import Status, Value

THRESHOLDS: dict[Sensitivity, int] = {"people": 5, "restricted": 10}
"""The fewest people a value may rest on, by sensitivity (metrics.md F.1: Culture Amp, Betterworks, ONS)."""
FEW = 2
"""Numerators of one or two are withheld for restricted columns."""


def suppressed(
    values: Sequence[Value], sensitivity: Sensitivity, *, counts_people: bool = False
) -> list[Value]:
    """The values as they may leave the engine: one table, all groups of one metric over one period.

    ``counts_people`` says that the numerator is a count, not money or a rate.
    """
    least = THRESHOLDS.get(sensitivity, 0)
    few = FEW if counts_people and sensitivity == "restricted" else 0
    hidden = {index for index, value in enumerate(values) if _too_small(value, least, few)}
    counted = [index for index, value in enumerate(values) if value.n]
    shown = [index for index in counted if index not in hidden]
    if len([index for index in hidden if values[index].n]) == 1 and shown and len(values) > 1:
        hidden.add(min(shown, key=lambda index: (values[index].n or 0, index)))
    return [blank(value) if index in hidden else value for index, value in enumerate(values)]


def blank(value: Value) -> Value:
    """A value from which nothing can be had: no number, no count, no receipt to run again."""
    receipt = replace(
        value.citation,
        numerator=None,
        denominator=None,
        n=None,
        data_through=None,
        sql=(),
        parameters=(),
        steps=(),
    )
    return replace(value, status=Status.SUPPRESSED, value=None, n=None, citation=receipt)


def _too_small(value: Value, least: int, few: int) -> bool:
    if value.status in {Status.NOT_MEASURED, Status.NOT_APPLICABLE} or not least:
        return False
    if value.n is not None and 0 < value.n < least:
        return True
    numerator = value.citation.numerator
    return numerator is not None and 0 < numerator <= few and value.n != numerator
