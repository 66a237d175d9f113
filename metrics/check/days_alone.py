"""Days that stand where moments belong, as midnight: read in UTC they are the evening before west of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from metrics.engine import Engine
from metrics.engine.portable import as_day, as_moment
from metrics.engine.tables.typed import typed
from metrics.errors import RefusedError, TooSlowError
from metrics.model import Table
from metrics.warehouse.families import Family

FEWEST = 2
"""One row may well be of midnight."""
DECIDED = {"date", "zoned"}
"""What is read as a day anyway, and what says itself which moment it is."""


def days_alone(engine: Engine, table: Table, families: Mapping[str, Family]) -> list[str]:
    """A remark for each column of moments that is midnight in every row, where that counts on another day.

    Raises:
        CompanyError: the warehouse cannot be reached.
    """
    zone = engine.company.file.timezone
    names = [c.name for c in table.columns if c.type == "timestamp" and c.name in families]
    names = [name for name in names if families[name] not in DECIDED]
    if not names or not _west(zone):
        return []
    source, trusted = engine.warehouse.source(table.name).subquery("given"), engine.warehouse.habits.typed
    counts: list[sa.ColumnElement[Any]] = []
    for name in names:
        moment = typed(source.c[name], "timestamp", families[name], trusted=trusted)
        midnight = as_moment(as_day(moment)) == moment
        counts += [sa.func.count(moment), sa.func.sum(sa.case((midnight, 1), else_=0))]
    try:
        [found] = engine.warehouse.run(sa.select(*counts).select_from(source)).rows
    except (RefusedError, TooSlowError):  # a remark is not worth an error
        return []
    how = "CAST({name} AS DATE) in its SELECT keeps the day" if trusted else "give it a time of day"
    return [
        f"{name} is midnight in every row, and midnight in UTC is the day before in {zone}: "
        f"{how.format(name=name)}"
        for name, rows, nights in zip(names, found[::2], found[1::2], strict=True)
        if rows == nights and rows >= FEWEST
    ]


def _west(zone: str) -> bool:
    """Whether midnight in UTC falls on the day before there, in winter or in summer."""
    year = datetime.now(UTC).year
    months = (datetime(year, month, 1, tzinfo=UTC).astimezone(ZoneInfo(zone)) for month in (1, 7))
    return any((moment.utcoffset() or timedelta()) < timedelta() for moment in months)
