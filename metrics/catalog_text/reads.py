"""Which tables and columns a metric reads, and which metrics read a table."""

from __future__ import annotations

from collections.abc import Iterator

from metrics.definition import Across, Expression, Measure, MetricValue, column_paths
from metrics.load.measures import expressions
from metrics.model import Catalog, Metric


def columns(catalog: Catalog, metric: Metric) -> dict[str, list[str]]:
    """Table -> the columns of it that the metric reads, itself or through metrics it is computed from."""
    found: dict[str, list[str]] = {}
    for expression in (metric.numerator, metric.denominator, metric.n):
        for table, column in _read(catalog, expression):
            if column not in found.setdefault(table, []):
                found[table].append(column)
    return found


def canonical(catalog: Catalog, metric: Metric) -> list[str]:
    """The tables a company must map for the metric: derived ones are computed from those."""
    found: dict[str, None] = {}
    for table in columns(catalog, metric):
        found |= dict.fromkeys(catalog.tables[table].mapped)
    return list(found)


def readers(catalog: Catalog) -> dict[str, list[str]]:
    """Canonical table -> the ids of the metrics that need it, and of those methods that alone do."""
    found: dict[str, list[str]] = {name: [] for name, table in catalog.tables.items() if not table.derived}
    for metric in catalog.metrics.values():
        own = canonical(catalog, metric)
        for table in own:
            found[table].append(metric.id)
        for name, other in other_methods(catalog, metric):
            for table in canonical(catalog, other):
                if table not in own:
                    found[table].append(name)
    return found


def other_methods(catalog: Catalog, metric: Metric) -> Iterator[tuple[str, Metric]]:
    """The methods of a metric beside its usual one, as they are asked for."""
    for name in metric.others:
        yield name, catalog.metric(name)


def _read(catalog: Catalog, expression: Expression | None) -> Iterator[tuple[str, str]]:
    for _, part in expressions(expression):
        if isinstance(part, Measure):
            for alternatives in column_paths(part):
                for path in alternatives:
                    yield from passes(part.table, path)
        elif isinstance(part, Across):
            for _, inner in expressions(part.of):
                if isinstance(inner, Measure):
                    yield from passes(inner.table, part.across)
        elif isinstance(part, MetricValue):
            for below in catalog.metric(part.metric).parts:
                yield from _read(catalog, below)


def passes(table: str, path: str) -> Iterator[tuple[str, str]]:
    """The columns that a path such as ``lead_id>leads.created_at`` passes through."""
    first, *hops = path.split(">")
    yield table, first
    for hop in hops:
        name, _, column = hop.partition(".")
        yield name, column
