"""Cells -> the people of each month by group: all of them, those of a small count, those told of one by one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from metrics.engine.asking.leaves import Leaf
from metrics.engine.queries.cells import Found, Group
from metrics.engine.suppression.counts import Counts
from metrics.engine.suppression.heads import Heads, groups_of, people_of

SOMEBODY = Fraction(1, 1_000_000)
"""People of whom nothing is known but that they are there: more than none, and never enough, however often."""
Month = Mapping[Group, Heads]
"""The people of a month by group."""


def all_of(one: Counts, cells: Mapping[Leaf, Found]) -> Month:
    """The people of a month by group, and somebody wherever nobody was counted and there is something to tell.

    Pay was spent on them, or they are in a numerator, as one of its people or with their hours or days: who joined a
    new department and left it again in one month. The whole company is left by no others: there it may be an incident
    in a month of which no hours are recorded.
    """
    people = people_of(one.people, cells[one.people])
    told = [people_of(leaf, cells[leaf]) for leaf in one.telling if leaf in cells]
    return people | {
        group: SOMEBODY
        for found in told
        for group, number in found.items()
        if group and number and not people.get(group)
    }


def small(
    counts: Sequence[Counts], cells: Mapping[Leaf, Found], *, both: bool
) -> tuple[list[Month], list[Month]]:
    """The people of whom a numerator counts some, and where ``both`` are guarded those whom it does not count.

    Then it also tells of each what they are where it is none or all of them: nobody is somebody.
    """
    few: list[Month] = [people_of(one.few, cells[one.few]) for one in counts if one.few is not None]
    if not both:
        return few, []
    whole = [people_of(one.whole, cells[one.whole]) for one in counts if one.whole is not None]
    others = [
        {group: max(0, heads - part.get(group, 0)) for group, heads in people.items()}
        for people, part in zip(whole, few, strict=True)
    ]
    return [_or_somebody(*one) for one in zip(whole, few, strict=True)], [
        _or_somebody(*one) for one in zip(whole, others, strict=True)
    ]


def _or_somebody(people: Month, part: Month) -> Month:
    """Some of the people, and somebody in each group of people that has none of these."""
    return {**part, **{group: SOMEBODY for group, heads in people.items() if heads and not part.get(group)}}


def apart(counts: Sequence[Counts], cells: Mapping[Leaf, Found], width: int) -> list[list[Month]]:
    """The people of each group that values tell of one by one, in each month."""
    months = [
        {
            (number, *name): people
            for number, leaf in enumerate(one.groups)
            for name, people in groups_of(leaf, cells[leaf], width).items()
        }
        for one in counts
    ]
    return [[month.get(name, {}) for month in months] for name in dict.fromkeys(n for m in months for n in m)]


def twice(one: Counts, cells: Mapping[Leaf, Found]) -> Heads:
    """How many people at most are in two groups of a month, for they changed from one to the other within it."""
    if one.everybody is None:
        return 0
    everybody = people_of(one.everybody, cells[one.everybody])
    return sum(people_of(one.people, cells[one.people]).values()) - sum(everybody.values())
