"""One record per account, employee, ... -> one number, for all periods in few queries.

Inputs of the same content share one scan, in which every window and instant that any period needs becomes one
sum for each entity; the same sum serves as the closing of one period and the opening of another. Entities are
then kept, counted or added up in the database, so that no record ever leaves it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

import sqlalchemy as sa

from metrics.definition import ColumnName, Entities, Gap, Input, Least, Test, Times
from metrics.engine.cells import Cell, Found, Ran, as_day, as_group, exact
from metrics.engine.conditions import holds
from metrics.engine.leaves import Leaf, Wanted
from metrics.engine.portable import EXACT
from metrics.engine.rows import ONE, ZERO, Rows, Setting
from metrics.engine.windows import window
from metrics.periods import Period
from metrics.warehouse.connect import Answered

WIDE = 14
"""How many sums a record of a big table may hold: the database keeps them all in memory, for every entity."""

Stretch = tuple[date, date, date | None, Period | None]
"""What one sum covers: from, before, the instant of a stock, and the window that a condition looks at."""


def source_of(leaf: Leaf) -> tuple[Any, ...]:
    """Which leaves are taken together: the same contents of the same entities over the same slice."""
    entities = leaf.expression
    assert isinstance(entities, Entities)
    contents = frozenset(_content(item) for item in entities.inputs.values())
    morning = None if leaf.slice.whole else (leaf.start, leaf.end)
    return (entities.per, contents, leaf.slice, morning)


def chunks(setting: Setting, group: list[Wanted], *, big: bool) -> list[list[Wanted]]:
    """The leaves of a source in as many queries as memory asks for: leaves of neighbouring periods share sums."""
    if not big:
        return [group]
    found: list[list[Wanted]] = []
    sums: set[tuple[str, Stretch]] = set()
    for wanted in sorted(group, key=lambda one: (one.leaf.end, one.leaf.start)):
        entities = wanted.leaf.expression
        assert isinstance(entities, Entities)
        more = {(str(_content(item)), _stretch(setting, item, wanted)) for item in entities.inputs.values()}
        if not found or len(sums | more) > WIDE:
            found.append([])
            sums = set()
        found[-1].append(wanted)
        sums |= more
    return found


@dataclass
class Source:
    """Inputs of one content, and the stretches over which each entity's sum is needed."""

    item: Input
    number: int
    stretches: dict[Stretch, str] = field(default_factory=dict)

    def column(self, stretch: Stretch) -> str:
        """The name of the sum over a stretch."""
        return self.stretches.setdefault(stretch, f"s{self.number}_{len(self.stretches)}")


@dataclass
class Planned:
    """A query, and the three columns of each leaf: its total, how many entities, the newest day."""

    statement: sa.Select[Any]
    places: dict[Wanted, tuple[int, int, int]]

    def shifted(self, by: int) -> Planned:
        """The same, that many columns further to the right."""
        places = {
            one: (total + by, count + by, newest + by) for one, (total, count, newest) in self.places.items()
        }
        return Planned(self.statement, places)

    def read(self, answered: Answered, ran: Ran) -> dict[Wanted, Found]:
        """The cells of each leaf out of the query's one row per group."""
        found: dict[Wanted, Found] = {}
        for wanted, (total, count, newest) in self.places.items():
            width, cells = len(wanted.leaf.slice.by), {}
            for row in answered.rows:
                amount, rows, day = (row[width + place] for place in (total, count, newest))
                through = None if day is None else as_day(day)
                cells[as_group(row[:width])] = Cell(Fraction(exact(amount)), int(rows or 0), through)
            found[wanted] = Found(cells, (ran,), (f"c{total}",))
        return found


def plan(setting: Setting, group: Sequence[Wanted], *, big: bool = False) -> Planned:
    """One query for all leaves that share their contents. The newest day of a big table is that of its rows.

    Raises:
        MissingError: the company lacks something that they need.
    """
    sources: dict[Any, Source] = {}
    named: dict[Wanted, dict[str, str]] = {}
    for wanted in group:
        entities = wanted.leaf.expression
        assert isinstance(entities, Entities)
        named[wanted] = {}
        for name, item in entities.inputs.items():
            source = sources.setdefault(_content(item), Source(item, len(sources)))
            named[wanted][name] = source.column(_stretch(setting, item, wanted))
    ends = list(dict.fromkeys(_last(setting, wanted) for wanted in group))
    morning = None if group[0].leaf.slice.whole else _morning(group)
    inner = [_rows(setting, source, group[0].leaf, morning) for source in sources.values()]
    width = len(group[0].leaf.slice.by)
    records = _records(list(sources.values()), inner, width, [] if big else ends)
    newest = _newest(inner, width, ends) if big else None
    return _outer(setting, named, records, newest, ends)


def _content(item: Input) -> tuple[str, bool]:
    return (item.content, item.at is not None)


def _stretch(setting: Setting, item: Input, wanted: Wanted) -> Stretch:
    days = setting.days(item, wanted.leaf.period, wanted.as_of)
    looks = window(item.over, wanted.leaf.period) if _looks_at_window(item) else None
    if days.instants:
        return (date.min, days.instants[-1], days.instants[-1], looks)
    return (days.start, days.end, None, looks)


def _looks_at_window(item: Input) -> bool:
    tests = [test for where in [item.where, *item.any_of] for test in where.values()]
    return any(isinstance(test, Test) and test.in_window is not None for test in tests)


def _last(setting: Setting, wanted: Wanted) -> date:
    """The day before which everything lies that a leaf looks at."""
    entities = wanted.leaf.expression
    assert isinstance(entities, Entities)
    return max(_stretch(setting, item, wanted)[1] for item in entities.inputs.values())


def _morning(group: Sequence[Wanted]) -> date:
    """The morning on which entities are sorted into groups: the start, where a cohort is followed."""
    leaves = [wanted.leaf for wanted in group]
    starts = any(
        item.at == "start"
        for leaf in leaves
        if isinstance(leaf.expression, Entities)
        for item in leaf.expression.inputs.values()
    )
    return leaves[0].start if starts else leaves[0].end


def _rows(setting: Setting, source: Source, example: Leaf, morning: date | None) -> sa.Subquery:
    """The rows of one source that any of its stretches covers: entity, groups, amount, days."""
    item = source.item
    stock = item.at is not None
    rows = Rows(setting, item.table, item.date, example.slice, until=item.until, stock=stock, on=morning)
    since, until = rows.spell()
    amount = rows.amount(item)
    columns = [
        rows.reach.column(item.key).label("entity"),
        *rows.groups,
        (amount if item.column is None else sa.func.coalesce(amount, ZERO)).label("amount"),
        since.label("since"),
    ]
    if until is not None:
        columns.append(until.label("until"))
    windows = list(dict.fromkeys(stretch[3] for stretch in source.stretches))
    kept = [sa.true()]
    if windows == [None]:
        kept = [rows.condition(item)]
    else:
        columns += [
            sa.case((rows.condition(item, looks), ONE), else_=ZERO).label(f"k{index}")
            for index, looks in enumerate(windows)
        ]
    first, last = (choose(stretch[i] for stretch in source.stretches) for i, choose in enumerate((min, max)))
    kept += [rows.reach.column(item.key).is_not(None), since < last]
    if not stock:
        kept.append(since >= first)
    return rows.select(*columns).where(*kept).subquery(f"rows{source.number}")


def _sums(source: Source, inner: sa.Subquery) -> list[sa.Label[Any]]:
    """Each entity's sum over each stretch. Zero stands for rows outside: databases add it up faster than NULL."""
    windows = list(dict.fromkeys(stretch[3] for stretch in source.stretches))
    found = []
    for stretch, name in source.stretches.items():
        start, end, instant, looks = stretch
        inside = [inner.c.since < end]
        if instant is None:
            inside.append(inner.c.since >= start)
        elif "until" in inner.c:
            inside.append(sa.or_(inner.c.until.is_(None), inner.c.until >= instant))
        if windows != [None]:
            inside.append(inner.c[f"k{windows.index(looks)}"] == ONE)
        found.append(sa.func.sum(sa.case((sa.and_(*inside), inner.c.amount), else_=ZERO)).label(name))
    return found


def _records(sources: list[Source], inner: list[sa.Subquery], width: int, ends: list[date]) -> sa.Subquery:
    """One record for each entity, with all its sums and the newest of its days before each end."""
    parts = []
    for source, rows in zip(sources, inner, strict=True):
        keys = [rows.c.entity, *(rows.c[f"g{i}"] for i in range(width))]
        days = [
            sa.func.max(sa.case((rows.c.since < end, rows.c.since))).label(f"newest_{i}")
            for i, end in enumerate(ends)
        ]
        parts.append((source, sa.select(*keys, *_sums(source, rows), *days).group_by(*keys)))
    if len(parts) == 1:
        return parts[0][1].subquery("records")
    names = [name for source in sources for name in source.stretches.values()]
    stacked = sa.union_all(*(_widened(part, names, width, len(ends)) for _, part in parts)).subquery(
        "stacked"
    )
    keys = [stacked.c.entity, *(stacked.c[f"g{i}"] for i in range(width))]
    sums = [sa.func.sum(stacked.c[name]).label(name) for name in names]
    days = [sa.func.max(stacked.c[f"newest_{i}"]).label(f"newest_{i}") for i in range(len(ends))]
    return sa.select(*keys, *sums, *days).group_by(*keys).subquery("records")


def _widened(part: sa.Select[Any], names: list[str], width: int, ends: int) -> sa.Select[Any]:
    """The records of one source with zeros for the sums of the others."""
    own = part.subquery("part")
    keys = [own.c.entity, *(own.c[f"g{i}"] for i in range(width))]
    sums = [sa.cast(own.c.get(name, ZERO), EXACT).label(name) for name in names]
    return sa.select(*keys, *sums, *(own.c[f"newest_{i}"] for i in range(ends)))


def _newest(inner: list[sa.Subquery], width: int, ends: list[date]) -> sa.Subquery:
    """The newest day before each end that any entity has, by group, out of the distinct days."""
    days = [
        sa.select(*(rows.c[f"g{i}"] for i in range(width)), rows.c.since).group_by(
            *(rows.c[f"g{i}"] for i in range(width)), rows.c.since
        )
        for rows in inner
    ]
    seen = (sa.union_all(*days) if len(days) > 1 else days[0]).subquery("days")
    groups = [seen.c[f"g{i}"] for i in range(width)]
    newest = [
        sa.func.max(sa.case((seen.c.since < end, seen.c.since))).label(f"newest_{i}")
        for i, end in enumerate(ends)
    ]
    found = sa.select(*groups, *newest)
    return (found.group_by(*groups) if groups else found).subquery("newest")


@dataclass
class Columns:
    """The columns of a query, each once: what two leaves share stands there a single time."""

    made: dict[Any, sa.ColumnElement[Any]] = field(default_factory=dict)

    def place(self, key: Any, column: sa.ColumnElement[Any]) -> int:
        """The number of a column; equal keys are equal columns."""
        self.made.setdefault(key, column)
        return list(self.made).index(key)


def _outer(
    setting: Setting,
    named: dict[Wanted, dict[str, str]],
    records: sa.Subquery,
    newest: sa.Subquery | None,
    ends: list[date],
) -> Planned:
    """One row per group with the columns of all leaves."""
    columns, counts, width = Columns(), {}, len(next(iter(named)).leaf.slice.by)
    for wanted, names in named.items():
        entities = wanted.leaf.expression
        assert isinstance(entities, Entities)

        def input_of(written: str, names: dict[str, str] = names) -> sa.ColumnElement[Any]:
            return records.c[names[written]]

        tested = (str(entities.where), *(names[written] for written in _tested(entities)))
        kept = sa.and_(sa.true(), *holds(entities.where, input_of, {}))
        total = count = columns.place(tested, sa.func.sum(sa.case((kept, ONE), else_=ZERO)))
        if entities.of is not None:
            summed = sa.func.sum(sa.case((kept, _of(entities.of, input_of)), else_=ZERO))
            total = columns.place((tested, str(entities.of), *names.items()), summed)
        end = ends.index(_last(setting, wanted))
        day = -1
        if newest is None:
            newest_kept = sa.func.max(sa.case((kept, records.c[f"newest_{end}"])))
            day = columns.place((end, tested), newest_kept)
        counts[wanted] = (total, count, day, end)
    groups = [records.c[f"g{i}"] for i in range(width)]
    labelled = [column.label(f"c{index}") for index, column in enumerate(columns.made.values())]
    totals = sa.select(*groups, *labelled).group_by(*groups)
    if newest is None:
        return Planned(totals, {one: (total, count, day) for one, (total, count, day, _) in counts.items()})
    beside = len(labelled)
    places = {one: (total, count, beside + end) for one, (total, count, _, end) in counts.items()}
    return Planned(_beside(totals.subquery("totals"), newest, width), places)


def _beside(totals: sa.Subquery, newest: sa.Subquery, width: int) -> sa.Select[Any]:
    """The totals of each group, with its newest days."""
    same = [
        sa.or_(mine == theirs, sa.and_(mine.is_(None), theirs.is_(None)))
        for mine, theirs in ((totals.c[f"g{i}"], newest.c[f"g{i}"]) for i in range(width))
    ]
    days = [column for column in newest.c if column.name.startswith("newest_")]
    return sa.select(*totals.c, *days).select_from(totals.join(newest, sa.and_(sa.true(), *same)))


def _tested(entities: Entities) -> list[str]:
    """The inputs that the conditions look at."""
    found = list(entities.where)
    for condition in entities.where.values():
        if isinstance(condition, Test):
            found += [value.column for value in condition.__dict__.values() if isinstance(value, ColumnName)]
    return found


def _of(of: str | Least | Gap | Times, named: Any) -> sa.ColumnElement[Any]:
    if isinstance(of, str):
        return named(of)  # type: ignore[no-any-return]  # a column of the records
    if isinstance(of, Least):
        left, right = (named(name) for name in of.least)
        return sa.case((left < right, left), else_=right)
    if isinstance(of, Gap):
        left, right = (named(name) for name in of.gap)
        return sa.func.abs(left - right)
    narrow = [sa.cast(named(name), sa.Numeric(12, 3)) for name in of.times]  # wider products would overflow
    result: sa.ColumnElement[Any] = narrow[0]
    for factor in narrow[1:]:
        result = result * factor
    return result
