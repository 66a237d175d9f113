"""Tables of cells, in a fixed order -> which of them are shown.

Each table is decided as a whole, on top of those before it: cells of too few people are hidden (primary
suppression), then, as long as any combination of what is shown singles out too few, the next smallest cell that
takes part in it (complementary suppression). At last whatever was hidden in vain comes back, largest first.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from metrics.privacy.combinations import Bits, People, TooManyError, merged, singled_out, sizes


@dataclass(frozen=True)
class Count:
    """People counted for each piece, and the fewest that a group of each table may hold, 0 for any.

    They may be counted in layers: whoever answered two questions is in a piece of either. ``twice`` is how many are, at
    most, where that is known.
    """

    people: People
    least: tuple[int, ...]
    twice: float = 0


@dataclass(frozen=True)
class Cells:
    """The cells of one table: a row of zeros and ones over the pieces for each."""

    names: tuple[Hashable, ...]
    rows: Bits


def released(
    tables: Sequence[Cells], counts: Sequence[Count], earlier: Sequence[frozenset[Hashable]] = ()
) -> list[frozenset[Hashable]]:
    """The cells of each table that are shown; those that hold nobody are. The first count orders the hiding.

    Of the first tables it may be known from ``earlier``.
    """
    everything = np.vstack([table.rows for table in tables])
    if len(everything) == 1:  # the whole company for one month: nothing to combine it with
        held = [(float(sizes(everything, count.people)[0]), count.least[0]) for count in counts]
        return [frozenset(tables[0].names if alone(held) else ())]
    kept = [list(range(len(table.rows))) for table in tables]
    for index, shown in enumerate(earlier):
        kept[index] = [position for position, name in enumerate(tables[index].names) if name in shown]
    ends = np.cumsum([0, *(len(table.rows) for table in tables)])
    for count in counts:  # each on top of what the one before it has left
        rows, people = merged(everything, count.people)
        known = np.zeros((0, rows.shape[1]), dtype=np.int8)
        for index, least in enumerate(count.least):
            own = rows[ends[index] : ends[index + 1]]
            if index >= len(earlier):
                kept[index] = _decide(known, own, kept[index], people, least, count.twice)
            known = np.vstack([known, own[kept[index]]])
    return [
        frozenset(table.names[position] for position in own) for table, own in zip(tables, kept, strict=True)
    ]


def alone(held: Iterable[tuple[float | Fraction, int]]) -> bool:
    """Whether a cell that is combined with nothing is shown: its people, and the fewest that it may hold."""
    return all(not 0 < size < least for size, least in held)


def _decide(
    known: Bits, rows: Bits, allowed: Sequence[int], people: People, least: int, twice: float
) -> list[int]:
    """The positions of the rows that are shown, among those allowed."""
    size = sizes(rows, people)
    empty = [position for position in allowed if not size[position]]
    kept = sorted((p for p in allowed if size[p] and size[p] >= least), key=lambda p: (-size[p], p))
    if not least:
        return sorted([*empty, *kept])
    in_vain: list[int] = []
    while kept:
        hidden, found = _next(known, rows[kept], people, least, twice)
        if not hidden:
            break
        gone = [kept[place] for place in hidden]
        in_vain += gone if found else []
        kept = [position for position in kept if position not in gone]
    for position in sorted(in_vain, key=lambda p: (-size[p], p)):
        if not _next(known, rows[[*kept, position]], people, least, twice)[0]:
            kept.append(position)
    return sorted([*empty, *kept])


def _next(known: Bits, rows: Bits, people: People, least: int, twice: float) -> tuple[list[int], bool]:
    """Which cells to hide next, and whether that is for a group that was found.

    ``rows`` come largest first. Where there are too many combinations to look at, as many small cells go as must.
    """
    try:
        givers = singled_out(known, rows, people, least, twice)
    except TooManyError as error:
        return list(range(len(rows)))[-error.excess :], False
    return ([], False) if givers is None else ([max(givers)], True)
