"""A person, a place and the policy -> rights.

Without a rule that fits: a member of the company may ask everything. In a channel its members see open values, the
asker alone those about people too; in a direct message both are the same. Pay and protected traits (restricted) are
shown to whom a rule grants them. Guests, people of other companies and whoever cannot be told get lists and meanings
without values; so does a channel that is shared with another company, whoever asks there.

Only members teach: guests teach for themselves alone, others nothing, wherever they ask.

What no rule can grant: values about people to guests, to people of other companies or to bots, or in a channel that
is shared with another company.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from functools import reduce

from bot.audience.policy import DIRECT, EVERYBODY, EVERYWHERE, GUESTS, Policy, Rule
from bot.audience.rights import Rights, Room, Scope, Teaching, Viewer, lower
from metrics.privacy.thresholds import Ceiling

MOST: dict[str, Ceiling] = {"member": "restricted", "guest": "open", "stranger": "none", "unknown": "none"}
"""The most that a rule can grant to each kind of person."""
TEACH: dict[str, Teaching] = {"member": "all", "guest": "own"}
"""For whom each kind of person may make rules, and retire them; others for nobody."""
WHY = {
    "guest": "You are a guest here, so values are shown to you only where the company grants it.",
    "stranger": "You are of another company, so no values are shown to you.",
    "unknown": "I cannot tell whether you are a member here, so no values are shown.",
}
UNSURE = "Slack does not tell me who is in a user group that the rules name, so no more is shown than they may see."
SHARED = (
    "This channel is shared with another company, so values are shown in it only where the company grants it."
)
SHARED_PEOPLE = "This channel is shared with another company, so values about people are never shown in it."
BOT = Rights(ask=False, here="none", alone="none", why="I do not answer bots.", teach="nothing")


def decide(viewer: Viewer, room: Room, policy: Policy) -> Rights:
    """What somebody may ask and see somewhere."""
    if viewer.kind == "bot":
        return BOT
    return replace(_decided(viewer, room, policy), teach=TEACH.get(viewer.kind, "nothing"))


def _decided(viewer: Viewer, room: Room, policy: Policy) -> Rights:
    """By the first rule that fits; and no more than by those before it that may fit, for all that Slack tells."""
    perhaps = replace(viewer, groups=viewer.groups | viewer.unsure)
    found: list[Rights] = []
    for rule in policy.rules:
        if _fits(rule, viewer, room):
            return reduce(_both, found, _by(rule, viewer, room))
        if _fits(rule, perhaps, room):
            found.append(replace(_by(rule, viewer, room), why=UNSURE))
    return reduce(_both, found, _by(None, viewer, room))


def _both(one: Rights, other: Rights) -> Rights:
    """What is granted by the one and by the other."""
    parts = ("roles", "sides", "dimensions", "metrics")
    shared = {name: _common(getattr(one.scope, name), getattr(other.scope, name)) for name in parts}
    return Rights(
        ask=one.ask and other.ask,
        here=lower(one.here, other.here),
        alone=lower(one.alone, other.alone),
        persons=one.persons and other.persons,
        scope=Scope(**shared),
        why=other.why,
    )


def _common(one: frozenset[str] | None, other: frozenset[str] | None) -> frozenset[str] | None:
    return other if one is None else one if other is None else one & other


def _by(rule: Rule | None, viewer: Viewer, room: Room) -> Rights:
    """What one rule gives somebody somewhere; without any, the careful default."""
    careful = _without_rule(viewer, room)
    if rule is None:
        return careful
    most = _most(viewer, room)
    alone = lower(rule.see or careful.alone, most)
    here = alone if room.kind == "direct" else lower(rule.show or careful.here, _most_here(room))
    return Rights(
        ask=rule.ask,
        here=here,
        alone=alone,
        persons=rule.persons and viewer.kind == "member" and _may_name(rule, room),
        scope=_scope(rule),
        why=SHARED_PEOPLE if room.shared and here != "none" else careful.why,
    )


def _may_name(rule: Rule, room: Room) -> bool:
    """Whether persons may be named in a place: others read along in a channel, so the rule has to name it."""
    return not room.shared and (room.kind == "direct" or room.channel in rule.where)


def _without_rule(viewer: Viewer, room: Room) -> Rights:
    member = viewer.kind == "member"
    if room.shared:
        return Rights(here="none", alone="none", why=SHARED)
    if room.kind == "direct":
        seen: Ceiling = "people" if member else "none"
        return Rights(here=seen, alone=seen, why=WHY.get(viewer.kind, ""))
    public: Ceiling = "open" if room.kind != "unknown" and member else "none"
    return Rights(here=public, alone="people" if member else "none", why=WHY.get(viewer.kind, ""))


def _most(viewer: Viewer, room: Room) -> Ceiling:
    most = MOST.get(viewer.kind, "none")
    return lower(most, "open") if room.shared else most


def _most_here(room: Room) -> Ceiling:
    return "open" if room.shared or room.kind == "unknown" else "restricted"


def _fits(rule: Rule, viewer: Viewer, room: Room) -> bool:
    places = {EVERYWHERE, room.channel, *([DIRECT] if room.kind == "direct" else ())}
    return not places.isdisjoint(rule.where) and not _names(viewer).isdisjoint(rule.who)


def _names(viewer: Viewer) -> set[str]:
    """Everything by which a rule may name a person. ``everybody`` is everybody of the company."""
    kinds = {"member": {EVERYBODY}, "guest": {GUESTS}}
    return {viewer.user, *viewer.groups} | kinds.get(viewer.kind, set())


def _scope(rule: Rule) -> Scope:
    return Scope(_set(rule.roles), _set(rule.sides), _set(rule.dimensions), _set(rule.metrics))


def _set(names: Collection[str] | None) -> frozenset[str] | None:
    return None if names is None else frozenset(names)
