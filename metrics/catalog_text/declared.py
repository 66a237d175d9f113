"""What a metric needs of `company.toml` itself: names that only the company knows, figures from outside."""

from __future__ import annotations

from collections.abc import Iterator

from metrics.catalog_text.needs import needs_text
from metrics.definition import Expression, External, Measure, MetricValue
from metrics.load.measures import expressions
from metrics.model import Catalog, Metric


def all_needs(catalog: Catalog, metric: Metric) -> str:
    """What a metric cannot do without, what of it `company.toml` has to say among it."""
    told = [f"`company.toml` {name}" for name in declarations(catalog, metric)]
    return "; ".join([needs_text(catalog, metric), *told])


def declarations(catalog: Catalog, metric: Metric) -> list[str]:
    """What a metric needs of `company.toml` itself: settings without which it is not measured, outside figures."""
    found: dict[str, None] = {}
    for inner in _inner(catalog, metric):
        if isinstance(inner, External):
            found[f"[external] {inner.external}"] = None
        elif isinstance(inner, Measure):
            found |= {f"[settings] {name}": None for name in catalog.tables[inner.table].settings_of(inner)}
    return list(found)


def settings_of(catalog: Catalog, metric: Metric) -> list[str]:
    """The settings of `company.toml` without which a metric is not measured."""
    measures = (inner for inner in _inner(catalog, metric) if isinstance(inner, Measure))
    return list(
        dict.fromkeys(name for one in measures for name in catalog.tables[one.table].settings_of(one))
    )


def _inner(catalog: Catalog, metric: Metric) -> Iterator[Expression]:
    """Everything that a metric computes, and what the metrics do that it is made of."""
    for part in (metric.numerator, metric.denominator, metric.n):
        for _, inner in expressions(part):
            yield inner
            if isinstance(inner, MetricValue):
                yield from _inner(catalog, catalog.metric(inner.metric))
