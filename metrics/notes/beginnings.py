"""Notes on periods in which the data only begins: what is compared with one may be compared with part of it."""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa

from metrics.advice.words import joined
from metrics.calendar.periods import Period, add_months
from metrics.check.remarks import MOST
from metrics.engine import Engine
from metrics.engine.asking.windows import window
from metrics.engine.evaluation.flags import LATE
from metrics.engine.fetching.store import SMALL
from metrics.engine.fetching.together import side_by_side
from metrics.engine.queries.cells import as_day
from metrics.engine.tables.lacking import MissingError
from metrics.errors import CompanyError
from metrics.values import Value

Days = tuple[str, tuple[str, ...]]
"""A table, and the columns that have the day of a row, the first that is not empty."""
NEVER = date.max
"""What stands for the first day of rows of which none has one."""
PART = 4
"""Where nothing is there for more than one of so many parts of a period, it is told; as where nothing new came in."""


class Looked(NamedTuple):
    """From which day on and before which rows were counted, by which columns of a table."""

    table: str
    columns: tuple[str, ...]
    start: date
    end: date


def begun_within(engine: Engine, values: Iterable[Value], earlier: Iterable[Value]) -> tuple[str, ...]:
    """A note for each period before those of ``values``, in which what is counted only begins.

    ``earlier`` are the values that others stand beside; what a metric itself holds against an earlier period is found
    in its receipt. Of people no day is told, for it would be that of one person's record.
    """
    looked = [
        (value, one)
        for value, is_earlier in (*((one, False) for one in values), *((one, True) for one in earlier))
        if value.value is not None
        for one in _looked(engine, value)
        if is_earlier or one.end <= value.period.start
    ]
    first = _first_days(engine, dict.fromkeys((one.table, one.columns) for _, one in looked))
    periods: dict[str, dict[str, str]] = {}
    for value, one in looked:
        day = first.get((one.table, one.columns))
        if day is not None and _is_late(day, one):
            told = "" if _is_guarded(engine, one) else f"{day}"
            periods.setdefault(_named(value.period, one), {})[_column(engine, one)] = told
    return tuple(_said(period, begun) for period, begun in periods.items())


def all_but_newest(values: Iterable[Value]) -> list[Value]:
    """Of values of several periods those that newer ones stand beside."""
    known = list(values)
    newest: dict[str, date] = {}
    for one in known:
        newest[one.metric] = max(one.period.start, newest.get(one.metric, date.min))
    return [one for one in known if one.period.start < newest[one.metric]]


def _looked(engine: Engine, value: Value) -> Iterator[Looked]:
    """The days over which the parts of a value were counted; what stands on a day may have begun long before."""
    for step in value.citation.steps:
        written = json.loads(step.measure)
        inputs = written.get("inputs")
        for one in [written] if inputs is None else inputs.values():
            stretch = (step.start, step.end)
            if one.get("at") is not None or engine.catalog.tables[one["table"]].derived:
                continue
            if inputs is not None:
                over = window(one.get("over", "period"), Period(step.start, step.end, str(value.period)))
                stretch = (over.start, over.end)
            days = one["date"] if isinstance(one["date"], list) else [one["date"]]
            if not any(">" in path for path in days):
                yield Looked(one["table"], tuple(days), *stretch)


def _said(period: str, begun: Mapping[str, str]) -> str:
    """What only begins within a period, in one sentence; each column with its first day, where that may be told."""
    compared = f"what is compared with {period} may be compared with part of it."
    if len(begun) == 1:
        [(column, day)] = begun.items()
        return f"{column} begins{f' on {day},' if day else ''} within {period}: {compared}"
    named = [f"{column} on {day}" if day else column for column, day in begun.items()]
    shown = named[:MOST] + ([f"{len(named) - MOST} more"] if len(named) > MOST else [])
    return f"Within {period} begin {joined(shown)}: {compared}"


def _column(engine: Engine, looked: Looked) -> str:
    """The column that rows were counted by: the first of several that the company has."""
    with engine.turn:
        given = engine.warehouse.columns(looked.table)
    name = next((name for name in looked.columns if name in given), looked.columns[0])
    return f"{looked.table}.{name}"


def _is_guarded(engine: Engine, looked: Looked) -> bool:
    table = engine.catalog.tables[looked.table]
    return any(table.column(name).sensitivity != "open" for name in looked.columns)


def _is_late(first: date, looked: Looked) -> bool:
    """Whether a first day lies far inside; rows of the last day of a month may stand for all of it."""
    after = first + timedelta(days=1)
    if not looked.start < first < looked.end or after == looked.end:
        return False
    began = add_months(after, -1) if after.day == 1 else first
    missing = began - looked.start
    return missing > LATE and missing > (looked.end - looked.start) / PART


def _named(period: Period, looked: Looked) -> str:
    """The name of the days that were looked at."""
    near = (period, period.previous(), period.year_before())
    found = next((str(one) for one in near if (one.start, one.end) == (looked.start, looked.end)), "")
    return found or f"{looked.start} to {looked.end - timedelta(days=1)}"


def _first_days(engine: Engine, wanted: Iterable[Days]) -> dict[Days, date]:
    """The first day that rows have, asked for again only when their table has changed; those not known in one query."""
    with engine.turn:
        found = {days: engine.store.get(_key(days)) for days in wanted}
        looks = {days: _look(engine, *days) for days, known in found.items() if known is None}
        unknown = {days: look for days, look in looks.items() if look is not None}
        if unknown:
            try:
                [row] = engine.warehouse.run(side_by_side(list(unknown.values()))[0]).rows
            except CompanyError:  # a note is not worth an error
                return {}
            for days, first in zip(unknown, row, strict=True):
                found[days] = NEVER if first is None else as_day(first)
                engine.store.put(_key(days), frozenset((days[0],)), SMALL, found[days])
    return {days: first for days, first in found.items() if first is not None and first != NEVER}


def _key(days: Days) -> Hashable:
    return ("first day", *days)


def _look(engine: Engine, table: str, columns: tuple[str, ...]) -> sa.Select[Any] | None:
    """The query of the first day of rows; None where they cannot be read, which is said elsewhere."""
    try:
        rows = engine.relations.table(table)
    except MissingError:
        return None
    days = [engine.relations.day(rows.c[name]) for name in columns if name in rows.c]
    return sa.select(sa.func.min(days[0] if len(days) == 1 else sa.func.coalesce(*days))) if days else None
