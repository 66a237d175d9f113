"""What is said beside an order of how goals and gates changed it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from metrics.balance import parameters
from metrics.balance.parameters import Leaky
from metrics.ranking.candidates import Field
from metrics.ranking.places import Place


def remarks(field: Field, places: Sequence[Place]) -> Iterator[str]:
    """A line for each thing that changed the order: the goals, and the gates that values opened or closed."""
    ground = field.scores.ground
    if field.scores.goals:
        yield f"Weighted for the declared goals: {', '.join(goal.name for goal in field.scores.goals)} (R15)."
    stage = field.scores.adjustment
    if ground.gates.engaged and stage and stage.not_primary:
        rule = field.limits.names.get("primary", "R19")
        yield f"Use of the product held its threshold, so that revenue and retention may lead ({rule})."
    if ground.gates.leaks:
        yield from _leaks(field, {place.metric for place in places})


def _leaks(field: Field, listed: set[str]) -> Iterator[str]:
    names = ", ".join(field.name(name) for name in field.scores.ground.gates.leaks)
    for rule in field.scores.catalog.rules.values():
        match parameters(rule):
            case Leaky(acquisition=acquisition, activation=activation):
                if listed.intersection([*acquisition, *activation]):
                    yield (
                        f"{names} misses its target: metrics of acquisition stand behind those of activation, "
                        f"for whoever comes now is soon lost ({rule.id})."
                    )
