"""Advice about whole lists: two tiers, the one metric of a stage, what two roles share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from metrics.advice.brief import LIST, Brief
from metrics.advice.finish import finish
from metrics.advice.model import Advice, Listing, Reason, Use
from metrics.advice.words import spoken
from metrics.balance import parameters
from metrics.balance.parameters import Primary, Tiers
from metrics.ranking import Place

NAMED = 5
"""How many metrics are named of each group that is not the point."""
SHARED_IN, OWNED = "impact", "efficiency"
"""The tiers of R17: results that are shared with the departments, and levers that are one's own."""


def tiers(brief: Brief) -> Advice:
    """What a role owns, what it only shares in, and the people side of its list."""
    places = brief.order.places[:LIST]
    rule, sorted_in = _tiers_of(brief)
    own = [Use(one.metric, one.why, rule) for one in places if sorted_in.get(one.metric) == OWNED]
    shared = [Use(one.metric, one.why, rule) for one in places if sorted_in.get(one.metric) == SHARED_IN]
    rest = [Use(one.metric, one.why, brief.rule_id("mix")) for one in places if one.side == "people"]
    reason = brief.catalog.rules[rule]
    words = reason.why if reason.kind == "tiers" else f"{reason.why} Levers are what it owns."
    advice = Advice(
        brief.inquiry.topic,
        "open",
        f"The {brief.role.name} owns {len(own)} levers and shares in {len(shared)} results.",
        brief.role.id,
        (
            Reason(words, rule),
            Reason(
                "A result it only shares in becomes a KPI with the departments; a lever becomes an OKR that "
                "points at one.",
                brief.rule_id("called"),
            ),
        ),
        (
            Listing("Own: levers, for its OKRs", tuple(own)),
            Listing("Only impacted: results, as shared KPIs", tuple(shared)),
            Listing("The people side of both", tuple(rest)),
        ),
    )
    found = finish(brief, advice, lists=2, lists_asked=2)
    checked = finish(brief, replace(advice, listings=(_as_list(brief),)), lists=2, lists_asked=2)
    return replace(found, rules=checked.rules)


def _as_list(brief: Brief) -> Listing:
    return Listing("", tuple(Use(one.metric) for one in brief.order.places[:LIST]), steer=True)


def _tiers_of(brief: Brief) -> tuple[str, Mapping[str, str]]:
    """The rule, and the tier of each metric: as the rule for this role has it, else levers and results by kind."""
    for rule in brief.catalog.rules.values():
        match parameters(rule):
            case Tiers(of_roles=roles, tiers=named) if brief.role.id in roles:
                return rule.id, {metric: tier for tier, members in named.items() for metric in members}
    business = [metric for metric in brief.catalog.metrics.values() if metric.side == "business"]
    by_kind = {one.id: SHARED_IN if one.kind == "outcome" else OWNED for one in business}
    return brief.rule_id("kinds"), by_kind


def single(brief: Brief) -> Advice:
    """The one metric of a stage: the first of the order, with the missing side named."""
    first = brief.order.first(1)
    place = first.places[0]
    reasons = [Reason(f"For the {brief.role.name}: {place.why}.")]
    for rule in brief.catalog.rules.values():
        match parameters(rule):
            case Primary() if barred := brief.catalog.stages[brief.stage].not_primary:
                kept = ", ".join(spoken(brief.name(name)) for name in barred[:3])
                reasons.append(Reason(rule.why, rule.id))
                if brief.gates.engaged:
                    reasons.append(
                        Reason("Use of the product held its target, so that others may lead.", rule.id)
                    )
                else:
                    reasons.append(Reason(f"So {kept} and the like may not lead yet.", rule.id))
    mix = brief.rule_of("mix")
    advice = Advice(
        brief.inquiry.topic,
        "yes",
        f"{brief.name(place.metric)}.",
        brief.role.id,
        (*reasons, Reason(first.notes[-1], mix.id if mix else "")),
        (
            Listing("The one", (Use(place.metric, place.why),), steer=True),
            Listing("What keeps it honest", tuple(Use(name) for name in place.guarded_by[:1])),
        ),
    )
    return finish(brief, advice)


def shared(brief: Brief) -> Advice:
    """What two roles both look at, and what only one of them does."""
    one = brief.role
    other = brief.catalog.role(brief.inquiry.other_role or one.id)
    mine = {place.metric: place for place in brief.order.places[:LIST]}
    theirs = {place.metric: place for place in brief.ranked(role=other.id).places[:LIST]}
    both = [name for name in mine if name in theirs]
    people = sum(brief.metric(name).side == "people" for name in both)
    headline = f"Of their first {LIST}, {one.name} and {other.name} share {len(both)}: "
    headline += f"{len(both) - people} business and {people} people."
    advice = Advice(
        brief.inquiry.topic,
        "open",
        headline,
        one.id,
        (
            Reason(
                "Each of the two lists holds both sides; what they share need not, and is no list to steer by.",
                brief.rule_id("mix"),
            ),
        ),
        (
            Listing(
                "Both",
                tuple(
                    Use(n, f"place {mine[n].rank} for the {one.name}, {theirs[n].rank} for the {other.name}")
                    for n in both
                ),
            ),
            _only(one.name, mine, theirs),
            _only(other.name, theirs, mine),
        ),
    )
    return finish(brief, advice)


def _only(name: str, own: Mapping[str, Place], others: Mapping[str, Place]) -> Listing:
    """The first of what stands on one list alone, with how many those are."""
    alone = [Use(one, place.why) for one, place in own.items() if one not in others]
    first = f", the first {NAMED} of {len(alone)}" if len(alone) > NAMED else ""
    return Listing(f"Only the {name}{first}", tuple(alone[:NAMED]))
