"""A value read as a day or a moment, whatever a database has for it."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import sqlalchemy as sa
from sqlalchemy.sql.functions import GenericFunction

from metrics.engine.portable.spelling import spelled


class as_day(GenericFunction[Any]):  # noqa: N801 - SQL functions are named as SQL writes them
    """The calendar day of a date, a timestamp or ISO text."""

    type = sa.Date()
    inherit_cache = True


class as_told_day(GenericFunction[Any]):  # noqa: N801 - the same
    """ISO text as a calendar day. What is none is refused, or nothing, and never another day."""

    type = sa.Date()
    inherit_cache = True


class as_moment(GenericFunction[Any]):  # noqa: N801 - the same
    """A timestamp without a zone, in UTC."""

    type = sa.DateTime()
    inherit_cache = True


class as_told_moment(GenericFunction[Any]):  # noqa: N801 - the same
    """ISO text as a timestamp in UTC: an offset behind its time, where it has one, is taken off."""

    type = sa.DateTime()
    inherit_cache = True


class in_utc(GenericFunction[Any]):  # noqa: N801 - the same
    """A timestamp with a zone as the same moment in UTC, without one."""

    type = sa.DateTime()
    inherit_cache = True


def morning(column: sa.ColumnElement[Any], day: date) -> sa.ColumnElement[Any]:
    """The beginning of a day, as something to compare a date or timestamp column with."""
    if isinstance(column.type, sa.DateTime):
        return sa.literal(datetime.combine(day, time()), sa.DateTime())
    return sa.literal(day, sa.Date())


NO_DAY = "substr({0}, 5, 1) <> '-' OR substr({0}, 9, 2) > '28' AND date({0}) <> date({0}, '+0 days')"
"""What SQLite takes for a day and is none: a number, a time, the word now; or 30 February, of which only whoever adds
to it learns that it is 2 March."""
SQLITE_DAY = f"CASE WHEN {NO_DAY} THEN NULL ELSE date({{0}}) END"
SQLITE_MOMENT = f"CASE WHEN {NO_DAY} THEN NULL ELSE strftime('%Y-%m-%d %H:%M:%f', {{0}}) END"
spelled(as_day, "CAST({0} AS DATE)", sqlite=SQLITE_DAY, clickhouse="CAST({0} AS Nullable(Date32))")
spelled(
    as_moment,
    "CAST({0} AS TIMESTAMP)",
    sqlite=SQLITE_MOMENT,
    bigquery="CAST({0} AS DATETIME)",
    snowflake="CAST({0} AS TIMESTAMP_NTZ)",
    clickhouse="CAST({0} AS Nullable(DateTime64(6)))",
)
POSTGRES_TEXT = "CASE WHEN {0} !~ '^[0-9]{{4,}}[-/][0-9]' THEN '?' ELSE {0} END"
"""Text that begins with a year; anything else is no day: PostgreSQL would read 01/02/2024 and the word yesterday."""
CLICKHOUSE_DAY = "toString(CAST(left({0}, 10) AS Nullable(Date32))) = left({0}, 10)"
"""Whether a text begins with a day that there is: ClickHouse would make 1 March of 30 February."""
spelled(
    as_told_day,
    "CAST({0} AS DATE)",
    postgresql=f"CAST({POSTGRES_TEXT} AS DATE)",
    sqlite=SQLITE_DAY,
    clickhouse=f"CASE WHEN {CLICKHOUSE_DAY} THEN CAST({{0}} AS Nullable(Date32)) END",
)
OFFSET = "[0-9]:[0-9][0-9].*[+-][0-9][0-9](:|)([0-9][0-9]|)$"
"""What a text ends with that tells a time and how far its clock is from UTC."""
spelled(
    as_told_moment,
    "CAST({0} AS TIMESTAMP)",
    # DuckDB would pass over the offset, and read any text as of the machine's own time zone if it were always asked to
    duckdb=f"CASE WHEN regexp_matches({{0}}, '{OFFSET}') "
    "THEN timezone('UTC', CAST({0} AS TIMESTAMPTZ)) ELSE CAST({0} AS TIMESTAMP) END",
    postgresql=f"CAST(CAST({POSTGRES_TEXT} AS TIMESTAMPTZ) AT TIME ZONE 'UTC' AS TIMESTAMP)",
    sqlite=SQLITE_MOMENT,
    bigquery="DATETIME(CAST({0} AS TIMESTAMP), 'UTC')",
    snowflake="CAST(CONVERT_TIMEZONE('UTC', TO_TIMESTAMP_TZ({0})) AS TIMESTAMP_NTZ)",
    clickhouse=f"CASE WHEN {CLICKHOUSE_DAY} THEN CAST({{0}} AS Nullable(DateTime64(6))) END",
)
spelled(
    in_utc,
    "CAST({0} AT TIME ZONE 'UTC' AS TIMESTAMP)",
    snowflake="CAST(CONVERT_TIMEZONE('UTC', {0}) AS TIMESTAMP_NTZ)",
    bigquery="DATETIME({0}, 'UTC')",
    clickhouse="toTimeZone({0}, 'UTC')",
)
