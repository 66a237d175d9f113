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
        self.people = self.business = 0
        self.dimensions: Counter[str] = Counter()
        self.held = [[0] * len(asked.floors) for asked in limits.floors]
        lengths = {limits.mix.shares_from, *(asked.from_length for asked in limits.floors)}
        self._shortages: dict[tuple[object, ...], str] = {}
        self.targets = sorted({min(horizon, length) for length in lengths} | {horizon})

    def __len__(self) -> int:
        return len(self.ids)

    def add(self, one: Candidate, by: int = 1) -> None:
        """Place a metric, or take it back with ``by=-1``."""
        self._shortages.clear()
        self._count(one, by)

    def _count(self, one: Candidate, by: int) -> None:
        (self.ids.add if by > 0 else self.ids.remove)(one.id)
        self.people += by * one.people
        self.business += by * (not one.people)
        self.dimensions[one.dimension] += by
        for asked, floor in one.counts_for:
            self.held[asked][floor] += by

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
        return self._shortage_after(one)

    def _shortage_after(self, one: Candidate) -> str:
        """What would be short with it. Metrics that count alike leave the same room: one of them is tried."""
        alike = (one.people, one.counts_for)
        if alike not in self._shortages:
            self._count(one, 1)
            self._shortages[alike] = self.shortage()
            self._count(one, -1)
        return self._shortages[alike]

    def _is_full(self, one: Candidate) -> bool:
        if self.pins_beyond_cap and one.pinned:
            return False
        held, n = self.dimensions[one.dimension], len(self) + 1
        return any(held >= cap(spread, percent, n) for spread, percent in self.limits.caps)

    def shortage(self) -> str:
        """The kind of rule that this prefix breaks, or that it leaves no room to keep; or nothing."""
        n = len(self)
        if n < self.limits.mix.shares_from and any(self._owed(n)):
            return "mix"
        checked = 0
        for target in self.targets:
            length = max(n, target)
            if length != checked and (short := self._short_of(length, length - n)):
                return short
            checked = length
        return ""

    def _owed(self, length: int) -> tuple[int, int]:
        """How many people and business metrics a list of that length still needs."""
        need = floors(self.limits.mix, self.limits.shares, length)
        return max(0, need.people - self.people), max(0, need.business - self.business)

    def _short_of(self, length: int, room: int) -> str:
        people, business = self._owed(length)
        if people + business > room:
            return "mix"
        for asked, held in zip(self.limits.floors, self.held, strict=True):
            if length < asked.from_length:
                continue
            owed = 0
            for floor, count in zip(asked.floors, held, strict=True):
                need = max(floor.least, at_least(floor.share, length))
                owed += need - count if need > count else 0
            if owed > room or (asked.business and people + max(business, owed) > room):
                return asked.kind
        return ""
