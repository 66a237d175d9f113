"""SQL that every database says differently, each as one small construct with a compilation per dialect."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction

EXACT = sa.Numeric(28, 8)
"""What a floating-point or text column is read as: exact, so that sums have no noise."""


class local_day(GenericFunction[Any]):  # noqa: N801 - SQL functions are named as SQL writes them
    """The calendar day of a timestamp (UTC) in the company's time zone."""

    type = sa.Date()
    inherit_cache = True


class days_between(GenericFunction[Any]):  # noqa: N801 - the same
    """Whole calendar days from the first to the second day."""

    type = sa.Integer()
    inherit_cache = True


class seconds_between(GenericFunction[Any]):  # noqa: N801 - the same
    """Seconds from the first to the second timestamp."""

    type = sa.Integer()
    inherit_cache = True


class quantile(GenericFunction[Any]):  # noqa: N801 - the same
    """The exact quantile of a column, halfway between the middle two where they differ."""

    type = EXACT
    inherit_cache = True


class monday(GenericFunction[Any]):  # noqa: N801 - the same
    """The Monday of a day's ISO week."""

    type = sa.Date()
    inherit_cache = True


def _arguments(element: GenericFunction[Any], compiler: SQLCompiler, **kw: Any) -> list[str]:
    return [compiler.process(clause, **kw) for clause in element.clauses]


@compiles(local_day)
def _local_day(element: local_day, compiler: SQLCompiler, **kw: Any) -> str:
    day, zone = _arguments(element, compiler, **kw)
    return f"CAST(timezone({zone}, timezone('UTC', {day})) AS DATE)"


@compiles(days_between)
def _days_between(element: days_between, compiler: SQLCompiler, **kw: Any) -> str:
    since, until = _arguments(element, compiler, **kw)
    return f"(CAST({until} AS DATE) - CAST({since} AS DATE))"


@compiles(days_between, "duckdb")
def _days_between_duckdb(element: days_between, compiler: SQLCompiler, **kw: Any) -> str:
    since, until = _arguments(element, compiler, **kw)
    return f"date_diff('day', CAST({since} AS DATE), CAST({until} AS DATE))"


@compiles(days_between, "sqlite")
def _days_between_sqlite(element: days_between, compiler: SQLCompiler, **kw: Any) -> str:
    since, until = _arguments(element, compiler, **kw)
    return f"CAST(julianday({until}) - julianday({since}) AS INTEGER)"


@compiles(seconds_between)
def _seconds_between(element: seconds_between, compiler: SQLCompiler, **kw: Any) -> str:
    since, until = _arguments(element, compiler, **kw)
    return f"CAST(EXTRACT(EPOCH FROM ({until} - {since})) AS NUMERIC(28, 6))"


@compiles(seconds_between, "duckdb")
def _seconds_between_duckdb(element: seconds_between, compiler: SQLCompiler, **kw: Any) -> str:
    since, until = _arguments(element, compiler, **kw)
    micros = f"CAST(date_diff('microsecond', {since}, {until}) AS DECIMAL(28, 6))"
    return f"{micros} * CAST(0.000001 AS DECIMAL(7, 6))"


@compiles(seconds_between, "sqlite")
def _seconds_between_sqlite(element: seconds_between, compiler: SQLCompiler, **kw: Any) -> str:
    since, until = _arguments(element, compiler, **kw)
    return f"CAST(ROUND((julianday({until}) - julianday({since})) * 86400) AS INTEGER)"


@compiles(quantile)
def _quantile(element: quantile, compiler: SQLCompiler, **kw: Any) -> str:
    column, share = _arguments(element, compiler, **{**kw, "literal_binds": True})
    return f"percentile_cont({share}) WITHIN GROUP (ORDER BY {column})"


@compiles(quantile, "duckdb")
def _quantile_duckdb(element: quantile, compiler: SQLCompiler, **kw: Any) -> str:
    column, share = _arguments(element, compiler, **kw)
    return f"quantile_cont(CAST({column} AS DECIMAL(28, 8)), {share})"  # narrow decimals would round


@compiles(monday)
def _monday(element: monday, compiler: SQLCompiler, **kw: Any) -> str:
    return f"CAST(date_trunc('week', {_arguments(element, compiler, **kw)[0]}) AS DATE)"


@compiles(monday, "sqlite")
def _monday_sqlite(element: monday, compiler: SQLCompiler, **kw: Any) -> str:
    return f"date({_arguments(element, compiler, **kw)[0]}, 'weekday 0', '-6 days')"
