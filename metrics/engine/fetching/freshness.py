"""How fresh the data is: the newest day on which anything happened."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from metrics.engine.fetching.store import Store
from metrics.engine.fetching.together import side_by_side
from metrics.engine.portable import morning
from metrics.engine.queries.cells import as_day
from metrics.engine.tables.fingerprint import happened
from metrics.engine.tables.relations import Relations

LONGEST_DAY = len("2025-12-31")


def newest_day(store: Store, today: date) -> date:
    """The newest day on which anything happened in the data, but not after today; today if there is none."""
    return max(newest_days(store, store.seen.relations.catalog.tables, today).values(), default=today)


def newest_days(store: Store, tables: Iterable[str], today: date) -> dict[str, date]:
    """The newest day on which anything happened, not after today, by table; without those that tell no day.

    Whoever looked at a table saw its newest day; it is asked for again only where rows lie after today.
    """
    reads, known = store.seen.relations.warehouse.reads, store.seen.relations.catalog.tables
    told = [table for table in tables if known[table].happened and reads(table)]
    store.check(told)
    found: dict[str, date] = {}
    for table in told:
        days = newest_told(store, table)
        late = any(day > today for day in days)
        newest = _not_after(store, table, today) if late else max(days, default=None)
        if newest is not None:
            found[table] = newest
    return found


def newest_told(store: Store, table: str) -> list[date]:
    """The newest day of each column of a table that says when something happened, as they were seen last."""
    return _days(store.seen.relations, table, store.seen.newest(table))


def _not_after(store: Store, table: str, today: date) -> date | None:
    """The newest day of a table in which some rows lie after today."""
    moments = store.known(
        ("newest", table, today),
        frozenset((table,)),
        lambda: store.seen.relations.warehouse.run(_up_to(store.seen.relations, table, today)).rows[0],
    )
    newest = max(_days(store.seen.relations, table, moments), default=None)
    return newest and min(newest, today)


def _days(relations: Relations, table: str, moments: Sequence[Any]) -> list[date]:
    """The company's own days of the newest moments of a table's columns, without those that are empty."""
    declared, timezone = relations.catalog.tables[table], relations.warehouse.company.file.timezone
    return [
        as_day(moment)
        if timezone == "UTC" or declared.column(name).type == "date"
        else _local(moment, ZoneInfo(timezone))
        for name, moment in zip(happened(relations, table), moments, strict=True)
        if moment is not None
    ]


def _local(moment: Any, timezone: ZoneInfo) -> date:
    """The day on which a moment in UTC falls for a company; what has no time of day is a day already."""
    written = str(moment)
    if len(written) <= LONGEST_DAY:
        return as_day(moment)
    try:
        when = datetime.fromisoformat(written)
        return (when if when.tzinfo else when.replace(tzinfo=UTC)).astimezone(timezone).date()
    except (ValueError, OverflowError):  # no day that Python knows, or its last one
        return as_day(moment)


def _up_to(relations: Relations, table: str, today: date) -> sa.Select[Any]:
    days = []
    for name in happened(relations, table):
        column = relations.column(table, name)
        days.append(sa.select(sa.func.max(column)).where(column < morning(column, today + timedelta(days=1))))
    return side_by_side(days)[0]
