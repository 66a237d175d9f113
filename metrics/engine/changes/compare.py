"""A value beside what it is held against: an earlier period, or the company's own target or band."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from metrics.calendar.periods import Period
from metrics.engine.asking.ask import Ask
from metrics.model import Direction
from metrics.scorecard import Target
from metrics.standing import bound, reaches, stands
from metrics.values import Status, Value

Verdict = Literal["met", "missed", "within", "below", "above"]
EARLIER: Mapping[str, Callable[[Period], Period]] = {
    "previous": Period.previous,
    "last-year": Period.year_before,
}


@dataclass(frozen=True)
class Comparison:
    """A value, what it is held against (if anything), and how far it is from that.

    ``change`` is value minus the other value, or minus the target; for a band, how far outside it lies. It is in
    the metric's unit. ``relative`` is the change in percent of the other value, where that is positive.
    """

    value: Value
    other: Value | None = None
    target: Target | None = None
    change: Decimal | None = None
    relative: Decimal | None = None
    verdict: Verdict | None = None


def earlier(ask: Ask, against: str) -> Ask:
    """The same ask for the period that it is compared with."""
    return replace(ask, period=EARLIER[against](ask.period))


def with_earlier(values: Iterable[Value], others: Iterable[Value]) -> list[Comparison]:
    """Each value of a table beside that of its group in the earlier table."""
    found = {(value.metric, *value.group.values()): value for value in others}
    return [_beside(value, found.get((value.metric, *value.group.values()))) for value in values]


def _beside(value: Value, other: Value | None) -> Comparison:
    if value.status is Status.SUPPRESSED:  # what stands beside it might lead back to it
        return Comparison(value)
    if other is None or other.value is None or value.value is None:
        return Comparison(value, other)
    change = value.value - other.value
    relative = 100 * change / other.value if other.value > 0 else None
    return Comparison(value, other, change=change, relative=relative)


def with_target(values: Sequence[Value], target: Target | None, direction: Direction) -> list[Comparison]:
    """Each value beside the target or band of its metric."""
    return [_held(value, target, direction) for value in values]


def _held(value: Value, target: Target | None, direction: Direction) -> Comparison:
    if target is None or value.value is None:
        return Comparison(value, target=target)
    change, verdict = _apart(value.value, target, direction)
    return Comparison(value, target=target, change=change, verdict=verdict)


def _apart(value: Decimal, target: Target, direction: Direction) -> tuple[Decimal, Verdict]:
    standing = stands(value, target)
    end = bound(target, standing)
    apart = Decimal(0) if end is None else value - end
    if target.value is None:
        return apart, "within" if standing == "at" else standing
    reached = reaches(standing, target, direction)
    if reached is None:
        return apart, "above" if standing == "above" else "below"
    return apart, "met" if reached else "missed"
