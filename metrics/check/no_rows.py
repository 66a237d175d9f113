"""Metrics whose tables are there and hold no row of the kind that they count: NPS where no survey is one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Any

import sqlalchemy as sa

from metrics.advice.words import joined
from metrics.definition import Across, Measure
from metrics.engine import Engine
from metrics.engine.tables.lacking import MissingError
from metrics.errors import RefusedError, TooSlowError
from metrics.model import Metric


def without_rows(engine: Engine, metrics: Iterable[str]) -> Mapping[str, str]:
    """What no row says that each of these metrics counts or divides by; those that have such rows are not in it.

    Raises:
        CompanyError: the warehouse cannot be reached.
    """
    held: dict[tuple[str, str], frozenset[str] | None] = {}
    found = {}
    for name in metrics:
        for table, column, wanted in _kinds(engine, engine.catalog.metrics[name]):
            if (table, column) not in held:
                held[table, column] = _held(engine, table, column)
            known = held[table, column]
            if known is not None and known.isdisjoint(wanted):
                found[name] = f"no row in which {table}.{column} is {joined(wanted, 'or')}"
    return found


def _kinds(engine: Engine, metric: Metric) -> Iterator[tuple[str, str, list[str]]]:
    """The columns with a list of values of which a metric's rows need one: without, there is nothing to divide by."""
    for part in (metric.denominator, metric.n):
        rows: Any = part.of if isinstance(part, Across) else part
        if not isinstance(rows, Measure):
            continue
        for column in engine.catalog.tables[rows.table].columns:
            wanted = rows.where.get(column.name)
            if column.values and isinstance(wanted, str | list):
                yield rows.table, column.name, [wanted] if isinstance(wanted, str) else [*map(str, wanted)]


def _held(engine: Engine, table: str, name: str) -> frozenset[str] | None:
    """Which of the values that metrics look for a column holds; None where nobody can tell."""
    with engine.turn, suppress(MissingError, RefusedError, TooSlowError):
        column = engine.relations.column(table, name)
        known = engine.catalog.tables[table].column(name).values
        rows = engine.warehouse.run(sa.select(column).where(column.in_(known)).distinct()).rows
        return frozenset(str(row[0]) for row in rows)
    return None
