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

from metrics.engine.fetching.sightings import Sightings

BOUND = 96 * 2**20
"""How many bytes may be kept, as ``put`` is told them."""
SMALL = 400
"""About how many bytes a number or a few words take, with what is kept beside them."""
Known = TypeVar("Known")


class Kept(NamedTuple):
    """One thing that is kept, with the tables it was made of and about how many bytes it takes."""

    tables: frozenset[str]
    weight: int
    what: Any


@dataclass
class Store:
    """Kept things by key, for callers from several threads, of whom one at a time may ``check`` or ``glance``."""

    seen: Sightings
    bound: int = BOUND
    weight: int = 0
    _kept: OrderedDict[Hashable, Kept] = field(default_factory=OrderedDict)
    _states: dict[str, int] = field(default_factory=dict)
    _lock: RLock = field(default_factory=RLock)

    def get(self, key: Hashable) -> Any:
        """What is kept under a key and still fresh; None if there is nothing."""
        with self._lock:
            found = self._kept.get(key)
            if found is None or not self.seen.fresh(found.tables):
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
                    fresh[kept.tables] = self.seen.fresh(kept.tables)
                if fresh[kept.tables] and kept.weight <= self.bound:
                    self._drop(key)
                    self._kept[key] = kept
                    self.weight += kept.weight
            while self.weight > self.bound:
                self._drop(next(iter(self._kept)))

    def state(self, table: str) -> int:
        """A number that is another once a table was seen to have changed."""
        return self._states.get(table, 0)

    def check(self, tables: Iterable[str]) -> frozenset[str]:
        """Look at those tables whose window is over, drop what was made of a changed one, and name those tables.

        Raises:
            CompanyError: the warehouse refuses to be read.
        """
        over = frozenset(table for table in tables if not self.seen.fresh((table,)))
        self.seen.look(over, self.forget, closely=self.seen.window > 0)
        return over

    def glance(self, tables: Iterable[str]) -> None:
        """Glance at these tables whatever their window, and drop what was made of one that has other rows now.

        Raises:
            CompanyError: the warehouse refuses to be read.
        """
        self.seen.look(tables, self.forget, closely=False)

    def forget(self, table: str) -> None:
        """Drop everything that was made of a table."""
        with self._lock:
            self._states[table] = self.state(table) + 1
            for key in [key for key, kept in self._kept.items() if table in kept.tables]:
                self._drop(key)

    def forget_look(self, table: str) -> None:
        """Drop everything that was made of a table, and what is known of it: its columns are others now."""
        self.forget(table)
        self.seen.forget(table)

    def _drop(self, key: Hashable) -> None:
        found = self._kept.pop(key, None)
        if found is not None:
            self.weight -= found.weight
