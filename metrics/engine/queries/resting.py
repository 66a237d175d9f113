"""What a value rests on: how many rows, and whether all of them have had their time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from metrics.definition import Entities
from metrics.engine.asking.leaves import Frame, Leaf, takes_quantile
from metrics.engine.queries.cells import Cell, Found, Group
from metrics.model import Metric

NOTHING, MIDDLE_OF_NOTHING = Cell(Fraction(0), 0), Cell(None, 0)
Cells = Mapping[Leaf, Found]
Cohort = tuple[Leaf, Leaf]
"""Rows that have had their time, and all rows of the cohort."""


def of_nothing(leaf: Leaf) -> Cell:
    """The cell of a group without rows: its total is zero, but nothing has no middle."""
    return MIDDLE_OF_NOTHING if takes_quantile(leaf) else NOTHING


def cohorts(definition: Metric, frame: Frame) -> list[Cohort]:
    """The cohorts that a metric follows."""
    own = [leaf for part in frame.leaves(definition).values() for leaf in part]
    return [(leaf, leaf.everybody) for leaf in own if leaf.everybody is not None]


def is_young(followed: Sequence[Cohort], cells: Cells, group: Group) -> bool:
    """Whether a cohort has rows that have not had their time yet, which are therefore in neither part."""
    for cohort, everybody in followed:
        if everybody in cells and cohort in cells:
            all_rows, old = cells[everybody].cells.get(group), cells[cohort].cells.get(group, NOTHING)
            if all_rows is not None and all_rows.rows > old.rows:
                return True
    return False


def base(definition: Metric, frame: Frame) -> list[Leaf]:
    """What a metric's rows are counted of: its denominator, or its numerator where it has none.

    Sums of money rest on entries, which say nothing.
    """
    part = "numerator" if definition.denominator is None else "denominator"
    own = [leaf for leaf in frame.leaves(definition)[part] if leaf.slice == frame.slice]
    return [
        leaf for leaf in own if isinstance(leaf.expression, Entities) or leaf.expression.aggregate != "sum"
    ]


def rows(counted: Sequence[Leaf], cells: Cells, group: Group) -> int | None:
    """How many rows, people or answers a value rests on. None where nothing is counted."""
    counts = [_counted(leaf, cells[leaf].cells.get(group, NOTHING)) for leaf in counted if leaf in cells]
    return max(counts, default=None)


def _counted(leaf: Leaf, cell: Cell) -> int:
    """How many a cell is about: three accounts are three, however many events each of them has."""
    measure = leaf.expression
    if isinstance(measure, Entities) or measure.aggregate != "distinct" or cell.total is None:
        return cell.rows
    return int(cell.total)
