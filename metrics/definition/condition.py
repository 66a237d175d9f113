"""Which rows count: conditions on their columns."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from pydantic import model_validator

from metrics.definition.frozen import Frozen, Whole

Scalar = bool | Decimal | str


class ColumnName(Frozen):
    """Another column of the same row, to compare with."""

    column: str


class Test(Frozen):
    """A condition on one column. Each field that is set must hold.

    A comparison takes a number or the name of another column (``{column: NAME}``). ``within_days: 7, of:
    scheduled_on`` holds where both days are at most seven apart. ``setting`` compares with what
    ``company.toml`` says under ``[settings]``; without it the metric is not measured. ``in_window: true``
    holds where the day lies in the measure's own window (its ``over``).
    """

    __test__ = False  # not a test class, whatever pytest thinks of its name

    is_not: Scalar | list[Scalar] | None = None
    present: bool | None = None
    at_least: Decimal | ColumnName | None = None
    above: Decimal | ColumnName | None = None
    at_most: Decimal | ColumnName | None = None
    below: Decimal | ColumnName | None = None
    on_or_before: ColumnName | None = None
    before: ColumnName | None = None
    on_or_after: ColumnName | None = None
    within_days: Whole | None = None
    of: str | None = None
    setting: str | None = None
    in_window: Literal[True] | None = None

    @model_validator(mode="after")
    def _within_names_its_column(self) -> Test:
        if (self.within_days is None) != (self.of is None):
            raise ValueError("within_days and of go together: {within_days: 7, of: scheduled_on}")
        return self


Condition = Test | list[Scalar] | Scalar
Where = dict[str, Condition]
"""Column path -> condition; all of them must hold."""
