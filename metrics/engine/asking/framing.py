"""An ask -> the frame in which its metric is evaluated, and the leaves that it needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from metrics.calendar.periods import Calendar
from metrics.definition import Expression, FirstOf
from metrics.engine.asking.ask import Ask
from metrics.engine.asking.leaves import Frame, Leaf
from metrics.engine.asking.windows import window
from metrics.folder.company_file import ExternalFigure
from metrics.model import Catalog


@dataclass(frozen=True)
class Framing:
    """What frames take from a company: the catalog, figures from outside, and the choice among expressions."""

    catalog: Catalog
    external: Mapping[str, ExternalFigure]
    choose: Callable[[FirstOf], Expression]

    def frame(self, ask: Ask, as_of: date, today: date | None = None) -> Frame:
        """Where an ask is evaluated. ``today`` is the day by the clock, where ``as_of`` is how far the data goes."""
        metric = self.catalog.metric(ask.metric)
        period = window(metric.window, ask.period) if ask.usual_window else ask.period
        elapsed = ask.elapsed or today
        return Frame(self.catalog, period, ask.as_of or as_of, ask.slice, self.external, elapsed, self.choose)

    def leaves(self, ask: Ask, frame: Frame) -> list[Leaf]:
        """What an ask needs of the database."""
        metric = self.catalog.metric(ask.metric)
        return [leaf for own in frame.leaves(metric).values() for leaf in own]

    def some_leaves(self, metric_id: str) -> list[Leaf]:
        """The leaves of a metric, whatever the period: for what they read, not for their values."""
        return self.leaves(_some(metric_id), self.some_frame(metric_id))

    def some_frame(self, metric_id: str) -> Frame:
        """Where a metric is evaluated, whatever the period."""
        return self.frame(_some(metric_id), date(2000, 1, 1))

    def tables(self, metric_id: str) -> list[str]:
        """The tables behind a metric, in the order they are met."""
        found = [table for leaf in self.some_leaves(metric_id) for table in leaf.tables]
        return list(dict.fromkeys(found))

    def parted(self, metric_id: str) -> list[str]:
        """Those of the tables behind a metric that have to know what it is parted by."""
        return [table for table in self.tables(metric_id) if not self.catalog.tables[table].for_all]


def _some(metric_id: str) -> Ask:
    return Ask(metric_id, Calendar().containing(date(2000, 1, 1), "month"))
