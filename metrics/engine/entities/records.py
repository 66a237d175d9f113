"""Inputs -> SQL: one record for each entity, with its sum over every stretch that any period needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import sqlalchemy as sa

from metrics.definition import Input
from metrics.engine.leaves import Slice
from metrics.engine.portable import as_day, as_exact, as_whole, exact_sum
from metrics.engine.rows import ONE, ZERO, Rows, Setting
from metrics.periods import Period

Stretch = tuple[date, date, date | None, Period | None]
"""What one sum covers: from, before, the instant of a stock, and the window that a condition looks at."""
Ends = tuple[date | None, ...]
"""For each source the day before which everything lies that a leaf takes of it; None where it takes nothing."""


@dataclass
class Source:
    """Inputs of one content, and the stretches over which each entity's sum is needed."""

    item: Input
    number: int
    stretches: dict[Stretch, str] = field(default_factory=dict)

    def column(self, stretch: Stretch) -> str:
        """The name of the sum over a stretch."""
        return self.stretches.setdefault(stretch, f"s{self.number}_{len(self.stretches)}")

    @property
    def windows(self) -> list[Period | None]:
        """The windows that its conditions look at; a single None where they look at none."""
        return list(dict.fromkeys(stretch[3] for stretch in self.stretches))


def rows_of(setting: Setting, source: Source, where: Slice, morning: date | None) -> sa.Subquery:
    """The rows of one source that any of its stretches covers: entity, groups, amount, days.

    Raises:
        MissingError: the company lacks something that they need.
    """
    item, stock = source.item, source.item.at is not None
    rows = Rows(setting, item.table, item.date, where, until=item.until, stock=stock, on=morning)
    since, until = rows.spell()
    key, amount = rows.reach.column(item.key), rows.amount(item)
    summed = amount if item.column is None else sa.func.coalesce(amount, ZERO)
    columns = [key.label("entity"), *rows.groups, summed.label("amount"), since.label("since")]
    if until is not None:
        columns.append(until.label("until"))
    kept: list[sa.ColumnElement[bool]] = [key.is_not(None)]
    if source.windows == [None]:
        kept.append(rows.condition(item))
    else:
        flags = [sa.case((rows.condition(item, looks), ONE), else_=ZERO) for looks in source.windows]
        columns += [flag.label(f"k{index}") for index, flag in enumerate(flags)]
    if not setting.shows_groups(where):
        kept.append(since < max(stretch[1] for stretch in source.stretches))
        kept += [] if stock else [since >= min(stretch[0] for stretch in source.stretches)]
    return rows.select(*columns).where(*kept).subquery(f"rows{source.number}")


def records(
    sources: Sequence[Source], rows: Sequence[sa.Subquery], width: int, ends: Sequence[Ends]
) -> sa.Subquery:
    """One record for each entity, with all its sums and the newest of its days before each of the ends.

    Of several sources each has one record for an entity, and its sums are nothing in those of the others: the
    greatest is the one that there is, and quicker to find than another sum.
    """
    parts = []
    for source, own in zip(sources, rows, strict=True):
        keys = [own.c.entity, *groups_of(own, width)]
        days = [
            sa.func.max(_before(own.c.since, end[source.number])).label(f"newest_{index}")
            for index, end in enumerate(ends)
        ]
        parts.append(sa.select(*keys, *_sums(source, own), *days).group_by(*keys))
    if len(parts) == 1:
        return parts[0].subquery("records")
    typed = {name: _typed(source) for source in sources for name in source.stretches.values()}
    stacked = sa.union_all(*(_widened(part, typed, width, len(ends)) for part in parts)).subquery("stacked")
    keys = [stacked.c.entity, *groups_of(stacked, width)]
    sums = [sa.func.coalesce(sa.func.max(stacked.c[name]), ZERO).label(name) for name in typed]
    days = [sa.func.max(stacked.c[f"newest_{index}"]).label(f"newest_{index}") for index in range(len(ends))]
    return sa.select(*keys, *sums, *days).group_by(*keys).subquery("records")


def newest_of(rows: Sequence[sa.Subquery], width: int, ends: Sequence[Ends]) -> sa.Subquery:
    """The newest day before each of the ends that any entity has, by group, out of the distinct days."""
    parts = []
    for number, own in enumerate(rows):
        seen = sa.select(*groups_of(own, width), own.c.since).group_by(*groups_of(own, width), own.c.since)
        days = seen.subquery(f"days{number}")
        newest = [
            sa.func.max(_before(days.c.since, end[number])).label(f"newest_{index}")
            for index, end in enumerate(ends)
        ]
        parts.append(sa.select(*groups_of(days, width), *newest).group_by(*groups_of(days, width)))
    if len(parts) == 1:
        return parts[0].subquery("newest")
    stacked = sa.union_all(*parts).subquery("all_newest")
    newest = [
        sa.func.max(stacked.c[f"newest_{index}"]).label(f"newest_{index}") for index in range(len(ends))
    ]
    groups = groups_of(stacked, width)
    return sa.select(*groups, *newest).group_by(*groups).subquery("newest")


def groups_of(rows: sa.FromClause, width: int) -> list[sa.ColumnElement[Any]]:
    """The columns that rows are grouped by."""
    return [rows.c[f"g{index}"] for index in range(width)]


def _before(since: sa.ColumnElement[Any], end: date | None) -> sa.ColumnElement[Any]:
    return as_day(sa.null()) if end is None else sa.case((since < end, since))


def _sums(source: Source, own: sa.Subquery) -> list[sa.Label[Any]]:
    """Each entity's sum over each stretch. Zero stands for rows outside: databases add it up faster than NULL."""
    found = []
    for (start, end, instant, looks), name in source.stretches.items():
        inside: list[sa.ColumnElement[bool]] = [own.c.since < end]
        if instant is None:
            inside.append(own.c.since >= start)
        elif "until" in own.c:
            inside.append(sa.or_(own.c.until.is_(None), own.c.until >= instant))
        if looks is not None:
            inside.append(own.c[f"k{source.windows.index(looks)}"] == ONE)
        found.append(exact_sum(sa.case((sa.and_(*inside), own.c.amount), else_=ZERO)).label(name))
    return found


Typed = Callable[[sa.ColumnElement[Any]], sa.ColumnElement[Any]]


def _typed(source: Source) -> Typed:
    """How the sums of a source are read: what counts rows is whole, and quicker to add up than what is exact."""
    return as_whole if source.item.column is None else as_exact


def _widened(part: sa.Select[Any], typed: Mapping[str, Typed], width: int, ends: int) -> sa.Select[Any]:
    """The records of one source with nothing for the sums of the others."""
    own = part.subquery("part")
    sums = [read_as(own.c.get(name, sa.null())).label(name) for name, read_as in typed.items()]
    days = [own.c[f"newest_{index}"] for index in range(ends)]
    return sa.select(own.c.entity, *groups_of(own, width), *sums, *days)
