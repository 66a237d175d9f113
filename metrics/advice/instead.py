"""What to take in the place of a metric that the rules hold against."""

from __future__ import annotations

from collections.abc import Sequence

from metrics.advice.brief import Brief
from metrics.advice.finish import shown
from metrics.advice.judged import bars, guards
from metrics.advice.model import Advice, Listing, Reason, Use
from metrics.advice.steer import steer
from metrics.balance import parameters
from metrics.balance.parameters import Primary
from metrics.model import Metric

BETTER = 2
"""How many metrics are named in the place of one that may not lead."""


REASONS = 4
"""More reasons than this nobody reads."""


def against(brief: Brief, metric: Metric, headline: str, barred: Sequence[Reason], heading: str) -> Advice:
    """An advice against a metric: what to take in its place, and what it is still good for."""
    listings = [steer(brief, heading, better(brief, metric))]
    if shown(brief, metric.id):
        looked_into = {*brief.limits.diagnostics, *(n for n in (metric.id,) if _tagged(brief, metric))}
        kept = "Only to find out why those moved" if metric.id in looked_into else "Behind them, not ahead"
        listings.append(Listing(kept, (Use(metric.id),)))
    reasons = tuple(told_once(barred)[:REASONS])
    return Advice(brief.inquiry.topic, "no", headline, brief.role.id, reasons, tuple(listings))


def better(brief: Brief, metric: Metric) -> list[Use]:
    """What to steer by instead: the goal's own metrics, else what keeps this one honest, else the role's first."""
    goal = brief.catalog.goals.get(brief.inquiry.goal or "")
    named = goal.primary if goal else _in_use(brief, metric) or [use.metric for use in guards(brief, metric)]
    first = [place for place in brief.order.places if place.side == metric.side][:1]
    fit = [name for name in named if not bars(brief, brief.metric(name))]
    fit.sort(key=lambda name: brief.metric(name).kind != "outcome")
    why = {one.metric: one.why for one in brief.role.ranked}
    found = [*fit[: BETTER - 1], *(place.metric for place in first), *fit[BETTER - 1 :]]
    return [Use(name, why.get(name, "")) for name in dict.fromkeys(found)][:BETTER]


def _tagged(brief: Brief, metric: Metric) -> bool:
    return not brief.limits.tags.isdisjoint(metric.tags)


def _in_use(brief: Brief, metric: Metric) -> list[str]:
    """The metrics of use that a stage wants ahead of this one; none where the stage has nothing against it."""
    for rule in brief.catalog.rules.values():
        match parameters(rule):
            case Primary(watched=watched) if metric.id in brief.catalog.stages[brief.stage].not_primary:
                return sorted(
                    watched, key=lambda one: (one not in brief.order.ids, brief.order.ids.index(one))
                )
    return []


def told_once(reasons: Sequence[Reason]) -> list[Reason]:
    """Each rule once."""
    return list({reason.rule or reason.words: reason for reason in reversed(reasons)}.values())[::-1]
