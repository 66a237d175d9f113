"""The rows of a job -> the cells of its leaves, which are kept for the next question."""

from __future__ import annotations

from metrics.engine.asking.leaves import Wanted
from metrics.engine.fetching.bundle import Bundle
from metrics.engine.fetching.jobs import RollUp
from metrics.engine.fetching.source import Source
from metrics.engine.fetching.store import Kept
from metrics.engine.queries import rollup
from metrics.engine.queries.cells import Found, Ran, UnfitError
from metrics.warehouse.answered import Answered

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


def summed(asked: rollup.Reading, kept: rollup.Rolled) -> Found | None:
    """A leaf out of running sums, if those are numbers."""
    try:
        return rollup.read(asked, kept)
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
    keep: dict[str, Wanted] = {}
    for wanted in job.wanted:
        reading = source.reading(wanted)
        found[wanted] = summed(reading, rolled[reading.content])
        keep[reading.content] = wanted
    source.store.put_all(
        (
            rollup.key_of(one),
            Kept(source.behind.leaf(one.leaf), POINT * rolled[content].points, rolled[content]),
        )
        for content, one in keep.items()
    )
    return found


def _read(source: Source, job: Bundle, answered: Answered, ran: Ran) -> Cells:
    """The leaves of a statement, each kept by itself."""
    found = job.read(answered.rows, ran)
    source.store.put_all(
        (("result", wanted), Kept(source.behind.leaf(wanted.leaf), CELL * (1 + len(one.cells)), one))
        for wanted, one in found.items()
    )
    return {**found}
