"""How many people is a value about? What has to be counted to know."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from metrics.definition import (
    Across,
    Entities,
    Expression,
    FirstOf,
    Length,
    Lowest,
    Measure,
    MetricValue,
    Test,
    parts,
)
from metrics.engine.leaves import Frame, Leaf, Slice, leaf, leaves, takes_quantile
from metrics.model import Catalog, Metric
from metrics.privacy import counts_people
from metrics.privacy.sensitivity import COSTS, PAY

Counted = Measure | Entities
HEADCOUNT = Measure(
    table="employees",
    date="hired_on",
    until="terminated_on",
    at="average",
    where={"employment_type": Test(is_not="contractor")},
)
"""Whom a sum of money is about where nothing in it counts people: who was on the payroll then.

A contractor sends an invoice: among eleven of them the pay of the one employee is not hidden.
"""
OF_WHOEVER_ANSWERS = {"department", "segment", "survey_segment", "manager"}
"""What says something of a person, though the way there does not lead through one: nobody knows who answered."""
PAID = FirstOf(
    first_of=[
        Measure(table=COSTS, date="incurred_on", where={"nature": sorted(PAY)}),
        Measure(table=COSTS, date="incurred_on"),
    ],
    assuming="all costs may be pay, for nature is absent",
)
"""Costs that are pay, of whomever: a department without any people that is paid for holds somebody all the same."""


class Counts(NamedTuple):
    """What has to be counted: people, small counts among them (``few``) and of whom these are some (``whole``).

    ``groups`` are what a value tells of one by one, as the women and the men of a pay gap: each is a group by itself.
    ``paid`` are costs that are pay.
    """

    people: Leaf
    few: Leaf | None = None
    whole: Leaf | None = None
    groups: tuple[Leaf, ...] = ()
    paid: Leaf | None = None

    @property
    def all(self) -> list[Leaf]:
        """Each of them."""
        return [
            one for one in (self.people, self.few, self.whole, *self.groups, self.paid) if one is not None
        ]


@dataclass(frozen=True)
class Population:
    """What is counted.

    ``number`` is its place among the metric's own leaves, None where it is none of them. ``few`` is the place of a
    numerator that counts people itself, so that a count of one or two tells of persons, and ``whole`` that of the
    denominator that it is a part of. ``paid``: costs that are pay tell of people whom nobody counted.
    """

    counted: Counted
    number: int | None = None
    few: int | None = None
    whole: int | None = None
    paid: bool = False

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

    @property
    def table(self) -> str:
        """The table that it is counted in."""
        return self.counted.measures[0].table

    def repeats(self, dimension: str, path: str) -> bool:
        """Whether somebody may be counted in several groups of a dimension, which is reached by that path."""
        one = self.counted
        if not isinstance(one, Measure) or one.aggregate != "distinct" or dimension in OF_WHOEVER_ANSWERS:
            return False
        return not path.startswith(f"{one.column}>")

    def leaves(self, metric: Metric, frame: Frame, rows: Slice) -> Counts:
        """What to fetch for these rows."""
        own = [one for _, one in own_leaves(metric, frame)]
        if self.number is None:
            paid = list(leaves(PAID, frame)) if self.paid and rows.by else [None]
            return Counts(leaf(self.counted, frame.period, rows), paid=paid[0])
        people = replace(own[self.number], slice=rows)
        few, whole = (None if at is None else replace(own[at], slice=rows) for at in (self.few, self.whole))
        groups = dict.fromkeys(told_apart(metric, replace(frame, slice=rows)))
        return Counts(people, few, whole, tuple(one for one in groups if one != people))


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
    counting = [index for index, (_, one) in enumerate(own) if _counts(one)]
    if not counting:
        return Population(HEADCOUNT)
    first = counting[0]
    if not few:
        return Population(own[first][1].expression, first)
    whole = next((index for index in counting if own[index][0] == "denominator"), first)
    return Population(own[first][1].expression, first, few[0], whole)


def _counts(one: Leaf) -> bool:
    return isinstance(one.expression, Entities) or one.expression.aggregate != "sum"


def told_apart(metric: Metric, frame: Frame) -> Iterator[Leaf]:
    """The groups of whom ``n`` tells the smallest, where the figures of each can be added and subtracted.

    Those of the women in a pay gap of means can: its receipt has the mean of the men beside the difference. A middle
    or the lowest of several shares is of one table and says nothing of what another leaves.
    """
    if metric.n is not None and not any(_picks(part, frame) for part in metric.parts):
        yield from _smallest_of(metric.n, frame)


def _smallest_of(n: Expression, frame: Frame) -> Iterator[Leaf]:
    match n:
        case FirstOf():
            yield from _smallest_of(frame.first(n), frame)
        case Lowest():
            yield from (one for part in n.lowest for one in leaves(part, frame) if _counts(one))
        case Across(take="lowest"):
            yield from filter(_counts, leaves(n.of, frame.grouped(n.across)))


def _picks(expression: Expression, frame: Frame) -> bool:
    """Whether something of it is one of several figures: the middle, the lowest, the highest."""
    match expression:
        case Measure() | Entities():
            return takes_quantile(frame.leaf(expression))
        case Lowest() | Across(take="lowest" | "highest"):
            return True
        case FirstOf():
            return _picks(frame.first(expression), frame)
        case _:
            return any(_picks(part, frame) for part in parts(expression))


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
