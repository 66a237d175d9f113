"""How sensitive a metric is: as sensitive as the most guarded column it touches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from metrics.definition import (
    Across,
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
COSTS = "cost_entries"
PAY = frozenset({"payroll", "commission"})
"""Natures of cost that are pay: for few people their sum is as telling as a salary."""
COUNTED = frozenset({"department_id", "nature"})
"""The columns of a cost by which it can be told whose pay is in it: a department's, or everybody's."""
OPEN_LINES = ("pnl_line", "campaign_id")
"""The columns of a cost that part it as an income statement or a budget of marketing does."""


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

    Cost by department, by nature or by a column of the company's own is restricted as soon as pay is in it.
    """
    own = most(of_metric(catalog, metric_id), of_dimension(catalog, dimension))
    telling = _cost_column(catalog, dimension) not in ("", *OPEN_LINES)
    return "restricted" if telling and holds_pay(catalog, catalog.metric(metric_id)) else own


def parts_pay(catalog: Catalog, metric_id: str, dimensions: Iterable[str]) -> bool:
    """Whether pay is parted by these together in such a way that nobody can say how many people each part is of.

    That is so of a line within a department or a nature, and of a column of the company's own.
    """
    columns = {_cost_column(catalog, name) for name in dimensions} - {""}
    told = columns <= COUNTED or columns <= set(OPEN_LINES)
    return not told and holds_pay(catalog, catalog.metric(metric_id))


def _cost_column(catalog: Catalog, dimension: str) -> str:
    """The column of a cost that a dimension looks at first; empty where costs know nothing of it."""
    return catalog.dimensions[dimension].paths.get(COSTS, "").partition(">")[0]


def holds_pay(catalog: Catalog, metric: Metric) -> bool:
    """Whether pay may be among the costs that a metric adds up."""
    return any(
        measure.table == COSTS and _may_be_pay(measure)
        for part in metric.parts
        for measure in _measures(catalog, part)
    )


def department_of(catalog: Catalog, metric: Metric) -> Condition | None:
    """The condition by which a metric adds up the cost of one department, where pay may be among it."""
    measures = [one for part in metric.parts for one in _measures(catalog, part)]
    conditions = (
        one.where.get("department_id") for one in measures if one.table == COSTS and _may_be_pay(one)
    )
    return next((one for one in conditions if one is not None), None)


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
        case Measure() | Entities():
            yield from expression.measures
        case MetricValue():
            for part in catalog.metric(expression.metric).parts:
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
    counted = [] if metric.n is None else [metric.n]  # it is told beside the value
    for part in (*metric.parts, *counted):
        for measure in _measures(catalog, part):
            found |= set(of_measure(catalog, measure))
        found |= set(_of_groups(catalog, part))
    return most(*found)


def of_measure(catalog: Catalog, measure: Measure) -> Iterator[Sensitivity]:
    """How guarded each column is that a measure touches."""
    if measure.table == COSTS and (_is_pay(measure) or _of_department(measure)):
        yield "restricted"
    for alternatives in column_paths(measure):
        for path in alternatives:
            yield from of_path(catalog, measure.table, path)


def of_path(catalog: Catalog, table: str, path: str) -> Iterator[Sensitivity]:
    """How guarded each column of a way is."""
    for step in path.split(">"):
        table, name = step.split(".") if "." in step else (table, step)
        columns = {column.name: column for column in catalog.tables[table].columns}
        if name in columns:
            yield columns[name].sensitivity


def _of_groups(catalog: Catalog, expression: Expression) -> Iterator[Sensitivity]:
    """How guarded the columns are across which something of it is taken."""
    match expression:
        case Measure() | Entities():
            return
        case MetricValue():
            for part in catalog.metric(expression.metric).parts:
                yield from _of_groups(catalog, part)
        case Across():
            for measure in _measures(catalog, expression.of):
                yield from of_path(catalog, measure.table, expression.across)
            yield from _of_groups(catalog, expression.of)
        case _:
            for part in parts(expression):
                yield from _of_groups(catalog, part)


def _of_department(measure: Measure) -> bool:
    """Whether a cost is that of one department, with the pay of its people."""
    return "department_id" in measure.where and _may_be_pay(measure)


def _is_pay(measure: Measure) -> bool:
    """Whether a cost is pay and nothing else."""
    nature = measure.where.get("nature")
    wanted = set(nature) if isinstance(nature, list) else {nature} if isinstance(nature, str) else set()
    return bool(wanted) and wanted <= PAY
