"""Asks -> values, kept as long as the tables behind them stay as they are, and computed again where one moves on."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from threading import RLock

from metrics.engine.answers import Answers
from metrics.engine.asking.ask import Ask, Key
from metrics.engine.evaluation import flags
from metrics.engine.fetching.broken import Broken
from metrics.engine.fetching.freshness import newest_days
from metrics.engine.fetching.source import Source
from metrics.engine.filters import refuse_guarded
from metrics.errors import RefusedError
from metrics.model import Catalog
from metrics.privacy import Reader
from metrics.values import Value

VALUE = 3_000
"""About how many bytes a value with its receipt takes; the SQL is shared."""

TIMES = 2
"""How often an answer is computed at most while its tables change."""


@dataclass(frozen=True)
class Computing:
    """How one engine computes, with the ``methods`` that its company chose.

    Callers take turns, except for what is kept and still fresh.
    """

    catalog: Catalog
    methods: tuple[tuple[str, str], ...]
    answers: Answers
    source: Source
    broken: Broken
    turn: RLock

    def values(
        self, asked: tuple[Ask, ...], as_of: date, today: date | None, reader: Reader
    ) -> list[list[Value]]:
        """The values of each ask, out of what is kept or computed now."""
        store, times = self.source.store, self.source.setting.relations.times
        key = Key(("answer", self.methods, tuple([ask.key for ask in asked]), as_of, today, reader, times))
        answer: list[list[Value]] | None = store.get(key)
        if answer is None:
            with self.turn:
                answer = self._again(key) or self._kept(key, self._computed(asked, as_of, today, reader))
        return [list(values) for values in answer]

    def _again(self, key: Hashable) -> list[list[Value]] | None:
        """What is kept, if its tables have not changed. Why one cannot be looked at, whoever computes finds out."""
        try:
            found: list[list[Value]] | None = self.source.store.again(key)
        except RefusedError:
            return None
        return found

    def _kept(self, key: Hashable, answer: list[list[Value]]) -> list[list[Value]]:
        """The answer, kept with the tables that were used for it; not while one cannot be read, or has moved on."""
        if self.source.setting.relations.warehouse.broken or self.source.is_mixed:
            return answer
        weight = VALUE * sum(len(values) + 1 for values in answer)
        self.source.store.put(key, frozenset(self.source.used), weight, answer)
        return answer

    def _computed(
        self, asked: Sequence[Ask], as_of: date, today: date | None, reader: Reader
    ) -> list[list[Value]]:
        """The values of each ask, out of what is kept and what the database says.

        Where that refuses to read one table, only what needs it is not measured; where rows of it can be read and not
        be computed with, only what fails alone has no value.
        """
        self.broken.again()
        try:
            return self._valued(self.answers, asked, as_of, today, reader)
        except RefusedError as error:
            if not self.broken.blame(self.source.used) and not error.of_data:
                raise
            apart = replace(self.answers, source=replace(self.source, apart=True))
            return self._valued(apart, asked, as_of, today, reader)

    def _valued(
        self, answers: Answers, asked: Sequence[Ask], as_of: date, today: date | None, reader: Reader
    ) -> list[list[Value]]:
        """The values of each ask. Where a table moved on while they were computed, they are computed once more."""
        for ask in asked:
            refuse_guarded(self.catalog, ask.metric, ask.filters)
        for _ in range(TIMES):
            self.source.begin()
            tables = answers.tables(asked, as_of, today, reader)
            tables = flags.stale(tables, partial(newest_days, self.source.store, today=as_of))
            if not self.source.is_mixed:
                break
        return flags.outliers(tables)
