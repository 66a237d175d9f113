"""The cells of an ask -> its values, each with its status, remarks and receipt."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import timedelta

from metrics.engine.asking.declared import whole
from metrics.engine.asking.leaves import takes_quantile
from metrics.engine.evaluation import evaluate, flags
from metrics.engine.evaluation.arithmetic import NoValueError
from metrics.engine.evaluation.receipt import Case, cite, decimal, named
from metrics.engine.queries.cells import Group
from metrics.engine.tables.lacking import MissingError
from metrics.values import Status, Value

MEASURED = {Status.OK, Status.CAPPED, Status.IMMATURE_COHORT}
"""The statuses of values that carry a number."""


class Valued(Case):
    """A case, and the values that come of it."""

    def values(self) -> list[Value]:
        """One value, or one for each group."""
        missing = self.fetched.missing
        if missing:
            lacking = tuple(dict.fromkeys(need for leaf in self.own for need in missing.get(leaf, ())))
            if lacking:
                return [self.without(Status.NOT_MEASURED, lacking)]
        if self.fetched.refused and self._is_refused():
            return [self.without(Status.NOT_COMPUTABLE)]
        if not self.ask.by:
            return [self._value(())]
        groups: dict[Group, None] = {}
        width = len(self.ask.by)  # what is taken across a column comes in more groups than those asked for
        for leaf in self.own:
            if leaf.slice.by and leaf in self.fetched.cells:
                groups |= dict.fromkeys([key[:width] for key in self.fetched.cells[leaf].cells])
        return [self._value(group) for group in sorted(groups, key=str)]

    def _is_refused(self) -> bool:
        """Whether rows behind it, or in its cohort, cannot be computed with."""
        return any(
            leaf in self.fetched.refused or leaf.everybody in self.fetched.refused for leaf in self.own
        )

    def _value(self, group: Group) -> Value:
        metric, frame, cells = self.metric, self.frame, self.fetched.cells
        if frame.period.start > frame.as_of and not metric.looks_ahead:
            return self.without(Status.INSUFFICIENT, (), group)
        try:
            formula = evaluate.formula(metric, frame)
            result, n = formula.result(cells, group), formula.n(cells, group)
        except NoValueError as error:
            return self.without(error.status, (), group)
        except MissingError as error:
            return self.without(Status.NOT_MEASURED, error.what, group)
        citation = cite(self, group, result, n)
        status = result.status
        if status is Status.OK and citation.data_through is None and not n and not self._has_rows(group):
            status = Status.INSUFFICIENT
        value = decimal(result.value) if status in MEASURED else None
        remarks = self._flags(n) + (flags.marked(metric, result.value) if value is not None else ())
        if value and self._lacks_a_part():
            remarks += ("part_without_rows",)
        return Value(metric.id, frame.period, status, citation, value, n, named(self.ask, group), remarks)

    def without(self, status: Status, needs: tuple[str, ...] = (), group: Group = ()) -> Value:
        """A value that is none, with its receipt as far as it goes."""
        citation = cite(self, group, None, None)
        return Value(
            self.metric.id,
            self.frame.period,
            status,
            citation,
            group=named(self.ask, group),
            needs=needs,
            flags=self._flags(),
        )

    def _has_rows(self, group: Group) -> bool:
        """Whether a row counted that may tell no day: a quota is a plan, and nothing may have been won of it."""
        cells, known = self.fetched.cells, self.frame.catalog.tables
        return any(
            cell.rows
            for leaf in self.own
            if leaf in cells and any(known[table].newest for table in leaf.tables)
            for key, cell in cells[leaf].cells.items()
            if key[: len(group)] == group
        )

    def _lacks_a_part(self) -> bool:
        """Whether one of several tables behind a value of the whole company gave no row to it, which counts as 0.

        Revenue without any cost is a margin of 100 %. So is it with one of two periods that are compared: where no
        revenue is written down yet, it has fallen by 100 %.
        """
        if self.ask.by or self.ask.filters or self.ask.besides:
            return False
        found = [(leaf, cells) for leaf in self.own if (cells := self.fetched.cells.get(leaf))]
        # The rows of a mean over instants are told without their fraction: what comes to something had some.
        given = [
            (leaf.measures, any(cell.rows or cell.total for cell in cells.cells.values()))
            for leaf, cells in found
        ]
        if all(rows for _, rows in given):
            return False
        tables: Counter[str] = Counter()
        periods: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for measures, rows in given:
            tables.update({measure.table: rows for measure in measures})
            for measure in measures:
                if measure.at is None:
                    periods[measure.content].update({measure.over: rows})
        return any(len(part) > 1 and not all(part.values()) for part in (tables, *periods.values()))

    def _flags(self, n: int | None = None) -> tuple[str, ...]:
        enough, few = self.frame.known(("remarks", self.metric.id, self.metric.method), self._remarks)
        return few if flags.small_sample(self.metric, n) else enough

    def _remarks(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The remarks that follow from the question alone, where a value rests on enough, and where on few."""
        metric, frame = self.metric, self.frame
        last, wait = frame.period.last_day, whole(metric.settles_days, self.setting.settings)
        exact = self.setting.relations.warehouse.habits.exact_quantile
        remarks = {
            "partial_period": last > frame.as_of and not metric.looks_ahead,
            "unsettled": wait > 0 and last + timedelta(days=wait) > frame.as_of,
            "small_sample": True,
            "approximate": not exact and any(map(takes_quantile, self.own)),
        }
        few = tuple(name for name, holds in remarks.items() if holds)
        return tuple(name for name in few if name != "small_sample"), few
