"""Entities whose rows belong to one period at most: one record for each entity and period, and one row for each period.

A sum of its own for every period would be as many columns, which databases plan one by one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise

import sqlalchemy as sa

from metrics.engine.asking.leaves import Wanted
from metrics.engine.queries.entities.records import records
from metrics.engine.queries.entities.sources import Source, rows_of
from metrics.engine.queries.entities.stretches import Stretch, stretch_of
from metrics.engine.queries.entities.totals import Planned, entities_of, totals
from metrics.engine.queries.rows import Setting
from metrics.engine.tables.pieces import marked

Span = tuple[date, date]
"""From a day on, and before another."""


def spans_apart(setting: Setting, group: Sequence[Wanted]) -> dict[Wanted, Span]:
    """The days that each leaf looks at, where all it takes are flows of the same days and no two share a day.

    Empty where that is not so, or there is a single one.
    """
    found: dict[Wanted, Span] = {}
    for wanted in group:
        stretches = {stretch_of(setting, item, wanted) for item in entities_of(wanted.leaf).inputs.values()}
        [(start, end, instant, looks), *others] = stretches
        if others or instant is not None or looks is not None:
            return {}
        found[wanted] = (start, end)
    spans = sorted(set(found.values()))
    apart = all(before[1] <= after[0] for before, after in pairwise(spans))
    return found if apart and len(spans) > 1 and group[0].leaf.slice.whole else {}


def whole_of(spans: Mapping[Wanted, Span]) -> Stretch | None:
    """The one stretch that holds them all; None where there are none."""
    if not spans:
        return None
    return (min(start for start, _ in spans.values()), max(end for _, end in spans.values()), None, None)


def sorted_into_periods(
    setting: Setting,
    named: dict[Wanted, dict[str, str]],
    sources: Sequence[Source],
    spans: Mapping[Wanted, Span],
    end: date,
    *,
    in_all: bool,
) -> Planned:
    """One query for leaves whose days are apart: the period is one more column that records are grouped by.

    ``end`` is the day before which all of them lie.
    """
    where, stretches = (
        next(iter(named)).leaf.slice,
        [(*span, span[0]) for span in sorted(set(spans.values()))],
    )
    rows = [_marked(rows_of(setting, source, where, None), stretches, source.number) for source in sources]
    kept = records(sources, rows, 1, [tuple(end for _ in sources)], in_all=in_all)
    marks = {wanted: start for wanted, (start, _) in spans.items()}
    return totals(named, kept, None, dict.fromkeys(named, 0), marks)


def _marked(rows: sa.Subquery, stretches: Sequence[tuple[date, date, date]], number: int) -> sa.Subquery:
    """The rows with the first day of their period; those between periods have none."""
    return sa.select(*rows.c, marked(rows.c.since, stretches).label("g0")).subquery(f"marked{number}")
