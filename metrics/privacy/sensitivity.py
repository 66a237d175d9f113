"""How sensitive a metric is: as sensitive as the most guarded column it touches."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from metrics.definition import Entities, Expression, Measure, MetricValue, column_paths, parts
from metrics.model import Catalog, Metric, Sensitivity

ORDER: tuple[Sensitivity, ...] = ("open", "person", "people", "restricted")


def of_metric(catalog: Catalog, metric_id: str) -> Sensitivity:
    """The sensitivity of a metric. Naming a person is no secret in itself; counting people is guarded."""
    return _of_metric(_Known(catalog), metric_id)


def of_dimension(catalog: Catalog, dimension: str) -> Sensitivity:
    """The sensitivity of what values are grouped or filtered by."""
    return catalog.dimensions[dimension].sensitivity


def counts_people(metric: Metric) -> bool:
    """Whether a metric's numerator is a count of rows or people."""
    numerator = metric.numerator
    return isinstance(numerator, (Measure, Entities)) and numerator.aggregate in {"count", "distinct"}


class _Known:
    """A catalog that can be a key of a cache: catalogs are never changed once loaded."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Known) and other.catalog is self.catalog

    def __hash__(self) -> int:
        return id(self.catalog)


@cache
def _of_metric(known: _Known, metric_id: str) -> Sensitivity:
    catalog = known.catalog
    metric = catalog.metric(metric_id)
    found = {"people" if metric.side == "people" else "open"}
    for part in (metric.numerator, metric.denominator):
        if part is not None:
            found |= set(_of_expression(catalog, part))
    return max((level for level in ORDER if level in found and level != "person"), key=ORDER.index)


def _of_expression(catalog: Catalog, expression: Expression) -> Iterator[Sensitivity]:
    match expression:
        case Measure():
            yield from _of_measure(catalog, expression)
        case Entities():
            for item in expression.inputs.values():
                yield from _of_measure(catalog, item)
        case MetricValue():
            yield of_metric(catalog, expression.metric)
        case _:
            for part in parts(expression):
                yield from _of_expression(catalog, part)


def _of_measure(catalog: Catalog, measure: Measure) -> Iterator[Sensitivity]:
    for alternatives in column_paths(measure):
        for path in alternatives:
            table = measure.table
            for step in path.split(">"):
                table, name = step.split(".") if "." in step else (table, step)
                columns = {column.name: column for column in catalog.tables[table].columns}
                if name in columns:
                    yield columns[name].sensitivity
