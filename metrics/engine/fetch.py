"""Leaves -> cells: the leaves of a question sorted into as few queries as the data allows, and run."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import sqlalchemy as sa

from metrics.definition import Entities, Measure
from metrics.engine import direct, entities, rollup
from metrics.engine.cells import Found
from metrics.engine.leaves import Leaf, takes_quantile
from metrics.engine.needs import missing
from metrics.engine.relations import MissingError
from metrics.engine.rows import Setting
from metrics.warehouse.connect import Answered, Warehouse


@dataclass
class Fetched:
    """What came back: cells by leaf, what is missing by leaf, and the statements that ran."""

    cells: dict[Leaf, Found] = field(default_factory=dict)
    missing: dict[Leaf, tuple[str, ...]] = field(default_factory=dict)
    queries: list[Answered] = field(default_factory=list)

    def ask(self, warehouse: Warehouse, statement: sa.Select[Any]) -> tuple[Answered, int]:
        """Run a statement and remember it; its index stands in the cells it gave."""
        self.queries.append(warehouse.run(statement))
        return self.queries[-1], len(self.queries) - 1


def fetch(setting: Setting, warehouse: Warehouse, wanted: Iterable[Leaf], as_of: date) -> Fetched:
    """Answer every leaf, with one query for all that share a source."""
    fetched = Fetched()
    sources: dict[tuple[Any, ...], list[Leaf]] = {}
    alone = warehouse.habits.one_quantile
    for leaf in dict.fromkeys(wanted):
        own = (leaf,) if alone and takes_quantile(leaf) else ()
        sources.setdefault((*_source(leaf), *own), []).append(leaf)
    for source, group in sources.items():
        for leaf in group:
            lacking = missing(leaf.expression, setting.relations, setting.settings)
            if lacking:
                fetched.missing[leaf] = lacking
        present = [leaf for leaf in group if leaf not in fetched.missing]
        if not present:
            continue
        try:
            _ask(source[0], setting, warehouse, present, as_of, fetched)
        except MissingError as error:  # a column that only the groups or filters need
            fetched.missing |= dict.fromkeys(present, error.what)
    return fetched


def _source(leaf: Leaf) -> tuple[Any, ...]:
    if isinstance(leaf.expression, Entities):
        return ("entities", *entities.source_of(leaf))
    return ("rollup" if rollup.is_additive(leaf.expression) else "direct", *rollup.source_of(leaf))


def _ask(
    kind: str, setting: Setting, warehouse: Warehouse, group: list[Leaf], as_of: date, fetched: Fetched
) -> None:
    if kind == "entities":
        answered, query = fetched.ask(warehouse, entities.plan(setting, group, as_of))
        fetched.cells |= entities.read(answered, group, query)
    elif kind == "direct":
        answered, query = fetched.ask(warehouse, direct.plan(setting, group, as_of))
        fetched.cells |= direct.read(setting, answered, group, as_of, query)
    else:
        _ask_rollup(setting, warehouse, group, as_of, fetched)


def _ask_rollup(
    setting: Setting, warehouse: Warehouse, group: list[Leaf], as_of: date, fetched: Fetched
) -> None:
    planned = rollup.plan(setting, group)
    width, groups = len(planned.columns), len(group[0].slice.by)
    answered, query = fetched.ask(warehouse, planned.begins)
    begins = rollup.series(answered, width, groups)
    queries: tuple[int, ...] = (query,)
    ends = None
    if planned.ends is not None:
        answered, query = fetched.ask(warehouse, planned.ends)
        ends, queries = rollup.series(answered, width, groups), (*queries, query)
    for leaf in group:
        assert isinstance(leaf.expression, Measure)
        place = planned.columns[rollup.content(leaf.expression)]
        fetched.cells[leaf] = rollup.read(
            setting, leaf, as_of, begins[place], ends[place] if ends else None, queries, place
        )
