"""What is asked of the engine: one metric over one period, of which rows, in which groups."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from metrics.calendar.periods import Period
from metrics.engine.asking.kept import ANY
from metrics.engine.asking.leaves import Slice


class Key(tuple[Hashable, ...]):  # noqa: SLOT001 - a tuple of any length has no slots
    """A long key, of which the hash is worked out once."""

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return super().__hash__()


@dataclass(frozen=True)
class Ask:
    """One metric over one period.

    ``by`` names dimensions to group by; ``filters`` maps dimensions, or canonical columns as
    ``table.column``, to the values kept. ``besides`` are groups of the dimensions ``beside`` that are left out, each a
    value of every one of them, where ``(any)`` stands for all (:meth:`without`).
    ``usual_window`` lets the metric look at its own usual stretch ending with the period (net revenue
    retention: twelve months) instead of the period itself. ``as_of`` and ``elapsed`` stand in for the days that
    are given for all asks. ``roll_up``: where too few people are left, the value of a wider group or of a longer
    period stands in, flagged ``rolled_up``.
    """

    metric: str
    period: Period
    by: tuple[str, ...] = ()
    filters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    usual_window: bool = False
    as_of: date | None = None
    beside: tuple[str, ...] = ()
    besides: tuple[tuple[str | None, ...], ...] = ()
    elapsed: date | None = None
    roll_up: bool = False

    def without(self, dimensions: Sequence[str], groups: Iterable[Sequence[str | None]]) -> Ask:
        """The same without the rows of these groups of these dimensions, beside those that are left out already."""
        beside = tuple(dict.fromkeys((*self.beside, *dimensions)))
        written = [(self.beside, group) for group in self.besides] + [(dimensions, group) for group in groups]
        besides = []
        for names, group in written:
            values = dict(zip(names, group, strict=True))
            besides.append(tuple([values.get(name, ANY) for name in beside]))
        return replace(self, beside=beside, besides=tuple(besides))

    @cached_property
    def slice(self) -> Slice:
        """The rows it looks at."""
        filters = tuple((name, tuple(values)) for name, values in self.filters.items())
        return Slice(filters, self.by, self.beside, self.besides)

    @cached_property
    def key(self) -> Key:
        """What tells it from other asks."""
        filters = tuple([(name, *values) for name, values in self.filters.items()])
        rows = (self.by, filters, self.beside, self.besides)
        return Key(
            (self.metric, self.period, rows, self.usual_window, self.as_of, self.elapsed, self.roll_up)
        )
