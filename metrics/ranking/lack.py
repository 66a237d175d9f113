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
    people = sum(one.people for one in candidates)
    need = floors(limits.mix, limits.shares, n)
    for side, held, asked in (
        ("people", people, need.people),
        ("business", len(candidates) - people, need.business),
    ):
        if held < asked:
            rule = limits.names["mix"]
            return f"a list of {n} needs at least {asked} {side} metrics and there are {held} ({rule})"
    return _lacks_kind(candidates, limits, n) or _lacks_dimensions(candidates, limits, n)


def _lacks_kind(candidates: Sequence[Candidate], limits: Limits, n: int) -> str:
    leading = sum(one.leading for one in candidates)
    kinds = Counter(one.kind for one in candidates)
    for early in limits.leading:
        asked = at_least(early.share, n) if n >= early.from_length else 0
        if leading < asked:
            rule = limits.names["leading"]
            return f"a list of {n} needs at least {asked} leading metrics and there are {leading} ({rule})"
    for rules in limits.kinds:
        for kind, least in rules.least.items() if n >= rules.from_length else ():
            if kinds[kind] < least:
                return f"a list of {n} needs at least {least} {kind} ({limits.names['kinds']})"
    return ""


def _lacks_dimensions(candidates: Sequence[Candidate], limits: Limits, n: int) -> str:
    dimensions = Counter(one.dimension for one in candidates)
    for spread, percent in limits.caps:
        most = cap(spread, percent, n)
        if sum(min(held, most) for held in dimensions.values()) < n:
            dimension = dimensions.most_common(1)[0][0].replace("_", " ")
            rule = limits.names["spread"]
            return f"a list of {n} may hold {most} about {dimension}, and the others do not fill it ({rule})"
    return ""


REASONS = {
    "mix": "too few are left of the side that comes next",
    "leading": "too few of the rest are leading metrics",
    "kinds": "a driver or an outcome is missing",
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
    rule = limits.names.get(kind, kind if kind not in REASONS else "")
    return f"{reason} ({rule})" if rule else reason
