"""One record per account, employee, ... -> one number, for all periods in one query.

The inputs of all periods become columns of one record for each entity; entities are then kept, counted or
added up in the database, so that no record ever leaves it.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import sqlalchemy as sa

from metrics.definition import Entities, Gap, Input, Least, Times
from metrics.engine.cells import Cell, Found, Group, as_day, as_group, exact
from metrics.engine.conditions import holds
from metrics.engine.leaves import Leaf
from metrics.engine.portable import as_exact, as_small, tidy, total
from metrics.engine.rows import Rows, Setting
from metrics.engine.windows import window
from metrics.periods import Period
from metrics.warehouse.connect import Answered

WIDTH = 3


def source_of(leaf: Leaf) -> tuple[Any, ...]:
    """Which query a leaf belongs to: the same inputs over the same slice are taken together."""
    entities = leaf.expression
    assert isinstance(entities, Entities)
    inputs = tuple(sorted((name, item.fingerprint) for name, item in entities.inputs.items()))
    morning = None if leaf.slice.whole else (leaf.start, leaf.end)
    return (entities.per, inputs, leaf.slice, morning)


def plan(setting: Setting, group: list[Leaf], as_of: date) -> sa.Select[Any]:
    """One query for all leaves that share their inputs.

    Raises:
        MissingError: the company lacks something that they need.
    """
    first = group[0].expression
    assert isinstance(first, Entities)
    periods = _periods(group)
    names = [(name, index) for index in range(len(periods)) for name in first.inputs]
    parts = [
        _part(setting, name, item, first, group[0], periods, as_of, names)
        for name, item in first.inputs.items()
    ]
    stacked = sa.union_all(*parts).subquery("stacked")
    width = len(group[0].slice.by)
    keys = [stacked.c.entity, *(stacked.c[f"g{i}"] for i in range(width))]
    sums: list[sa.ColumnElement[Any]] = [
        sa.func.coalesce(total(stacked.c[f"{name}_{i}"]), 0).label(f"{name}_{i}") for name, i in names
    ]
    newest = [sa.func.max(stacked.c[f"newest_{i}"]).label(f"newest_{i}") for i in range(len(periods))]
    records = sa.select(*keys, *sums, *newest).group_by(*keys).subquery("records")
    place = {(period.start, period.end): index for index, period in enumerate(periods)}
    columns = [column for leaf in group for column in _columns(leaf, records, place[_span(leaf)])]
    labelled = [column.label(f"c{index}") for index, column in enumerate(columns)]
    groups = [records.c[f"g{i}"] for i in range(width)]
    return sa.select(*groups, *labelled).group_by(*groups)


def read(answered: Answered, group: list[Leaf], query: int) -> dict[Leaf, Found]:
    """The cells of each leaf out of the query's one row per group."""
    found: dict[Leaf, dict[Group, Cell]] = {leaf: {} for leaf in group}
    width = len(group[0].slice.by)
    for row in answered.rows:
        for index, leaf in enumerate(group):
            total, count, newest = row[width + WIDTH * index : width + WIDTH * (index + 1)]
            day = None if newest is None else as_day(newest)
            found[leaf][as_group(row[:width])] = Cell(Fraction(exact(total)), int(count or 0), day)
    return {leaf: Found(found[leaf], (query,), (f"c{WIDTH * index}",)) for index, leaf in enumerate(group)}


def _span(leaf: Leaf) -> tuple[date, date]:
    return (leaf.start, leaf.end)


def _periods(group: list[Leaf]) -> list[Period]:
    return list({_span(leaf): leaf.period for leaf in group}.values())


def _part(
    setting: Setting,
    name: str,
    item: Input,
    entities: Entities,
    example: Leaf,
    periods: list[Period],
    as_of: date,
    names: list[tuple[str, int]],
) -> sa.Select[Any]:
    """The rows of one input: entity, groups, a column per input and period (NULL for other inputs)."""
    morning = None if example.slice.whole else _morning(entities, example)
    stock = item.at is not None
    rows = Rows(setting, item.table, item.date, example.slice, until=item.until, stock=stock, on=morning)
    since, until = rows.spell()
    amount, own = rows.amount(item), {}
    for index, stretch in enumerate(periods):
        days = setting.days(item, stretch, as_of)
        inside = sa.and_(since >= days.start, since < days.end)
        if days.instants:
            alive = sa.true() if until is None else sa.or_(until.is_(None), until >= days.instants[-1])
            inside = sa.and_(since < days.instants[-1], alive)
        inside = sa.and_(inside, rows.condition(item, window(item.over, stretch)))
        own[index] = (sa.case((inside, amount)), sa.case((inside, since)))
    nothing = as_exact(sa.null())
    columns = [
        (as_exact(own[index][0]) if other == name else nothing).label(f"{other}_{index}")
        for other, index in names
    ]
    newest = [own[index][1].label(f"newest_{index}") for index in range(len(periods))]
    key = rows.reach.column(item.key)
    return rows.select(key.label("entity"), *rows.groups, *columns, *newest).where(key.is_not(None))


def _morning(entities: Entities, leaf: Leaf) -> date:
    """The morning on which entities are sorted into groups: the start, where a cohort is followed."""
    starts = any(item.at == "start" for item in entities.inputs.values())
    return leaf.start if starts else leaf.end


def _columns(leaf: Leaf, records: sa.Subquery, index: int) -> list[sa.ColumnElement[Any]]:
    entities = leaf.expression
    assert isinstance(entities, Entities)

    def named(name: str) -> sa.ColumnElement[Any]:
        return records.c[f"{name}_{index}"]

    kept = sa.and_(sa.true(), *holds(entities.where, named, {}))
    value = sa.literal(1) if entities.of is None else _of(entities.of, named)
    counted = sa.case((kept, value))
    newest = sa.func.max(sa.case((kept, records.c[f"newest_{index}"])))
    return [total(counted), sa.func.count(counted), newest]


def _of(of: str | Least | Gap | Times, named: Any) -> sa.ColumnElement[Any]:
    if isinstance(of, str):
        return named(of)  # type: ignore[no-any-return]  # a column of the records
    if isinstance(of, Least):
        left, right = (named(name) for name in of.least)
        return sa.case((left < right, left), else_=right)
    if isinstance(of, Gap):
        left, right = (named(name) for name in of.gap)
        return tidy(sa.func.abs(left - right))
    narrow = [as_small(named(name)) for name in of.times]  # wider products would overflow
    result: sa.ColumnElement[Any] = narrow[0]
    for factor in narrow[1:]:
        result = result * factor
    return result
