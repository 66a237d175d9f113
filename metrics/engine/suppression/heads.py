"""Cells of who is counted -> people by group."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from metrics.definition import Entities
from metrics.engine.asking.leaves import Leaf
from metrics.engine.queries.cells import Cell, Found, Group
from metrics.privacy.combinations import People

Heads = int | Fraction
"""People: on average over a month, there may be half a one."""


def people_of(one: Leaf, found: Found) -> dict[Group, Heads]:
    """People by group; rows without a value of a dimension are one group."""
    whole = found.cells.get(())
    if whole is not None:
        return {(): _heads(one, whole)}
    counted: dict[Group, Heads] = {}
    for group, cell in found.cells.items():
        name = tuple([part or None for part in group])
        counted[name] = counted.get(name, 0) + _heads(one, cell)
    return counted


def groups_of(one: Leaf, found: Found, width: int) -> dict[Group, dict[Group, Heads]]:
    """People by what tells them apart behind the first ``width`` dimensions, and in each by those."""
    counted: dict[Group, dict[Group, Heads]] = {}
    for group, heads in people_of(one, found).items():
        counted.setdefault(group[width:], {})[group[:width]] = heads
    return counted


def _heads(one: Leaf, cell: Cell) -> Heads:
    """How many a cell counts: its total where that is a count, else the rows or entities it rests on."""
    counted = one.expression
    if isinstance(counted, Entities) or counted.aggregate not in {"count", "distinct"}:
        return cell.rows
    return cell.total or 0


def pieces_of(months: Sequence[Sequence[Heads]]) -> People:
    """People of all months by group, group after group."""
    return np.array([[float(heads) for heads in own] for own in zip(*months, strict=True)]).ravel()
