"""Additive measures: one query per table and anchor date, grouped by raw day, kept as running sums.

Counts and sums add up over days, so a day's totals answer any period of any length, and the difference of
what began and what ended answers any instant of a stock.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import sqlalchemy as sa

from metrics.definition import Measure, Test
from metrics.engine.cells import EXACT, Cell, Found, Group, Series, as_day, as_group, exact
from metrics.engine.conditions import unit_of
from metrics.engine.leaves import Leaf
from metrics.engine.portable import total
from metrics.engine.rows import Rows, Setting
from metrics.engine.windows import Days
from metrics.warehouse.connect import Answered


def is_additive(measure: Measure) -> bool:
    """Whether days of this measure add up: counts and sums whose conditions do not look at the period."""
    tests = [t for where in [measure.where, *measure.any_of] for t in where.values() if isinstance(t, Test)]
    return measure.aggregate in {"count", "sum"} and not any(test.in_window for test in tests)


def source_of(leaf: Leaf) -> tuple[Any, ...]:
    """Which query a leaf belongs to: the same table, dates and slice are answered together."""
    measure = leaf.expression
    assert isinstance(measure, Measure)
    return (measure.table, str(measure.date), str(measure.until), measure.at is not None, leaf.slice)


@dataclass(frozen=True)
class Planned:
    """The queries of one source: what begins each day, and for a stock with ends what ends."""

    begins: sa.Select[Any]
    ends: sa.Select[Any] | None
    columns: dict[str, int]


def plan(setting: Setting, group: list[Leaf]) -> Planned:
    """The day rollup of all measures that share a source.

    Raises:
        MissingError: the company lacks something that they need.
    """
    first = group[0].expression
    assert isinstance(first, Measure)
    stock = first.at is not None
    rows = Rows(setting, first.table, first.date, group[0].slice, until=first.until, stock=stock)
    amounts: list[sa.Label[Any]] = []
    columns: dict[str, int] = {}
    for leaf in group:
        measure = leaf.expression
        assert isinstance(measure, Measure)
        if content(measure) in columns:
            continue
        columns[content(measure)] = len(columns)
        counted = sa.case((rows.condition(measure), rows.amount(measure)))
        amounts.append(counted.label(f"m{len(columns)}"))
    since, until = rows.spell()
    kept: sa.ColumnElement[bool] = since.is_not(None)
    if until is not None:
        kept = sa.and_(kept, sa.or_(until.is_(None), since <= until))
    begins = _by_day(rows, since, amounts, kept)
    return Planned(begins, None if until is None else _by_day(rows, until, amounts, kept), columns)


def _by_day(
    rows: Rows, day: sa.ColumnElement[Any], amounts: list[sa.Label[Any]], kept: sa.ColumnElement[bool]
) -> sa.Select[Any]:
    """Rows by day. The day is named in a subquery first: grouping by an expression would bind it twice."""
    counted = (
        rows.select(day.label("day"), *rows.groups, *amounts)
        .where(day.is_not(None), kept)
        .subquery("counted")
    )
    groups = [counted.c[column.name] for column in rows.groups]
    sums: list[sa.ColumnElement[Any]] = []
    for amount in amounts:
        column = counted.c[amount.name]
        sums += [total(column).label(amount.name), sa.func.count(column).label(f"{amount.name}_rows")]
    return sa.select(counted.c.day, *groups, *sums).group_by(counted.c.day, *groups)


def content(measure: Measure) -> str:
    """What a measure adds up, apart from when."""
    return measure.model_copy(update={"at": None, "over": "period", "mature_days": 0}).model_dump_json(
        exclude_defaults=True
    )


def series(answered: Answered, width: int, groups: int) -> list[dict[Group, Series]]:
    """The running sums of each column, by group, out of a day rollup's rows."""
    found: list[dict[Group, Series]] = [{} for _ in range(width)]
    ordered = sorted(answered.rows, key=lambda row: as_day(row[0]))
    for row in ordered:
        day, group = as_day(row[0]), as_group(row[1 : 1 + groups])
        for index in range(width):
            amount, count = row[1 + groups + 2 * index : 3 + groups + 2 * index]
            if count:
                found[index].setdefault(group, Series()).add(day, exact(amount), int(count))
    return found


def read(
    setting: Setting,
    leaf: Leaf,
    as_of: date,
    begins: dict[Group, Series],
    ends: dict[Group, Series] | None,
    queries: tuple[int, ...],
    place: int = 0,
) -> Found:
    """A leaf's cells out of running sums; ``place`` is its column among those of the queries."""
    measure = leaf.expression
    assert isinstance(measure, Measure)
    days, planned = setting.days(measure, leaf.period, as_of), setting.planned(measure.table)
    unit = unit_of(measure.column)
    cells = {}
    for group in _groups(begins, ends):
        opened = begins.get(group, Series())
        closed = (ends or {}).get(group, Series())
        cell = _stock(opened, closed, days) if days.instants else _flow(opened, days)
        total = None if cell.total is None else cell.total * unit
        cells[group] = Cell(total, cell.rows, None if planned else cell.newest)
    return Found(cells, queries, (f"m{place + 1}",))


def _groups(*maps: dict[Group, Series] | None) -> Iterable[Group]:
    return {group: None for found in maps if found for group in found}


def _flow(opened: Series, days: Days) -> Cell:
    (upper, many), (lower, few) = opened.before(days.end), opened.before(days.start)
    newest = opened.newest_before(days.end)
    fresh = newest if newest is not None and newest >= days.start else None
    return Cell(Fraction(EXACT.subtract(upper, lower)), many - few, fresh)


def _stock(opened: Series, closed: Series, days: Days) -> Cell:
    total, rows = Decimal(0), 0
    for instant in days.instants:
        (came, some), (went, gone) = opened.before(instant), closed.before(instant)
        total = EXACT.add(total, EXACT.subtract(came, went))
        rows += some - gone
    last = days.instants[-1]
    moved = [day for day in (opened.newest_before(last), closed.newest_before(last)) if day is not None]
    count = len(days.instants)
    return Cell(Fraction(total) / count, rows // count, max(moved, default=None))
