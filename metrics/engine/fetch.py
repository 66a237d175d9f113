"""Leaves -> cells: out of what is kept, else out of the database; and what comes from there is kept."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from metrics.engine import rollup
from metrics.engine.canonical import LEDGER
from metrics.engine.cells import Found, Ran
from metrics.engine.jobs import Bundle, RollUp
from metrics.engine.leaves import Known, Leaf, Wanted
from metrics.engine.source import Asked, Source
from metrics.engine.uncounted import note_whole
from metrics.engine.unfit import loses_rows
from metrics.engine.unrated import unrated
from metrics.errors import RefusedError
from metrics.warehouse.connect import Answered

POINT, CELL = 200, 400
"""About how many bytes one day of a rollup takes, and one cell of a result."""


@dataclass
class Fetched:
    """What came back as of one day: cells by leaf, and what is missing by leaf.

    What several values make of the same cells is worked out once.
    """

    cells: dict[Leaf, Found] = field(default_factory=dict)
    missing: dict[Leaf, tuple[str, ...]] = field(default_factory=dict)
    _known: dict[Hashable, Any] = field(default_factory=dict)

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
        else:
            found[one.as_of].missing[one.leaf] = cells
    return found


def _answered(source: Source, asked: Asked) -> dict[Wanted, Found | tuple[str, ...]]:
    """The cells of each leaf, or what its groups or filters lack.

    Whoever has to ask the database looks first whether more rows have come.
    """
    source.used.update(asked.tables)
    looked_at = source.store.check(asked.tables)
    kept: dict[Wanted, Found | tuple[str, ...]] = {**_kept(source, asked)}
    if len(kept) < len(asked.present) and asked.tables - looked_at:
        source.store.glance(asked.tables - looked_at)
        kept = {**_kept(source, asked)} if kept else {}
    lacking = tuple([one for one in asked.present if one not in kept]) if kept else asked.present
    if lacking:
        _refuse_lost(source, asked.tables)
        note_whole(source, asked.tables)
        kept |= _in_no_currency(source, asked, lacking)
        planned = source.planned(asked, tuple([one for one in lacking if one not in kept]))
        kept |= planned.missing
        kept |= _done(source, planned.found)
    return kept


def _refuse_lost(source: Source, tables: Iterable[str]) -> None:
    """Read no table of which a database would leave rows out in silence, where another one refuses to.

    Raises:
        RefusedError: a row holds what is no day, or no number.
    """
    relations = source.setting.relations
    for table in sorted(tables) if not relations.warehouse.habits.typed else ():
        lost = source.store.get(("lost", table))
        if lost is None:
            lost = loses_rows(relations, relations.catalog.tables[table])
            source.store.put(("lost", table), frozenset((table,)), CELL, lost)
        if lost:
            raise RefusedError(f"tables/{table}.sql holds what cannot be read.")


def _in_no_currency(source: Source, asked: Asked, lacking: Sequence[Wanted]) -> dict[Wanted, tuple[str, ...]]:
    """The leaves whose money cannot all be had in the reporting currency, with the rates that they lack."""
    rates = unrated(source, asked.tables)
    return {one: rates for one in lacking if LEDGER in source.behind.leaf(one.leaf)} if rates else {}


def _done(source: Source, found: Sequence[RollUp | Bundle]) -> dict[Wanted, Found]:
    """The leaves of all jobs. All statements run before any is read: each displaces what a processor has at hand.

    Where one fails, those before it are read and kept all the same.
    """
    answers: list[tuple[Answered, Ran]] = []
    cells: dict[Wanted, Found] = {}
    try:
        for job in found:
            answers.append(source.run(job.statement))  # noqa: PERF401 - one may fail
    finally:
        for job, (answered, ran) in zip(found, answers, strict=False):
            if isinstance(job, RollUp):
                cells |= _rolled_up(source, job, answered, ran)
            else:
                cells |= _read(source, job, answered, ran)
    return cells


def _kept(source: Source, asked: Asked) -> dict[Wanted, Found]:
    """What is kept: a rollup serves all periods from a day on, a result only its own."""
    found: dict[Wanted, Found] = {}
    alone = list(asked.alone)
    for key, group in asked.rolled.items():
        if not source.sizes.rolls_up(group[0].leaf):
            alone += group
            continue
        rolled = source.store.get(key)
        for wanted in group if rolled is not None else ():
            if rolled.since <= rollup.since(source.setting, wanted):
                found[wanted] = rollup.read(source.reading(wanted), rolled)
    for wanted in alone:
        kept = source.store.get(("result", wanted))
        if kept is not None:
            found[wanted] = kept
    return found


def _rolled_up(source: Source, job: RollUp, answered: Answered, ran: Ran) -> dict[Wanted, Found]:
    """The leaves of a day rollup, which is kept."""
    places = job.planned.places
    sums = rollup.series(answered, places.values(), len(job.wanted[0].leaf.slice.by))
    rolled = {
        content: rollup.Rolled(own, (ran,), place.column, job.since)
        for (content, place), own in zip(places.items(), sums, strict=True)
    }
    found = {}
    left = dict(rolled)
    for wanted in job.wanted:
        reading = source.reading(wanted)
        kept = rolled[reading.content]
        if left.pop(reading.content, None):
            source.store.put(
                rollup.key_of(wanted), source.behind.leaf(wanted.leaf), POINT * kept.points, kept
            )
        found[wanted] = rollup.read(reading, kept)
    return found


def _read(source: Source, job: Bundle, answered: Answered, ran: Ran) -> dict[Wanted, Found]:
    """The leaves of a statement, each kept by itself."""
    found = job.read(answered.rows, ran)
    for wanted, one in found.items():
        weight = CELL * (1 + len(one.cells))
        source.store.put(("result", wanted), source.behind.leaf(wanted.leaf), weight, one)
    return found
