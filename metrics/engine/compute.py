"""The engine's front: what is asked of a company's data -> values with citations."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from datetime import date
from threading import RLock
from time import monotonic

from metrics.engine.answers import Answers
from metrics.engine.askable import Askable
from metrics.engine.asking.ask import Ask
from metrics.engine.asking.framing import Framing
from metrics.engine.computing import Computing
from metrics.engine.evaluation.choices import chooser
from metrics.engine.fetching.broken import Broken
from metrics.engine.fetching.freshness import newest_day
from metrics.engine.fetching.source import opened
from metrics.engine.fetching.unrated import unrated_metrics
from metrics.engine.queries.rows import Setting
from metrics.engine.suppression.placing import Lattice
from metrics.engine.tables.made import relations_of
from metrics.errors import Problem, RefusedError
from metrics.folder.company import Company
from metrics.model import Catalog
from metrics.privacy import INSIDE, Reader, may_see
from metrics.values import Value
from metrics.warehouse import Warehouse


class Engine:
    """Computes values for one company. What it keeps between questions is as fresh as ``company.toml`` asks.

    Callers may come from several threads: they take turns, for the embedded database has one connection.
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
        self.relations = relations_of(catalog, warehouse)
        self.setting = Setting(self.relations, company.file.timezone, company.file.settings)
        self.framing = Framing(catalog, company.file.external, chooser(self.setting))
        self._askable = Askable(self.setting, self.framing)
        organisations = tuple(map(tuple, company.file.organisations.values()))
        self.lattice = self._lattice(organisations)
        window = float(company.file.freshness_minutes) * 60
        self._source = opened(self.setting, window, clock)
        self.store = self._source.store
        self._broken = Broken(self._source)
        self.turn = RLock()
        self.reader = INSIDE
        self._aims = company.file.targets
        self._computing = self._computed_by()

    def taught(self, catalog: Catalog, company: Company) -> Engine:
        """The same engine where names, methods or the calendar are others: over the same data, and what is kept."""
        other = copy(self)
        other._put(catalog, company)  # noqa: SLF001 - the copy is one of its own kind
        return other

    def _put(self, catalog: Catalog, company: Company) -> None:
        self.catalog, self.company = catalog, company
        self._aims = company.file.targets
        self.framing = Framing(catalog, self.framing.external, self.framing.choose)
        self._askable = Askable(self.setting, self.framing)
        self.lattice = self._lattice(self.lattice.organisations)
        self._computing = self._computed_by()

    def _computed_by(self) -> Computing:
        answers = Answers(self.setting, self._source, self.framing, self.lattice)
        methods = tuple(self.company.file.variants.items())
        return Computing(self.catalog, methods, answers, self._source, self._broken, self.turn)

    def _lattice(self, organisations: tuple[tuple[str, ...], ...]) -> Lattice:
        asked = self._askable
        ways = (asked.tells, asked.reaches, asked.counts_heads)
        return Lattice(self.catalog, organisations, *ways, self.setting.settings)

    def newest_day(self, today: date) -> date:
        """The newest day on which anything happened in the data, but not after today."""
        with self.turn:
            try:
                return newest_day(self.store, today)
            except RefusedError:
                if not self._broken.blame(self.company.selects):
                    raise
                return newest_day(self.store, today)

    def seen_by(self, reader: Reader) -> Engine:
        """The same engine, whose values are by default those that ``reader`` may see.

        Targets are figures of the company too: whoever may see no value of a metric is told no target of it.
        """
        seen = copy(self)
        seen.reader = reader
        told = {name: aim for name, aim in self._aims.items() if may_see(reader, "open", name)}
        if told != self.company.file.targets:
            file = self.company.file.model_copy(update={"targets": told})
            seen.company = self.company.model_copy(update={"file": file})
        return seen

    def reaches(self, metric_id: str, dimension: str) -> bool:
        """Whether every table behind a metric knows a dimension: only then can it be sliced by it."""
        with self.turn:
            return self._askable.reaches(metric_id, dimension)

    def tells(self, metric_id: str, dimension: str) -> bool:
        """Whether a metric can be sliced by a dimension with the tables and columns that this company has."""
        with self.turn:
            return self._askable.tells(metric_id, dimension)

    def undeclared(self, metric_id: str, name: str) -> str:
        """The column of that name behind a metric that is no canonical one and no dimension; empty without one."""
        with self.turn:
            return self._askable.undeclared(metric_id, name)

    def missing(self, metric_id: str) -> tuple[str, ...]:
        """What the company lacks for a metric, tables that cannot be read among it."""
        with self.turn:
            return self._askable.missing(metric_id)

    def lacking(self, names: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """What the company lacks for each of these metrics or methods, without those that lack nothing.

        Where it has the tables and columns, that is what keeps money from being had in the reporting currency.
        """
        with self.turn:
            found = {name: self._askable.missing(name) for name in names}
            there = {name: self.framing.tables(name) for name, needs in found.items() if not needs}
            found |= unrated_metrics(self._source, there)
        return {name: needs for name, needs in found.items() if needs}

    @property
    def unreadable(self) -> Mapping[str, str]:
        """The tables that could not be read, each with one sentence that says why and what to do."""
        return {table: str(why) for table, why in dict(self.warehouse.broken).items()}

    def note_unreadable(self, table: str, why: Problem) -> None:
        """Measure nothing with a table until it is tried again: somebody looked, and it cannot be read."""
        with self.turn:
            self._broken.note(table, why)

    def resolved(self, metric_id: str, filters: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
        """Filters as people write them, as the data has them: names of dimensions or columns, and their values.

        Raises:
            UnknownNameError: no dimension or column of that name, with the nearest right one.
            UserError: the metric cannot be filtered so, or the data has no such value.
        """
        found: dict[str, list[str]] = {}
        with self.turn:
            for written, values in filters.items():
                name, kept = self._askable.resolved(metric_id, written, values)
                both = [*found.get(name, []), *kept]  # one name may be written twice
                found[name] = list(dict.fromkeys(both))
        return found

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
        return self._computing.values(tuple(asks), as_of, today, reader or self.reader)
