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
from typing import Any

from metrics.engine import fingerprint
from metrics.engine.relations import Relations

BOUND = 96 * 2**20
"""How many bytes may be kept, as ``put`` is told them."""


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


@dataclass(frozen=True)
class Kept:
    """One thing that is kept, with the tables it was made of and about how many bytes it takes."""

    tables: frozenset[str]
    weight: int
    what: Any


@dataclass
class Store:
    """Kept things by key. Callers may come from several threads; only one may call ``look`` at a time.

    ``window`` is in seconds; ``clock`` counts seconds.
    """

    relations: Relations
    window: float
    clock: Callable[[], float]
    bound: int = BOUND
    weight: int = 0
    _seen: dict[str, Seen] = field(default_factory=dict)
    _kept: OrderedDict[Hashable, Kept] = field(default_factory=OrderedDict)
    _lock: RLock = field(default_factory=RLock)

    def get(self, key: Hashable) -> Any:
        """What is kept under a key and still fresh; None if there is nothing."""
        with self._lock:
            found = self._kept.get(key)
            if found is None or not self.fresh(found.tables):
                return None
            self._kept.move_to_end(key)
            return found.what

    def tables_of(self, key: Hashable) -> frozenset[str]:
        """The tables of what is kept under a key, fresh or not."""
        with self._lock:
            found = self._kept.get(key)
            return frozenset() if found is None else found.tables

    def put(self, key: Hashable, tables: frozenset[str], weight: int, what: Any) -> None:
        """Keep something; what was used longest ago makes room for it."""
        if weight > self.bound or not self.fresh(tables):
            return
        with self._lock:
            self._drop(key)
            self._kept[key] = Kept(tables, weight, what)
            self.weight += weight
            while self.weight > self.bound:
                self._drop(next(iter(self._kept)))

    def fresh(self, tables: Iterable[str]) -> bool:
        """Whether all these tables were looked at within the window."""
        now = self.clock()
        return all(table in self._seen and now - self._seen[table].at < self.window for table in tables)

    def rows(self, table: str) -> int:
        """How many rows a table had when it was last looked at; 0 for one that never was."""
        return self._seen[table].rows if table in self._seen else 0

    def check(self, tables: Iterable[str]) -> frozenset[str]:
        """Look at those tables whose window is over, drop what was made of a changed one, and name those tables.

        Raises:
            CompanyError: the warehouse refuses to be read.
        """
        over = frozenset(table for table in tables if not self.fresh((table,)))
        for table in sorted(over):
            seen = self._seen.get(table)
            self._look(table, seen, summed=seen is not None and self.window > 0)
        return over

    def glance(self, tables: Iterable[str]) -> None:
        """Glance at these tables whatever their window, and drop what was made of one that has other rows now.

        Raises:
            CompanyError: the warehouse refuses to be read.
        """
        for table in sorted(tables):
            self._look(table, self._seen.get(table), summed=False)

    def _look(self, table: str, seen: Seen | None, *, summed: bool) -> None:
        """Look at one table. The clock is read before: nothing that comes while we look is hidden for longer."""
        now = self.clock()
        glance = self._ask(fingerprint.glance(self.relations, table))
        same = seen is not None and seen.glance == glance
        content = seen.content if same and seen is not None else None
        if same and summed:
            content = self._ask(fingerprint.contents(self.relations, table))
            same = seen is not None and seen.content == content
        with self._lock:
            if not same:
                for key in [key for key, kept in self._kept.items() if table in kept.tables]:
                    self._drop(key)
            at = now if summed or seen is None or not same else seen.at
            self._seen[table] = Seen(at, glance, content)

    def _ask(self, statement: Any) -> tuple[Any, ...]:
        return tuple(self.relations.warehouse.run(statement).rows[0])

    def _drop(self, key: Hashable) -> None:
        found = self._kept.pop(key, None)
        if found is not None:
            self.weight -= found.weight
