"""A value read as one of the types the catalog knows: exact number, whole number, text.

A plain CAST is not the same everywhere: SQLite casts a date to the number 2026, Spark a decimal without its
places, ClickHouse refuses NULL.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.sql.functions import GenericFunction, ReturnTypeFromArgs

from metrics.engine.portable.spelling import spelled


class Exact(sa.TypeDecorator[Decimal]):
    """An exact decimal. SQLite has none: its floats come back as they are, for the edge to read exactly."""

    impl = sa.Numeric(28, 8)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> sa.types.TypeEngine[Any]:
        """A float on SQLite: its Numeric would print digits that nobody wrote."""
        return sa.Float() if dialect.name == "sqlite" else sa.Numeric(28, 8)


EXACT = Exact()
"""What a floating-point or text column is read as: exact, so that sums have no noise."""


class nullable(ReturnTypeFromArgs[Any]):  # noqa: N801 - SQL functions are named as SQL writes them
    """A column that can be empty. In ClickHouse one that cannot gives 1970-01-01 where no row follows."""

    inherit_cache = True


class constant_number(ReturnTypeFromArgs[Any]):  # noqa: N801 - the same
    """A constant in place of a column of numbers. ClickHouse would add a whole one up as it counts rows: unsigned."""

    inherit_cache = True


class as_exact(GenericFunction[Any]):  # noqa: N801 - the same
    """An exact number with eight places."""

    type = EXACT
    inherit_cache = True


class as_told_exact(GenericFunction[Any]):  # noqa: N801 - the same
    """Text as an exact number with eight places."""

    type = EXACT
    inherit_cache = True


class from_real(GenericFunction[Any]):  # noqa: N801 - the same
    """A floating-point number rounded to an exact one with eight places; ClickHouse alone would cut it off."""

    type = EXACT
    inherit_cache = True


class as_small(GenericFunction[Any]):  # noqa: N801 - the same
    """An exact number with three places and at most nine digits before them: such ones can be multiplied."""

    type = EXACT
    inherit_cache = True


class as_amount(GenericFunction[Any]):  # noqa: N801 - the same
    """An exact number with four places, narrow enough to be multiplied with a rate."""

    type = EXACT
    inherit_cache = True


class as_rate(GenericFunction[Any]):  # noqa: N801 - the same
    """An exact number with eight places, narrow enough to be multiplied with an amount."""

    type = EXACT
    inherit_cache = True


class as_real(GenericFunction[Any]):  # noqa: N801 - the same
    """A floating-point number."""

    type = sa.Double()
    inherit_cache = True


class as_whole(GenericFunction[Any]):  # noqa: N801 - the same
    """A whole number."""

    type = sa.BigInteger()
    inherit_cache = True


class as_told_whole(GenericFunction[Any]):  # noqa: N801 - the same
    """Text as a whole number."""

    type = sa.BigInteger()
    inherit_cache = True


class as_text(GenericFunction[Any]):  # noqa: N801 - the same
    """Text."""

    type = sa.Text()
    inherit_cache = True


class as_whole_text(GenericFunction[Any]):  # noqa: N801 - the same
    """A floating-point number as text, whole ones without places: 7.0 is the key 7 that a gap made a float of."""

    type = sa.Text()
    inherit_cache = True


def constant(value: sa.BindParameter[Any]) -> sa.ColumnElement[Any]:
    """A constant in place of a column, as what it stands for."""
    return constant_number(value) if isinstance(value.type, Exact) else value


FEW = 67_000_000
"""Below this a float tells all numbers with eight places apart; of larger ones it holds fewer places."""
PLACES = "15 - LENGTH(CAST(ABS({0}) AS INTEGER))"
"""How many places the fifteen digits of one of SQLite's floats leave it, if it is not below that."""
BY_SIZE = f"WHEN ABS({{0}}) < {FEW} THEN ROUND({{0}}, 8) ELSE ROUND({{0}}, {PLACES}) END"
WITHOUT_NOISE = f"CASE {BY_SIZE}"
"""A float of SQLite's as the number it stands for. Rounded to more places than it holds it would become another one."""
A_NUMBER = f"CASE WHEN CAST({{0}} AS REAL) <> {{0}} THEN NULL {BY_SIZE}"
"""The same of a text, if it is a number from beginning to end: SQLite reads as much of it as it can, or zero."""
ROUNDED = "{0} + if({0} < 0, -0.000000005, 0.000000005)"
spelled(nullable, "{0}", clickhouse="toNullable({0})")
CLICKHOUSE_EXACT = "CAST({0} AS Nullable(Decimal(28, 8)))"
spelled(constant_number, "{0}", clickhouse=CLICKHOUSE_EXACT)
spelled(as_exact, "CAST({0} AS DECIMAL(28, 8))", sqlite=WITHOUT_NOISE, clickhouse=CLICKHOUSE_EXACT)
spelled(as_told_exact, "CAST({0} AS DECIMAL(28, 8))", sqlite=A_NUMBER, clickhouse=CLICKHOUSE_EXACT)
spelled(
    from_real,
    "CAST({0} AS DECIMAL(28, 8))",
    postgresql="CAST(CASE WHEN {0} = 'NaN' THEN 'Infinity' ELSE {0} END AS DECIMAL(28, 8))",  # it knows NaN decimals
    sqlite=WITHOUT_NOISE,
    clickhouse=f"CAST({ROUNDED} AS Nullable(Decimal(28, 8)))",
)
spelled(
    as_small,
    "CAST({0} AS DECIMAL(12, 3))",
    sqlite="CASE WHEN ABS({0}) >= 1000000000 THEN 9e999 ELSE ROUND({0}, 3) END",  # out of range, as elsewhere
    clickhouse="CAST({0} AS Nullable(Decimal(12, 3)))",
)
spelled(
    as_amount,
    "CAST({0} AS DECIMAL(18, 4))",
    duckdb="CAST({0} AS DECIMAL(20, 4))",  # a product of two of 18 digits would have 18, six of them before the point
    sqlite="ROUND({0}, 4)",
    clickhouse="CAST({0} AS Nullable(Decimal(28, 4)))",  # the same
)
spelled(
    as_rate,
    "CAST({0} AS DECIMAL(18, 8))",
    sqlite="ROUND({0}, 8)",
    clickhouse="CAST({0} AS Nullable(Decimal(18, 8)))",
)
spelled(
    as_real,
    "CAST({0} AS DOUBLE PRECISION)",
    sqlite="CAST({0} AS REAL)",
    duckdb="CAST({0} AS DOUBLE)",
    trino="CAST({0} AS DOUBLE)",
    spark="CAST({0} AS DOUBLE)",
    bigquery="CAST({0} AS FLOAT64)",
    clickhouse="CAST({0} AS Nullable(Float64))",
)
spelled(
    as_whole,
    "CAST({0} AS BIGINT)",
    sqlite="CAST(NULLIF({0}, '') AS INTEGER)",
    bigquery="CAST({0} AS INT64)",
    clickhouse="CAST({0} AS Nullable(Int64))",
)
spelled(
    as_told_whole,
    "CAST({0} AS BIGINT)",
    sqlite="CASE WHEN CAST({0} AS INTEGER) = {0} THEN CAST({0} AS INTEGER) END",
    bigquery="CAST({0} AS INT64)",
    clickhouse="CAST({0} AS Nullable(Int64))",
)
spelled(
    as_text,
    "CAST({0} AS VARCHAR)",
    sqlite="CAST({0} AS TEXT)",
    spark="CAST({0} AS STRING)",
    bigquery="CAST({0} AS STRING)",
    clickhouse="CAST({0} AS Nullable(String))",
)
WHOLE = (
    "CASE WHEN {{0}} = FLOOR({{0}}) AND ABS({{0}}) < 1e15 "
    "THEN CAST(CAST({{0}} AS {0}) AS {1}) ELSE CAST({{0}} AS {1}) END"
)
spelled(
    as_whole_text,
    WHOLE.format("BIGINT", "VARCHAR"),
    sqlite="CASE WHEN typeof({0}) = 'real' AND ABS({0}) < 1e15 AND {0} = CAST({0} AS INTEGER) "
    "THEN CAST(CAST({0} AS INTEGER) AS TEXT) ELSE CAST({0} AS TEXT) END",
    spark=WHOLE.format("BIGINT", "STRING"),
    bigquery=WHOLE.format("INT64", "STRING"),
    clickhouse=WHOLE.format("Nullable(Int64)", "Nullable(String)"),
)
