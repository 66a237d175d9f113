"""One statement for several plans: how each finds its own rows and columns in what comes back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from typing import Any

import sqlalchemy as sa

from metrics.engine.asking.leaves import Wanted
from metrics.engine.fetching.together import PART
from metrics.engine.queries import direct, entities
from metrics.engine.queries.cells import Cell, Found, Group, Ran

Planned = direct.Planned | entities.Planned
Columns = tuple[str, ...]
Marks = tuple[tuple[str, Any], ...]


@dataclass(frozen=True)
class Bundle:
    """One statement, the plans that read its rows, and where the columns of each stand if there are several."""

    statement: sa.Select[Any]
    plans: Sequence[Planned]
    places: Sequence[Sequence[int]] = ()

    @property
    def leaves(self) -> list[Wanted]:
        """The leaves that it answers."""
        return [wanted for plan in self.plans for wanted in plan.places]

    def read(self, rows: Sequence[Sequence[Any]], ran: Ran) -> dict[Wanted, Found]:
        """The cells of all leaves."""
        queries, named = (ran,), self._named
        return {one: Found(cells, queries, *named[one]) for one, cells in self._cells(rows)}

    def _cells(self, rows: Sequence[Sequence[Any]]) -> Iterator[tuple[Wanted, dict[Group, Cell]]]:
        """The cells of each leaf, out of the rows of its plan."""
        if not self.places:
            yield from self.plans[0].read(rows).items()
            return
        widths = [width_of(plan) for plan in self.plans]
        behind = 1 + max(widths)
        for number, (plan, width, places) in enumerate(zip(self.plans, widths, self.places, strict=True)):
            taken = itemgetter(*range(1, 1 + width), *(behind + place for place in places))
            yield from plan.read([taken(row) for row in rows if row[0] == number]).items()

    @cached_property
    def _named(self) -> dict[Wanted, tuple[Columns, Marks]]:
        """The names of the columns of each leaf, and what marks its rows; remembered: they are of the statement."""
        found: dict[Wanted, tuple[Columns, Marks]] = {}
        for number, plan in enumerate(self.plans):
            places = self.places[number] if self.places else None
            part = ((PART, number),) if self.places else ()
            for wanted, (columns, marks) in plan.standing().items():
                own = tuple((_name(place, places), held) for place, held in marks)
                found[wanted] = tuple(_name(place, places) for place in columns), (*part, *own)
        return found


def _name(column: int, places: Sequence[int] | None) -> str:
    """A column of a plan as its statement calls it: plans below one another share columns."""
    return f"c{column if places is None else places[column]}"


def width_of(plan: Planned) -> int:
    """How many columns of a plan's rows are groups."""
    return len(next(iter(plan.places)).leaf.slice.by)
