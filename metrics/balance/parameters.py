"""The parameters of each kind of rule: what its YAML may say under ``parameters``."""

from __future__ import annotations

from pydantic import Field

from metrics.definition import Frozen
from metrics.model import Kind


class Parameters(Frozen):
    """What every kind has: the metrics and roles its parameters name, for the loader to look up."""

    def metrics(self) -> list[str]:
        """The metric ids that stand in the parameters."""
        return []

    def roles(self) -> list[str]:
        """The role ids that stand in the parameters."""
        return []


class Nothing(Parameters):
    """A kind without parameters: what it needs stands in metrics, roles, stages or the context."""


class Mix(Parameters):
    """From ``from_length`` on the shares hold; shorter lists hold ``below`` of each side."""

    from_length: int = Field(default=5, ge=2)
    below: int = Field(default=1, ge=1)


class Requires(Parameters):
    """Whoever lists one of ``of`` lists one of ``one_of`` before it.

    ``companion_line``: it is enough that one of them is shown beside it as its counter-metric.
    ``never_primary``: these never lead the business side.
    """

    of: list[str] = Field(min_length=1)
    one_of: list[str] = Field(min_length=1)
    companion_line: bool = False
    never_primary: list[str] = []

    def metrics(self) -> list[str]:
        """The metric ids that stand in the parameters."""
        return [*self.of, *self.one_of, *self.never_primary]


class Excluded(Parameters):
    """Metrics with one of these tags are never ranked; nor, if ``diagnostics``, those of the role."""

    tags: list[str] = Field(min_length=1)
    diagnostics: bool = False


class Leading(Parameters):
    """At least ``share`` percent of the list are leading, and one of its first ``from_length``."""

    share: int = Field(ge=1, le=50)
    from_length: int = Field(default=5, ge=2)


class Kinds(Parameters):
    """How many metrics of each kind a list of ``from_length`` or more holds at least."""

    least: dict[Kind, int]
    from_length: int = Field(default=5, ge=2)


class Spread(Parameters):
    """The largest share of one dimension, in percent; shorter lists count as ``from_length`` long."""

    executive: int = Field(ge=20, le=100)
    functional: int = Field(ge=20, le=100)
    from_length: int = Field(default=5, ge=2)


class Reading(Frozen):
    """One thing an acronym may mean, and the words that say so. ``title`` is what it stands for."""

    role: str
    title: str
    evidence: list[str] = Field(min_length=1)


class Acronyms(Parameters):
    """The readings of each acronym, the likelier first, and by how many words one must lead to be sure."""

    readings: dict[str, list[Reading]]
    margin: int = Field(default=1, ge=1)

    def roles(self) -> list[str]:
        """The role ids that stand in the parameters."""
        return [reading.role for readings in self.readings.values() for reading in readings]


class Cited(Parameters):
    """The fields that the citation of every number must have."""

    fields: list[str] = Field(min_length=1)
