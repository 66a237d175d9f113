"""What a metric needs of `company.toml` itself, beside tables and columns."""

from __future__ import annotations

from collections.abc import Iterator

from metrics.definition import External, Measure, Test, column_paths
from metrics.load.measures import expressions
from metrics.model import Catalog, Metric


def declarations(catalog: Catalog, metric: Metric) -> list[str]:
    """What a metric needs of `company.toml` itself: settings without which it is not measured, outside figures."""
    found: dict[str, None] = {}
    for part in (metric.numerator, metric.denominator, metric.n):
        for _, inner in expressions(part):
            if isinstance(inner, External):
                found[f"[external] {inner.external}"] = None
            elif isinstance(inner, Measure):
                found |= {f"[settings] {name}": None for name in _settings(catalog, inner)}
    return list(found)


def _settings(catalog: Catalog, measure: Measure) -> Iterator[str]:
    for where in [measure.where, *measure.any_of]:
        yield from (test.setting for test in where.values() if isinstance(test, Test) and test.setting)
    columns = {column.name: column for column in catalog.tables[measure.table].columns}
    for paths in column_paths(measure):
        yield from (columns[path].setting for path in paths if path in columns and columns[path].setting)
