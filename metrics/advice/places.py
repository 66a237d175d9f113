"""Why a metric stands where it does on a role's list, or is not on it: its reason, and the rules that had a part."""

from __future__ import annotations

from collections.abc import Iterator

from metrics.advice.brief import Brief
from metrics.advice.judged import bars
from metrics.advice.model import Reason
from metrics.advice.words import joined
from metrics.ranking import Place
from metrics.ranking.candidates import Wish, field_of
from metrics.ranking.limits import rivals
from metrics.ranking.pins import settle

WITHIN = 10
"""Always included means within the first ten (R05)."""


def why_there(brief: Brief, place: Place) -> list[Reason]:
    """Why a metric has its place: each rule that had a part in it by its title."""
    known = brief.catalog.rules
    found = [
        Reason(known[rule].title if rule in known else "Taught: it is always included", rule)
        for rule in place.rules
    ]
    if place.guarded_by:
        names = joined([brief.name(one) for one in place.guarded_by])
        found.append(Reason(f"Kept honest by {names}", brief.rule_id("counters")))
    return [*found, *said_of_values(brief, [place.metric])]


def said_of_values(brief: Brief, metrics: list[str]) -> list[Reason]:
    """What the order says of values that moved it: the gates, where they concern these metrics."""
    told = [one.words for one in brief.order.remarks if one.about and one.concerns(set(metrics))]
    return [Reason(words) for words in told]


def why_not(brief: Brief, metric_id: str, shown: int) -> list[Reason]:
    """Why a metric is not among the first so many of the order."""
    coached = [one.id for one in brief.taught.applied(brief.role.id) if metric_id in one.exclude]
    if coached:
        return [Reason(f"The coached rule {coached[0]} keeps it off every list here")]
    barred = [one for one in bars(brief, brief.metric(metric_id)) if one.rule in _excluding(brief)]
    if barred:
        return barred
    instead = brief.catalog.business_models[brief.business_model].replace.get(metric_id)
    if instead:
        model = brief.business_model
        return [Reason(f"A {model} company has no use for it: {brief.name(instead)} takes its place")]
    held = [one for one in sorted(rivals(brief.catalog).get(metric_id, ())) if one in brief.order.ids]
    if held and metric_id not in brief.order.ids:
        rule = brief.rule_id("distinct")
        return [Reason(f"It says the same as {brief.name(held[0])}, which is ranked", rule)]
    return [*_passed_over(brief, metric_id, shown), *said_of_values(brief, [metric_id])]


def _excluding(brief: Brief) -> set[str]:
    return {rule.id for rule in brief.catalog.rules.values() if rule.kind == "excluded"}


def _passed_over(brief: Brief, metric_id: str, shown: int) -> Iterator[Reason]:
    """The rules that kept it from a place it would have had by its weight alone, else that it weighs too little."""
    field = field_of(brief.catalog, brief.ground)
    steps = settle(field, Wish()).order.steps[:shown]
    kept = [why for step in steps for better, why in step.passed_over if better.id == metric_id]
    rules = dict.fromkeys(field.limits.names.get(why, why) for why in kept)
    for rule in rules:
        if rule in brief.catalog.rules:
            yield Reason(
                f"It weighs enough, but {brief.catalog.rules[rule].title.lower()} kept it back", rule
            )
    if not rules:
        own = metric_id in {one.metric for one in brief.role.ranked}
        where = "others weigh more" if own else "it is not in the list written for this role"
        yield Reason(f"No rule keeps it out; {where}")
