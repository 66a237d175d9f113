"""The rows of a job -> the cells of its leaves, which are kept for the next question."""

from __future__ import annotations

from metrics.engine import rollup
from metrics.engine.cells import Found, Ran, UnfitError
from metrics.engine.jobs import Bundle, RollUp
from metrics.engine.leaves import Wanted
from metrics.engine.source import Source
from metrics.warehouse.connect import Answered

POINT, CELL = 200, 400
"""About how many bytes one day of a rollup takes, and one cell of a result."""
Cells = dict[Wanted, Found | None]
"""The cells of each leaf; None where its rows hold what cannot be computed with."""


def taken(source: Source, job: RollUp | Bundle, answered: Answered, ran: Ran) -> Cells:
    """The leaves of a job out of the rows of its statement.

    Raises:
        UnfitError: rows of several leaves hold what is no number.
    """
    if isinstance(job, RollUp):
        return _rolled_up(source, job, answered, ran)
    return _read(source, job, answered, ran)


def summed(source: Source, wanted: Wanted, kept: rollup.Rolled) -> Found | None:
    """A leaf out of running sums, if those are numbers."""
    try:
        return rollup.read(source.reading(wanted), kept)
    except UnfitError:
        return None


def _rolled_up(source: Source, job: RollUp, answered: Answered, ran: Ran) -> Cells:
    """The leaves of a day rollup, which is kept."""
    places = job.planned.places
    sums = rollup.series(answered, places.values(), len(job.wanted[0].leaf.slice.by))
    rolled = {
        content: rollup.Rolled(own, (ran,), place.column, job.since)
        for (content, place), own in zip(places.items(), sums, strict=True)
    }
    found: Cells = {}
    left = dict(rolled)
    for wanted in job.wanted:
        content = source.reading(wanted).content
        kept = rolled[content]
        if left.pop(content, None):
            source.store.put(
                rollup.key_of(wanted), source.behind.leaf(wanted.leaf), POINT * kept.points, kept
            )
        found[wanted] = summed(source, wanted, kept)
    return found


def _read(source: Source, job: Bundle, answered: Answered, ran: Ran) -> Cells:
    """The leaves of a statement, each kept by itself."""
    found = job.read(answered.rows, ran)
    for wanted, one in found.items():
        weight = CELL * (1 + len(one.cells))
        source.store.put(("result", wanted), source.behind.leaf(wanted.leaf), weight, one)
    return {**found}
