"""Why a list cannot be longer: what a list of that length needs and the candidates do not have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from metrics.balance.shares import at_least
from metrics.balance.sides import cap, floors
from metrics.ranking.candidates import Candidate
from metrics.ranking.limits import Limits


def lacks(candidates: Sequence[Candidate], limits: Limits, n: int) -> str:
    """What keeps every list of ``n`` from being made of these candidates, in words, where that is plain."""
    if len(candidates) < n:
        return f"there are only {len(candidates)} to choose from"
    able = standing(candidates)
    if len(able) < n:
        return _rules("the others need a counter-metric that is not among them", limits, "counters")
    ids = {one.id for one in able}
    repeats = sum(not ids.isdisjoint(one.rivals) for one in able) // 2
    if len(able) - repeats < n:
        return _rules("the others say the same as what is listed", limits, "distinct")
    return _lacks_side(able, limits, n) or _lacks_kind(able, limits, n) or _lacks_dimensions(able, limits, n)


def standing(candidates: Sequence[Candidate]) -> Sequence[Candidate]:
    """The candidates whose counter-metrics are among them too."""
    while True:
        ids = {one.id for one in candidates}
        able = [one for one in candidates if not any(ids.isdisjoint(guard.one_of) for guard in one.guards)]
        if len(able) == len(candidates):
            return able
        candidates = able


def _lacks_side(candidates: Sequence[Candidate], limits: Limits, n: int) -> str:
    people = sum(one.people for one in candidates)
    need = floors(limits.mix, limits.shares, n)
    for side, held, asked in (
        ("people", people, need.people),
        ("business", len(candidates) - people, need.business),
    ):
        if held < asked:
            return _needs(n, f"{asked} {side}", held, limits, "mix")
    return ""


def _lacks_kind(candidates: Sequence[Candidate], limits: Limits, n: int) -> str:
    ids = {one.id for one in candidates}
    for asked in limits.floors:
        for floor in asked.floors if n >= asked.from_length else ():
            need, held = max(floor.least, at_least(floor.share, n)), len(ids & floor.members)
            if held < need:
                return _needs(n, f"{need} {floor.name}", held, limits, asked.kind)
    return ""


def _lacks_dimensions(candidates: Sequence[Candidate], limits: Limits, n: int) -> str:
    dimensions = Counter(one.dimension for one in candidates)
    for spread, percent in limits.caps:
        most = cap(spread, percent, n)
        if sum(min(held, most) for held in dimensions.values()) < n:
            dimension = dimensions.most_common(1)[0][0].replace("_", " ")
            why = f"a list of {n} may hold {most} about {dimension}, and the others do not fill it"
            return _rules(why, limits, "spread")
    return ""


def _needs(n: int, what: str, held: int, limits: Limits, kind: str) -> str:
    return _rules(f"a list of {n} needs at least {what} metrics and there are {held}", limits, kind)


def _rules(reason: str, limits: Limits, kind: str) -> str:
    return f"{reason} ({limits.names[kind]})" if kind in limits.names else reason


REASONS = {
    "mix": "too few are left of the side that comes next",
    "leading": "too few of the rest are leading metrics",
    "kinds": "a driver or an outcome is missing",
    "tiers": "one of the role's tiers is missing",
    "spread": "the rest are about a dimension that is full",
    "distinct": "the rest say the same as what is listed",
    "primary": "the only business metrics may not lead at this stage",
    "room": "the rest do not fit together",
}


def ending(refused: Sequence[tuple[Candidate, str]], limits: Limits) -> str:
    """What kept most of the refused candidates out, in words."""
    if not refused:
        return "no metric is left"
    kind = Counter(why for _, why in refused).most_common(1)[0][0]
    reason = REASONS.get(kind, "the rest need a counter-metric before them")
    return f"{reason} ({kind})" if kind not in REASONS else _rules(reason, limits, kind)
