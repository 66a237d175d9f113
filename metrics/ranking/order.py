"""Candidates -> an order whose every prefix keeps the rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from metrics.ranking.candidates import Candidate
from metrics.ranking.lack import lacks
from metrics.ranking.limits import Limits
from metrics.ranking.prefix import Prefix

PATIENCE = 200
"""How many placements the search for a longer list tries before it gives up: some ten milliseconds."""


@dataclass(frozen=True)
class Step:
    """A metric placed, and the better ones passed over: each with what kept it from coming here."""

    taken: Candidate
    passed_over: tuple[tuple[Candidate, str], ...]


@dataclass(frozen=True)
class Order:
    """The metrics in order. ``refused`` is what kept the others out, where all were asked for."""

    steps: tuple[Step, ...]
    refused: tuple[tuple[Candidate, str], ...] = ()

    @property
    def ids(self) -> list[str]:
        """The metric ids in order."""
        return [step.taken.id for step in self.steps]


def arrange(
    candidates: Sequence[Candidate], limits: Limits, length: int, *, pins_beyond_cap: bool = False
) -> Order:
    """Order candidates: at each place the best one that leaves the prefix valid and a list of five possible.

    Where a rule holds from a greater length on, room is left for that length. Where no such list can be had,
    it is left for the longest list that can.
    """
    for horizon in range(min(limits.horizon, len(candidates)), 0, -1):
        if not pins_beyond_cap and lacks(candidates, limits, horizon):
            continue  # said at once, where a search would try everything in vain
        order = _search(candidates, Prefix(limits, horizon, pins_beyond_cap=pins_beyond_cap), length)
        if order:
            return order
    return Order((), tuple((one, Prefix(limits, 1).refuses(one)) for one in candidates))


def arrange_all(candidates: Sequence[Candidate], limits: Limits, *, pins_beyond_cap: bool = False) -> Order:
    """Order as many of a few candidates as fit into one list, looking further ahead where that takes it."""
    order = arrange(candidates, limits, len(candidates), pins_beyond_cap=pins_beyond_cap)
    while len(order.steps) < len(candidates) and not lacks(candidates, limits, len(order.steps) + 1):
        further = Prefix(limits, len(order.steps) + 1, pins_beyond_cap=pins_beyond_cap)
        longer = _search(candidates, further, len(candidates))
        if longer is None:
            return order
        order = longer
    return order


def _search(candidates: Sequence[Candidate], prefix: Prefix, length: int) -> Order | None:
    """The first valid order that reaches the prefix's horizon, by the candidates' own order; or None."""
    steps: list[Step] = []
    rest = list(candidates)
    tries = iter(range(PATIENCE))
    if not _reach(prefix, rest, steps, tries):
        return None
    while len(steps) < length:
        step = _next(prefix, rest, 0, ())
        if step is None:
            return Order(tuple(steps), tuple((one, prefix.refuses(one)) for one in rest))
        rest.remove(step.taken)
        prefix.add(step.taken)
        steps.append(step)
    return Order(tuple(steps[:length]))


def _next(
    prefix: Prefix, rest: Sequence[Candidate], start: int, passed: tuple[tuple[Candidate, str], ...]
) -> Step | None:
    """The first candidate from ``start`` on that may come next."""
    over = list(passed)
    for one in rest[start:]:
        why_not = prefix.refuses(one)
        if not why_not:
            return Step(one, tuple(over))
        over.append((one, why_not))
    return None


def _reach(prefix: Prefix, rest: list[Candidate], steps: list[Step], tries: Iterator[int]) -> bool:
    """Place candidates up to the horizon, going back where the best ones lead nowhere."""
    if len(prefix) >= prefix.horizon:
        return True
    start = 0
    passed: tuple[tuple[Candidate, str], ...] = ()
    while (step := _next(prefix, rest, start, passed)) is not None and next(tries, None) is not None:
        start = rest.index(step.taken)
        rest.pop(start)
        prefix.add(step.taken)
        steps.append(step)
        if _reach(prefix, rest, steps, tries):
            return True
        steps.pop()
        prefix.add(step.taken, -1)
        rest.insert(start, step.taken)
        passed = (*step.passed_over, (step.taken, "room"))
        start += 1
    return False
