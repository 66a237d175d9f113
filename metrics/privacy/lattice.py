"""The fixed lattice on which people values exist: tables of dimensions, each either there for everybody or not.

In this order: the whole company; the organisations that roles answer for; each dimension alone, department first;
department together with each other one. Guarded dimensions come after these, and those that name persons last.
What is decided for a table never depends on the tables after it, so it is the same whatever is asked.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from metrics.errors import UserError
from metrics.model import Sensitivity
from metrics.privacy.combinations import Bits
from metrics.privacy.sensitivity import most
from metrics.privacy.thresholds import Reader, least

Group = tuple[str | None, ...]
Key = Group | frozenset[str]
FIRST = "department"
"""The dimension that organisations are made of, and that may be paired with any other."""


class OffLatticeError(UserError):
    """A people value was asked for rows or days for which there is none."""


@dataclass(frozen=True)
class Table:
    """Dimensions that values are given by, together; or the sets of departments that are organisations.

    ``monthly`` is the table of single months, where other tables have quarters and years only.
    """

    dimensions: tuple[str, ...]
    sensitivity: Sensitivity
    sets: tuple[frozenset[str], ...] = ()
    monthly: bool = False

    def keys(self, dimensions: Sequence[str], groups: Sequence[Group]) -> list[Key]:
        """The names of its cells, given all groups of finer dimensions."""
        if self.sets:
            return list(self.sets)
        places = [dimensions.index(name) for name in self.dimensions]
        return sorted({tuple(group[place] for place in places) for group in groups}, key=str)

    def rows(self, dimensions: Sequence[str], groups: Sequence[Group]) -> Bits:
        """For each of its cells, which of those groups lie in it."""
        places = [dimensions.index(name) for name in self.dimensions]
        cells = [tuple([group[place] for place in places]) for group in groups]
        keys = self.keys(dimensions, groups)
        found = np.zeros((len(keys), len(groups)), dtype=np.int8)
        if self.sets:
            for row, departments in zip(found, self.sets, strict=True):
                row[:] = [department in departments for (department,) in cells]
        else:
            own = {key: position for position, key in enumerate(keys)}
            found[[own[cell] for cell in cells], range(len(groups))] = 1
        return found


@dataclass(frozen=True)
class Place:
    """Where a value lies: its table, all those before it, and the dimensions that these take."""

    tables: tuple[Table, ...]
    dimensions: tuple[str, ...]

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return hash((self.tables, self.dimensions))

    @property
    def table(self) -> Table:
        """The table that the value is a cell of."""
        return self.tables[-1]

    def least(self, reader: Reader) -> tuple[int, ...]:
        """The fewest people that a cell of each table may hold."""
        return tuple(least(table.sensitivity, reader) for table in self.tables)


def tables(
    base: Sensitivity,
    levels: Mapping[str, Sensitivity],
    named: Iterable[str],
    organisations: Iterable[Iterable[str]],
) -> list[Table]:
    """All tables of a metric.

    ``base`` says how guarded it is for the whole company, ``levels`` how guarded it is by each dimension that it
    reaches, in their order; ``named`` are the dimensions among them that name persons.
    """
    persons = set(named)
    names = sorted(levels, key=lambda name: (_late(name, levels, persons), name != FIRST))
    sets = tuple(dict.fromkeys(several for one in organisations if len(several := frozenset(one)) > 1))
    found = [Table((), base)]
    if sets and FIRST in levels:
        found.append(Table((FIRST,), levels[FIRST], sets))
    for turn in range(3):
        own = [name for name in names if _late(name, levels, persons) == turn]
        found += [Table((name,), levels[name]) for name in own]
        pairs = [name for name in own if FIRST in levels and name != FIRST]
        found += [Table((FIRST, name), most(levels[FIRST], levels[name])) for name in pairs]
        if turn == 0:
            found.append(Table((), base, monthly=True))
    return found


def _late(name: str, levels: Mapping[str, Sensitivity], persons: Container[str]) -> int:
    if name == FIRST:
        return 0
    return 2 if name in persons else int(levels[name] == "restricted" != levels.get(FIRST))


def place(
    found: Sequence[Table], by: Sequence[str], filters: Mapping[str, Sequence[str]], *, monthly: bool = False
) -> Place:
    """Where on the lattice a question is answered; ``monthly``: in the table of single months, if it has a cell there.

    Raises:
        OffLatticeError: nowhere.
    """
    wanted = set(by) | set(filters)
    monthly = monthly and not wanted
    several = [name for name, values in filters.items() if len(set(values)) > 1]
    for index, table in enumerate(found):
        if several:
            fits = not by and len(filters) == 1 and frozenset(filters[several[0]]) in table.sets
        else:
            fits = set(table.dimensions) == wanted and not table.sets and table.monthly == monthly
        if fits:
            until = tuple(found[: index + 1])
            used = dict.fromkeys(name for table in until for name in table.dimensions)
            return Place(until, tuple(used))
    names = ", ".join(table.dimensions[0] for table in found if len(table.dimensions) == 1 and not table.sets)
    raise OffLatticeError(
        "Values about people are given for the whole company, for a declared organisation, and by one of "
        f"{names or 'no dimension'} (or {FIRST} and one other), each for one value at a time: "
        "anything narrower could single out a person."
    )
