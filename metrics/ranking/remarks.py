"""What is said beside an order of how goals and gates changed it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from metrics.balance import parameters
from metrics.balance.parameters import Leaky
from metrics.ranking.candidates import Field


class Remark(NamedTuple):
    """A sentence about an order; it is said of lists that hold one of the metrics it is ``about``, if any."""

    words: str
    about: frozenset[str] = frozenset()

    def concerns(self, listed: set[str]) -> bool:
        """Whether it is worth saying of these metrics."""
        return not self.about or not self.about.isdisjoint(listed)


def remarks(field: Field) -> Iterator[Remark]:
    """A line for each thing that changed the order: the goals, and the gates that values opened or closed."""
    ground = field.scores.ground
    if field.scores.goals:
        names = ", ".join(goal.name for goal in field.scores.goals)
        yield Remark(f"Weighted for the declared goals: {names} (R15).")
    stage = field.scores.adjustment
    if ground.gates.engaged and stage and stage.not_primary:
        rule = field.limits.names.get("primary", "R19")
        yield Remark(
            f"Use of the product held its threshold, so that revenue and retention may lead ({rule})."
        )
    if ground.gates.leaks:
        yield from _leaks(field)


def _leaks(field: Field) -> Iterator[Remark]:
    names = ", ".join(field.name(name) for name in field.scores.ground.gates.leaks)
    for rule in field.scores.catalog.rules.values():
        match parameters(rule):
            case Leaky(acquisition=acquisition, activation=activation):
                why = (
                    f"{names} misses its target: metrics of acquisition stand behind those of activation, "
                    f"for whoever comes now is soon lost ({rule.id})."
                )
                yield Remark(why, frozenset([*acquisition, *activation]))
