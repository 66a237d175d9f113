"""Which canonical tables a number is made of, through joins, derived tables and rows that count nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy.sql.visitors import ExternallyTraversible

from metrics.definition import Measure, column_paths
from metrics.engine.asking.kept import way
from metrics.engine.asking.leaves import Leaf, Slice
from metrics.engine.tables.canonical import CANONICAL
from metrics.engine.tables.lacking import MissingError
from metrics.engine.tables.ours import told_by
from metrics.engine.tables.relations import Relations


@dataclass
class Behind:
    """The tables behind leaves, worked out once for each definition and slice."""

    relations: Relations
    _leaves: dict[tuple[str, Slice], frozenset[str]] = field(default_factory=dict)
    _tables: dict[str, frozenset[str]] = field(default_factory=dict)

    def leaf(self, leaf: Leaf) -> frozenset[str]:
        """The canonical tables that the company has and that a leaf reads."""
        key = (leaf.key, leaf.slice)
        if key not in self._leaves:
            names = {name for measure in leaf.measures for name in self._measure(measure, leaf.slice)}
            self._leaves[key] = frozenset(table for name in names for table in self.table(name))
        return self._leaves[key]

    def table(self, name: str) -> frozenset[str]:
        """The canonical tables that a canonical or derived table is made of, those it leaves rows out by included."""
        if name not in self._tables:
            try:
                relation = self.relations.table(name)
            except MissingError:
                return frozenset()
            reads = self.relations.warehouse.reads
            inside = {part.name.removeprefix(CANONICAL) for part in _relations_in(relation)}
            own = {table for table in inside if reads(table)}
            outside = {other for table in {name, *own} for other in self._left_out_by(table)}
            self._tables[name] = frozenset(own | outside)
        return self._tables[name]

    def _left_out_by(self, table: str) -> Iterator[str]:
        try:
            yield from told_by(self.relations, table)
        except MissingError:  # whoever needs that table is told
            return

    def forget(self) -> None:
        """Work it out anew: some tables can be read that could not, or the other way round."""
        self._leaves.clear()
        self._tables.clear()

    def _measure(self, measure: Measure, rows: Slice) -> Iterator[str]:
        yield measure.table
        for alternatives in column_paths(measure):
            for path in alternatives:
                yield from _hops(path)
        for name in (*rows.by, *rows.beside, *(name for name, _ in rows.filters)):
            yield from _hops(way(self.relations.catalog, measure.table, name) or "")


def _hops(path: str) -> Iterator[str]:
    """The tables on a path such as ``owner_id>job_history.department_id``."""
    for step in path.split(">")[1:]:
        yield step.partition(".")[0]


def _relations_in(relation: sa.CTE) -> Iterator[sa.CTE]:
    """A relation and all that it is made of. Each part is looked into once, however many others hold it."""
    seen: set[int] = set()
    parts: list[ExternallyTraversible] = [relation]
    while parts:
        part = parts.pop()
        if id(part) in seen:
            continue
        seen.add(id(part))
        if isinstance(part, sa.CTE):
            yield part
            if part.name.startswith(CANONICAL):  # made of the operator's SELECT, and of no other relation
                continue
        parts.extend(part.get_children())
