"""People by group and month -> which cells of the asked table are shown."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from functools import lru_cache

import numpy as np

from metrics.engine.asking.leaves import Leaf
from metrics.engine.queries.cells import Found, Group
from metrics.engine.suppression.counted import all_of, apart, small, twice
from metrics.engine.suppression.counts import Counts
from metrics.engine.suppression.heads import Heads, pieces_of
from metrics.privacy.combinations import People
from metrics.privacy.lattice import Place, Table
from metrics.privacy.release import Cells, Count, alone, released
from metrics.privacy.thresholds import FEW
from metrics.privacy.times import Span, Unit

SMALL = 1_000
"""Of how many counts, at most, the decision is remembered."""
MANY = 2
Months = tuple[tuple[Heads, ...], ...]
"""People by month, and in it by group."""
Cellnames = tuple[frozenset[Hashable], ...]
"""The cells that are shown of each table."""
Shown = tuple[tuple[Group, ...], Cellnames, frozenset[int]]
"""All groups, the cells that are shown of each table, and the months that have people."""


def shown_of(
    place: Place,
    least: tuple[int, ...],
    counts: Sequence[Counts],
    unit: Unit,
    cells: Mapping[Leaf, Found],
    *,
    both: bool = False,
    repeated: tuple[int, ...] = (),
    earlier: Cellnames = (),
) -> Shown:
    """Of the months of a unit all groups, which cells of each table are shown, and who has people.

    ``both``: those who are not in the small counts are as few as those who are, where they are few, and nobody is as
    few as one: of everybody in the group it is known what they are. ``repeated`` are the places of dimensions of which
    one person may be in several groups; ``earlier`` is what is shown of the first tables, where people are counted as
    they are without such dimensions.
    """
    people = [all_of(one, cells) for one in counts]
    few, others = small(counts, cells, both=both)
    parts = apart(counts, cells, len(place.dimensions))
    months = [*people, *few, *(month for one in parts for month in one)]
    groups = tuple(sorted({group for month in months for group in month}, key=str))
    if not groups:
        return (), (), frozenset()
    if len(place.tables) == len(unit.spans) == len(counts) == 1:  # the whole company for one month
        found = [(month.get((), 0), least[0]) for month in (people[0], *(one[0] for one in parts))]
        found += [(month.get((), 0), fewest(place.table)) for month in [*few, *others]]
        own = [((), part) for part in unit.spans] if alone(found) else []
        return groups, (frozenset(own),), frozenset([0] if any(people[0].values()) else [])
    decide = _again if len(groups) * len(counts) <= SMALL else _decided

    def in_all(own: Sequence[Mapping[Group, Heads]]) -> Months:
        return tuple([tuple([month.get(group, 0) for group in groups]) for month in own])

    layers = tuple([tuple([group[at] for at in repeated]) for group in groups])
    told = (in_all(people), in_all(few), in_all(others), tuple(map(in_all, parts)))
    several = 0 if repeated else sum(twice(one, cells) for one in counts)
    shown = decide(place, least, unit.spans, groups, layers, *told, earlier, several)
    return groups, shown, frozenset(index for index, month in enumerate(people) if any(month.values()))


def _decided(
    place: Place,
    least: tuple[int, ...],
    spans: tuple[Span, ...],
    groups: tuple[Group, ...],
    layers: tuple[Group, ...],
    people: Months,
    few: Months,
    others: Months,
    apart: tuple[Months, ...],
    earlier: Cellnames,
    twice: Heads,
) -> Cellnames:
    """The cells of each table that are shown, of so many people in each month and group."""
    counts = [Count(_in_layers(pieces_of(people), layers), least, float(twice))]
    counts += [Count(pieces_of(own), least) for own in apart]
    smallest = tuple(fewest(table) for table in place.tables)
    counts += [Count(pieces_of(small), smallest) for small in (few, others) if small]
    cells = [_cells_of(table, place.dimensions, groups, spans, len(people)) for table in place.tables]
    return tuple(released(cells, counts, earlier))


def _in_layers(people: People, layers: Sequence[Group]) -> People:
    """People by piece, one row for each layer of groups; as they are where there is but one."""
    names = list(dict.fromkeys(layers))
    if len(names) < MANY:
        return people
    own = np.repeat([names.index(layer) for layer in layers], len(people) // len(layers))
    return np.where(own == np.arange(len(names))[:, None], people, 0.0)


_again = lru_cache(maxsize=256)(_decided)
"""The same, remembered: the same people are asked about again and again."""


def _cells_of(
    table: Table, dimensions: Sequence[str], groups: Sequence[Group], spans: Sequence[Span], months: int
) -> Cells:
    parts = [*spans, *((month,) for month in range(months) if table.monthly)]
    keys, rows = table.keys(dimensions, groups), table.rows(dimensions, groups)
    days = np.array([[month in part for month in range(months)] for part in parts], dtype=np.int8)
    days = days.reshape(len(parts), months)
    cells = np.einsum("sm,kg->skgm", days, rows).reshape(len(parts) * len(keys), len(groups) * months)
    return Cells(tuple((key, part) for part in parts for key in keys), cells)


def fewest(table: Table) -> int:
    """The fewest that a count of people in a numerator may come to."""
    return FEW if table.sensitivity == "restricted" else 0
