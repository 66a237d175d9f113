"""The engine's front: what is asked of a company's data -> values with citations."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from threading import Lock

from metrics.company import Company
from metrics.engine import evaluate
from metrics.engine.cells import Group
from metrics.engine.fetch import Fetched, fetch
from metrics.engine.freshness import newest_day
from metrics.engine.leaves import Frame, Leaf, Slice, leaves, metric_parts, takes_quantile
from metrics.engine.needs import missing
from metrics.engine.relations import MissingError, Relations
from metrics.engine.rows import Setting
from metrics.engine.windows import window
from metrics.model import Catalog, Metric
from metrics.periods import Calendar, Period
from metrics.privacy import counts_people, of_metric, suppressed
from metrics.values import Citation, Status, Value
from metrics.warehouse import Warehouse

PLACES = Decimal("1e-20")
"""Fractions that do not end are cut here, far behind anything that is shown."""


@dataclass(frozen=True)
class Ask:
    """One metric over one period.

    ``by`` names dimensions to group by; ``filters`` maps dimensions to the values kept. ``usual_window``
    lets the metric look at its own usual stretch ending with the period (net revenue retention: twelve
    months) instead of the period itself.
    """

    metric: str
    period: Period
    by: tuple[str, ...] = ()
    filters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    usual_window: bool = False
    as_of: date | None = None

    @property
    def slice(self) -> Slice:
        """The rows it looks at."""
        return Slice(tuple((name, tuple(values)) for name, values in self.filters.items()), self.by)


class Engine:
    """Computes values for one company. It holds no state but the tables it has looked at.

    Callers may come from several threads: they take turns, for the embedded database has one connection and
    uses all cores for each query anyway.
    """

    def __init__(self, catalog: Catalog, company: Company, warehouse: Warehouse) -> None:
        self.catalog, self.company, self.warehouse = catalog, company, warehouse
        self.relations = Relations(catalog, warehouse)
        self.setting = Setting(self.relations, company.file.timezone, company.file.settings)
        self._turn = Lock()
        self.external = {name: Fraction(item.value) for name, item in company.file.external.items()}

    def newest_day(self, today: date) -> date:
        """The newest day on which anything happened in the data, but not after today."""
        with self._turn:
            return newest_day(self.relations, today)

    def reaches(self, metric_id: str, dimension: str) -> bool:
        """Whether every table behind a metric knows a dimension: only then can it be sliced by it."""
        paths = self.catalog.dimensions[dimension].paths
        ask = Ask(metric_id, Calendar().containing(date(2000, 1, 1), "month"))
        leaves = self._leaves(ask, self._frame(ask, date(2000, 1, 1)))
        return all(table in paths for leaf in leaves for table in tables_of(leaf))

    def missing(self, metric_id: str, broken: Collection[str] = ()) -> tuple[str, ...]:
        """What the company lacks for a metric; ``broken`` tables count as lacking."""
        ask = Ask(metric_id, Calendar().containing(date(2000, 1, 1), "month"))
        found: dict[str, None] = {}
        with self._turn:
            for leaf in self._leaves(ask, self._frame(ask, date(2000, 1, 1))):
                stopped = [table for table in tables_of(leaf) if table in broken]
                lacking = stopped or missing(leaf.expression, self.relations, self.setting.settings)
                found |= dict.fromkeys(lacking)
        return tuple(found)

    def compute(self, asks: Iterable[Ask], as_of: date, *, today: date | None = None) -> list[list[Value]]:
        """The values of each ask, in order: one, or one for each group.

        ``today`` is the day by the clock, where ``as_of`` is only how far the data goes.

        Raises:
            CompanyError: the warehouse refuses a query.
            UnknownNameError: a metric or dimension nobody knows.
        """
        asked = list(asks)
        frames = [self._frame(ask, as_of, today) for ask in asked]
        with self._turn:
            fetched = self._fetched(asked, frames)
        return [
            self._guarded(ask, self._values(ask, frame, fetched[frame.as_of]))
            for ask, frame in zip(asked, frames, strict=True)
        ]

    def _fetched(self, asked: Sequence[Ask], frames: Sequence[Frame]) -> dict[date, Fetched]:
        """What the database gives for all asks, by as-of day."""
        wanted: dict[date, list[Leaf]] = {}
        for ask, frame in zip(asked, frames, strict=True):
            wanted.setdefault(frame.as_of, []).extend(self._leaves(ask, frame))
        return {day: fetch(self.setting, self.warehouse, leaves, day) for day, leaves in wanted.items()}

    def _guarded(self, ask: Ask, values: list[Value]) -> list[Value]:
        """The values as they may leave the engine: small groups of people stay hidden."""
        metric = self.catalog.metric(ask.metric)
        return suppressed(values, of_metric(self.catalog, ask.metric), counts_people=counts_people(metric))

    def _frame(self, ask: Ask, as_of: date, today: date | None = None) -> Frame:
        metric = self.catalog.metric(ask.metric)
        period = window(metric.window, ask.period) if ask.usual_window else ask.period
        return Frame(self.catalog, period, ask.as_of or as_of, ask.slice, self.external, today)

    def _leaves(self, ask: Ask, frame: Frame) -> list[Leaf]:
        metric = self.catalog.metric(ask.metric)
        return [leaf for part in metric_parts(metric) for leaf in leaves(part, frame)]

    def _values(self, ask: Ask, frame: Frame, fetched: Fetched) -> list[Value]:
        metric, own = self.catalog.metric(ask.metric), self._leaves(ask, frame)
        lacking = tuple(dict.fromkeys(need for leaf in own for need in fetched.missing.get(leaf, ())))
        if lacking:
            return [self._without(metric, ask, frame, own, fetched, Status.NOT_MEASURED, lacking)]
        groups: dict[Group, None] = {} if ask.by else {(): None}
        for leaf in own:
            if leaf.slice == frame.slice and leaf in fetched.cells:
                groups |= dict.fromkeys(fetched.cells[leaf].cells)
        return [self._value(metric, ask, frame, own, fetched, group) for group in sorted(groups, key=str)]

    def _value(
        self, metric: Metric, ask: Ask, frame: Frame, own: list[Leaf], fetched: Fetched, group: Group
    ) -> Value:
        if frame.period.start > frame.as_of and not metric.looks_ahead:
            return self._without(metric, ask, frame, own, fetched, Status.INSUFFICIENT, (), group)
        try:
            result = evaluate.metric(metric, frame, fetched.cells, group)
            n = evaluate.rows(metric, frame, fetched.cells, group)
        except evaluate.NoValueError as error:
            return self._without(metric, ask, frame, own, fetched, error.status, (), group)
        except MissingError as error:
            return self._without(metric, ask, frame, own, fetched, Status.NOT_MEASURED, error.what, group)
        citation = self._citation(metric, ask, frame, own, fetched, group, result, n)
        status = result.status
        if status is Status.OK and citation.data_through is None and not n:
            status = Status.INSUFFICIENT
        value = decimal(result.value) if status in {Status.OK, Status.CAPPED} else None
        named = dict(zip(ask.by, (part or "(none)" for part in group), strict=True))
        return Value(metric.id, frame.period, status, citation, value, n, named, self._flags(metric, frame, own))

    def _without(
        self,
        metric: Metric,
        ask: Ask,
        frame: Frame,
        own: list[Leaf],
        fetched: Fetched,
        status: Status,
        needs: tuple[str, ...],
        group: Group = (),
    ) -> Value:
        """A value that is none, with its receipt as far as it goes."""
        citation = self._citation(metric, ask, frame, own, fetched, group, None, None)
        named = dict(zip(ask.by, (part or "(none)" for part in group), strict=False))
        return Value(
            metric.id,
            frame.period,
            status,
            citation,
            group=named,
            needs=needs,
            flags=self._flags(metric, frame, own),
        )

    def _flags(self, metric: Metric, frame: Frame, own: Sequence[Leaf]) -> tuple[str, ...]:
        running = frame.period.last_day > frame.as_of and not metric.looks_ahead
        inexact = not self.warehouse.habits.exact_quantile and any(takes_quantile(leaf) for leaf in own)
        return ("partial_period",) * running + ("approximate",) * inexact

    def _citation(
        self,
        metric: Metric,
        ask: Ask,
        frame: Frame,
        own: list[Leaf],
        fetched: Fetched,
        group: Group,
        result: evaluate.Result | None,
        n: int | None,
    ) -> Citation:
        found = [fetched.cells[leaf] for leaf in own if leaf in fetched.cells]
        queries = [fetched.queries[i] for i in sorted({query for one in found for query in one.queries})]
        days = [
            cell.newest
            for one in found
            for key, cell in one.cells.items()
            if cell.newest is not None and key[: len(group)] == group
        ]
        tables = tuple(dict.fromkeys(table for leaf in own for table in tables_of(leaf)))
        bottom = None if result is None or result.denominator is None else decimal(result.denominator)
        return Citation(
            metric=metric.id,
            method=metric.method,
            version=self.catalog.version(metric),
            formula=metric.formula,
            numerator=None if result is None else decimal(result.numerator),
            denominator=bottom,
            period=frame.period,
            filters=self._filters(ask, group),
            n=n,
            as_of=frame.as_of,
            data_through=max(days, default=None),
            tables=tables,
            sql=tuple(query.sql for query in queries),
            parameters=tuple(query.parameters for query in queries),
            assumptions=tuple(remark for table in tables for remark in self.relations.assumed.get(table, ())),
        )

    def _filters(self, ask: Ask, group: Group) -> dict[str, str]:
        kept = {name: ", ".join(values) for name, values in ask.filters.items()}
        return kept | dict(zip(ask.by, (part or "(none)" for part in group), strict=False))


def tables_of(leaf: Leaf) -> list[str]:
    """The tables a leaf reads."""
    expression = leaf.expression
    inputs = getattr(expression, "inputs", None)
    return [item.table for item in inputs.values()] if inputs else [expression.table]  # type: ignore[union-attr]


def decimal(value: Fraction) -> Decimal:
    """A fraction as a decimal: exact where it ends within twenty places, else rounded there."""
    with localcontext() as context:
        context.prec = 60
        exact = Decimal(value.numerator) / Decimal(value.denominator)
        rounded = exact.quantize(PLACES, rounding=ROUND_HALF_UP).normalize()
        return rounded.quantize(Decimal(1)) if rounded == rounded.to_integral_value() else rounded
