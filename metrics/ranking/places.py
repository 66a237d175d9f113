"""Steps -> places: why each metric is there, which rules had a part in it, and what keeps it honest."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from metrics.model import Metric, Side
from metrics.ranking.candidates import Field
from metrics.ranking.limits import Limits
from metrics.ranking.order import Step
from metrics.ranking.scores import Scores


@dataclass(frozen=True)
class Place:
    """One place of an order.

    ``rules`` are the rules that had a part in it: those that kept better-scored metrics from coming here,
    and those that made it wait for a counter-metric or be one. ``guarded_by`` are the counter-metrics to
    show beside it, those that had to stand before it first. ``primary`` is the metric to move: the first
    business metric.
    """

    rank: int
    metric: str
    side: Side
    why: str
    rules: tuple[str, ...] = ()
    guarded_by: tuple[str, ...] = ()
    primary: bool = False


def places_of(steps: Iterable[Step], field: Field, barred: Collection[str] = ()) -> tuple[Place, ...]:
    """Name the reason, the rules and the counter-metrics of each place; what is ``barred`` is not shown beside it."""
    scores, rules = field.scores, field.limits
    places: list[Place] = []
    before: set[str] = set()
    led = False
    for step in steps:
        metric = scores.catalog.metric(step.taken.id)
        primary = metric.side == "business" and not led
        places.append(
            Place(
                rank=len(places) + 1,
                metric=metric.id,
                side=metric.side,
                why=step.taken.why,
                rules=_parts(step, rules),
                guarded_by=tuple(n for n in _guarded_by(metric, before, scores, rules) if n not in barred),
                primary=primary,
            )
        )
        led = led or primary
        before.add(metric.id)
    return tuple(places)


def _parts(step: Step, rules: Limits) -> tuple[str, ...]:
    """The rules that had a part in a place."""
    parts = {guard.rule for guard in step.taken.guards}
    for better, why_not in step.passed_over:
        if why_not in rules.names:
            # what a complement keeps out stays out: that says nothing about this place
            parts.update([rules.names[why_not]] if why_not != "distinct" else [])
        else:
            parts.update(g.rule for g in better.guards if g.rule == why_not and step.taken.id in g.one_of)
    return tuple(sorted(parts))


def _guarded_by(metric: Metric, before: set[str], scores: Scores, rules: Limits) -> tuple[str, ...]:
    """The counter-metrics of a place: the required ones that stand before it, then its companions."""
    required = [name for guard in rules.guards.get(metric.id, ()) for name in sorted(guard.one_of & before)]
    replaced = scores.substitution.replace
    beside = (*rules.beside.get(metric.id, ()), *metric.counters.companions)
    companions = [replaced.get(name, name) for name in beside]
    return tuple(name for name in dict.fromkeys([*required, *companions]) if name != metric.id)
