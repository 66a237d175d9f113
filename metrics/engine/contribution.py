"""Why a metric changed: the values of two periods in groups -> the part of each group in the change.

Everything comes from values as they may leave the engine, so that nothing hidden is explained.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from math import ceil

from metrics.engine.ask import Ask
from metrics.engine.compute import Engine
from metrics.engine.linear import is_linear
from metrics.engine.split import NOTHING, Effect, Key, Kind, Parts, split
from metrics.errors import UserError
from metrics.periods import Period
from metrics.privacy import Reader
from metrics.values import Status, Value

EXPLAINING = (
    "segment",
    "department",
    "channel",
    "product",
    "opp_type",
    "revenue_type",
    "cost_line",
    "movement_type",
)
"""The dimensions that are tried, in this order, where none is named."""
MOST_GROUPS = 12
HIDDEN = "(groups too small to show)"
EMPTY = "(groups with nothing to divide by)"
NOTHING_BELOW = {Status.UNDEFINED, Status.NOT_APPLICABLE}
"""Statuses of groups whose parts no receipt gives, because there is nothing to divide by."""
FEWEST_HIDDEN = 10
"""How many people the hidden groups must hold together to be spoken of as one: the strictest threshold."""


@dataclass(frozen=True)
class Contributions:
    """The change of a metric between two periods, and what each group did to it, largest effect first."""

    metric: str
    by: tuple[str, ...]
    kind: Kind
    now: Value
    before: Value
    change: Fraction
    effects: tuple[Effect, ...]
    groups_now: tuple[Value, ...]
    groups_before: tuple[Value, ...]

    @property
    def values(self) -> tuple[Value, ...]:
        """Everything that the split rests on."""
        return (self.now, self.before, *self.groups_now, *self.groups_before)


class UnsplitError(UserError):
    """A change that cannot be split exactly that way, and why."""


def contributions(
    engine: Engine,
    ask: Ask,
    before: Period,
    as_of: date,
    *,
    today: date | None = None,
    reader: Reader | None = None,
) -> Contributions:
    """What each group of ``ask.by`` did to the change of a metric between ``before`` and the ask's period.

    Raises:
        UnsplitError: the change has no exact split by that dimension: a value is missing, groups are hidden, or
            the groups do not add up to the whole (medians, people counted in several groups).
        UserError: the metric does not know the dimension.
    """
    earlier = replace(ask, period=before)
    asks = [replace(ask, by=()), replace(earlier, by=()), ask, earlier]
    [now], [then], groups, old = engine.compute(asks, as_of, today=today, reader=reader)
    metric = engine.catalog.metric(ask.metric)
    name = " and ".join(ask.by)
    for value in (now, then):
        if value.value is None:
            raise UnsplitError(
                f"{metric.name} has no value in {value.period} ({value.status}): nothing to explain."
            )
    then_parts, now_parts = parts_by_group(old), parts_by_group(groups)
    linear = all(is_linear(part) for part in (metric.numerator, metric.denominator) if part is not None)
    hidden = _of_status({Status.SUPPRESSED}, groups, old)
    if hidden:
        if not linear:
            raise UnsplitError(
                f"{metric.name} is not explained by {name}: some groups are too small to show."
            )
        _refuse_few(then, old, hidden)
        _refuse_few(now, groups, hidden)
        one = (HIDDEN,) * len(ask.by)
        then_parts, now_parts = _together(then, old, hidden, one), _together(now, groups, hidden, one)
    wholes, scale = (parts(then), parts(now)), Fraction(metric.scale)
    found = split(then_parts, now_parts, *wholes, scale)
    if found is None and linear and not hidden and (empty := _of_status(NOTHING_BELOW, groups, old)):
        one = next(iter(empty)) if len(empty) == 1 else (EMPTY,) * len(ask.by)
        then_parts, now_parts = _together(then, old, empty, one), _together(now, groups, empty, one)
        found = split(then_parts, now_parts, *wholes, scale)
    if found is None:
        raise UnsplitError(
            f"{metric.name} does not add up over {name}, so its change has no exact split by it."
        )
    kind, effects = found
    change = sum((effect.total for effect in effects.values()), Fraction(0))
    felt = [(key, effect) for key, effect in effects.items() if effect.share or effect.total]
    ordered = sorted(felt, key=lambda item: (-abs(item[1].total), item[0]))
    named = tuple(replace(effect, group=dict(zip(ask.by, key, strict=True))) for key, effect in ordered)
    return Contributions(ask.metric, ask.by, kind, now, then, change, named, tuple(groups), tuple(old))


def _of_status(statuses: set[Status], *tables: Sequence[Value]) -> set[Key]:
    """The groups that have one of these statuses in any of the tables."""
    return {tuple(value.group.values()) for table in tables for value in table if value.status in statuses}


def _refuse_few(whole: Value, groups: Sequence[Value], hidden: set[Key]) -> None:
    """Hidden groups are spoken of as one only where they hold enough people together."""
    shown = [_at_most(value) for value in groups if tuple(value.group.values()) not in hidden]
    if whole.n is None or whole.n - sum(shown) < FEWEST_HIDDEN:
        raise UnsplitError(f"{whole.metric} is not explained that way: some groups are too small to show.")


def _at_most(value: Value) -> int:
    """How many people a group may hold: the n of an average is told without its fraction."""
    parts = (value.citation.numerator, value.citation.denominator)
    averages = [part for part in parts if part is not None and int(part) == value.n]
    return max(map(ceil, averages), default=value.n or 0)


def _together(whole: Value, groups: Sequence[Value], apart: set[Key], name: Key) -> dict[Key, Parts]:
    """The groups, some of them taken as one under a name: the whole without the others.

    That tells nothing which the table itself does not: which groups are hidden is decided for all of it.
    """
    found = parts_by_group([value for value in groups if tuple(value.group.values()) not in apart])
    all_of_it, tops = parts(whole), sum((one.numerator for one in found.values()), Fraction(0))
    bottoms = sum((one.denominator or Fraction(0) for one in found.values()), Fraction(0))
    below = None if all_of_it.denominator is None else all_of_it.denominator - bottoms
    return found | {name: Parts(all_of_it.numerator - tops, below)}


def explained(
    engine: Engine, ask: Ask, before: Period, as_of: date, *, today: date | None = None
) -> Contributions | None:
    """The split of a change that says most, among the dimensions that a metric knows; None if there is none.

    That is the one in which a single group did most to it beyond its own share of the whole.
    """
    best: tuple[Fraction, Contributions] | None = None
    for dimension in EXPLAINING:
        if dimension not in engine.catalog.dimensions or not engine.reaches(ask.metric, dimension):
            continue
        try:
            found = contributions(engine, replace(ask, by=(dimension,)), before, as_of, today=today)
        except UserError:
            continue
        if not 1 < sum(effect.share != 0 for effect in found.effects) <= MOST_GROUPS:
            continue
        way = 1 if found.change >= 0 else -1
        telling = max(way * (effect.total - effect.share * found.change) for effect in found.effects)
        if best is None or telling > best[0]:
            best = (telling, found)
    return best[1] if best else None


def parts(value: Value) -> Parts:
    """Numerator and denominator as the receipt has them; a group with nothing to divide by has nothing."""
    citation = value.citation
    if citation.numerator is None:
        return NOTHING
    bottom = None if citation.denominator is None else Fraction(citation.denominator)
    return Parts(Fraction(citation.numerator), bottom)


def parts_by_group(values: Sequence[Value]) -> dict[Key, Parts]:
    """The parts of each group of a table."""
    return {tuple(value.group.values()): parts(value) for value in values}
