"""Calendar arithmetic: the day in a time zone, the Monday of a week, days and seconds between."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.sql.functions import GenericFunction

from metrics.engine.portable.spelling import spelled
from metrics.engine.portable.types import EXACT


class local_day(GenericFunction[Any]):  # noqa: N801 - SQL functions are named as SQL writes them
    """The calendar day of a timestamp (UTC) in a time zone, given by its name."""

    type = sa.Date()
    inherit_cache = True


class days_between(GenericFunction[Any]):  # noqa: N801 - the same
    """Whole calendar days from the first to the second day."""

    type = sa.Integer()
    inherit_cache = True


class seconds_between(GenericFunction[Any]):  # noqa: N801 - the same
    """Seconds from the first to the second timestamp, exact to the microsecond (SQLite: millisecond)."""

    type = EXACT
    inherit_cache = True


class monday(GenericFunction[Any]):  # noqa: N801 - the same
    """The Monday of a day's ISO week."""

    type = sa.Date()
    inherit_cache = True


SPARK_SECONDS = (
    "CAST(unix_micros(CAST({1} AS TIMESTAMP)) - unix_micros(CAST({0} AS TIMESTAMP)) AS DECIMAL(19, 0))"
    " * CAST(0.000001 AS DECIMAL(7, 6))"
)
spelled(
    local_day,
    "CAST(timezone({1}, timezone('UTC', {0})) AS DATE)",
    written_out={1},
    sqlite="local_day({0}, {1})",
    redshift="CAST(CONVERT_TIMEZONE('UTC', {1}, {0}) AS DATE)",
    snowflake="CAST(CONVERT_TIMEZONE('UTC', {1}, {0}) AS DATE)",
    bigquery="DATE(TIMESTAMP({0}, 'UTC'), {1})",
    trino="CAST(at_timezone(with_timezone({0}, 'UTC'), {1}) AS DATE)",
    spark="CAST(from_utc_timestamp({0}, {1}) AS DATE)",
    clickhouse="toDate32(toTimeZone({0}, {1}))",
)
spelled(
    monday,
    "CAST(date_trunc('week', {0}) AS DATE)",
    sqlite="date({0}, 'weekday 0', '-6 days')",
    snowflake="DATEADD(day, 1 - DAYOFWEEKISO({0}), {0})",
    bigquery="DATE_TRUNC({0}, ISOWEEK)",
    clickhouse="CAST({0} - (toDayOfWeek({0}) - 1) AS Nullable(Date32))",  # toMonday knows none before 1970
)
spelled(
    days_between,
    "(CAST({1} AS DATE) - CAST({0} AS DATE))",
    duckdb="date_diff('day', CAST({0} AS DATE), CAST({1} AS DATE))",
    trino="date_diff('day', CAST({0} AS DATE), CAST({1} AS DATE))",
    sqlite="CAST(julianday(date({1})) - julianday(date({0})) AS INTEGER)",
    redshift="DATEDIFF(day, CAST({0} AS DATE), CAST({1} AS DATE))",
    snowflake="DATEDIFF(day, CAST({0} AS DATE), CAST({1} AS DATE))",
    bigquery="DATE_DIFF(CAST({1} AS DATE), CAST({0} AS DATE), DAY)",
    spark="datediff(CAST({1} AS DATE), CAST({0} AS DATE))",
    clickhouse="dateDiff('day', toDate32({0}), toDate32({1}))",
)
spelled(
    seconds_between,
    "CAST(EXTRACT(EPOCH FROM ({1} - {0})) AS DECIMAL(28, 6))",
    duckdb="CAST(date_diff('microsecond', {0}, {1}) AS DECIMAL(28, 6)) * CAST(0.000001 AS DECIMAL(7, 6))",
    sqlite="ROUND((julianday({1}) - julianday({0})) * 86400, 3)",
    redshift="DATEDIFF(microsecond, {0}, {1}) * CAST(0.000001 AS DECIMAL(7, 6))",
    snowflake="DATEDIFF(microsecond, {0}, {1}) * CAST(0.000001 AS DECIMAL(7, 6))",
    bigquery="DATETIME_DIFF({1}, {0}, MICROSECOND) * NUMERIC '0.000001'",
    trino="date_diff('millisecond', {0}, {1}) * DECIMAL '0.001'",
    spark=SPARK_SECONDS,
    clickhouse="dateDiff('microsecond', {0}, {1}) * toDecimal64('0.000001', 6)",
)
