"""People by group and month -> which cells of the asked table are shown."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from functools import lru_cache

import numpy as np

from metrics.engine.cells import Found, Group
from metrics.engine.heads import Heads, people_of, pieces_of
from metrics.engine.leaves import Leaf
from metrics.privacy.lattice import Place, Table
from metrics.privacy.release import Cells, Count, alone, released
from metrics.privacy.thresholds import FEW
from metrics.privacy.times import Span, Unit

SMALL = 1_000
"""Of how many counts, at most, the decision is remembered."""
Months = tuple[tuple[Heads, ...], ...]
"""People by month, and in it by group."""
Pair = tuple[Leaf, Leaf | None]
"""Who is counted, and the small counts among them if there are any."""
Shown = tuple[tuple[Group, ...], frozenset[Hashable], frozenset[int]]
"""All groups, the cells that are shown, and the months that have people."""


def shown_of(
    place: Place,
    least: tuple[int, ...],
    pairs: Sequence[Pair],
    unit: Unit,
    cells: Mapping[Leaf, Found],
    *,
    both: bool = False,
) -> Shown:
    """Of the months of a unit all groups, which cells of the asked table are shown, and who has people.

    ``both``: those who are not in the small counts are as few as those who are, where they are few.
    """
    people = [people_of(one, cells[one]) for one, _ in pairs]
    few = [people_of(one, cells[one]) for _, one in pairs if one is not None]
    others = [_without(all_of_it, part) for all_of_it, part in zip(people, few, strict=False) if both]
    groups = tuple(sorted({group for month in [*people, *few] for group in month}, key=str))
    if not groups:
        return (), frozenset(), frozenset()
    if len(place.tables) == len(unit.spans) == len(pairs) == 1:  # the whole company for one month
        found = [(people[0].get((), 0), least[0])]
        found += [(month.get((), 0), fewest(place.table)) for month in [*few, *others]]
        own = [((), part) for part in unit.spans] if alone(found) else []
        return groups, frozenset(own), frozenset([0] if any(people[0].values()) else [])
    decide = _again if len(groups) * len(pairs) <= SMALL else _decided
    counted = [
        tuple([tuple([month.get(group, 0) for group in groups]) for month in own])
        for own in (people, few, others)
    ]
    shown = decide(place, least, unit.spans, groups, *counted)
    return groups, shown, frozenset(index for index, month in enumerate(people) if any(month.values()))


def _decided(
    place: Place,
    least: tuple[int, ...],
    spans: tuple[Span, ...],
    groups: tuple[Group, ...],
    people: Months,
    few: Months,
    others: Months,
) -> frozenset[Hashable]:
    """The cells that are shown, of so many people in each month and group."""
    counts = [Count(pieces_of(people), least)]
    smallest = tuple(fewest(table) for table in place.tables)
    counts += [Count(pieces_of(small), smallest) for small in (few, others) if small]
    cells = [_cells_of(table, place.dimensions, groups, spans, len(people)) for table in place.tables]
    return released(cells, counts)[-1]


_again = lru_cache(maxsize=256)(_decided)
"""The same, remembered: the same people are asked about again and again."""


def _cells_of(
    table: Table, dimensions: Sequence[str], groups: Sequence[Group], spans: Sequence[Span], months: int
) -> Cells:
    parts = [*spans, *((month,) for month in range(months) if table.monthly)]
    keys, rows = table.keys(dimensions, groups), table.rows(dimensions, groups)
    days = np.array([[month in part for month in range(months)] for part in parts], dtype=np.int64)
    days = days.reshape(len(parts), months)
    cells = np.einsum("sm,kg->skgm", days, rows).reshape(len(parts) * len(keys), len(groups) * months)
    return Cells(tuple((key, part) for part in parts for key in keys), cells)


def _without(people: Mapping[Group, Heads], part: Mapping[Group, Heads]) -> dict[Group, Heads]:
    """All people but those of a part of them."""
    return {group: max(0, count - part.get(group, 0)) for group, count in people.items()}


def fewest(table: Table) -> int:
    """The fewest that a count of people in a numerator may come to."""
    return FEW if table.sensitivity == "restricted" else 0
