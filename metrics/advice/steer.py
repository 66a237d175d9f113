"""The metrics that an advice wants -> the shortest list with all of them that keeps every rule of balance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from metrics.advice.brief import Brief
from metrics.advice.model import Listing, Use
from metrics.ranking import Place


def steer(brief: Brief, heading: str, wanted: Sequence[Use]) -> Listing:
    """What to steer by: what is wanted, what a rule asks for before it, and the best metric of the other side.

    What may not be ranked is left out. The order is that of a ranking, so that any beginning of it is balanced.
    """
    given = {use.metric: use for use in wanted}
    places = _shortest(brief, list(given))
    return Listing(heading, tuple(_use(brief, place, given) for place in places), steer=True)


def _shortest(brief: Brief, wanted: list[str]) -> Sequence[Place]:
    """The first places of an order that starts with what is wanted, up to the last of those it holds."""
    guards = {name for one in wanted for guard in brief.limits.guards.get(one, ()) for name in guard.one_of}
    listed = [place.metric for place in brief.order.places]
    sides = {brief.metric(one).side for one in wanted}
    others = [name for name in listed if brief.metric(name).side not in sides] if len(sides) == 1 else listed
    for pool in ({*wanted, *guards, *others}, {*wanted, *guards, *listed}):
        places = brief.ranked(within=pool, pinned=wanted).places
        held = [place.rank for place in places if place.metric in wanted]
        if held:
            return places[: max(2, *held)]
    return brief.order.places[:2]


def _use(brief: Brief, place: Place, given: Mapping[str, Use]) -> Use:
    if place.metric in given:
        return given[place.metric]
    kept = [
        brief.name(one)
        for one in given
        if any(place.metric in guard.one_of for guard in brief.limits.guards.get(one, ()))
    ]
    if kept:
        return Use(place.metric, f"keeps {kept[0]} honest", brief.rule_id("counters"))
    return Use(place.metric, f"the {place.side} side: {_plain(brief, place)}", brief.rule_id("mix"))


def _plain(brief: Brief, place: Place) -> str:
    """Why the role looks at it; the pool's own reason says nothing about the metric."""
    own = {one.metric: one.why for one in brief.role.ranked}
    return own.get(place.metric) or f"for the {brief.role.name}"
