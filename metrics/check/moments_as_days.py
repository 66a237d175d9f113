"""Moments that stand where days belong: they count on the day they show, which mostly is that in UTC."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from metrics.engine import Engine
from metrics.engine.portable import as_day, as_moment, local_day
from metrics.engine.tables.typed import typed
from metrics.errors import RefusedError, TooSlowError
from metrics.model import Table
from metrics.warehouse.families import Family

SHOWN = {
    "zoned": "counts on its day in UTC, which",
    "timestamp": "counts on the day it shows, which, where that is in UTC,",
    "text": "counts on the day it shows, which, where that is in UTC,",
}
"""Families of types that may hold a time of day, and which day of it counts in a column of days."""
OWN_DAY = {
    "zoned": "CAST({name} AT TIME ZONE '{zone}' AS DATE)",
    "timestamp": "CAST({name} AT TIME ZONE 'UTC' AT TIME ZONE '{zone}' AS DATE)",
    "text": "CAST(CAST({name} AS TIMESTAMP) AT TIME ZONE 'UTC' AT TIME ZONE '{zone}' AS DATE)",
}


def moments_as_days(engine: Engine, table: Table, families: Mapping[str, Family]) -> list[str]:
    """A remark for each column of days with times of day that fall on another day of the company's own.

    Raises:
        CompanyError: the warehouse cannot be reached.
    """
    zone, trusted = engine.company.file.timezone, engine.warehouse.habits.typed
    names = [c.name for c in table.columns if c.type == "date" and families.get(c.name) in SHOWN]
    if zone == "UTC" or not names or not trusted:
        return []
    return [remark for name in names if (remark := _remark(engine, table, name, families[name], zone))]


def _remark(engine: Engine, table: Table, name: str, family: Family, zone: str) -> str:
    source = engine.warehouse.source(table.name).subquery("given")
    moment = typed(source.c[name], "timestamp", family, trusted=True)
    day: sa.ColumnElement[Any] = as_day(moment)
    timed = as_moment(day) != moment  # midnight in UTC is a day that was written as a moment
    other = sa.and_(timed, local_day(moment, sa.literal(zone)) != day)
    try:
        [[found]] = engine.warehouse.run(
            sa.select(sa.func.sum(sa.case((other, 1), else_=0))).select_from(source)
        ).rows
    except (RefusedError, TooSlowError):  # a remark is not worth an error
        return ""
    if not found:
        return ""
    rows = f"{int(found):,} row{'' if found == 1 else 's'}"
    how = OWN_DAY[family].format(name=name, zone=zone)
    return f"{name} has a time and {SHOWN[family]} is another day in {zone} in {rows}: in DuckDB {how} gives that"
