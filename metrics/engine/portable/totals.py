"""Sums without float noise, and exact quantiles."""

from __future__ import annotations

from typing import Any

from sqlalchemy.sql.functions import GenericFunction, ReturnTypeFromArgs

from metrics.engine.portable.spelling import spelled
from metrics.engine.portable.types import EXACT, FEW, PLACES, ROUNDED, WITHOUT_NOISE


class exact_sum(ReturnTypeFromArgs[Any]):  # noqa: N801 - SQL functions are named as SQL writes them
    """The sum of a column. SQLite has only floats: it adds up whole units and whole hundred-millionths."""

    inherit_cache = True


class tidy(ReturnTypeFromArgs[Any]):  # noqa: N801 - the same
    """A product or difference of exact numbers: exact where the database has decimals, else without noise."""

    inherit_cache = True


class quantile(GenericFunction[Any]):  # noqa: N801 - the same
    """The exact quantile of a column, interpolated between its neighbours; the share is a constant of SQL.

    It is no bound value that is written out: SQLAlchemy compiles statements that differ in nothing but bound values
    once, and a 75th percentile asked for after a median of the same column would be that median.

    Databases that compute it in floating point are read to eight places, where no noise is left. Trino and
    BigQuery have only an approximate one: their values are flagged.
    """

    type = EXACT
    inherit_cache = True


CLICKHOUSE = "quantileExactInclusive({1})(CAST({0} AS Nullable(Float64)))"
REST = "({0} - CAST({0} AS INTEGER))"
# A float holds 15 digits: of a large number what stands behind them is no part of it, and would be added up with it.
PART = f"CASE WHEN ABS({{0}}) < {FEW} THEN {REST} ELSE ROUND({REST}, {PLACES}) END"
# Divided as a whole: one less nine tenths is not quite a tenth in floats.
PARTS = f"SUM(CAST(ROUND(({PART}) * 100000000) AS INTEGER))"
IN_WHOLE_PARTS = f"(SUM(CAST({{0}} AS INTEGER)) * 100000000 + {PARTS}) / 100000000.0"
spelled(exact_sum, "sum({0})", sqlite=IN_WHOLE_PARTS)
spelled(tidy, "{0}", sqlite=WITHOUT_NOISE)
spelled(
    quantile,
    "CAST(percentile_cont({1}) WITHIN GROUP (ORDER BY {0}) AS DECIMAL(28, 8))",
    duckdb="quantile_cont(CAST({0} AS DECIMAL(28, 8)), {1})",  # narrow decimals would round
    sqlite="exact_quantile({0}, {1})",
    trino="CAST(approx_percentile(CAST({0} AS DOUBLE), {1}) AS DECIMAL(28, 8))",
    bigquery="CAST(APPROX_QUANTILES({0}, 100)[OFFSET(CAST({1} * 100 AS INT64))] AS DECIMAL(28, 8))",
    clickhouse=f"CAST({ROUNDED.format(CLICKHOUSE)} AS Nullable(Decimal(28, 8)))",
)
