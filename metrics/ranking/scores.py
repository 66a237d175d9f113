"""What every metric weighs for a role: its own list first, then a pool, so that no order runs dry."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from metrics.balance import parameters
from metrics.balance.parameters import Leaky
from metrics.model import Adjustment, Catalog, Goal, Metric, Role, Substitution
from metrics.ranking.limits import Ground

ADDED, NEAR, GENERAL, REST = Decimal(20), Decimal(8), Decimal(4), Decimal(2)
"""Weights of the pool, far below a role's own: what the business model adds, metrics of the role's
dimensions, core metrics of any dimension, and the rest of the catalog."""


class Scored(NamedTuple):
    """A metric's score and the reason for it; ``own`` where it comes from the role's own list."""

    score: Decimal
    why: str
    own: bool = False


@dataclass(frozen=True)
class Scores:
    """What a metric weighs for a role at a stage and in a business model, and why it is there."""

    catalog: Catalog
    ground: Ground

    @cached_property
    def role(self) -> Role:
        """The role that is ranked for."""
        return self.catalog.role(self.ground.role)

    @cached_property
    def adjustment(self) -> Adjustment | None:
        """What the stage does to the weights."""
        return self.catalog.stages[self.ground.stage] if self.ground.stage else None

    @cached_property
    def goals(self) -> list[Goal]:
        """What the declared goals do to the weights."""
        return [self.catalog.goals[goal] for goal in self.ground.goals]

    @cached_property
    def substitution(self) -> Substitution:
        """What the business model replaces and adds."""
        model = self.ground.business_model
        return self.catalog.business_models[model] if model else Substitution(business_model="saas")

    def _times(self, metric: Metric, weight: Decimal) -> Decimal:
        if self.goals:
            weight *= max(goal.factor(metric) for goal in self.goals)
        if self.adjustment is None:
            return weight
        by_dimension = self.adjustment.dimensions.get(metric.dimension, Decimal(1))
        return weight * self.adjustment.metrics.get(metric.id, by_dimension)

    def _own(self) -> Iterator[tuple[Metric, Scored]]:
        for ranked in self.role.ranked:
            metric = self.catalog.metric(ranked.metric)
            yield metric, Scored(Decimal(ranked.weight), ranked.why, own=True)

    def _pool(self) -> Iterator[tuple[Metric, Scored]]:
        own = {ranked.metric for ranked in self.role.ranked}
        near = {self.catalog.metric(metric_id).dimension for metric_id in own}
        shared = Counter(ranked.metric for role in self.catalog.roles.values() for ranked in role.ranked)
        for metric in self.catalog.metrics.values():
            if metric.id in own:
                continue
            # among equals, what more roles look at comes first
            extra = Decimal(shared[metric.id]) / 100
            if metric.dimension in near:
                weight = ADDED if metric.id in self.substitution.add else NEAR
                why = f"more on {metric.dimension.replace('_', ' ')}, beyond the role's own list"
            else:
                weight = GENERAL if metric.tier == "core" else REST
                why = "beyond the role's own list"
            yield metric, Scored(weight + extra, why)

    @cached_property
    def all(self) -> dict[str, Scored]:
        """Score and reason of every metric, after what the business model puts in its place."""
        found: dict[str, Scored] = {}
        for metric, scored in (*self._own(), *self._pool()):
            target = self.substitution.replace.get(metric.id, metric.id)
            why = scored.why if target == metric.id else f"{scored.why} (in place of {metric.name})"
            score = self._times(metric, scored.score)
            if target not in found or found[target].score < score:
                found[target] = Scored(score, why, scored.own)
        return self._mended(found) if self.ground.gates.leaks else found

    def _mended(self, found: dict[str, Scored]) -> dict[str, Scored]:
        """While the bucket leaks, activation weighs as much as the best of acquisition (R24)."""
        for rule in self.catalog.rules.values():
            match parameters(rule):
                case Leaky(activation=activation, acquisition=acquisition):
                    scores = [found[name].score for name in acquisition if name in found]
                    best = max(scores, default=Decimal(0))
                    for name in {self.substitution.replace.get(name, name) for name in activation}:
                        scored = found.get(name)
                        if scored is None or scored.score < best:
                            found[name] = Scored(best, "before more customers come, they have to stay")
        return found

    def of(self, metric_id: str) -> Scored:
        """The score of a metric; what the business model replaces comes last."""
        return self.all.get(metric_id, Scored(Decimal(1), "asked for"))
