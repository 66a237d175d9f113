"""Tables of cells, in a fixed order -> which of them are shown.

Each table is decided as a whole, on top of those before it: cells of too few people are hidden (primary
suppression), then, as long as any combination of what is shown singles out too few, the next smallest cell that
takes part in it (complementary suppression).
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np

from metrics.privacy.combinations import Ints, People, TooManyError, singled_out


@dataclass(frozen=True)
class Count:
    """People counted for each piece, and the fewest that a group of each table may hold, 0 for any."""

    people: People
    least: tuple[int, ...]


@dataclass(frozen=True)
class Cells:
    """The cells of one table: a row of zeros and ones over the pieces for each."""

    names: tuple[Hashable, ...]
    rows: Ints


def released(tables: Sequence[Cells], counts: Sequence[Count]) -> list[frozenset[Hashable]]:
    """The cells of each table that are shown; those that hold nobody are. The first count orders the hiding."""
    pieces = len(counts[0].people)
    known = np.zeros((0, pieces), dtype=np.int64)
    shown = []
    for index, table in enumerate(tables):
        kept = _decide(known, table.rows, [(count.people, count.least[index]) for count in counts])
        known = np.vstack([known, table.rows[kept]])
        shown.append(frozenset(table.names[position] for position in kept))
    return shown


def _decide(known: Ints, rows: Ints, counts: Sequence[tuple[People, int]]) -> list[int]:
    kept = [
        position
        for position, row in enumerate(rows)
        if all(not 0 < float(row @ people) < least for people, least in counts)
    ]
    for people, least in counts:
        while least and kept:
            culprit = _culprit(known, rows[kept], people, least)
            if culprit is None:
                break
            kept.pop(culprit)
    return kept


def _culprit(known: Ints, rows: Ints, people: People, least: int) -> int | None:
    """The cell to hide next; None where nobody is singled out."""
    size = rows @ people
    full = np.flatnonzero(size)
    if not len(full):
        return None
    try:
        group = singled_out(known, rows, people, least)
    except TooManyError:
        return int(full[np.argmin(size[full])])
    if group is None:
        return None
    together = np.vstack([known, rows]).astype(np.float64)
    part = np.linalg.lstsq(together.T, group.astype(np.float64), rcond=None)[0][len(known) :]
    taking_part = [position for position in full if abs(part[position]) > 1e-6]
    return int(min(taking_part or full, key=lambda position: float(size[position])))
