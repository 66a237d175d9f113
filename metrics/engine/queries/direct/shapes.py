"""How the rows of a direct query are sorted into periods: which leaves can share one sorting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from metrics.definition import Measure
from metrics.engine.asking.leaves import Wanted
from metrics.engine.asking.windows import window
from metrics.engine.queries.rows import Setting

MONTH = 30.4
"""Days."""


@dataclass(frozen=True)
class Bucket:
    """The days of an axis that belong to one period, and the instant at which its stock is read."""

    start: date
    end: date
    instant: date | None = None


@dataclass(frozen=True)
class Shape:
    """How rows are sorted into periods: along a column, or along the measure's own date; without, not at all."""

    axis: str = ""
    buckets: tuple[Bucket, ...] = ()

    @property
    def tells_instants(self) -> bool:
        """Whether the instants tell the periods from each other."""
        return len({bucket.instant for bucket in self.buckets}) == len(self.buckets)

    def mark(self, bucket: Bucket) -> date:
        """What stands for a period: its instant where that is its own, else its first day."""
        if self.axis and self.tells_instants and bucket.instant is not None:
            return bucket.instant
        return bucket.start


def arranged(setting: Setting, group: Sequence[Wanted]) -> list[tuple[Shape, list[Wanted]]]:
    """The leaves of a source by the shape of their query.

    Of one content, periods of a length mostly lie apart: months, beside the years that they belong to.
    """
    contents: dict[tuple[str, int], list[Wanted]] = {}
    for wanted in group:
        measure = measure_of(wanted)
        months = round((wanted.leaf.end - wanted.leaf.start).days / MONTH)
        contents.setdefault((measure.content, months), []).append(wanted)
    shapes: dict[Shape, list[Wanted]] = {}
    for alike in contents.values():
        shapes.setdefault(_shape(setting, alike), []).extend(alike)
    return list(shapes.items())


def _shape(setting: Setting, alike: Sequence[Wanted]) -> Shape:
    measure = measure_of(alike[0])
    axis = _axis(measure)
    if axis is None or len(alike) == 1:
        return Shape()
    buckets = sorted({bucket_of(setting, wanted, axis) for wanted in alike}, key=lambda bucket: bucket.start)
    apart = all(before.end <= after.start for before, after in pairwise(buckets))
    return Shape(axis, tuple(buckets)) if apart else Shape()


def is_conditional(measure: Measure) -> bool:
    """Whether a measure counts only some of the rows of its days."""
    return bool(measure.where or measure.any_of)


def _axis(measure: Measure) -> str | None:
    """What tells the period of a row: "" for its own date, or the column that has to lie in the window."""
    if measure.at is None:
        return "" if not measure.looks else None
    if len(measure.looks) == 1 and not measure.any_of and measure.at != "average":
        return measure.looks[0]
    return None


def bucket_of(setting: Setting, wanted: Wanted, axis: str) -> Bucket:
    """The days along an axis that belong to the period of a leaf."""
    measure, leaf = measure_of(wanted), wanted.leaf
    days = setting.days(measure, leaf.period, wanted.as_of)
    if not axis:
        return Bucket(days.start, days.end)
    stretch = window(measure.over, leaf.period)
    return Bucket(stretch.start, stretch.end, days.instants[0])


def measure_of(wanted: Wanted) -> Measure:
    """The measure of a direct leaf."""
    assert isinstance(wanted.leaf.expression, Measure)
    return wanted.leaf.expression
