"""A list as far as it has been made, and whether a metric may come next."""

from __future__ import annotations

from collections import Counter

from metrics.balance.shares import at_least
from metrics.balance.sides import cap, floors
from metrics.ranking.candidates import Candidate
from metrics.ranking.limits import Limits


class Prefix:
    """The metrics placed so far, counted in every way that a rule counts.

    ``horizon`` is the length that must stay within reach: a candidate that leaves too few places for what
    a list of that length still needs is refused.
    """

    def __init__(self, limits: Limits, horizon: int, *, pins_beyond_cap: bool = False) -> None:
        self.limits = limits
        self.horizon = horizon
        self.pins_beyond_cap = pins_beyond_cap
        self.ids: set[str] = set()
        self.people = self.leading = self.business = 0
        self.dimensions: Counter[str] = Counter()
        self.kinds: Counter[str] = Counter()
        self.targets = sorted({min(horizon, limits.mix.from_length), horizon})

    def __len__(self) -> int:
        return len(self.ids)

    def add(self, one: Candidate, by: int = 1) -> None:
        """Place a metric, or take it back with ``by=-1``."""
        (self.ids.add if by > 0 else self.ids.remove)(one.id)
        self.people += by * one.people
        self.business += by * (not one.people)
        self.leading += by * one.leading
        self.dimensions[one.dimension] += by
        self.kinds[one.kind] += by

    def refuses(self, one: Candidate) -> str:
        """The kind of rule, or for guards the rule itself, that keeps a metric from coming next."""
        if not self.ids.isdisjoint(one.rivals):
            return "distinct"
        for guard in one.guards:
            if self.ids.isdisjoint(guard.one_of):
                return guard.rule
        if not one.may_lead and not one.people and not self.business:
            return "primary"
        if self._is_full(one):
            return "spread"
        self.add(one)
        short = self.shortage()
        self.add(one, -1)
        return short

    def _is_full(self, one: Candidate) -> bool:
        if self.pins_beyond_cap and one.pinned:
            return False
        held, n = self.dimensions[one.dimension], len(self) + 1
        return any(held >= cap(spread, percent, n) for spread, percent in self.limits.caps)

    def shortage(self) -> str:
        """The kind of rule that this prefix breaks, or that it leaves no room to keep; or nothing."""
        n = len(self)
        if n < self.limits.mix.from_length and self._unmixed(n, 0):
            return "mix"
        for target in self.targets:
            length = max(n, target)
            short = self._short_of(length, length - n)
            if short:
                return short
        return ""

    def _unmixed(self, length: int, room: int) -> bool:
        need = floors(self.limits.mix, self.limits.shares, length)
        return max(0, need.people - self.people) + max(0, need.business - self.business) > room

    def _short_of(self, length: int, room: int) -> str:
        if self._unmixed(length, room):
            return "mix"
        for early in self.limits.leading:
            if length >= early.from_length and at_least(early.share, length) - self.leading > room:
                return "leading"
        for asked in self.limits.kinds:
            owed = sum(max(0, least - self.kinds[kind]) for kind, least in asked.least.items())
            if length >= asked.from_length and owed > room:
                return "kinds"
        return ""
