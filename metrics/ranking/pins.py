"""What is always included: pins, their counter-metrics, and what gives way when they cannot all hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from metrics.ranking.candidates import Candidate, Scores, candidates, rankable
from metrics.ranking.limits import Guard, Limits
from metrics.ranking.order import Order, arrange, arrange_all

PINNED_WITHIN = 10
"""A pinned metric stands within the first ten."""


@dataclass(frozen=True)
class Wish:
    """What a ranking was asked for beside the role: what to include, to leave out and to choose from."""

    pinned: tuple[str, ...] = ()
    without: frozenset[str] = frozenset()
    within: frozenset[str] | None = None
    count: int | None = None


@dataclass(frozen=True)
class Found:
    """An order, and what was given up for it."""

    order: Order
    candidates: tuple[Candidate, ...]
    notes: tuple[str, ...] = ()


def settle(scores: Scores, limits: Limits, wish: Wish) -> Found:
    """Find the order in which as many pins as possible stand within the first ten.

    What gives way, in this order: the dimension cap for pinned metrics, what was to be left out, the pin with
    the lowest score. Never the sides.
    """
    pins, notes = _possible(scores, limits, wish)
    ordered = sorted(pins, key=lambda name: (-scores.of(name).score, name))
    while True:
        for found in _attempts(scores, limits, replace(wish, pinned=tuple(ordered))):
            if set(ordered) <= set(found.order.ids[:PINNED_WITHIN]):
                return replace(found, notes=(*notes, *found.notes))
        lowest = scores.catalog.metric(ordered.pop()).name
        notes.append(f"{lowest} does not fit within the first ten beside what else is always included.")


def _possible(scores: Scores, limits: Limits, wish: Wish) -> tuple[list[str], list[str]]:
    """The pins that may be ranked at all, and a note for each other one."""
    pins, notes = [], []
    for name in dict.fromkeys(wish.pinned):
        metric = scores.catalog.metric(name)
        if not rankable(metric, limits):
            notes.append(
                f"{metric.name} cannot be included: it may not be ranked ({limits.names['excluded']})."
            )
        elif wish.within is not None and name not in wish.within:
            notes.append(f"{metric.name} is always included, but was not among those shown.")
        else:
            pins.append(name)
    return pins, notes


def _attempts(scores: Scores, limits: Limits, wish: Wish) -> Iterator[Found]:
    """The strict attempt first, then those in which something gives way; without pins only the strict one."""
    yield _attempt(scores, limits, wish, beyond_cap=False)
    if not wish.pinned:
        return
    cap = f"What is always included counts beyond the cap of one dimension ({limits.names.get('spread')})."
    yield replace(_attempt(scores, limits, wish, beyond_cap=True), notes=(cap,))
    needed = _left_out(scores, limits, wish)
    if needed:
        wish = replace(wish, without=wish.without - needed)
        names = ", ".join(scores.catalog.metric(name).name for name in sorted(needed))
        data = f"{names} would have been left out, but what is always included needs it."
        yield replace(_attempt(scores, limits, wish, beyond_cap=False), notes=(data,))
        yield replace(_attempt(scores, limits, wish, beyond_cap=True), notes=(cap, data))


def _attempt(scores: Scores, limits: Limits, wish: Wish, *, beyond_cap: bool) -> Found:
    pinned = _with_counters(scores, limits, wish)
    found = candidates(scores, limits, pinned=pinned, without=wish.without, within=wish.within)
    if wish.within is not None:
        return Found(arrange_all(found, limits, pins_beyond_cap=beyond_cap), tuple(found))
    length = len(found) if wish.count is None else max(wish.count, PINNED_WITHIN if pinned else 0)
    return Found(arrange(found, limits, length, pins_beyond_cap=beyond_cap), tuple(found))


def _with_counters(scores: Scores, limits: Limits, wish: Wish) -> dict[str, str]:
    """The pins with the best counter-metric of each that needs one, and why each is there."""
    pinned = dict.fromkeys(wish.pinned, "always included")
    for name in wish.pinned:
        for guard in limits.guards.get(name, ()):
            free = [one for one in _usable(scores, limits, guard, wish) if one not in wish.without]
            if free and pinned.keys().isdisjoint(guard.one_of):
                keeps = f"keeps {scores.catalog.metric(name).name} honest, which is always included"
                pinned[free[0]] = keeps
    return pinned


def _usable(scores: Scores, limits: Limits, guard: Guard, wish: Wish) -> list[str]:
    """The counters that may be ranked, the best first."""
    may = [
        name
        for name in guard.one_of
        if rankable(scores.catalog.metric(name), limits) and (wish.within is None or name in wish.within)
    ]
    return sorted(may, key=lambda name: (-scores.of(name).score, name))


def _left_out(scores: Scores, limits: Limits, wish: Wish) -> frozenset[str]:
    """What was to be left out although the pins need it: themselves, or the only counters they have."""
    needed = set(wish.pinned) & wish.without
    for name in wish.pinned:
        for guard in limits.guards.get(name, ()):
            usable = _usable(scores, limits, guard, wish)
            if usable and wish.without.issuperset(usable):
                needed.add(usable[0])
    return frozenset(needed)
