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

Ints = NDArray[np.int64]
People = NDArray[np.float64]
PRIME = 2**31 - 1
MOST = 13
"""Dimensions of the space that is still searched through; what is larger counts as unsafe."""


class TooManyError(Exception):
    """There are too many combinations to look at them all."""


def singled_out(known: Ints, added: Ints, people: People, least: int) -> Ints | None:
    """A group of fewer than ``least`` people that the rows ``added`` to those ``known`` give away.

    ``people`` counts them for each piece. Groups that the known rows give away alone are not looked for. The group
    is a row of zeros and ones; None where there is none.

    Raises:
        TooManyError: that could not be decided.
    """
    rows = np.vstack([known, added])[:, people > 0]
    blocks, place = np.unique(rows, axis=1, return_inverse=True)
    size = np.bincount(place.ravel(), weights=people[people > 0])
    order = np.argsort(size < least, kind="stable")  # the large blocks first
    reduced, pivots = reduce(blocks[:, order])
    large = int((size >= least).sum())
    basis = reduced[[pivot >= large for pivot in pivots]]
    if len(basis) > MOST:
        raise TooManyError
    old = reduce(blocks[: len(known)][:, order])
    for group in _groups(basis):
        if float(group @ size[order]) < least and not _within(group, *old):
            found = np.zeros(len(people), dtype=np.int64)
            found[people > 0] = group[np.argsort(order)][place.ravel()]
            return found
    return None


def _groups(basis: Ints) -> Ints:
    """All combinations of the basis that are zero or one everywhere, and somewhere one.

    Its rows are reduced: what a combination is at their pivots are its coefficients, so these are zero or one too.
    """
    if not len(basis):
        return basis
    width = len(basis)
    chosen = (np.arange(1, 2**width)[:, None] >> np.arange(width)) & 1
    found = chosen @ basis % PRIME
    return found[(found <= 1).all(axis=1)]


def reduce(rows: Ints) -> tuple[Ints, list[int]]:
    """The reduced row echelon form modulo the prime, without empty rows, and the column of each row's pivot."""
    left, pivots = rows % PRIME, list[int]()
    for column in range(left.shape[1]):
        done = len(pivots)
        if done == len(left):
            break
        candidates = np.flatnonzero(left[done:, column])
        if not len(candidates):
            continue
        first = done + int(candidates[0])
        if first != done:
            left[[done, first]] = left[[first, done]]
        left[done] = left[done] * pow(int(left[done, column]), -1, PRIME) % PRIME
        others = np.flatnonzero(left[:, column])
        others = others[others != done]
        left[others] = (left[others] - left[others, column, None] * left[done]) % PRIME
        pivots.append(column)
    return left[: len(pivots)], pivots


def _within(row: Ints, reduced: Ints, pivots: list[int]) -> bool:
    """Whether a row is a combination of others, given in reduced form."""
    rest = row.copy()
    for base, pivot in zip(reduced, pivots, strict=True):
        rest = (rest - rest[pivot] * base) % PRIME
    return not rest.any()
