"""The engine's front: what is asked of a company's data -> values with citations."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from functools import partial
from threading import Lock

from metrics.company import Company
from metrics.engine import evaluate, flags
from metrics.engine.ask import Ask
from metrics.engine.cells import Group
from metrics.engine.fetch import Fetched, fetch
from metrics.engine.filters import filter_name, filter_values, refuse_guarded
from metrics.engine.freshness import newest_day, newest_days
from metrics.engine.leaves import Frame, Leaf, leaves, metric_parts, takes_quantile
from metrics.engine.needs import missing
from metrics.engine.receipt import cite, decimal, named, tables_of
from metrics.engine.relations import MissingError, Relations
from metrics.engine.rows import Setting
from metrics.engine.windows import window
from metrics.model import Catalog, Metric
from metrics.periods import Calendar
from metrics.privacy import counts_people, of_dimension, of_metric, suppressed
from metrics.values import Status, Value
from metrics.warehouse import Warehouse


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
        leaves = self._some_leaves(metric_id)
        return all(table in paths for leaf in leaves for table in tables_of(leaf))

    def _some_leaves(self, metric_id: str) -> list[Leaf]:
        """The leaves of a metric, whatever the period: for what they read, not for their values."""
        ask = Ask(metric_id, Calendar().containing(date(2000, 1, 1), "month"))
        return self._leaves(ask, self._frame(ask, date(2000, 1, 1)))

    def missing(self, metric_id: str, broken: Collection[str] = ()) -> tuple[str, ...]:
        """What the company lacks for a metric; ``broken`` tables count as lacking."""
        found: dict[str, None] = {}
        with self._turn:
            for leaf in self._some_leaves(metric_id):
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
        for ask in asked:
            refuse_guarded(self.catalog, ask.metric, ask.filters)
        frames = [self._frame(ask, as_of, today) for ask in asked]
        with self._turn:
            fetched = self._fetched(asked, frames)
            tables = [
                self._guarded(ask, self._values(ask, frame, fetched[frame.as_of]))
                for ask, frame in zip(asked, frames, strict=True)
            ]
            tables = flags.stale(tables, partial(newest_days, self.relations, today=as_of))
        return flags.outliers(tables)

    def resolved(self, metric_id: str, filters: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
        """Filters as people write them, as the data has them: names of dimensions or columns, and their values.

        Raises:
            UnknownNameError: no dimension or column of that name, with the nearest right one.
            UserError: the metric cannot be filtered so, or the data has no such value.
        """
        leaves = self._some_leaves(metric_id)
        tables = list(dict.fromkeys(table for leaf in leaves for table in tables_of(leaf)))
        found: dict[str, list[str]] = {}
        for written, values in filters.items():
            name = filter_name(self.catalog, metric_id, tables, written)
            refuse_guarded(self.catalog, metric_id, [name])
            dimension = self.catalog.dimensions.get(name)
            guarded = dimension is not None and of_dimension(self.catalog, name) != "open"
            with self._turn:
                found[name] = filter_values(self.setting, leaves, name, values, guarded)
        return found

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
        elapsed = ask.elapsed or today
        return Frame(self.catalog, period, ask.as_of or as_of, ask.slice, self.external, elapsed)

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
        citation = cite(metric, ask, frame, own, fetched, self.setting, group, result, n)
        status = result.status
        if status is Status.OK and citation.data_through is None and not n:
            status = Status.INSUFFICIENT
        value = decimal(result.value) if status in {Status.OK, Status.CAPPED} else None
        remarks = self._flags(metric, frame, own, n)
        return Value(metric.id, frame.period, status, citation, value, n, named(ask, group), remarks)

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
        citation = cite(metric, ask, frame, own, fetched, self.setting, group, None, None)
        return Value(
            metric.id,
            frame.period,
            status,
            citation,
            group=named(ask, group),
            needs=needs,
            flags=self._flags(metric, frame, own),
        )

    def _flags(
        self, metric: Metric, frame: Frame, own: Sequence[Leaf], n: int | None = None
    ) -> tuple[str, ...]:
        found = {
            "partial_period": frame.period.last_day > frame.as_of and not metric.looks_ahead,
            "small_sample": flags.small_sample(metric, n),
            "approximate": not self.warehouse.habits.exact_quantile and any(map(takes_quantile, own)),
        }
        return tuple(name for name, holds in found.items() if holds)
