"""What the engine keeps between two questions: day rollups, results and values, each as fresh as its tables.

Whatever is kept names the tables it was made of. Within the window of freshness it is served as it is. After
it the fingerprints of those tables decide: of a table that has changed, everything is dropped. Before anything
is asked of the database, the tables concerned are glanced at, so that one answer never mixes what was kept with
rows that have come since. When memory is short, what was used longest ago goes first.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from threading import RLock
from typing import Any, NamedTuple, TypeVar

import sqlalchemy as sa

from metrics.engine.fetching.together import side_by_side
from metrics.engine.tables import fingerprint
from metrics.engine.tables.relations import Relations
from metrics.errors import RefusedError

BOUND = 96 * 2**20
"""How many bytes may be kept, as ``put`` is told them."""
SMALL = 400
"""About how many bytes a number or a few words take, with what is kept beside them."""
LOOKS = 64
Known = TypeVar("Known")
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


class Kept(NamedTuple):
    """One thing that is kept, with the tables it was made of and about how many bytes it takes."""

    tables: frozenset[str]
    weight: int
    what: Any


@dataclass
class Store:
    """Kept things by key. Callers may come from several threads; only one may call ``check`` or ``glance`` at a time.

    ``window`` is in seconds; ``clock`` counts seconds.
    """

    relations: Relations
    window: float
    clock: Callable[[], float]
    bound: int = BOUND
    weight: int = 0
    _seen: dict[str, Seen] = field(default_factory=dict)
    _kept: OrderedDict[Hashable, Kept] = field(default_factory=OrderedDict)
    _looks: dict[tuple[str, ...], Look] = field(default_factory=dict)
    _states: dict[str, int] = field(default_factory=dict)
    _lock: RLock = field(default_factory=RLock)

    def get(self, key: Hashable) -> Any:
        """What is kept under a key and still fresh; None if there is nothing."""
        with self._lock:
            found = self._kept.get(key)
            if found is None or not self.fresh(found.tables):
                return None
            self._kept.move_to_end(key)
            return found.what

    def again(self, key: Hashable) -> Any:
        """What is kept under a key if its tables have not changed, after a look at them; else None.

        Raises:
            CompanyError: the warehouse refuses to be read.
        """
        with self._lock:
            found = self._kept.get(key)
        if found is not None:
            self.check(found.tables)
        return self.get(key)

    def known(self, key: Hashable, tables: frozenset[str], make: Callable[[], Known]) -> Known:
        """What is kept under a key, or is made now and kept: something small, which is not None."""
        found: Known | None = self.get(key)
        if found is None:
            found = make()
            self.put(key, tables, SMALL, found)
        return found

    def put(self, key: Hashable, tables: frozenset[str], weight: int, what: Any) -> None:
        """Keep something; what was used longest ago makes room for it."""
        self.put_all([(key, Kept(tables, weight, what))])

    def put_all(self, things: Iterable[tuple[Hashable, Kept]]) -> None:
        """Keep several things by their keys."""
        fresh: dict[frozenset[str], bool] = {}
        with self._lock:
            for key, kept in things:
                if kept.tables not in fresh:
                    fresh[kept.tables] = self.fresh(kept.tables)
                if fresh[kept.tables] and kept.weight <= self.bound:
                    self._drop(key)
                    self._kept[key] = kept
                    self.weight += kept.weight
            while self.weight > self.bound:
                self._drop(next(iter(self._kept)))

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

    def state(self, table: str) -> int:
        """A number that is another once a table was seen to have changed."""
        return self._states.get(table, 0)

    def newest(self, table: str) -> tuple[Any, ...]:
        """The newest values of its columns that say when something happened, as they were seen last."""
        return self._seen[table].glance[1:]

    def check(self, tables: Iterable[str]) -> frozenset[str]:
        """Look at those tables whose window is over, drop what was made of a changed one, and name those tables.

        Raises:
            CompanyError: the warehouse refuses to be read.
        """
        over = frozenset(table for table in tables if not self.fresh((table,)))
        self._look(over, closely=self.window > 0)
        return over

    def glance(self, tables: Iterable[str]) -> None:
        """Glance at these tables whatever their window, and drop what was made of one that has other rows now.

        Raises:
            CompanyError: the warehouse refuses to be read.
        """
        self._look(tables, closely=False)

    def _look(self, tables: Iterable[str], *, closely: bool) -> None:
        """Look at tables. The clock is read before: nothing that comes while we look is hidden for longer.

        Raises:
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
                self.forget(table)
                if seen is not None and self.relations.warehouse.differs(table):
                    raise RefusedError(f"tables/{table}.sql gives other columns than before.")
            renewed = closely or seen is None or not same
            self._seen[table] = Seen(now if renewed or seen is None else seen.at, glance, content)

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

    def forget(self, table: str) -> None:
        """Drop everything that was made of a table."""
        with self._lock:
            self._states[table] = self.state(table) + 1
            for key in [key for key, kept in self._kept.items() if table in kept.tables]:
                self._drop(key)

    def forget_look(self, table: str) -> None:
        """Drop everything that was made of a table, and what is known of it: its columns are others now."""
        self.forget(table)
        self._seen.pop(table, None)
        self._looks.clear()

    def _drop(self, key: Hashable) -> None:
        found = self._kept.pop(key, None)
        if found is not None:
            self.weight -= found.weight
