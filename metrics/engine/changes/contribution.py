"""Why a metric changed: the values of two periods in groups -> the part of each group in the change.

Everything comes from values as they may leave the engine, so that nothing hidden is explained.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from math import ceil
from typing import NamedTuple

from metrics.engine.asking.ask import Ask
from metrics.engine.asking.linear import SAME_FOR_ALL, is_linear
from metrics.engine.changes.split import NOTHING, Effect, Key, Kind, Parts, split
from metrics.engine.compute import Engine
from metrics.errors import UserError
from metrics.model import Metric
from metrics.privacy import Reader
from metrics.values import Status, Value

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


class NoChangeError(UnsplitError):
    """A change that is none, by whatever it is split: one of its values is missing."""


def contributions(
    engine: Engine,
    ask: Ask,
    before: Ask,
    as_of: date,
    *,
    today: date | None = None,
    reader: Reader | None = None,
) -> Contributions:
    """What each group of ``ask.by`` did to the change of a metric since ``before``, the same ask of an earlier period.

    Raises:
        NoChangeError: a value is missing.
        UnsplitError: the change has no exact split by that dimension: groups are hidden, or they do not add up to
            the whole (medians, people counted in several groups).
        UserError: the metric does not know the dimension.
    """
    asks = [replace(ask, by=()), replace(before, by=()), ask, replace(before, by=ask.by)]
    [now], [then], groups, old = engine.compute(asks, as_of, today=today, reader=reader)
    metric = engine.catalog.metric(ask.metric)
    for value in (now, then):
        if value.value is None:
            raise NoChangeError(f"{metric.name} has no value in {value.period}: nothing to explain.")
    kind, effects = _split(metric, ask.by, Table(then, old), Table(now, groups))
    change = sum((effect.total for effect in effects.values()), Fraction(0))
    felt = [(key, effect) for key, effect in effects.items() if effect.share or effect.total]
    ordered = sorted(felt, key=lambda item: (-abs(item[1].total), item[0]))
    named = tuple(replace(effect, group=dict(zip(ask.by, key, strict=True))) for key, effect in ordered)
    return Contributions(ask.metric, ask.by, kind, now, then, change, named, tuple(groups), tuple(old))


class Table(NamedTuple):
    """The value of all rows in a period, and those of their groups."""

    whole: Value
    groups: Sequence[Value]


def _split(metric: Metric, by: tuple[str, ...], before: Table, now: Table) -> tuple[Kind, dict[Key, Effect]]:
    """What each group did, hidden groups as one; where it does not add up otherwise, those with nothing below as well.

    Raises:
        UnsplitError: the change has no exact split by these dimensions.
    """
    name = " and ".join(by)
    linear = all(map(is_linear, metric.parts))
    for value in (*before.groups, *now.groups):
        if value.status is Status.NOT_MEASURED:
            raise UnsplitError(f"{metric.name} is not measured by {name}: needs {' and '.join(value.needs)}.")
    hidden = _of_status({Status.SUPPRESSED}, before, now)
    if hidden:
        if not linear:
            raise UnsplitError(
                f"{metric.name} is not explained by {name}: some groups are too small to show."
            )
        _refuse_few(before, hidden)
        _refuse_few(now, hidden)
    found = _with_one(metric, before, now, hidden, (HIDDEN,) * len(by))
    if found is None and linear and not hidden and (empty := _of_status(NOTHING_BELOW, before, now)):
        one = next(iter(empty)) if len(empty) == 1 else (EMPTY,) * len(by)
        found = _with_one(metric, before, now, empty, one)
    if found is None:
        raise UnsplitError(
            f"{metric.name} does not add up over {name}, so its change has no exact split by it."
        )
    return found


def _with_one(
    metric: Metric, before: Table, now: Table, apart: set[Key], name: Key
) -> tuple[Kind, dict[Key, Effect]] | None:
    """The split of a change, groups that are apart taken as one under a name; None where there is no exact one."""
    then_parts, now_parts = (_together(table, apart, name) for table in (before, now))
    shared = isinstance(metric.denominator, SAME_FOR_ALL)
    return split(
        then_parts, now_parts, parts(before.whole), parts(now.whole), Fraction(metric.scale), shared=shared
    )


def _of_status(statuses: set[Status], *tables: Table) -> set[Key]:
    """The groups that have one of these statuses in any of the tables."""
    values = (value for table in tables for value in table.groups)
    return {tuple(value.group.values()) for value in values if value.status in statuses}


def _refuse_few(table: Table, hidden: set[Key]) -> None:
    """Hidden groups are spoken of as one only where they hold enough people together."""
    whole = table.whole
    shown = [_at_most(value) for value in table.groups if tuple(value.group.values()) not in hidden]
    if whole.n is None or whole.n - sum(shown) < FEWEST_HIDDEN:
        raise UnsplitError(f"{whole.metric} is not explained that way: some groups are too small to show.")


def _at_most(value: Value) -> int:
    """How many people a group may hold: the n of an average is told without its fraction."""
    parts = (value.citation.numerator, value.citation.denominator)
    averages = [part for part in parts if part is not None and int(part) == value.n]
    return max(map(ceil, averages), default=value.n or 0)


def _together(table: Table, apart: set[Key], name: Key) -> dict[Key, Parts]:
    """The groups, those that are apart, if any, taken as one under a name: the whole without the others.

    That tells nothing which the table itself does not: which groups are hidden is decided for all of it.
    """
    found = parts_by_group([value for value in table.groups if tuple(value.group.values()) not in apart])
    if not apart:
        return found
    all_of_it, tops = parts(table.whole), sum((one.numerator for one in found.values()), Fraction(0))
    bottoms = sum((one.denominator or Fraction(0) for one in found.values()), Fraction(0))
    below = None if all_of_it.denominator is None else all_of_it.denominator - bottoms
    return found | {name: Parts(all_of_it.numerator - tops, below)}


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
