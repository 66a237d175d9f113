"""What a metric needs of `company.toml` itself: names that only the company knows, figures from outside."""

from __future__ import annotations

from collections.abc import Iterator

from metrics.catalog_text.needs import needs_text
from metrics.definition import Expression, External, Measure, Test, column_paths
from metrics.load.measures import expressions
from metrics.model import Catalog, Metric


def all_needs(catalog: Catalog, metric: Metric) -> str:
    """What a metric cannot do without, what of it `company.toml` has to say among it."""
    told = [f"`company.toml` {name}" for name in declarations(catalog, metric)]
    return "; ".join([needs_text(catalog, metric), *told])


def declarations(catalog: Catalog, metric: Metric) -> list[str]:
    """What a metric needs of `company.toml` itself: settings without which it is not measured, outside figures."""
    found: dict[str, None] = {}
    for inner in _inner(metric):
        if isinstance(inner, External):
            found[f"[external] {inner.external}"] = None
        elif isinstance(inner, Measure):
            found |= {f"[settings] {name}": None for name in _settings(catalog, inner)}
    return list(found)


def settings_of(catalog: Catalog, metric: Metric) -> list[str]:
    """The settings of `company.toml` without which a metric is not measured."""
    measures = (inner for inner in _inner(metric) if isinstance(inner, Measure))
    return list(dict.fromkeys(name for measure in measures for name in _settings(catalog, measure)))


def _inner(metric: Metric) -> Iterator[Expression]:
    """Everything that a metric computes."""
    for part in (metric.numerator, metric.denominator, metric.n):
        yield from (inner for _, inner in expressions(part))


def _settings(catalog: Catalog, measure: Measure) -> Iterator[str]:
    for where in [measure.where, *measure.any_of]:
        yield from (test.setting for test in where.values() if isinstance(test, Test) and test.setting)
    columns = {column.name: column for column in catalog.tables[measure.table].columns}
    for paths in column_paths(measure):
        yield from (name for path in paths if path in columns for name in columns[path].settings)
