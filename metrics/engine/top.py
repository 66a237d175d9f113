"""The largest groups of a table, and all the others as one.

What the others come to is asked of the data, over their rows together: a ratio of sums, never a mean of ratios,
and right for medians and distinct counts too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from metrics.engine.asking.ask import Ask
from metrics.engine.asking.kept import NONE
from metrics.engine.compute import Engine
from metrics.privacy import Reader, by_dimension, most, of_metric
from metrics.values import Value

OTHER = "other"
Group = tuple[str, ...]


def top(
    engine: Engine,
    asks: Iterable[Ask],
    k: int,
    as_of: date,
    *,
    today: date | None = None,
    reader: Reader | None = None,
) -> list[list[Value]]:
    """The table of each ask: its ``k`` largest groups, and the others as one group.

    The largest are those of a metric's newest period that has values, so that its periods can be compared. Of people
    values there is no such remainder: it is no group that anybody declared.
    """
    asked = list(asks)
    tables = engine.compute(asked, as_of, today=today, reader=reader)
    kept = {metric: _largest(asked, tables, metric, k) for metric in {ask.metric for ask in asked}}
    rest = {
        i: _others(ask, kept[ask.metric])
        for i, (ask, table) in enumerate(zip(asked, tables, strict=True))
        if _has_others(table, kept[ask.metric]) and _is_open(engine, ask)
    }
    remainders = engine.compute(rest.values(), as_of, today=today, reader=reader)
    others = dict(zip(rest, remainders, strict=True))
    name = _name(tables)
    return [
        [*_in_order(table, kept[ask.metric]), *_named(others.get(i, []), ask, name)]
        for i, (ask, table) in enumerate(zip(asked, tables, strict=True))
    ]


def is_remainder(value: Value) -> bool:
    """Whether a value is of all the others together: of no group of the data, however that is called."""
    return bool(value.group and value.citation.scope.besides and not value.citation.scope.by)


def _others(ask: Ask, kept: Sequence[Group]) -> Ask:
    """All groups that are neither among the largest nor left out anyway, as one."""
    return replace(ask, by=()).without(ask.by, [_raw(group) for group in kept])


def _largest(asked: Sequence[Ask], tables: Sequence[Sequence[Value]], metric: str, k: int) -> list[Group]:
    """The groups of the newest table of a metric in which any has a value, largest value first."""
    own = [(ask.period.end, table) for ask, table in zip(asked, tables, strict=True) if ask.metric == metric]
    for _, table in sorted(own, key=lambda pair: pair[0], reverse=True):
        known = [value for value in table if value.value is not None and value.group]
        if known:
            known.sort(key=lambda value: (-(value.value or 0), _group(value)))
            return [_group(value) for value in known[:k]]
    return []


def _group(value: Value) -> Group:
    return tuple(value.group.values())


def _raw(group: Group) -> tuple[str | None, ...]:
    """A group as the data has it, not as it is shown."""
    return tuple(None if part == NONE else part for part in group)


def _has_others(table: Sequence[Value], kept: Sequence[Group]) -> bool:
    return bool(kept) and any(value.group and _group(value) not in kept for value in table)


def _is_open(engine: Engine, ask: Ask) -> bool:
    dimensions = [name for name in (*ask.by, *ask.filters, *ask.beside) if name in engine.catalog.dimensions]
    levels = [by_dimension(engine.catalog, ask.metric, name) for name in dimensions]
    return most(of_metric(engine.catalog, ask.metric), *levels) == "open"


def _in_order(table: Sequence[Value], kept: Sequence[Group]) -> list[Value]:
    if not kept:
        return list(table)
    found = {_group(value): value for value in table}
    return [found[group] for group in kept if group in found]


def _name(tables: Sequence[Sequence[Value]]) -> str:
    """A name for the remainder that no group of the data has in any of the tables: periods are held side by side."""
    taken = {part.lower() for table in tables for value in table for part in value.group.values()}
    return OTHER if OTHER not in taken else f"all {OTHER}"


def _named(others: Sequence[Value], ask: Ask, name: str) -> list[Value]:
    """The remainder under its name."""
    return [replace(value, group=dict.fromkeys(ask.by, name)) for value in others]
