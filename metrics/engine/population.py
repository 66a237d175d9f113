"""How many people is a value about? What has to be counted to know."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from metrics.definition import Entities, Expression, FirstOf, Length, Measure, MetricValue, parts
from metrics.engine.leaves import Frame, Leaf, Slice, leaf
from metrics.model import Catalog, Metric
from metrics.privacy import counts_people

Counted = Measure | Entities
HEADCOUNT = Measure(table="employees", date="hired_on", until="terminated_on", at="average")
"""Whom a sum of money is about where nothing in it counts people: who was employed then."""


@dataclass(frozen=True)
class Population:
    """What is counted.

    ``number`` is its place among the metric's own leaves, None where it is none of them. ``few`` is the place of a
    numerator that counts people itself, so that a count of one or two tells of persons.
    """

    counted: Counted
    number: int | None = None
    few: int | None = None

    @property
    def stranger(self) -> bool:
        """Whether those counted are not what the value itself rests on."""
        return self.number is None

    @property
    def standing(self) -> bool:
        """Whether it counts people who stay from month to month."""
        return isinstance(self.counted, Measure) and self.counted.at is not None

    @property
    def passing(self) -> bool:
        """Whether it counts what happens now and then (hires, offers), not people who are there."""
        one = self.counted
        return isinstance(one, Measure) and one.at is None and one.aggregate != "distinct"

    def leaves(self, metric: Metric, frame: Frame, rows: Slice) -> tuple[Leaf, Leaf | None]:
        """What to fetch for these rows: the people, and the small counts among them if there are any."""
        own = [one for _, one in own_leaves(metric, frame)]
        if self.number is None:
            return leaf(self.counted, frame.period, rows), None
        few = None if self.few is None else replace(own[self.few], slice=rows)
        return replace(own[self.number], slice=rows), few


ENDING = {
    "trailing_30_days",
    "trailing_13_weeks",
    "trailing_52_weeks",
    "trailing_3_months",
    "trailing_12_months",
}
"""The windows that end where a period ends, wherever it begins."""


def only_its_end(metric: Metric, frame: Frame) -> bool:
    """Whether a metric looks at nothing of a period but how it ends: of a year it is what it is of December."""
    return _of_the_end(metric, frame, windows=True)


def stands_at_its_end(metric: Metric, frame: Frame) -> bool:
    """Whether a metric is of those alone who are there when a period ends, and of nothing that came before it."""
    return _of_the_end(metric, frame, windows=False)


def _of_the_end(metric: Metric, frame: Frame, *, windows: bool) -> bool:
    whole = (metric.numerator, metric.denominator, metric.n)
    return all(_at_its_end(part, frame, windows=windows) for part in whole if part is not None)


def _at_its_end(expression: Expression, frame: Frame, *, windows: bool) -> bool:
    match expression:
        case Measure():
            stock = expression.over == "period" and expression.at in {"end", "known"}
            return not expression.looks and (stock or (windows and expression.over in ENDING))
        case Entities():
            return all(_at_its_end(one, frame, windows=windows) for one in expression.measures)
        case FirstOf():
            return _at_its_end(frame.first(expression), frame, windows=windows)
        case Length():
            return windows and expression.over in ENDING
        case MetricValue():
            return False
        case _:
            return all(_at_its_end(part, frame, windows=windows) for part in parts(expression))


def of_people(metric: Metric, frame: Frame) -> Population:
    """What a metric about people rests on: its ``n``, else its denominator, numerator, or the headcount."""
    own = own_leaves(metric, frame)
    few = (
        [index for index, (part, _) in enumerate(own) if part == "numerator"] if counts_people(metric) else []
    )
    for index, (_, one) in enumerate(own):
        if isinstance(one.expression, Entities) or one.expression.aggregate != "sum":
            return Population(one.expression, index, few[0] if few else None)
    return Population(HEADCOUNT)


def behind_rows(catalog: Catalog, metric: Metric, frame: Frame, dimensions: Collection[str]) -> Population:
    """Who stands behind the rows of a business metric that is grouped by a fact about people: their owners."""
    for measure in (measure for _, one in own_leaves(metric, frame) for measure in one.measures):
        for name in dimensions:
            way, _, last = catalog.dimensions[name].paths.get(measure.table, "").rpartition(">")
            if last and way:
                shared = {field: getattr(measure, field) for field in Measure.model_fields}
                return Population(Measure(**{**shared, "aggregate": "distinct", "column": way}))
    return of_people(metric, frame)


def own_leaves(metric: Metric, frame: Frame) -> list[tuple[str, Leaf]]:
    """The leaves of a metric in the order in which they tell of people, with the part each belongs to."""
    own = frame.leaves(metric)
    return [(name, one) for name in ("n", "denominator", "numerator") for one in own.get(name, ())]
