"""How many people is a value about? What has to be counted to know."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from metrics.definition import Entities, FirstOf, Measure, Test
from metrics.engine.asking.leaves import Frame, Leaf, Slice, leaf, leaves
from metrics.engine.suppression.counts import Counts
from metrics.engine.suppression.told_apart import counts_rows, told_apart
from metrics.model import Catalog, Metric
from metrics.privacy import counts_people
from metrics.privacy.sensitivity import COSTS, PAY, of_measure

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
    def moves(self) -> bool:
        """Whether it counts each person once who did something on several days, at times in several departments."""
        return isinstance(self.counted, Measure) and self.counted.aggregate == "distinct"

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
        groups = tuple(dict.fromkeys(told_apart(metric, replace(frame, slice=rows))))
        if self.number is None:
            paid = list(leaves(PAID, frame)) if self.paid and rows.by else [None]
            people = leaf(self.counted, frame.period, rows)
            return Counts(people, groups=groups, paid=paid[0], everybody=self._everybody(people))
        people = replace(own[self.number], slice=rows)
        few, whole = (None if at is None else replace(own[at], slice=rows) for at in (self.few, self.whole))
        apart = tuple(one for one in groups if one != people)
        sums = _sums(own, frame, rows) if rows.by else ()
        return Counts(people, few, whole, apart, sums=sums, everybody=self._everybody(people))

    def _everybody(self, people: Leaf) -> Leaf | None:
        return replace(people, slice=Slice()) if self.moves and people.slice.by else None


def of_people(metric: Metric, frame: Frame) -> Population:
    """What a metric about people rests on: its ``n``, else its denominator, numerator, or the headcount."""
    own = own_leaves(metric, frame)
    few = (
        [index for index, (part, _) in enumerate(own) if part == "numerator"] if counts_people(metric) else []
    )
    counting = [
        index for index, (_, one) in enumerate(own) if counts_rows(one) and _counts_people(one, frame.catalog)
    ]
    if not counting:
        return Population(HEADCOUNT)
    first = counting[0]
    if not few:
        return Population(own[first][1].expression, first)
    whole = next((index for index in counting if own[index][0] == "denominator"), first)
    return Population(own[first][1].expression, first, few[0], whole)


def _counts_people(one: Leaf, catalog: Catalog) -> bool:
    """Whether the rows that it counts are about people: for each ticket, nobody is counted."""
    tables = [catalog.tables[measure.table] for measure in one.measures]
    touched = {level for measure in one.measures for level in of_measure(catalog, measure)}
    touched |= {
        column.sensitivity for table in tables for column in table.columns if column.sensitivity != "person"
    }
    return touched != {"open"}


def _sums(own: Sequence[Leaf], frame: Frame, rows: Slice) -> tuple[Leaf, ...]:
    """What a value adds up of people, of these rows: who was away may have been in no headcount of the month."""
    added = [one for one in own if not counts_rows(one) and _is_of_people(one, frame.catalog)]
    return tuple(dict.fromkeys(replace(one, slice=rows) for one in added))


def _is_of_people(one: Leaf, catalog: Catalog) -> bool:
    """Whether what it adds up is guarded: whose deals are worth what is open."""
    return any(set(of_measure(catalog, measure)) & {"people", "restricted"} for measure in one.measures)


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
