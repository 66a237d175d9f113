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
from metrics.engine.portable import as_small, exact_sum, tidy
from metrics.engine.records import Ends, Source, Stretch, groups_of, newest_of, records, rows_of
from metrics.engine.rows import ONE, ZERO, Setting
from metrics.engine.windows import window
from metrics.warehouse.connect import Answered

WIDE = 14
"""How many sums a record of a big table may hold: the database keeps them all in memory, for every entity."""


def source_of(leaf: Leaf) -> tuple[Any, ...]:
    """Which leaves are taken together: the same contents of the same entities over the same slice."""
    entities = _entities(leaf)
    contents = frozenset(_content(item) for item in entities.inputs.values())
    morning = None if leaf.slice.whole else (leaf.start, leaf.end)
    return (entities.per, contents, leaf.slice, morning)


def chunks(setting: Setting, group: list[Wanted], *, big: bool) -> list[list[Wanted]]:
    """The leaves of a source in as many queries as memory asks for: neighbouring periods share sums."""
    if not big:
        return [group]
    found: list[list[Wanted]] = []
    sums: set[tuple[Any, Stretch]] = set()
    for wanted in sorted(group, key=lambda one: (one.leaf.end, one.leaf.start)):
        inputs = _entities(wanted.leaf).inputs.values()
        more = {(_content(item), _stretch(setting, item, wanted)) for item in inputs}
        if not found or len(sums | more) > WIDE:
            found.append([])
            sums = set()
        found[-1].append(wanted)
        sums |= more
    return found


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


def plan(setting: Setting, group: Sequence[Wanted], *, apart: bool = False) -> Planned:
    """One query for all leaves that share their contents.

    The newest day is that of the entities that were kept; told ``apart``, that of all entities.

    Raises:
        MissingError: the company lacks something that they need.
    """
    sources: dict[Any, Source] = {}
    named: dict[Wanted, dict[str, str]] = {}
    for wanted in group:
        named[wanted] = {}
        for name, item in _entities(wanted.leaf).inputs.items():
            source = sources.setdefault(_content(item), Source(item, len(sources)))
            named[wanted][name] = source.column(_stretch(setting, item, wanted))
    ends = {wanted: _ends(setting, wanted, sources) for wanted in group}
    all_ends = list(dict.fromkeys(ends.values()))
    where, width = group[0].leaf.slice, len(group[0].leaf.slice.by)
    morning = None if where.whole else _morning(group)
    rows = [rows_of(setting, source, where, morning) for source in sources.values()]
    kept = records(list(sources.values()), rows, width, [] if apart else all_ends)
    newest = newest_of(rows, width, all_ends) if apart else None
    return _outer(named, kept, newest, {wanted: all_ends.index(end) for wanted, end in ends.items()})


def _entities(leaf: Leaf) -> Entities:
    assert isinstance(leaf.expression, Entities)
    return leaf.expression


def _content(item: Input) -> tuple[str, bool]:
    return (item.content, item.at is not None)


def _stretch(setting: Setting, item: Input, wanted: Wanted) -> Stretch:
    days = setting.days(item, wanted.leaf.period, wanted.as_of)
    tests = [test for where in [item.where, *item.any_of] for test in where.values()]
    looking = any(isinstance(test, Test) and test.in_window is not None for test in tests)
    looks = window(item.over, wanted.leaf.period) if looking else None
    if days.instants:
        return (date.min, days.instants[-1], days.instants[-1], looks)
    return (days.start, days.end, None, looks)


def _ends(setting: Setting, wanted: Wanted, sources: dict[Any, Source]) -> Ends:
    ends: dict[Any, date] = {}
    for item in _entities(wanted.leaf).inputs.values():
        end = _stretch(setting, item, wanted)[1]
        ends[_content(item)] = max(end, ends.get(_content(item), end))
    return tuple(ends.get(content) for content in sources)


def _morning(group: Sequence[Wanted]) -> date:
    """The morning on which entities are sorted into groups: the start, where a cohort is followed."""
    inputs = [item for wanted in group for item in _entities(wanted.leaf).inputs.values()]
    leaf = group[0].leaf
    return leaf.start if any(item.at == "start" for item in inputs) else leaf.end


@dataclass
class Columns:
    """The columns of a query, each once: what two leaves share stands there a single time."""

    made: dict[Any, sa.ColumnElement[Any]] = field(default_factory=dict)

    def place(self, key: Any, column: sa.ColumnElement[Any]) -> int:
        """The number of a column; equal keys are equal columns."""
        self.made.setdefault(key, column)
        return list(self.made).index(key)


def _outer(
    named: dict[Wanted, dict[str, str]],
    records: sa.Subquery,
    newest: sa.Subquery | None,
    ends: dict[Wanted, int],
) -> Planned:
    """One row per group with the columns of all leaves."""
    columns, places, width = Columns(), {}, len(next(iter(named)).leaf.slice.by)
    for wanted, names in named.items():
        entities, through = _entities(wanted.leaf), ends[wanted]
        inputs: dict[str, sa.ColumnElement[Any]] = {name: records.c[column] for name, column in names.items()}
        tested = (str(entities.where), *(names[written] for written in _tested(entities)))
        kept = sa.and_(sa.true(), *holds(entities.where, inputs.__getitem__, {}))
        total = count = columns.place(tested, _taken(kept, ONE))
        if entities.of is not None:
            key = (tested, str(entities.of), *names.items())
            total = columns.place(key, _taken(kept, _of(entities.of, inputs)))
        if newest is None:
            day = sa.func.max(sa.case((kept, records.c[f"newest_{through}"])))
            through = columns.place(("newest", through, tested), day)
        places[wanted] = (total, count, through)
    groups = groups_of(records, width)
    labelled = [column.label(f"c{index}") for index, column in enumerate(columns.made.values())]
    totals = sa.select(*groups, *labelled).group_by(*groups)
    if newest is None:
        return Planned(totals, places)
    places = {one: (total, count, len(labelled) + end) for one, (total, count, end) in places.items()}
    return Planned(_beside(totals.subquery("totals"), newest, width), places)


def _taken(kept: sa.ColumnElement[bool], value: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    """The sum over the entities that are kept."""
    return exact_sum(sa.case((kept, value), else_=ZERO))


def _beside(totals: sa.Subquery, newest: sa.Subquery, width: int) -> sa.Select[Any]:
    """The totals of each group, with its newest days."""
    pairs = zip(groups_of(totals, width), groups_of(newest, width), strict=True)
    same = [sa.or_(mine == theirs, sa.and_(mine.is_(None), theirs.is_(None))) for mine, theirs in pairs]
    days = [column for column in newest.c if column.name.startswith("newest_")]
    return sa.select(*totals.c, *days).select_from(totals.join(newest, sa.and_(sa.true(), *same)))


def _tested(entities: Entities) -> list[str]:
    """The inputs that the conditions look at."""
    found = list(entities.where)
    for condition in entities.where.values():
        if isinstance(condition, Test):
            found += [value.column for value in condition.__dict__.values() if isinstance(value, ColumnName)]
    return found


def _of(of: str | Least | Gap | Times, inputs: dict[str, sa.ColumnElement[Any]]) -> sa.ColumnElement[Any]:
    if isinstance(of, str):
        return inputs[of]
    if isinstance(of, Least):
        left, right = (inputs[name] for name in of.least)
        return sa.case((left < right, left), else_=right)
    if isinstance(of, Gap):
        left, right = (inputs[name] for name in of.gap)
        return tidy(sa.func.abs(left - right))
    narrow = [as_small(inputs[name]) for name in of.times]  # wider products would overflow
    result: sa.ColumnElement[Any] = narrow[0]
    for factor in narrow[1:]:
        result = result * factor
    return result
