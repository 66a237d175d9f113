"""The engine's front: what is asked of a company's data -> values with citations."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from copy import copy
from datetime import date, timedelta
from fractions import Fraction
from functools import partial
from threading import RLock
from time import monotonic

from metrics.company import Company
from metrics.engine import evaluate, flags
from metrics.engine.ask import Ask
from metrics.engine.cells import Group
from metrics.engine.choices import chooser
from metrics.engine.declared import whole
from metrics.engine.fetch import Fetched, fetch, opened
from metrics.engine.filters import filter_name, filter_values, refuse_guarded
from metrics.engine.freshness import newest_day, newest_days
from metrics.engine.leaves import Frame, Leaf, leaves, metric_parts, whole_cohort
from metrics.engine.needs import lacks_path, missing
from metrics.engine.placing import Lattice
from metrics.engine.receipt import cite, decimal, named, tables_of
from metrics.engine.relations import MissingError, Relations
from metrics.engine.rows import Setting
from metrics.engine.spots import Spot, is_hidden, spot
from metrics.engine.windows import window
from metrics.model import Catalog, Metric
from metrics.periods import Calendar
from metrics.privacy import INSIDE, Reader, level_of, may_see, of_dimension, withhold
from metrics.values import Status, Value
from metrics.warehouse import Warehouse

VALUE = 3_000
"""About how many bytes a value with its receipt takes; the SQL is shared."""
MEASURED = {Status.OK, Status.CAPPED, Status.IMMATURE_COHORT}
"""The statuses of values that carry a number."""


class Engine:
    """Computes values for one company. What it keeps between questions is as fresh as ``company.toml`` asks.

    Callers may come from several threads: they take turns, for the embedded database has one connection and
    uses all cores for each query anyway.
    """

    def __init__(
        self,
        catalog: Catalog,
        company: Company,
        warehouse: Warehouse,
        *,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self.catalog, self.company, self.warehouse = catalog, company, warehouse
        self.relations = Relations(catalog, warehouse)
        self.setting = Setting(self.relations, company.file.timezone, company.file.settings)
        self._tells: dict[tuple[str, str], bool] = {}
        self.lattice = Lattice(
            catalog, tuple(map(tuple, company.file.organisations.values())), self._can_tell
        )
        window = float(company.file.freshness_minutes) * 60
        self._source = opened(self.setting, window, clock)
        self.store = self._source.store
        self._choose = chooser(self.setting)
        self.turn = RLock()
        self.reader = INSIDE
        self.external = {name: Fraction(item.value) for name, item in company.file.external.items()}

    def newest_day(self, today: date) -> date:
        """The newest day on which anything happened in the data, but not after today."""
        with self.turn:
            return newest_day(self.store, today)

    def seen_by(self, reader: Reader) -> Engine:
        """The same engine, whose values are by default those that ``reader`` may see."""
        seen = copy(self)
        seen.reader = reader
        return seen

    def reaches(self, metric_id: str, dimension: str) -> bool:
        """Whether every table behind a metric knows a dimension: only then can it be sliced by it."""
        paths = self.catalog.dimensions[dimension].paths
        leaves = self._some_leaves(metric_id)
        return all(table in paths for leaf in leaves for table in tables_of(leaf))

    def _can_tell(self, metric_id: str, dimension: str) -> bool:
        """Whether a metric can be sliced by a dimension with what this company has."""
        key = metric_id, dimension
        if key not in self._tells:
            paths = self.catalog.dimensions[dimension].paths
            tables = {table for leaf in self._some_leaves(metric_id) for table in tables_of(leaf)}
            self._tells[key] = self.reaches(metric_id, dimension) and not any(
                lacks_path(self.relations, table, paths[table]) for table in tables
            )
        return self._tells[key]

    def _some_leaves(self, metric_id: str) -> list[Leaf]:
        """The leaves of a metric, whatever the period: for what they read, not for their values."""
        ask = Ask(metric_id, Calendar().containing(date(2000, 1, 1), "month"))
        return self._leaves(ask, self._frame(ask, date(2000, 1, 1)))

    def missing(self, metric_id: str, broken: Collection[str] = ()) -> tuple[str, ...]:
        """What the company lacks for a metric; ``broken`` tables count as lacking."""
        found: dict[str, None] = {}
        with self.turn:
            for leaf in self._some_leaves(metric_id):
                stopped = [table for table in tables_of(leaf) if table in broken]
                lacking = stopped or missing(leaf.expression, self.relations, self.setting.settings)
                found |= dict.fromkeys(lacking)
        return tuple(found)

    def compute(
        self, asks: Iterable[Ask], as_of: date, *, today: date | None = None, reader: Reader | None = None
    ) -> list[list[Value]]:
        """The values of each ask, in order: one, or one for each group, as ``reader`` may see them.

        Without a reader, they are for whom the engine is :meth:`seen_by`, else for anybody in the company.
        ``today`` is the day by the clock, where ``as_of`` is only how far the data goes.

        Raises:
            CompanyError: the warehouse refuses a query.
            UnknownNameError: a metric or dimension nobody knows.
            OffLatticeError: a people value is asked for rows or days for which there is none.
        """
        asked, reader = tuple(asks), reader or self.reader
        key = ("answer", tuple([ask.key for ask in asked]), as_of, today, reader)
        answer: list[list[Value]] | None = self.store.get(key)
        if answer is None:
            with self.turn:
                answer = self.store.again(key) or self._kept(key, self._computed(asked, as_of, today, reader))
        return [list(values) for values in answer]

    def _kept(self, key: Hashable, answer: list[list[Value]]) -> list[list[Value]]:
        """The answer, kept with the tables that were used for it."""
        weight = VALUE * sum(len(values) + 1 for values in answer)
        self.store.put(key, frozenset(self._source.used), weight, answer)
        return answer

    def _computed(
        self, asked: Sequence[Ask], as_of: date, today: date | None, reader: Reader
    ) -> list[list[Value]]:
        """The values of each ask, out of what is kept and what the database says."""
        self._source.used.clear()
        for ask in asked:
            refuse_guarded(self.catalog, ask.metric, ask.filters)
        tables = self._tables([self._spot(ask, as_of, today, reader) for ask in asked])
        tables = flags.stale(tables, partial(newest_days, self.store, today=as_of))
        return [
            self._kept_from(reader, ask, table)
            for ask, table in zip(asked, flags.outliers(tables), strict=True)
        ]

    def _kept_from(self, reader: Reader, ask: Ask, table: list[Value]) -> list[Value]:
        """The table, its values withheld where the reader may not see them."""
        level = level_of(self.catalog, ask.metric, (*ask.by, *ask.filters, *ask.beside))
        return table if may_see(reader, level, ask.metric) else [withhold(value) for value in table]

    def _spot(self, ask: Ask, as_of: date, today: date | None, reader: Reader) -> Spot:
        """Where an ask is answered: as it stands, or on the lattice if it is about people."""
        frame = self._frame(ask, as_of, today)
        return spot(self.lattice, ask, frame, reader)

    def _tables(self, spots: Sequence[Spot]) -> list[list[Value]]:
        """The values of each spot, as they may leave the engine."""
        fetched = self._fetched(spots)
        tables = [self._shown(one, fetched[one.frame.as_of]) for one in spots]
        return [
            self._widened(one, table) if one.ask.roll_up and is_hidden(table) else table
            for one, table in zip(spots, tables, strict=True)
        ]

    def _shown(self, one: Spot, fetched: Fetched) -> list[Value]:
        if one.is_empty:
            metric = self.catalog.metric(one.ask.metric)
            return [self._without(metric, one.ask, one.frame, [], fetched, Status.INSUFFICIENT, ())]
        values = self._values(one.ask, one.frame, fetched)
        return one.shown(values, fetched.cells)

    def _widened(self, one: Spot, table: list[Value]) -> list[Value]:
        """The first wider value that may be shown; else the table as it is."""
        for wide in one.wider(self.lattice):
            [values] = self._tables([wide])
            if values[0].status not in {Status.SUPPRESSED, Status.INSUFFICIENT}:
                return values
        return table

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
            with self.turn:
                found[name] = filter_values(self.setting, leaves, name, values, guarded)
        return found

    def _fetched(self, spots: Sequence[Spot]) -> dict[date, Fetched]:
        """What the database gives for all spots, by as-of day."""
        wanted: dict[date, list[Leaf]] = {}
        for one in spots:
            needed = wanted.setdefault(one.frame.as_of, [])
            if not one.is_empty:
                own = self._leaves(one.ask, one.frame)
                cohorts = [cohort for leaf in own if (cohort := whole_cohort(leaf)) is not None]
                needed += [*own, *cohorts, *one.counted()]
        return fetch(self._source, wanted)

    def _frame(self, ask: Ask, as_of: date, today: date | None = None) -> Frame:
        metric = self.catalog.metric(ask.metric)
        period = window(metric.window, ask.period) if ask.usual_window else ask.period
        elapsed = ask.elapsed or today
        return Frame(
            self.catalog, period, ask.as_of or as_of, ask.slice, self.external, elapsed, self._choose
        )

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
        value = decimal(result.value) if status in MEASURED else None
        remarks = self._flags(metric, frame, n)
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
            flags=self._flags(metric, frame),
        )

    def _flags(self, metric: Metric, frame: Frame, n: int | None = None) -> tuple[str, ...]:
        last, wait = frame.period.last_day, whole(metric.settles_days, self.setting.settings)
        remarks = {
            "partial_period": last > frame.as_of and not metric.looks_ahead,
            "unsettled": wait > 0 and last + timedelta(days=wait) > frame.as_of,
            "small_sample": flags.small_sample(metric, n),
        }
        return tuple(name for name, holds in remarks.items() if holds)
