"""A metric in its frame -> its exact value for a group, with its status, or the reason why there is none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from metrics.engine.asking.leaves import Leaf
from metrics.engine.evaluation.arithmetic import NoValueError, ratio
from metrics.engine.queries.cells import Group
from metrics.engine.queries.resting import Cells, Cohort, is_young, rows
from metrics.model import Metric
from metrics.values import Status

ONE = Fraction(1)
Number = Callable[[Cells, Group], Fraction]
"""An expression in its frame: the cells of its leaves and a group -> its exact value, or ``NoValueError``."""


class Result(NamedTuple):
    """The parts of a metric's value for one group: exact, unscaled."""

    numerator: Fraction
    denominator: Fraction | None
    value: Fraction
    status: Status


@dataclass(frozen=True)
class Formula:
    """A metric in its frame: its parts, what its rows are counted of, its cohorts, and the metrics it is made of."""

    definition: Metric
    scale: Fraction
    top: Number
    bottom: Number | None
    counted: Number | None
    base: Sequence[Leaf]
    cohorts: Sequence[Cohort]
    made_of: Sequence[Formula]

    def result(self, cells: Cells, group: Group) -> Result:
        """Its value for one group: ``scale x numerator / denominator``.

        It is ``capped`` or an ``immature_cohort`` where that holds for it or for a metric that it is made of.

        Raises:
            NoValueError: there is none; its status says why.
        """
        young = is_young(self.cohorts, cells, group)
        try:
            result = self._ratio(cells, group)
        except NoValueError as error:
            if young and error.status in {Status.UNDEFINED, Status.INSUFFICIENT}:
                raise NoValueError(Status.IMMATURE_COHORT) from None
            raise
        if result.status is not Status.OK:
            return result
        if young:
            return result._replace(status=Status.IMMATURE_COHORT)
        for part in self.made_of:
            status = part.result(cells, group).status
            if status is not Status.OK:
                return result._replace(status=status)
        return result

    def n(self, cells: Cells, group: Group) -> int | None:
        """How many rows, people or answers it rests on: what its definition counts, else the rows themselves."""
        if self.counted is not None:
            return int(self.counted(cells, group))
        return rows(self.base, cells, group)

    def _ratio(self, cells: Cells, group: Group) -> Result:
        top, definition = self.top(cells, group), self.definition
        if self.bottom is None:
            return Result(top, None, ratio(self.scale, top, ONE), Status.OK)
        bottom, status = self.bottom(cells, group), Status.OK
        if definition.least_denominator is not None and bottom < Fraction(definition.least_denominator):
            if bottom < 0:
                raise NoValueError(Status.UNDEFINED)
            bottom, status = Fraction(definition.least_denominator), Status.CAPPED
        sign = bottom.numerator
        unfit = definition.not_if
        if (sign <= 0 and unfit == "nonpositive_denominator") or (
            sign < 0 and unfit == "negative_denominator"
        ):
            nothing = self.counted is not None and not self.counted(
                cells, group
            )  # no quota is not one that is met
            raise NoValueError(Status.UNDEFINED if nothing else Status(definition.status_if_not))
        if not sign:
            raise NoValueError(Status.UNDEFINED)
        return Result(top, bottom, ratio(self.scale, top, bottom), status)
