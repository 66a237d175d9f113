"""How sensitive a metric is: as sensitive as the most guarded column it touches."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from metrics.definition import (
    Condition,
    Entities,
    Expression,
    Measure,
    MetricValue,
    Test,
    column_paths,
    parts,
)
from metrics.model import Catalog, Metric, Sensitivity

ORDER: tuple[Sensitivity, ...] = ("open", "person", "people", "restricted")
PAY = frozenset({"payroll", "commission"})
"""Natures of cost that are pay: for few people their sum is as telling as a salary."""


def of_metric(catalog: Catalog, metric_id: str) -> Sensitivity:
    """The sensitivity of a metric. Naming a person is no secret in itself; counting people is guarded."""
    return _of_metric(_Known(catalog), metric_id)


def of_dimension(catalog: Catalog, dimension: str) -> Sensitivity:
    """The sensitivity of what values are grouped or filtered by."""
    return catalog.dimensions[dimension].sensitivity


def most(*levels: Sensitivity) -> Sensitivity:
    """The most guarded of several levels; naming a person guards no figure by itself."""
    return max((level for level in levels if level != "person"), key=ORDER.index, default="open")


def by_dimension(catalog: Catalog, metric_id: str, dimension: str) -> Sensitivity:
    """How guarded a metric's values are once they are grouped or filtered by a dimension.

    Cost by department or by nature is restricted as soon as pay is in it.
    """
    own = most(of_metric(catalog, metric_id), of_dimension(catalog, dimension))
    telling = catalog.dimensions[dimension].paths.get("cost_entries") in {"department_id", "nature"}
    return "restricted" if telling and holds_pay(catalog, catalog.metric(metric_id)) else own


def holds_pay(catalog: Catalog, metric: Metric) -> bool:
    """Whether pay may be among the costs that a metric adds up."""
    return any(
        measure.table == "cost_entries" and _may_be_pay(measure)
        for part in (metric.numerator, metric.denominator)
        if part is not None
        for measure in _measures(catalog, part)
    )


def _may_be_pay(measure: Measure) -> bool:
    return any(
        _lets_through(where.get("nature"))
        for where in [{**measure.where, **w} for w in measure.any_of or [{}]]
    )


def _lets_through(nature: Condition | None) -> bool:
    match nature:
        case None:
            return True
        case Test():
            kept_out = nature.is_not if isinstance(nature.is_not, list) else [nature.is_not]
            return not set(kept_out) >= PAY
        case list():
            return bool(PAY & set(nature))
        case _:
            return nature in PAY


def _measures(catalog: Catalog, expression: Expression) -> Iterator[Measure]:
    match expression:
        case Measure():
            yield expression
        case Entities():
            yield from expression.inputs.values()
        case MetricValue():
            metric = catalog.metric(expression.metric)
            for part in (metric.numerator, metric.denominator):
                if part is not None:
                    yield from _measures(catalog, part)
        case _:
            for part in parts(expression):
                yield from _measures(catalog, part)


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
    found: set[Sensitivity] = {"people" if metric.side == "people" else "open"}
    for part in (metric.numerator, metric.denominator):
        if part is not None:
            for measure in _measures(catalog, part):
                found |= set(_of_measure(catalog, measure))
    return most(*found)


def _of_measure(catalog: Catalog, measure: Measure) -> Iterator[Sensitivity]:
    if measure.table == "cost_entries" and _is_pay(measure):
        yield "restricted"
    for alternatives in column_paths(measure):
        for path in alternatives:
            table = measure.table
            for step in path.split(">"):
                table, name = step.split(".") if "." in step else (table, step)
                columns = {column.name: column for column in catalog.tables[table].columns}
                if name in columns:
                    yield columns[name].sensitivity


def _is_pay(measure: Measure) -> bool:
    """Whether a cost is pay and nothing else."""
    nature = measure.where.get("nature")
    wanted = set(nature) if isinstance(nature, list) else {nature} if isinstance(nature, str) else set()
    return bool(wanted) and wanted <= PAY
