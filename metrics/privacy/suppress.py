"""A value that is not shown: nothing is left from which it could be had. One that is: no day of a single record."""

from __future__ import annotations

from dataclasses import replace

from metrics.periods import Calendar
from metrics.values import Status, Value


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
    flags = tuple(flag for flag in value.flags if flag == "partial_period")
    return replace(value, status=Status.SUPPRESSED, value=None, n=None, citation=receipt, flags=flags)


def to_the_month(value: Value) -> Value:
    """A value about people whose newest row is told by its month: its day would be that of one person's record."""
    receipt = value.citation
    if receipt.data_through is None:
        return value
    end = Calendar().containing(receipt.data_through, "month").last_day
    return replace(value, citation=replace(receipt, data_through=min(end, receipt.as_of)))
