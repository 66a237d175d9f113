"""What is always included: pins, their counter-metrics, and what gives way when they cannot all hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from metrics.ranking.candidates import Candidate, Field, Wish
from metrics.ranking.lack import standing
from metrics.ranking.limits import Guard, attainable
from metrics.ranking.order import Order, arrange, arrange_all

PINNED_WITHIN = 10
"""A pinned metric stands within the first ten."""


@dataclass(frozen=True)
class Found:
    """An order, and what was given up for it."""

    order: Order
    candidates: tuple[Candidate, ...]
    notes: tuple[str, ...] = ()


def settle(field: Field, wish: Wish) -> Found:
    """Find the order in which as many pins as possible stand within the first ten.

    What gives way, in this order: the dimension cap for pinned metrics, what was to be left out, the pin with
    the lowest score. Never the sides.
    """
    pins, notes = _possible(field, wish)
    ordered = sorted(pins, key=field.by_score)
    while True:
        for found in _attempts(field, replace(wish, pinned=tuple(ordered))):
            if set(ordered) <= set(found.order.ids[:PINNED_WITHIN]):
                return replace(found, notes=(*notes, *found.notes))
        lowest = field.name(ordered.pop())
        notes.append(f"{lowest} does not fit within the first ten beside what else is always included.")


def _possible(field: Field, wish: Wish) -> tuple[list[str], list[str]]:
    """The pins that may be ranked at all, and a note for each other one."""
    pins, notes = [], []
    for name in dict.fromkeys(wish.pinned):
        if not field.rankable(name):
            rule = field.limits.names["excluded"]
            notes.append(f"{field.name(name)} cannot be included: it may not be ranked ({rule}).")
        elif name in wish.barred:
            notes.append(f"{field.name(name)} is both always included and never shown; it is not shown.")
        elif wish.within is not None and name not in wish.within:
            notes.append(f"{field.name(name)} is always included, but was not among those shown.")
        else:
            pins.append(name)
    return pins, notes


def _attempts(field: Field, wish: Wish) -> Iterator[Found]:
    """The strict attempt first, then those in which something gives way; without pins only the strict one."""
    yield _attempt(field, wish, beyond_cap=False)
    if not wish.pinned:
        return
    rule = field.limits.names.get("spread")
    cap = f"What is always included counts beyond the cap of one dimension ({rule})."
    yield _noted(_attempt(field, wish, beyond_cap=True), cap)
    needed = _left_out(field, wish)
    if needed:
        wish = replace(wish, without=wish.without - needed)
        names = ", ".join(field.name(name) for name in sorted(needed))
        data = f"{names} would have been left out, but what is always included needs it."
        yield _noted(_attempt(field, wish, beyond_cap=False), data)
        yield _noted(_attempt(field, wish, beyond_cap=True), cap, data)


def _noted(found: Found, *notes: str) -> Found:
    return replace(found, notes=(*notes, *found.notes))


def _attempt(field: Field, wish: Wish, *, beyond_cap: bool) -> Found:
    pinned = _with_counters(field, wish)
    found = field.chosen(wish, pinned)
    limits = field.limits
    notes: tuple[str, ...] = ()
    if any(asked.yields for asked in limits.floors):
        limits, yielded = attainable(limits, [one.id for one in standing(found)])
        notes = tuple(
            f"{rule} asks for more than there are to choose from; all of those are in." for rule in yielded
        )
    if wish.within is not None:
        return Found(arrange_all(found, limits, pins_beyond_cap=beyond_cap), tuple(found), notes)
    length = len(found) if wish.count is None else max(wish.count, PINNED_WITHIN if pinned else 0)
    return Found(arrange(found, limits, length, pins_beyond_cap=beyond_cap), tuple(found), notes)


def _with_counters(field: Field, wish: Wish) -> dict[str, str]:
    """The pins with the best counter-metric of each that needs one, and why each is there."""
    pinned = dict.fromkeys(wish.pinned, "always included")
    needy = [*wish.pinned]
    for name in needy:
        for guard in field.limits.guards.get(name, ()):
            usable = [one for one in _usable(field, guard, wish) if one not in wish.without]
            if usable and pinned.keys().isdisjoint(guard.one_of):
                pinned[usable[0]] = f"keeps {field.name(name)} honest, which is always included"
                needy.append(usable[0])
    return pinned


def _usable(field: Field, guard: Guard, wish: Wish) -> list[str]:
    """The counters that may be ranked, the best first."""
    may = [one for one in guard.one_of if field.rankable(one) and wish.offers(one)]
    return sorted(may, key=field.by_score)


def _left_out(field: Field, wish: Wish) -> frozenset[str]:
    """What was to be left out although the pins need it: themselves, or the only counters they have."""
    needed = {name for name in wish.pinned if name in wish.without}
    for name in wish.pinned:
        for guard in field.limits.guards.get(name, ()):
            usable = _usable(field, guard, wish)
            if usable and wish.without.issuperset(usable):
                needed.add(usable[0])
    return frozenset(needed)
