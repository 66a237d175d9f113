"""The parameters of the kinds of rules about lists: what their YAML may say under ``parameters``."""

from __future__ import annotations

from itertools import chain

from pydantic import Field

from metrics.definition import Frozen
from metrics.model import BusinessModel, Kind, Trait


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
    """From ``shares_from`` metrics on the shares hold; shorter lists hold ``below`` of each side."""

    shares_from: int = Field(default=5, ge=2)
    below: int = Field(default=1, ge=1)


class Leading(Parameters):
    """At least ``share`` percent of the list are leading, and one of its first ``within_first``."""

    share: int = Field(ge=1, le=50)
    within_first: int = Field(default=5, ge=2)


class Kinds(Parameters):
    """How many metrics of each kind a list holds at least."""

    least: dict[Kind, int]


class Spread(Parameters):
    """The largest share of one dimension, in percent; shorter lists are counted as ``counted_as`` long."""

    executive: int = Field(ge=20, le=100)
    functional: int = Field(ge=20, le=100)
    counted_as: int = Field(default=5, ge=2)


class Requires(Parameters):
    """Whoever lists one of ``of`` lists one of ``one_of`` before it.

    ``never_primary``: these never lead the business side. ``ahead_in``: in these business models one of the
    metrics given has to stand before it in the list, and no companion line will do. ``traits``: the rule is
    for companies with one of these only.
    """

    of: list[str] = Field(min_length=1)
    one_of: list[str] = Field(min_length=1)
    never_primary: list[str] = []
    ahead_in: dict[BusinessModel, list[str]] = {}
    traits: list[Trait] = []

    def metrics(self) -> list[str]:
        """The metric ids that stand in the parameters."""
        return [*self.of, *self.one_of, *self.never_primary, *chain.from_iterable(self.ahead_in.values())]


class Excluded(Parameters):
    """Metrics with one of these tags are never ranked; nor, if ``diagnostics``, those of the role."""

    tags: list[str] = Field(min_length=1)
    diagnostics: bool = False


class Tiers(Parameters):
    """Lists of these ``roles`` hold at least ``least`` metrics of each tier. No metric stands in two tiers."""

    of_roles: list[str] = Field(min_length=1)
    tiers: dict[str, list[str]]
    least: int = Field(default=2, ge=1)

    def metrics(self) -> list[str]:
        """The metric ids that stand in the parameters."""
        return [*chain.from_iterable(self.tiers.values())]

    def roles(self) -> list[str]:
        """The role ids that stand in the parameters."""
        return self.of_roles


class Primary(Parameters):
    """Who may lead is said by stage; the bar falls once a ``watched`` metric held its target ``periods`` times."""

    watched: list[str] = Field(min_length=1)
    periods: int = Field(default=2, ge=1)

    def metrics(self) -> list[str]:
        """The metric ids that stand in the parameters."""
        return self.watched


class Leaky(Parameters):
    """While a ``watched`` metric misses its target, ``acquisition`` stands behind one of ``activation``."""

    watched: list[str] = Field(min_length=1)
    activation: list[str] = Field(min_length=1)
    acquisition: list[str] = Field(min_length=1)

    def metrics(self) -> list[str]:
        """The metric ids that stand in the parameters."""
        return [*self.watched, *self.activation, *self.acquisition]
