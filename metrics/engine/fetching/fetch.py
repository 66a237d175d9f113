"""Leaves -> cells: out of what is kept, else out of the database; and what comes from there is kept."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from metrics.engine.asking.leaves import Known, Leaf, Wanted
from metrics.engine.fetching.apart import one_by_one
from metrics.engine.fetching.bundle import Bundle
from metrics.engine.fetching.jobs import RollUp
from metrics.engine.fetching.source import Asked, Source
from metrics.engine.fetching.taken import Cells, summed, taken
from metrics.engine.fetching.uncounted import note_whole
from metrics.engine.fetching.unrated import unrated
from metrics.engine.queries import rollup
from metrics.engine.queries.cells import Found, Ran
from metrics.engine.tables.canonical import LEDGER
from metrics.engine.tables.unfit import loses_rows
from metrics.errors import RefusedError
from metrics.warehouse.answered import Answered


@dataclass
class Fetched:
    """What came back as of one day: cells by leaf, and what is missing by leaf.

    ``refused`` are leaves whose rows the database cannot compute with: a sum that is out of range.
    What several values make of the same cells is worked out once.
    """

    cells: dict[Leaf, Found] = field(default_factory=dict)
    missing: dict[Leaf, tuple[str, ...]] = field(default_factory=dict)
    refused: set[Leaf] = field(default_factory=set)
    _known: dict[Hashable, Any] = field(default_factory=dict)

    @property
    def whole(self) -> bool:
        """Whether every leaf has its cells."""
        return not (self.missing or self.refused)

    def known(self, key: Hashable, make: Callable[[], Known]) -> Known:
        """What was made of these cells under a key, or is made now."""
        found: Known | None = self._known.get(key)
        if found is None:
            found = self._known[key] = make()
        return found


def fetch(source: Source, wanted: tuple[Wanted, ...]) -> dict[date, Fetched]:
    """Answer every leaf as of its day.

    Raises:
        CompanyError: the warehouse refuses a query.
    """
    asked = source.asked(wanted)
    found = {day: Fetched() for day in asked.days}
    for one, lacking in asked.missing.items():
        found[one.as_of].missing[one.leaf] = lacking
    for one, cells in _answered(source, asked).items():
        if isinstance(cells, Found):
            found[one.as_of].cells[one.leaf] = cells
        elif cells is None:
            found[one.as_of].refused.add(one.leaf)
        else:
            found[one.as_of].missing[one.leaf] = cells
    return found


def _answered(source: Source, asked: Asked) -> dict[Wanted, Found | tuple[str, ...] | None]:
    """The cells of each leaf, or what its groups or filters lack; None where its rows cannot be computed with.

    Whoever has to ask the database looks first whether more rows have come.
    """
    source.used.update(asked.tables)
    looked_at = source.store.check(asked.tables)
    kept: dict[Wanted, Found | tuple[str, ...] | None] = {**_kept(source, asked)}
    if len(kept) < len(asked.present) and asked.tables - looked_at:
        source.store.glance(asked.tables - looked_at)
        kept = {**_kept(source, asked)} if kept else {}
    source.note_states(asked.tables)
    lacking = tuple([one for one in asked.present if one not in kept]) if kept else asked.present
    if lacking:
        _refuse_lost(source, asked.tables)
        note_whole(source, asked.tables)
        if lost := _in_no_currency(source, asked, lacking):
            kept |= lost
            lacking = tuple([one for one in lacking if one not in lost])
        planned = source.planned(asked, lacking)
        kept |= planned.missing
        kept |= (one_by_one if source.apart else _done)(source, planned.found)
    return kept


def _refuse_lost(source: Source, tables: Iterable[str]) -> None:
    """Read no table of which a database would leave rows out in silence, where another one refuses to.

    Raises:
        RefusedError: a row holds what is no day, or no number.
    """
    relations = source.setting.relations
    for table in sorted(tables) if relations.warehouse.habits.loses else ():
        look = partial(loses_rows, relations, relations.catalog.tables[table])
        if source.store.known(("lost", table), frozenset((table,)), look):
            raise RefusedError(f"tables/{table}.sql holds what cannot be read.")


def _in_no_currency(source: Source, asked: Asked, lacking: Sequence[Wanted]) -> dict[Wanted, tuple[str, ...]]:
    """The leaves whose money cannot all be had in the reporting currency, with the rates that they lack."""
    rates = unrated(source, asked.tables)
    return {one: rates for one in lacking if LEDGER in source.behind.leaf(one.leaf)} if rates else {}


def _done(source: Source, found: Sequence[RollUp | Bundle]) -> Cells:
    """The leaves of all jobs. All statements run before any is read: each displaces what a processor has at hand.

    Where one fails, those before it are read and kept all the same.
    """
    answers: list[tuple[Answered, Ran]] = []
    cells: Cells = {}
    try:
        for one in source.run([job.statement for job in found]):
            answers.append(one)  # noqa: PERF402 - one may fail, and those before it stay
    finally:
        for job, (answered, ran) in zip(found, answers, strict=False):
            cells |= taken(source, job, answered, ran)
    return cells


def _kept(source: Source, asked: Asked) -> Cells:
    """What is kept: a rollup serves all periods from a day on, a result only its own."""
    found: Cells = dict.fromkeys(source.known_refused(asked))
    alone = list(asked.alone)
    for key, group in asked.rolled.items():
        by_day: list[Wanted] = []
        for wanted in group:
            (by_day if source.sizes.rolls_up(wanted) else alone).append(wanted)
        rolled = source.store.get(key) if by_day else None
        for wanted in by_day:
            if rolled is not None and rolled.since <= rollup.since(source.setting, wanted):
                found[wanted] = summed(source.reading(wanted), rolled)
    for wanted in alone:
        kept = source.store.get(("result", wanted))
        if kept is not None:
            found[wanted] = kept
    return found
