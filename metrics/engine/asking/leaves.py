"""An expression -> the leaves it needs: measures and entities, each with its own days and slice."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

from metrics.calendar.periods import Period
from metrics.definition import Across, CountBack, Entities, Expression, FirstOf, Measure, MetricValue, parts
from metrics.engine.asking.windows import looks_back, months_back, window
from metrics.folder.company_file import ExternalFigure
from metrics.model import Catalog, Metric


class Slice(NamedTuple):
    """What rows are looked at beside a measure's own conditions: filters, and what they are grouped by.

    ``filters`` maps a dimension to the values kept; ``by`` names dimensions (or a column, for ``across``).
    ``besides`` are groups of the dimensions ``beside`` that are left out: what remains are all the others.
    """

    filters: tuple[tuple[str, tuple[str, ...]], ...] = ()
    by: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    besides: tuple[tuple[str | None, ...], ...] = ()

    def grouped(self, extra: str) -> Slice:
        """The same rows, grouped by one more column."""
        return self._replace(by=(*self.by, extra))

    @property
    def whole(self) -> bool:
        """Whether all rows are looked at, undivided."""
        return not (self.filters or self.by or self.besides)


WHOLE = Slice()
"""All rows, undivided."""
LONGEST_BACK = 24
"""How many months are counted back at most."""


@dataclass(frozen=True)
class Leaf:
    """A measure or entities expression over one period and one slice. Equal definitions are one leaf."""

    key: str
    start: date
    end: date
    slice: Slice
    expression: Measure | Entities = field(compare=False)
    period: Period = field(compare=False)

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return hash((self.key, self.start, self.end, self.slice))

    @property
    def measures(self) -> list[Measure]:
        """The measures it takes: one, or one for each input."""
        return self.expression.measures

    @property
    def tables(self) -> list[str]:
        """The tables that these look at."""
        return [measure.table for measure in self.measures]

    @cached_property
    def everybody(self) -> Leaf | None:
        """All rows of a cohort that only counts its older ones; None where a leaf counts all anyway."""
        measure = self.expression
        if not isinstance(measure, Measure) or not measure.mature_days:
            return None
        everybody = measure.model_copy(update={"mature_days": 0})
        return replace(self, key=everybody.fingerprint, expression=everybody)


class Wanted(NamedTuple):
    """A leaf as of a day."""

    leaf: Leaf
    as_of: date


QUANTILES = {"median", "percentile_75"}


def takes_quantile(leaf: Leaf) -> bool:
    """Whether a leaf is a median or another quantile: not every database has exact ones."""
    return leaf.expression.aggregate in QUANTILES


Known = TypeVar("Known")


def leaf(expression: Measure | Entities, period: Period, rows: Slice) -> Leaf:
    """The leaf of an expression."""
    return Leaf(expression.fingerprint, period.start, period.end, rows, expression, period)


def very_first(expression: FirstOf) -> Expression:
    """What is taken of several where nobody chooses."""
    return expression.first_of[0]


@dataclass(frozen=True)
class Frame:
    """Where an expression is evaluated: the catalog, the period, the as-of day and the slice.

    ``elapsed`` is the day up to which time has passed: later than ``as_of`` where the data is merely old.
    ``first`` chooses among expressions by what the company has. What follows from a frame alone it remembers,
    because a question is often asked again, of other rows.
    """

    catalog: Catalog
    period: Period
    as_of: date
    slice: Slice
    external: Mapping[str, ExternalFigure] = field(default_factory=dict)
    elapsed: date | None = None
    first: Callable[[FirstOf], Expression] = very_first
    _known: dict[Any, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def over(self, period: Period) -> Frame:
        """The same place, another period."""
        return self.known(("over", period), lambda: replace(self, period=period))

    def grouped(self, column: str) -> Frame:
        """The same place, grouped by one more column."""
        return self.known(("grouped", column), lambda: replace(self, slice=self.slice.grouped(column)))

    def leaf(self, expression: Measure | Entities) -> Leaf:
        """The leaf of an expression here."""
        key = ("leaf", expression.fingerprint)
        return self.known(key, lambda: leaf(expression, self._ends(expression), self._rows(expression)))

    def _rows(self, expression: Measure | Entities) -> Slice:
        return WHOLE if self.is_for_all(expression) else self.slice

    def is_for_all(self, expression: Measure | Entities) -> bool:
        """Whether what it measures is of no group, and the same whatever rows are asked for."""
        return all(self.catalog.tables[measure.table].for_all for measure in expression.measures)

    def _ends(self, expression: Measure | Entities) -> Period:
        """The period of a leaf: where it looks back from the end, that is the end of what has come of it."""
        until = self.as_of + timedelta(days=1)
        if self.period.start < until < self.period.end and any(map(looks_back, expression.measures)):
            return replace(self.period, end=until)
        return self.period

    def back(self) -> list[Frame]:
        """The same place in each of the months that end with what has come of its period, the newest first."""
        come = min(self.period.end, (self.elapsed or self.as_of) + timedelta(days=1))
        return [self.over(month) for month in months_back(come, LONGEST_BACK)]

    def leaves(self, metric: Metric) -> Mapping[str, Sequence[Leaf]]:
        """Every leaf below each part of a metric."""
        parts = {"numerator": metric.numerator, "denominator": metric.denominator, "n": metric.n}
        return self.known(
            ("leaves", metric.id, metric.method),
            lambda: {name: list(leaves(part, self)) for name, part in parts.items() if part is not None},
        )

    def known(self, key: Any, make: Callable[[], Known]) -> Known:
        """What was made of this frame under a key, or is made now."""
        if key not in self._known:
            self._known[key] = make()
        found: Known = self._known[key]
        return found


def metric_parts(metric: Metric) -> Iterator[Expression]:
    """The expressions of a metric that are computed."""
    yield metric.numerator
    if metric.denominator is not None:
        yield metric.denominator
    if metric.n is not None:
        yield metric.n


def leaves(expression: Expression, frame: Frame) -> Iterator[Leaf]:
    """Every leaf below an expression, through the metrics it refers to."""
    match expression:
        case Measure() | Entities():
            yield frame.leaf(expression)
        case MetricValue():
            inner = frame.over(window(expression.over, frame.period))
            for part in metric_parts(frame.catalog.metric(expression.metric)):
                yield from leaves(part, inner)
        case Across():
            yield from leaves(expression.of, frame.grouped(expression.across))
        case FirstOf():
            yield from leaves(frame.first(expression), frame)
        case CountBack():
            stock, flow = expression.count_back
            yield from leaves(stock, frame)
            for month in frame.back():
                yield from leaves(flow, month)
        case _:
            for part in parts(expression):
                yield from leaves(part, frame)
