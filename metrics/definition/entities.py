"""Entities: rows -> one record per account, employee, ... -> one number."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from metrics.definition.condition import Where
from metrics.definition.frozen import Frozen
from metrics.definition.measure import Input, Measure


class Least(Frozen):
    """The smaller of two inputs of an entity."""

    least: tuple[str, str]


class Gap(Frozen):
    """The absolute difference of two inputs of an entity."""

    gap: tuple[str, str]


class Times(Frozen):
    """The product of inputs of an entity."""

    times: list[str] = Field(min_length=2)


class Entities(Frozen):
    """Rows -> one record per entity -> one number.

    ``inputs`` are taken for each entity; ``where`` keeps entities by their inputs (a comparison may name
    another input with ``{column: NAME}``); the rest are counted, or ``of`` is summed.
    """

    per: str
    inputs: dict[str, Input] = Field(min_length=1)
    where: Where = {}
    aggregate: Literal["count", "sum"] = "count"
    of: str | Least | Gap | Times | None = None

    @property
    def measures(self) -> list[Measure]:
        """The measures that it takes for each entity."""
        return list(self.inputs.values())

    @model_validator(mode="after")
    def _of_fits_the_aggregate(self) -> Entities:
        if (self.aggregate == "count") != (self.of is None):
            raise ValueError("aggregate: count takes no `of`, aggregate: sum needs one")
        return self
