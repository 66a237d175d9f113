"""Where an ask is answered: as it stands, or on the lattice, or in a wider place that stands in for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from metrics.engine.asking.ask import Ask
from metrics.engine.asking.leaves import Frame, Leaf, Wanted
from metrics.engine.fetching.fetch import Fetched
from metrics.engine.suppression.guard import Guard
from metrics.engine.suppression.placing import Lattice
from metrics.engine.suppression.wider import wider
from metrics.model import Metric
from metrics.privacy.lattice import OffLatticeError
from metrics.privacy.thresholds import Reader
from metrics.privacy.times import closed, open_from
from metrics.values import Status, Value


@dataclass(frozen=True)
class Spot:
    """An ask with its frame, and what guards it if it is about people. ``asked`` is what it stands in for."""

    ask: Ask
    frame: Frame
    reader: Reader
    guard: Guard | None = None
    rolled_up: bool = False
    partial: bool = False
    young: bool = False
    """Whether people of months that are over have not had their time yet."""

    @property
    def is_empty(self) -> bool:
        """Whether no month of it is over yet."""
        return self.guard is not None and not self.guard.deciding.units

    @cached_property
    def metric(self) -> Metric:
        """The metric that is asked for."""
        return self.frame.catalog.metric(self.ask.metric)

    @cached_property
    def own(self) -> list[Leaf]:
        """What its metric needs of the database, each once."""
        if self.is_empty:
            return []
        return list(dict.fromkeys(leaf for part in self.frame.leaves(self.metric).values() for leaf in part))

    @cached_property
    def wanted(self) -> list[Wanted]:
        """All that it needs: its metric, who is not in a cohort yet, and what has to be counted to guard it."""
        cohorts = [leaf.everybody for leaf in self.own if leaf.everybody is not None]
        counted = self.guard.leaves if self.guard and not self.is_empty else ()
        return [Wanted(leaf, self.frame.as_of) for leaf in dict.fromkeys((*self.own, *cohorts, *counted))]

    def shown(self, values: list[Value], fetched: Fetched) -> list[Value]:
        """Its values as they may be shown, with the remarks that belong to them."""
        remarks = ("rolled_up",) * self.rolled_up  # a whole may be open where its parts are guarded
        kept = values
        if self.guard is not None:
            remarks = ("partial_period",) * self.partial + remarks
            kept = self.guard.apply(self.ask.by, self.ask.filters, values, fetched)
        if self.young:
            kept = [
                replace(one, status=Status.IMMATURE_COHORT) if one.status is Status.OK else one
                for one in kept
            ]
        if not remarks:
            return list(kept)
        return [replace(value, flags=(*dict.fromkeys((*value.flags, *remarks)),)) for value in kept]

    def wider(self, lattice: Lattice) -> Iterator[Spot]:
        """What may stand in for it, nearest first."""
        metric = lattice.catalog.metric(self.ask.metric)
        opens, ripe = lattice.opens(metric, self.frame), metric.window != "period"
        for ask in wider(self.ask, self.frame.period, opens, ripe=ripe):
            frame = replace(self.frame, period=ask.period, slice=ask.slice)
            try:
                yield replace(spot(lattice, replace(ask, roll_up=False), frame, self.reader), rolled_up=True)
            except OffLatticeError:
                continue


def spot(lattice: Lattice, ask: Ask, frame: Frame, reader: Reader) -> Spot:
    """Where an ask is answered.

    Raises:
        OffLatticeError: it is about people, and there is no such place, nor may another stand in for it.
    """
    try:
        guard = lattice.guard(ask, frame, reader)
    except OffLatticeError:
        if not ask.roll_up:
            raise
        others = Spot(ask, frame, reader).wider(lattice)
        found = next(others, None)
        if found is None:
            raise
        return replace(found, ask=replace(found.ask, roll_up=True))
    if guard is None:
        return Spot(ask, frame, reader)
    inner = replace(ask, period=guard.deciding.frame.period, usual_window=False)
    over = closed(frame.period, open_from(frame.as_of, frame.elapsed))
    given, young = guard.deciding.frame.period, guard.deciding.frame.period.end < over.end
    if not guard.deciding.units:  # there are no days to name, only those that were asked for
        return Spot(ask, frame, reader, guard, partial=True, young=young)
    return Spot(inner, guard.deciding.frame, reader, guard, partial=given != frame.period, young=young)


def is_hidden(table: Sequence[Value]) -> bool:
    """Whether an ask came to one value, which may not be shown."""
    return [value.status for value in table] == [Status.SUPPRESSED]
