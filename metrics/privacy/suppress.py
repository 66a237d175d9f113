"""A value that is not shown: nothing is left from which it could be had."""

from __future__ import annotations

from dataclasses import replace

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
