"""A query that the database refuses because of its rows -> the same of ever fewer leaves, until what fails is alone.

Many leaves share a statement, and one sum that is out of range fails it for all of them.
"""

from __future__ import annotations

from collections.abc import Sequence

from metrics.engine.asking.leaves import Wanted
from metrics.engine.fetching.bundle import Bundle
from metrics.engine.fetching.jobs import RollUp, jobs
from metrics.engine.fetching.source import Source
from metrics.engine.fetching.taken import Cells, taken
from metrics.errors import RefusedError


def one_by_one(source: Source, found: Sequence[RollUp | Bundle]) -> Cells:
    """The leaves of all jobs; None for those that fail alone, which is remembered while their tables stay the same.

    Raises:
        CompanyError: the warehouse took too long, went away, or refuses a query for another reason than its rows.
    """
    cells: Cells = {}
    for job in found:
        cells |= _tried(source, job)
    return cells


def _tried(source: Source, job: RollUp | Bundle) -> Cells:
    try:
        [(answered, ran)] = source.run([job.statement])
        return taken(source, job, answered, ran)
    except RefusedError as error:
        if not error.of_data:
            raise
    wanted = sorted(job.leaves, key=_alike)
    if len(wanted) == 1:
        source.note_refused(wanted[0])
        return dict.fromkeys(wanted)
    half = len(wanted) // 2
    return _part(source, wanted[:half]) | _part(source, wanted[half:])


def _part(source: Source, wanted: Sequence[Wanted]) -> Cells:
    return one_by_one(source, jobs(source.sizes, wanted).found)


def _alike(wanted: Wanted) -> tuple[str, str]:
    """Periods of one measure stand together: they mostly fail, or not, together."""
    return wanted.leaf.key, str(wanted.leaf.start)
