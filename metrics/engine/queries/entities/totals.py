"""Records -> one row per group: the entities that are kept, counted or added up, for every leaf."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

import sqlalchemy as sa

from metrics.definition import ColumnName, Entities, Gap, Least, Test, Times
from metrics.engine.asking.leaves import Leaf, Wanted
from metrics.engine.portable import as_small, exact_sum, tidy
from metrics.engine.queries.cells import Cell, Group, Standing, as_day, as_group, fraction
from metrics.engine.queries.conditions import holds
from metrics.engine.queries.entities.sources import groups_of, same
from metrics.engine.queries.resting import NOTHING
from metrics.engine.queries.rows import ONE, ZERO

Of = str | Least | Gap | Times
"""What is added up of an entity: one of its inputs, or something made of several."""


@dataclass
class Planned:
    """A query, and the three columns of each leaf: its total, how many entities, the newest day.

    There is one row for each group; where rows were sorted into periods one for each period, with its mark in the
    first column, and ``marks`` says which is whose.
    """

    statement: sa.Select[Any]
    places: dict[Wanted, tuple[int, int, int]]
    marks: Mapping[Wanted, date] | None = None

    def read(self, rows: Sequence[Sequence[Any]]) -> dict[Wanted, dict[Group, Cell]]:
        """The cells of each leaf out of the query's rows."""
        if self.marks is not None:
            return self._by_mark(rows, self.marks)
        width = len(next(iter(self.places)).leaf.slice.by)
        groups = [(as_group(row[:width]), row[width:]) for row in rows]
        return {
            wanted: {group: _cell(row, three) for group, row in groups}
            for wanted, three in self.places.items()
        }

    def _by_mark(
        self, rows: Sequence[Sequence[Any]], marks: Mapping[Wanted, date]
    ) -> dict[Wanted, dict[Group, Cell]]:
        """The cells of each leaf out of the row of its period; without one, nothing was there to be counted."""
        marked = {as_day(row[0]): row for row in rows if row[0] is not None}
        found: dict[Wanted, dict[Group, Cell]] = {}
        for wanted, three in self.places.items():
            row = marked.get(marks[wanted])
            found[wanted] = {(): NOTHING if row is None else _cell(row, three)}
        return found

    def standing(self) -> dict[Wanted, Standing]:
        """Where the numbers of each leaf stand."""
        marks = self.marks
        return {
            wanted: Standing(three[:1], () if marks is None else ((0, marks[wanted]),))
            for wanted, three in self.places.items()
        }


def _cell(row: Sequence[Any], three: tuple[int, int, int]) -> Cell:
    total, count, newest = three
    through = None if row[newest] is None else as_day(row[newest])
    return Cell(fraction(row[total]), int(row[count] or 0), through)


def entities_of(leaf: Leaf) -> Entities:
    """The entities that a leaf is about."""
    assert isinstance(leaf.expression, Entities)
    return leaf.expression


@dataclass
class Columns:
    """The columns of a query, each once: what two leaves share stands there a single time."""

    made: dict[Any, tuple[int, sa.ColumnElement[Any]]] = field(default_factory=dict)

    def place(self, key: Any, make: Callable[[], sa.ColumnElement[Any]]) -> int:
        """The number of a column, which is made where it is not there yet; equal keys are equal columns."""
        if key not in self.made:
            self.made[key] = len(self.made), make()
        return self.made[key][0]

    def labelled(self) -> list[sa.Label[Any]]:
        """The columns by their names."""
        return [column.label(f"c{number}") for number, column in self.made.values()]


def totals(
    named: dict[Wanted, dict[str, str]],
    records: sa.Subquery,
    newest: sa.Subquery | None,
    ends: dict[Wanted, int],
    marks: Mapping[Wanted, date] | None = None,
) -> Planned:
    """One row per group with the columns of all leaves; with ``marks`` their groups are periods."""
    columns, places, width = Columns(), {}, len(next(iter(named)).leaf.slice.by)
    if marks is not None:
        columns.place("mark", lambda: records.c.g0)
    for wanted, names in named.items():
        entities, through = entities_of(wanted.leaf), ends[wanted]
        inputs: dict[str, sa.ColumnElement[Any]] = {name: records.c[column] for name, column in names.items()}
        tested = (str(entities.where), *(names[written] for written in _tested(entities)))
        kept = sa.and_(sa.true(), *holds(entities.where, inputs.__getitem__, {}))
        total = count = columns.place(tested, partial(_taken, kept, ONE))
        if entities.of is not None:
            key = (tested, str(entities.of), *names.items())
            total = columns.place(key, partial(_added, kept, entities.of, inputs))
        if newest is None:
            day = sa.case((kept, records.c[f"newest_{through}"]))
            through = columns.place(("newest", through, tested), partial(sa.func.max, day))
        places[wanted] = (total, count, through)
    groups, labelled = groups_of(records, width), columns.labelled()
    by = groups if marks is None else [records.c.g0]
    sums = sa.select(*groups, *labelled).group_by(*by)
    if newest is None:
        return Planned(sums, places, marks)
    places = {one: (total, count, len(labelled) + end) for one, (total, count, end) in places.items()}
    return Planned(_beside(sums.subquery("totals"), newest, width), places)


def _taken(kept: sa.ColumnElement[bool], value: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    """The sum over the entities that are kept."""
    return exact_sum(sa.case((kept, value), else_=ZERO))


def _added(
    kept: sa.ColumnElement[bool], of: Of, inputs: dict[str, sa.ColumnElement[Any]]
) -> sa.ColumnElement[Any]:
    """What is added up of the entities that are kept."""
    return _taken(kept, _of(of, inputs))


def _beside(totals: sa.Subquery, newest: sa.Subquery, width: int) -> sa.Select[Any]:
    """The totals of each group, with its newest days."""
    days = [column for column in newest.c if column.name.startswith("newest_")]
    both = sa.and_(sa.true(), *same(totals, newest, width))
    return sa.select(*totals.c, *days).select_from(totals.join(newest, both))


def _tested(entities: Entities) -> list[str]:
    """The inputs that the conditions look at."""
    found = list(entities.where)
    for condition in entities.where.values():
        if isinstance(condition, Test):
            found += [value.column for value in condition.__dict__.values() if isinstance(value, ColumnName)]
    return found


def _of(of: Of, inputs: dict[str, sa.ColumnElement[Any]]) -> sa.ColumnElement[Any]:
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
