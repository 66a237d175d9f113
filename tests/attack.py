"""An attacker who adds and subtracts what was released, thousands of times, and knows nothing of how it was decided.

Random small companies: people in departments, levels and job families (some of which lie wholly in one department),
who come and go over a year. What an attacker gets is a row of zeros and ones for each released value, over the
smallest pieces (a department, level and family in a month).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from metrics.privacy.combinations import Ints, People
from metrics.privacy.lattice import Group, Table, tables
from metrics.privacy.release import Cells, Count, released

DIMENSIONS = ("department", "level", "family")
LEAST = 5
QUARTERS = tuple(tuple(range(first, first + 3)) for first in range(0, 12, 3))
Span = tuple[int, ...]
Decide = Callable[[list[Cells], list[Count]], list[frozenset[object]]]


@dataclass(frozen=True)
class Firm:
    """Groups of people and how many there are in each month."""

    groups: tuple[Group, ...]
    people: Ints
    organisations: tuple[tuple[str, ...], ...] = ()

    def tables(self) -> list[Table]:
        """The lattice of its people values."""
        return tables("people", dict.fromkeys(DIMENSIONS, "people"), (), self.organisations)


def firm(chance: Generator, *, passing: bool) -> Firm:
    """A company of 8 to 80 people, or as many hires in a year."""
    size = int(chance.integers(8, 80))
    department = chance.choice(int(chance.integers(2, 6)), size, p=None)
    level = np.minimum(chance.geometric(0.5, size), 3)
    own = chance.random(size) < 0.5
    family = np.where(own, department, 10 + chance.integers(0, 2, size))
    if passing:
        there = chance.integers(0, 12, (size, 1)) == np.arange(12)
    else:
        since, until = chance.integers(-20, 8, (size, 1)), chance.integers(6, 40, (size, 1))
        there = (since <= np.arange(12)) & (np.arange(12) < until)
    names = [(f"d{d}", f"l{lvl}", f"f{f}") for d, lvl, f in zip(department, level, family, strict=True)]
    groups = tuple(sorted(set(names)))
    index = np.array([groups.index(name) for name in names])
    people = np.zeros((len(groups), 12), dtype=np.int64)
    np.add.at(people, index, there.astype(np.int64))
    few = tuple(sorted({f"d{d}" for d in department})[:2])
    return Firm(groups, people, (few,) if chance.random() < 0.5 else ())


def standing_rows(one: Firm, decide: Decide = released) -> Ints:
    """What is released of people who stand in line: a cell for a period wherever each of its months is shown."""
    monthly = []
    for month in range(12):
        cells = [_cells(table, one.groups, ((0,),), 1) for table in one.tables()]
        count = Count(one.people[:, month].astype(np.float64), (LEAST,) * len(cells))
        monthly.append(decide(cells, [count]))
    rows = []
    for number, table in enumerate(one.tables()):
        by_group = table.rows(DIMENSIONS, one.groups)
        for key, row in zip(table.keys(DIMENSIONS, one.groups), by_group, strict=True):
            shown = [month for month in range(12) if (key, (0,)) in monthly[month][number]]
            spans = [
                *((m,) for m in range(12)),
                *QUARTERS,
                tuple(range(12)),
                *(range(m, m + 3) for m in range(10)),
            ]
            rows += [_over(row, span) for span in spans if set(span) <= set(shown)]
    return np.array(rows, dtype=np.int64).reshape(len(rows), len(one.groups) * 12)


def passing_rows(one: Firm, decide: Decide = released) -> Ints:
    """What is released of hires: years and quarters of each cell, and months of the whole company."""
    spans: tuple[Span, ...] = (tuple(range(12)), *QUARTERS)
    months = (*spans, *((m,) for m in range(12)))
    cells = [_cells(t, one.groups, months if t.monthly else spans, 12) for t in one.tables()]
    shown = decide(cells, [Count(one.people.ravel().astype(np.float64), (LEAST,) * len(cells))])
    kept = [
        row
        for table, names in zip(cells, shown, strict=True)
        for name, row in zip(table.names, table.rows, strict=True)
        if name in names
    ]
    return np.array(kept, dtype=np.int64).reshape(len(kept), one.people.size)


def _cells(table: Table, groups: tuple[Group, ...], spans: tuple[Span, ...], months: int) -> Cells:
    days = [[month in span for month in range(months)] for span in spans]
    pairs = [
        ((key, span), np.outer(row, day).ravel())
        for span, day in zip(spans, days, strict=True)
        for key, row in zip(table.keys(DIMENSIONS, groups), table.rows(DIMENSIONS, groups), strict=True)
    ]
    return Cells(tuple(name for name, _ in pairs), np.array([row for _, row in pairs], dtype=np.int8))


def _over(row: Ints, span: Sequence[int]) -> Ints:
    return np.outer(row, [month in span for month in range(12)]).ravel().astype(np.int64)


def primary_only(cells: list[Cells], counts: list[Count]) -> list[frozenset[object]]:
    """Small cells hidden and nothing else: what must not be enough."""
    return [
        frozenset(
            name
            for name, size in zip(table.names, table.rows @ counts[0].people, strict=True)
            if not 0 < size < LEAST
        )
        for table in cells
    ]


def combinations(rows: Ints, chance: Generator, tries: int) -> Iterator[Ints]:
    """Random sums, differences, complements and differences of differences, that many in all."""
    half = tries // 2
    yield _left_over(rows, chance, half)
    quarter = tries // 4
    yield _left_over(rows, chance, quarter) - _left_over(rows, chance, quarter)
    several = chance.choice([-1, 0, 1], (tries - half - quarter, len(rows)), p=[0.1, 0.75, 0.15])
    yield several @ rows


def _left_over(rows: Ints, chance: Generator, tries: int) -> Ints:
    """A cell, or two that lie apart, without others that lie in what is left of them, in random order."""
    small = rows.astype(np.int8)
    inside = (
        rows.astype(np.float32) @ (1 - rows.T).astype(np.float32)
    ) == 0  # row, column: the row lies in it
    within = [np.flatnonzero(inside[:, column]) for column in range(len(rows))]
    start = np.cumsum([0, *(len(found) for found in within)])
    flat, many = np.concatenate(within), np.diff(start)
    first, second = chance.integers(0, len(rows), (2, tries))
    left: NDArray[np.int8] = small[first]
    both = (chance.random(tries) < 0.5) & ((left + small[second]) <= 1).all(axis=1)
    left = left + small[second] * both[:, None]
    for _ in range(24):
        base = np.where(both & (chance.random(tries) < 0.5), second, first)
        other = small[flat[start[base] + (chance.random(tries) * many[base]).astype(int)]]
        fits = (other <= left).all(axis=1)
        whole = (other == left).all(axis=1)
        left = left - other * (fits & ~whole)[:, None]
    whole_numbers: Ints = left.astype(np.int64)
    return whole_numbers


def caught(found: Ints, one: Firm, *, passing: bool) -> int:
    """How many of these are about a group of some people, but too few.

    Of hires all are counted; of people who stand in line, those in the month in which the group has most.
    """
    pieces: People = one.people.ravel().astype(np.float64)
    there = pieces > 0
    is_group = ((found[:, there] == 0) | (found[:, there] == 1)).all(axis=1)
    by_month = (found[is_group] * pieces).reshape(-1, len(one.groups), 12).sum(axis=1)
    size = by_month.sum(axis=1) if passing else by_month.max(axis=1)
    return int(((size > 0) & (size < LEAST)).sum())
