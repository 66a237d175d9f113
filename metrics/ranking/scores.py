"""What every metric weighs for a role: its own list first, then a pool, so that no order runs dry."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from metrics.balance import parameters
from metrics.balance.parameters import Leaky, Requires
from metrics.model import Adjustment, Catalog, Goal, Metric, Role, Substitution
from metrics.ranking.limits import Ground, Guard

ADDED, NEAR, GENERAL, REST = Decimal(20), Decimal(8), Decimal(4), Decimal(2)
"""Weights of the pool, far below a role's own: what the business model adds, metrics of the role's
dimensions, core metrics of any dimension, and the rest of the catalog."""


class Scored(NamedTuple):
    """A metric's score and the reason for it; ``own`` where it comes from the role's own list."""

    score: Decimal
    why: str
    own: bool = False


NONE = Scored(Decimal(0), "")


@dataclass(frozen=True)
class Scores:
    """What a metric weighs for a role at a stage and in a business model, and why it is there."""

    catalog: Catalog
    ground: Ground
    guards: Mapping[str, Sequence[Guard]]

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
    def weighed(self) -> dict[str, Scored]:
        """What every metric weighs, after what the business model puts in its place and rules put ahead."""
        found: dict[str, Scored] = {}
        for metric, scored in (*self._own(), *self._pool()):
            target = self.substitution.replace.get(metric.id, metric.id)
            why = scored.why if target == metric.id else f"in place of {metric.name}"
            score = self._times(metric, scored.score)
            if target not in found or found[target].score < score:
                found[target] = Scored(score, why, scored.own)
        for ahead, behind, why in self._put_ahead():
            best = max((found[name].score for name in behind if name in found), default=Decimal(0))
            for name in dict.fromkeys(self.substitution.replace.get(name, name) for name in ahead):
                if found.get(name, NONE).score < best:
                    found[name] = Scored(best, why)
        return found

    @cached_property
    def all(self) -> dict[str, Scored]:
        """Score and reason of every metric: what it weighs, or more where an own metric would wait for it.

        Whatever may keep an own metric honest comes right behind the role's own list. What is lifted depends on
        the ground alone, never on what is left out: that keeps orders stable.
        """
        found = dict(self.weighed)
        lowest = min(scored.score for scored in found.values() if scored.own)
        for name, scored in self.weighed.items():
            for guard in self.guards.get(name, ()) if scored.own else ():
                lifted = Scored(
                    min(lowest, scored.score / 2), f"keeps {self.catalog.metric(name).name} honest"
                )
                for counter in guard.one_of:
                    if found.get(counter, NONE).score < lifted.score:
                        found[counter] = lifted
        return found

    def _put_ahead(self) -> Iterator[tuple[list[str], list[str], str]]:
        """What a rule puts ahead of other metrics, so that it counts as much as the best of them, and why."""
        model = self.ground.business_model
        for rule in self.catalog.rules.values():
            match parameters(rule):
                case Leaky(activation=ahead, acquisition=behind) if self.ground.gates.leaks:
                    yield ahead, behind, "before more customers come, they have to stay"
                case Requires(ahead_in=ahead_in, of=behind) if rule.scope != "question" and model in ahead_in:
                    yield ahead_in[model][:1], behind, "what is left of each sale, ahead of how much is sold"

    def of(self, metric_id: str) -> Scored:
        """The score of a metric; what the business model replaces comes last."""
        return self.all.get(metric_id, Scored(Decimal(1), "asked for"))
