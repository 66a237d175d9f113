"""One direct query for all leaves of a shape."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from metrics.calendar.periods import Period
from metrics.definition import Measure
from metrics.engine.asking.leaves import Wanted
from metrics.engine.asking.windows import Days, window
from metrics.engine.queries.direct.columns import Columns, Planned, Three, stands
from metrics.engine.queries.direct.shapes import Shape, measure_of
from metrics.engine.queries.direct.sorting import sorted_into_periods
from metrics.engine.queries.rows import ONE, ZERO, Rows, Setting, newest_in
from metrics.engine.tables.pieces import fixed


def plan(setting: Setting, shape: Shape, group: Sequence[Wanted]) -> Planned:
    """One query for all leaves of a shape.

    Raises:
        MissingError: the company lacks something that they need.
    """
    first, rows_of = measure_of(group[0]), group[0].leaf.slice
    stock = first.at is not None
    rows = Rows(setting, first.table, first.date, rows_of, until=first.until, stock=stock)
    return (
        sorted_into_periods(setting, rows, shape, group) if shape.buckets else _abreast(setting, rows, group)
    )


def _abreast(setting: Setting, rows: Rows, group: Sequence[Wanted]) -> Planned:
    """Columns of their own for each leaf and instant, over all rows.

    What a row counts as is named first, once for all periods: databases plan each expression as often as it is written.
    """
    taken = Taken(rows)
    kinds = [taken.kind(measure_of(wanted), wanted.leaf.period, wanted.as_of) for wanted in group]
    named, until = taken.named()
    columns = Columns()
    places: dict[Wanted, tuple[Three, ...]] = {}
    for wanted, (counts, amount) in zip(group, kinds, strict=True):
        measure = measure_of(wanted)
        at = []
        for inside in _stretches(
            setting.days(measure, wanted.leaf.period, wanted.as_of), named.c.since, until
        ):
            counted = sa.and_(inside, named.c[counts] == ONE)
            value = ONE if amount is None else named.c[amount]
            known = counted if amount is None else sa.and_(counted, value.is_not(None))
            newest = sa.func.max(sa.case((known, newest_in(named))))
            at.append(columns.three(measure, sa.case((counted, value)), newest))
        places[wanted] = tuple(at)
    groups = [named.c[label.name] for label in rows.groups]
    statement = sa.select(*groups, *columns.labelled()).group_by(*groups)
    return Planned(statement, places, setting.planned(rows.reach.name))


@dataclass
class Taken:
    """What is taken of rows, each once: whether they count in a measure, and what it adds up of them."""

    rows: Rows
    counts: dict[Hashable, sa.ColumnElement[Any]] = field(default_factory=dict)
    amounts: dict[str, sa.ColumnElement[Any]] = field(default_factory=dict)

    def kind(self, measure: Measure, period: Period, as_of: date) -> tuple[str, str | None]:
        """The names of the columns of a measure: whether a row counts, and its amount; None where it counts rows.

        What happened ends with the as-of day, as the period does; what stands may be expected for a later one.
        """
        stretch = window(measure.over, period)
        if measure.at is None:
            stretch = replace(stretch, end=min(stretch.end, max(stretch.start, as_of + timedelta(days=1))))
        key = (measure.content, stretch if measure.looks else None)
        if key not in self.counts:
            met = self.rows.condition(measure, stretch)
            self.counts[key] = sa.case((met, ONE), else_=ZERO).label(f"k{len(self.counts)}")
        if measure.column is None:
            return self.counts[key].name, None
        written = str(measure.column)
        if written not in self.amounts:
            self.amounts[written] = self.rows.amount(measure).label(f"v{len(self.amounts)}")
        return self.counts[key].name, self.amounts[written].name

    def named(self) -> tuple[sa.Subquery, sa.ColumnElement[Any] | None]:
        """The rows with these columns, and the day on which each ends to count, if rows do."""
        since, until = self.rows.spell()
        ends = [] if until is None else [until.label("until")]
        columns = [
            *self.rows.groups,
            since.label("since"),
            *self.rows.told(),
            *ends,
            *self.counts.values(),
            *self.amounts.values(),
        ]
        found = self.rows.select(*columns).subquery("named")
        return found, None if until is None else found.c.until


def _stretches(
    days: Days, since: sa.ColumnElement[Any], until: sa.ColumnElement[Any] | None
) -> list[sa.ColumnElement[bool]]:
    """The conditions that a row lies in the window, or stands at each instant."""
    if not days.instants:
        return [sa.and_(since >= fixed(days.start), since < fixed(days.end))]
    return [stands(since, until, fixed(instant)) for instant in days.instants]
