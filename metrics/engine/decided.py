"""People by group and month -> which cells of the asked table are shown."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from functools import lru_cache

import numpy as np

from metrics.engine.cells import Found, Group
from metrics.engine.heads import people_of, pieces_of
from metrics.engine.leaves import Leaf
from metrics.privacy.lattice import Place, Table
from metrics.privacy.release import Cells, Count, alone, released
from metrics.privacy.thresholds import FEW
from metrics.privacy.times import Span, Unit

Pair = tuple[Leaf, Leaf | None]
"""Who is counted, and the small counts among them if there are any."""
Shown = tuple[tuple[Group, ...], frozenset[Hashable], frozenset[int]]
"""All groups, the cells that are shown, and the months that have people."""


def shown_of(
    place: Place, least: tuple[int, ...], pairs: Sequence[Pair], unit: Unit, cells: Mapping[Leaf, Found]
) -> Shown:
    """Of the months of a unit all groups, which cells of the asked table are shown, and who has people."""
    people = [people_of(one, cells[one]) for one, _ in pairs]
    few = [people_of(one, cells[one]) for _, one in pairs if one is not None]
    groups = tuple(sorted({group for month in [*people, *few] for group in month}, key=str))
    if not groups:
        return (), frozenset(), frozenset()
    if len(place.tables) == len(unit.spans) == len(pairs) == 1:  # the whole company for one month
        found = [(people[0].get((), 0), least[0])]
        found += [(month.get((), 0), fewest(place.table)) for month in few]
        own = [((), part) for part in unit.spans] if alone(found) else []
        return groups, frozenset(own), frozenset([0] if any(people[0].values()) else [])
    counts = [Count(pieces_of(people, groups), least)]
    if few:
        counts.append(Count(pieces_of(few, groups), tuple(fewest(table) for table in place.tables)))
    cells_of = _of_all if groups == ((),) else _cells
    shown = released(cells_of(place, groups, unit.spans, len(unit.months)), counts)[-1]
    return groups, shown, frozenset(index for index, month in enumerate(people) if any(month.values()))


def _cells(place: Place, groups: tuple[Group, ...], spans: tuple[Span, ...], months: int) -> list[Cells]:
    """The cells of each table of a place: they follow from its groups and months, whoever is in them."""
    return [_cells_of(table, place.dimensions, groups, spans, months) for table in place.tables]


_of_all = lru_cache(maxsize=256)(_cells)
"""The same for the whole company, where there is one group: small enough to be kept."""


def _cells_of(
    table: Table, dimensions: Sequence[str], groups: Sequence[Group], spans: Sequence[Span], months: int
) -> Cells:
    parts = [*spans, *((month,) for month in range(months) if table.monthly)]
    keys, rows = table.keys(dimensions, groups), table.rows(dimensions, groups)
    days = np.array([[month in part for month in range(months)] for part in parts], dtype=np.int64)
    days = days.reshape(len(parts), months)
    cells = np.einsum("sm,kg->skgm", days, rows).reshape(len(parts) * len(keys), len(groups) * months)
    return Cells(tuple((key, part) for part in parts for key in keys), cells)


def fewest(table: Table) -> int:
    """The fewest that a count of people in a numerator may come to."""
    return FEW if table.sensitivity == "restricted" else 0
