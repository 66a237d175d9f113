"""What a value rests on: how many rows, and whether all of them have had their time."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from metrics.definition import Entities
from metrics.engine.cells import Cell, Found, Group
from metrics.engine.leaves import Frame, Leaf, whole_cohort
from metrics.model import Metric

NOTHING = Cell(Fraction(0), 0)
Cells = Mapping[Leaf, Found]


def is_young(definition: Metric, frame: Frame, cells: Cells, group: Group) -> bool:
    """Whether the cohort has rows that have not had their time yet, which are therefore in neither part."""
    for own in frame.leaves(definition).values():
        for cohort in own:
            everybody = whole_cohort(cohort)
            if everybody is not None and everybody in cells and cohort in cells:
                all_rows, old = cells[everybody].cells.get(group), cells[cohort].cells.get(group, NOTHING)
                if all_rows is not None and all_rows.rows > old.rows:
                    return True
    return False


def rows(definition: Metric, frame: Frame, cells: Cells, group: Group) -> int | None:
    """How many rows, people or answers a value's denominator rests on, or its numerator where it has none.

    None where nothing is counted: sums of money rest on entries, which say nothing.
    """
    base = "numerator" if definition.denominator is None else "denominator"
    counts = [
        cells[found].cells.get(group, NOTHING).rows
        for found in frame.leaves(definition)[base]
        if found.slice == frame.slice and found in cells and _counts(found)
    ]
    return max(counts, default=None)


def _counts(found: Leaf) -> bool:
    return isinstance(found.expression, Entities) or found.expression.aggregate != "sum"
