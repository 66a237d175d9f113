"""Inputs that look at the same rows -> these rows: the entity, its groups, what is added up, when."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import sqlalchemy as sa

from metrics.calendar.periods import Period
from metrics.definition import Input
from metrics.engine.asking.leaves import Slice
from metrics.engine.portable import as_whole
from metrics.engine.queries.entities.stretches import Stretch
from metrics.engine.queries.rows import ONE, ZERO, Rows, Setting
from metrics.engine.tables.pieces import fixed


@dataclass
class Source:
    """Inputs that look at the same rows, and the stretches over which each entity's sums are needed.

    ``items`` are the inputs by what they add up; ``sums`` has the name of each sum, by that and its stretch.
    """

    number: int
    items: dict[str, Input] = field(default_factory=dict)
    sums: dict[tuple[str, Stretch], str] = field(default_factory=dict)

    def column(self, item: Input, stretch: Stretch) -> str:
        """The name of an input's sum over a stretch."""
        self.items.setdefault(str(item.column), item)
        return self.sums.setdefault((str(item.column), stretch), f"s{self.number}_{len(self.sums)}")

    def amount(self, added: str) -> str:
        """The name of what is added up, by what it says."""
        return f"a{list(self.items).index(added)}"

    @property
    def item(self) -> Input:
        """Any of its inputs: they look at the same rows."""
        return next(iter(self.items.values()))

    @property
    def stretches(self) -> list[Stretch]:
        """All stretches that are looked at."""
        return [stretch for _, stretch in self.sums]

    @property
    def windows(self) -> list[Period | None]:
        """The windows that its conditions look at; a single None where they look at none."""
        return list(dict.fromkeys(stretch[3] for stretch in self.stretches))


def rows_of(
    setting: Setting, source: Source, where: Slice, morning: date | None, *, named: bool | None = True
) -> sa.Subquery:
    """The rows of one source that any of its stretches covers: entity, groups, amount, days.

    Those that name an entity; those that name none where ``named`` is false, all where it is None.

    Raises:
        MissingError: the company lacks something that they need.
    """
    item, stock = source.item, source.item.at is not None
    follows = None if morning is None or stock else item.key
    rows = Rows(
        setting, item.table, item.date, where, until=item.until, stock=stock, on=morning, entity=follows
    )
    since, until = rows.spell()
    key = rows.reach.column(item.key)
    amounts = [_amount(rows, one).label(source.amount(added)) for added, one in source.items.items()]
    columns = [key.label("entity"), *rows.groups, *amounts, since.label("since"), *rows.told()]
    if until is not None:
        columns.append(until.label("until"))
    kept: list[sa.ColumnElement[bool]] = []
    if named is not None:
        kept.append(key.is_not(None) if named else key.is_(None))
    if source.windows == [None]:
        kept.append(rows.condition(item))
    else:
        flags = [sa.case((rows.condition(item, looks), ONE), else_=ZERO) for looks in source.windows]
        columns += [flag.label(f"k{index}") for index, flag in enumerate(flags)]
    if not setting.shows_groups(where):
        kept.append(since < fixed(max(stretch[1] for stretch in source.stretches)))
        kept += [] if stock else [since >= fixed(min(stretch[0] for stretch in source.stretches))]
    return rows.select(*columns).where(*kept).subquery(f"rows{source.number}")


def days_of(setting: Setting, source: Source, where: Slice, morning: date | None) -> sa.Subquery:
    """The distinct days, by group, of the rows of one source that name an entity: of all, less those that name none.

    A database that keeps by block whether anything is empty finds these without reading the column, which is text.
    """
    width, parts = len(where.by), []
    for named in (None, False):
        rows = rows_of(setting, source, where, morning, named=named)
        days, count = [*groups_of(rows, width), *_days_in(rows)], as_whole(sa.func.count())
        number = (count if named is None else -count).label("number")
        parts.append(sa.select(*days, number).group_by(*days))
    all_days = sa.union_all(*parts).subquery(f"all_days{source.number}")
    days = [*groups_of(all_days, width), *_days_in(all_days)]
    some = sa.func.sum(all_days.c.number) > 0
    return sa.select(*days).group_by(*days).having(some).subquery(f"days{source.number}")


def _days_in(rows: sa.Subquery) -> list[sa.ColumnElement[Any]]:
    """On which days rows begin to count, and the newest ones that they tell where that is another."""
    return [column for column in rows.c if column.name in {"since", "told"}]


def groups_of(rows: sa.FromClause, width: int) -> list[sa.ColumnElement[Any]]:
    """The columns that rows are grouped by."""
    return [rows.c[f"g{index}"] for index in range(width)]


def same(rows: sa.FromClause, others: sa.FromClause, width: int) -> list[sa.ColumnElement[bool]]:
    """The conditions that two rows are of the same group; rows without a value are a group, too."""
    pairs = zip(groups_of(rows, width), groups_of(others, width), strict=True)
    return [sa.or_(mine == theirs, sa.and_(mine.is_(None), theirs.is_(None))) for mine, theirs in pairs]


def _amount(rows: Rows, item: Input) -> sa.ColumnElement[Any]:
    amount = rows.amount(item)
    return amount if item.column is None else sa.func.coalesce(amount, ZERO)
