"""Does any sum or difference of shown cells single out too small a group? Decided exactly, by linear algebra.

A cell is a row of zeros and ones over the smallest pieces that the data can be cut into (this department, that
level, in this month). What a reader can work out from cells is every linear combination of their rows; it is about
a group when it is zero or one on every piece.

Pieces that no shown cell tells apart are one block. A combination that is not zero on a block of enough people is
about enough people. So only the combinations that vanish on all large blocks can single out a small group: a space
of few dimensions, of which each zero-or-one member is looked at. Arithmetic is modulo a large prime, thus exact.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Bits = NDArray[np.int8]
"""Zeros and ones. A year of a large company has thousands of cells over thousands of pieces: a byte each is enough."""
Ints = NDArray[np.int64]
People = NDArray[np.float64]
PRIME = 2**31 - 1
MOST = 12
"""Dimensions of the space that is still searched through; what is larger counts as unsafe."""


class TooManyError(Exception):
    """There are too many combinations to look at them all: ``excess`` dimensions too many."""

    def __init__(self, excess: int) -> None:
        super().__init__(excess)
        self.excess = excess


def merged(rows: Bits, people: People) -> tuple[Bits, People]:
    """Pieces that no row tells apart as one block each; pieces without people are left out."""
    layers = np.atleast_2d(people)
    there = layers.any(axis=0)
    kept = rows[:, there]
    keys = np.ascontiguousarray(kept.T, dtype=np.int8)
    packed = keys.view(np.dtype((np.void, keys.shape[1]))).ravel() if keys.size else np.zeros(len(keys))
    _, first, place = np.unique(packed, return_index=True, return_inverse=True)
    size = [np.bincount(place.ravel(), weights=layer[there], minlength=len(first)) for layer in layers]
    return kept[:, first], np.array(size, dtype=np.float64).reshape(*people.shape[:-1], len(first))


def sizes(rows: Bits | Ints, people: People) -> People:
    """How many people each row of pieces, or of blocks, holds: where they are counted in layers, as in the largest."""
    held: People = (rows @ np.atleast_2d(people).T).max(axis=1, initial=0)
    return held


def singled_out(known: Bits, added: Bits, people: People, least: int, twice: float = 0) -> list[int] | None:
    """A group of fewer than ``least`` people that the rows ``added`` to those ``known`` give away.

    ``people`` counts them for each piece, in one layer, or in several where one of them may be in many pieces: all
    pieces of a layer are of different people, but for ``twice`` of them at most: who changed departments within a month
    may be in two. A cell itself is counted as it is shown; what is made of several may be of so many fewer. Groups
    that the known rows give away alone are not looked for. None where
    there is no such group; else the positions of the added rows without which it would not be known, or of those
    that take part where each has others to stand in for it.

    Raises:
        TooManyError: that could not be decided.
    """
    blocks, size = merged(np.vstack([known, added]), people)
    alone = np.atleast_2d(size).max(axis=0)
    order = np.argsort(alone < least + twice, kind="stable")  # the large blocks first
    blocks, size, large = blocks[:, order], size[..., order], int((alone >= least + twice).sum())
    reduced, pivots = reduce(blocks)
    basis = reduced[[pivot >= large for pivot in pivots]]
    if len(basis) > MOST:
        raise TooManyError(len(basis) - MOST)
    groups = _groups(basis)
    held = sizes(groups, size)
    small = groups[(held < least) | ((held < least + twice) & ~_are_cells(groups, blocks, twice))]
    if not len(small):
        return None
    old = reduce(blocks[: len(known)])
    group = next((group for group in small if not _within(group, *old)), None)
    return None if group is None else _givers(blocks, group, len(known))


def _are_cells(groups: Ints, rows: Bits, twice: float) -> NDArray[np.bool_]:
    """Which groups are cells themselves; nobody asks where each is in one piece."""
    if not twice:
        return np.ones(len(groups), dtype=np.bool_)
    cells = {row.tobytes() for row in rows}
    return np.array([group.astype(rows.dtype).tobytes() in cells for group in groups], dtype=np.bool_)


def _groups(basis: Ints) -> Ints:
    """All combinations of the basis that are zero or one everywhere, and somewhere one.

    Its rows are reduced: what a combination is at their pivots are its coefficients, so these are zero or one too.
    """
    width = len(basis)
    chosen = (np.arange(1, 2**width)[:, None] >> np.arange(width)) & 1
    found = chosen @ basis % PRIME
    return found[(found <= 1).all(axis=1)]


def reduce(rows: Bits | Ints) -> tuple[Ints, list[int]]:
    """The reduced row echelon form modulo the prime, without empty rows, and the column of each row's pivot."""
    left, pivots = rows.astype(np.int64) % PRIME, list[int]()
    for column in range(left.shape[1]):
        done = len(pivots)
        if done == len(left):
            break
        below = left[done:, column]
        first = done + int(below.argmax())
        if not left[first, column]:
            continue
        if first != done:
            left[[done, first]] = left[[first, done]]
        if left[done, column] != 1:
            left[done] = left[done] * pow(int(left[done, column]), -1, PRIME) % PRIME
        others = left[:, column].nonzero()[0]
        others = others[others != done]
        left[others] = (left[others] - left[others, column, None] * left[done]) % PRIME
        pivots.append(column)
    return left[: len(pivots)], pivots


def _within(row: Ints, reduced: Ints, pivots: list[int]) -> bool:
    """Whether a row is a combination of others, given in reduced form."""
    rest = row.copy()
    for base, pivot in zip(reduced, pivots, strict=True):
        if rest[pivot]:
            rest = (rest - rest[pivot] * base) % PRIME
    return not rest.any()


def _givers(rows: Bits, group: Ints, known: int) -> list[int]:
    """The rows after the known ones that giving a group away needs, else those that take part in one way to do so."""
    system, pivots = reduce(np.hstack([rows.T, group[:, None]]))
    free = [column for column in range(len(rows)) if column not in set(pivots)]
    part = [(pivot - known, line) for line, pivot in zip(system, pivots, strict=True) if line[-1]]
    own = [(position, line) for position, line in part if position >= 0]
    needed = [position for position, line in own if not line[free].any()]
    return needed or [position for position, _ in own] or list(range(len(rows) - known))
