"""Tables as they were looked at: when, how many rows they had, and whether they have changed since."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from metrics.engine.fetching.together import side_by_side
from metrics.engine.tables import fingerprint
from metrics.engine.tables.relations import Relations
from metrics.errors import RefusedError

LOOKS = 64
"""How many statements are remembered that glance at several tables."""
Look = tuple[sa.Select[Any], list[int]]
"""A glance at several tables, and where in its row each one begins."""


@dataclass
class Seen:
    """A table as it was looked at last. ``content`` is None until it was summed up once."""

    at: float
    glance: tuple[Any, ...]
    content: Any = None

    @property
    def rows(self) -> int:
        """How many rows it had."""
        return int(self.glance[0])


@dataclass
class Sightings:
    """What is known of tables by looking at them. Only one caller at a time may look.

    ``window`` is in seconds; ``clock`` counts seconds.
    """

    relations: Relations
    window: float
    clock: Callable[[], float]
    _seen: dict[str, Seen] = field(default_factory=dict)
    _looks: dict[tuple[str, ...], Look] = field(default_factory=dict)

    def fresh(self, tables: Iterable[str]) -> bool:
        """Whether all these tables were looked at within the window."""
        now = self.clock()
        for table in tables:
            seen = self._seen.get(table)
            if seen is None or now - seen.at >= self.window:
                return False
        return True

    def rows(self, table: str) -> int:
        """How many rows a table had when it was last looked at; 0 for one that never was."""
        return self._seen[table].rows if table in self._seen else 0

    def newest(self, table: str) -> tuple[Any, ...]:
        """The newest values of its columns that say when something happened, as they were seen last."""
        return self._seen[table].glance[1:]

    def look(self, tables: Iterable[str], changed: Callable[[str], None], *, closely: bool) -> None:
        """Look at tables, and tell ``changed`` of each that is another than before or was never seen.

        The clock is read before: nothing that comes while we look is hidden for longer. ``closely`` sums up what a
        table holds where a glance at it shows nothing new.

        Raises:
            CompanyError: the warehouse refuses to be read.
            RefusedError: one that has changed has other columns too: what was made of the old ones reads it wrongly.
        """
        now = self.clock()
        for table, glance in self._glances(tuple(sorted(tables))).items():
            seen = self._seen.get(table)
            same = seen is not None and seen.glance == glance
            content = seen.content if seen is not None and same else None
            if seen is not None and same and closely:
                [content] = self._row(fingerprint.contents(self.relations, table))
                same = seen.content == content
            if not same:
                changed(table)
                if seen is not None and self.relations.warehouse.differs(table):
                    raise RefusedError(f"tables/{table}.sql gives other columns than before.")
            renewed = closely or seen is None or not same
            self._seen[table] = Seen(now if renewed or seen is None else seen.at, glance, content)

    def forget(self, table: str) -> None:
        """Know nothing of a table any more: its columns are others now."""
        self._seen.pop(table, None)
        self._looks.clear()

    def _glances(self, tables: tuple[str, ...]) -> dict[str, tuple[Any, ...]]:
        """What a glance at each table shows, in one query."""
        if not tables:
            return {}
        if tables not in self._looks:  # a statement that is kept is written once
            if len(self._looks) >= LOOKS:
                self._looks.clear()
            self._looks[tables] = side_by_side(
                [fingerprint.glance(self.relations, table) for table in tables]
            )
        statement, starts = self._looks[tables]
        row = self._row(statement)
        ends = [*starts[1:], len(row)]
        return {table: row[start:end] for table, start, end in zip(tables, starts, ends, strict=True)}

    def _row(self, statement: sa.Select[Any]) -> tuple[Any, ...]:
        return tuple(self.relations.warehouse.run(statement).rows[0])
