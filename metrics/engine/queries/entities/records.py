"""Inputs -> SQL: one record for each entity, with its sum over every stretch that any period needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from metrics.definition import Input
from metrics.engine.portable import as_day, as_exact, as_whole, exact_sum
from metrics.engine.queries.entities.sources import Source, groups_of, same
from metrics.engine.queries.rows import ONE, ZERO, newest_in
from metrics.engine.tables.pieces import fixed, given, latest

Ends = tuple[date | None, ...]
"""For each source the day before which everything lies that a leaf takes of it; None where it takes nothing."""


def records(
    sources: Sequence[Source],
    rows: Sequence[sa.Subquery],
    width: int,
    ends: Sequence[Ends],
    *,
    in_all: bool = False,
) -> sa.Subquery:
    """One record for each entity, with all its sums and the newest of its days before each of the ends.

    Entities that only count if they are ``in_all`` sources are looked up from one to the next.
    """
    parts = []
    for source, own in zip(sources, rows, strict=True):
        keys = [own.c.entity, *groups_of(own, width)]
        days = [
            sa.func.max(_before(own, end[source.number])).label(f"newest_{index}")
            for index, end in enumerate(ends)
        ]
        part = sa.select(*keys, *_sums(source, own), *days).group_by(*keys)
        parts.append(
            part.having(given(own.c.entity))
        )  # far fewer than rows, whose text would have to be read
    if len(parts) == 1:
        return parts[0].subquery("records")
    if in_all:
        return _joined(parts, width, len(ends))
    return _stacked(sources, parts, width, len(ends))


def _joined(parts: Sequence[sa.Select[Any]], width: int, ends: int) -> sa.Subquery:
    """The records of those entities that every source has."""
    first, *others = (part.subquery(f"part{number}") for number, part in enumerate(parts))
    joined: sa.FromClause = first
    for other in others:
        joined = joined.join(other, sa.and_(first.c.entity == other.c.entity, *same(first, other, width)))
    own = {column.name for column in first.c}
    sums = [column for other in others for column in other.c if column.name not in own]
    newest = [f"newest_{index}" for index in range(ends)]
    kept = [column for column in first.c if column.name not in newest]
    days = [latest([part.c[name] for part in (first, *others)]).label(name) for name in newest]
    return sa.select(*kept, *sums, *days).select_from(joined).subquery("records")


def _stacked(
    sources: Sequence[Source], parts: Sequence[sa.Select[Any]], width: int, ends: int
) -> sa.Subquery:
    """The records of all entities that any source has.

    Each source has one record for an entity, and its sums are nothing in those of the others: the greatest is the
    one that there is, and quicker to find than another sum.
    """
    typed = {
        name: _typed(source.items[added]) for source in sources for (added, _), name in source.sums.items()
    }
    stacked = sa.union_all(*(_widened(part, typed, width, ends) for part in parts)).subquery("stacked")
    keys = [stacked.c.entity, *groups_of(stacked, width)]
    sums = [sa.func.coalesce(sa.func.max(stacked.c[name]), ZERO).label(name) for name in typed]
    days = [sa.func.max(stacked.c[f"newest_{index}"]).label(f"newest_{index}") for index in range(ends)]
    return sa.select(*keys, *sums, *days).group_by(*keys).subquery("records")


def newest_of(distinct: Sequence[sa.Subquery], width: int, ends: Sequence[Ends]) -> sa.Subquery:
    """The newest day before each of the ends that any entity has, by group, out of each source's distinct days."""
    parts = []
    for number, days in enumerate(distinct):
        newest = [
            sa.func.max(_before(days, end[number])).label(f"newest_{index}") for index, end in enumerate(ends)
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


def _before(rows: sa.Subquery, end: date | None) -> sa.ColumnElement[Any]:
    return as_day(sa.null()) if end is None else sa.case((rows.c.since < fixed(end), newest_in(rows)))


def _sums(source: Source, own: sa.Subquery) -> list[sa.Label[Any]]:
    """Each entity's sum over each stretch. Zero stands for rows outside: databases add it up faster than NULL."""
    found = []
    for (added, (start, end, instant, looks)), name in source.sums.items():
        inside: list[sa.ColumnElement[bool]] = [own.c.since < fixed(end)]
        if instant is None:
            inside.append(own.c.since >= fixed(start))
        elif "until" in own.c:
            inside.append(sa.or_(own.c.until.is_(None), own.c.until >= fixed(instant)))
        if looks is not None:
            inside.append(own.c[f"k{source.windows.index(looks)}"] == ONE)
        found.append(
            exact_sum(sa.case((sa.and_(*inside), own.c[source.amount(added)]), else_=ZERO)).label(name)
        )
    return found


Typed = Callable[[sa.ColumnElement[Any]], sa.ColumnElement[Any]]


def _typed(item: Input) -> Typed:
    """How the sums of an input are read: what counts rows is whole, and quicker to add up than what is exact."""
    return as_whole if item.column is None else as_exact


def _widened(part: sa.Select[Any], typed: Mapping[str, Typed], width: int, ends: int) -> sa.Select[Any]:
    """The records of one source with nothing for the sums of the others."""
    own = part.subquery("part")
    sums = [read_as(own.c.get(name, sa.null())).label(name) for name, read_as in typed.items()]
    days = [own.c[f"newest_{index}"] for index in range(ends)]
    return sa.select(own.c.entity, *groups_of(own, width), *sums, *days)
