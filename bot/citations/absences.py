"""Prove words for a value that is not there: "is not measured", "is suppressed", "has no value"."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from bot.citations.facts import Facts
from bot.citations.sentences import Sentence, metrics, plain
from bot.citations.words import phrases
from metrics.scorecard import Row
from metrics.values import Status

BE = "(?:is|are|was|were|remains?|stays?)(?: still| currently)?"
ABSENCES: tuple[tuple[re.Pattern[str], frozenset[Status] | None], ...] = (
    (
        phrases(f"{BE} (?:not|un)(?: yet| currently)? ?measured, (?:has|have) not(?: yet)? been measured"),
        frozenset([Status.NOT_MEASURED]),
    ),
    (
        phrases(f"{BE} (?:suppressed|withheld|hidden)(?: to protect small groups)?"),
        frozenset([Status.SUPPRESSED]),
    ),
    (
        phrases(f"""
            (?:has|have|there is) no (?:value|figure), without a (?:value|figure),
            no (?:value|figure) {BE} (?:available|shown), {BE} (?:not|un)(?: yet)? ?(?:available|shown)
        """),
        None,
    ),
)
"""What says so, and the statuses that bear it out; None: any, as long as there is no value."""


def absences(sentence: Sentence, marked: Collection[str]) -> dict[int, frozenset[str]]:
    """Clauses that say a value is not there -> the metrics without a mark that they may be about.

    Those are all that are named since the clause before that said so; the last takes the names behind it, too.
    """
    places = [
        place
        for place, clause in enumerate(sentence.clauses)
        if any(pattern.search(plain(clause)) for pattern, _ in ABSENCES)
    ]
    named = [metrics(clause) - frozenset(marked) for clause in sentence.clauses]
    ends = [*places[:-1], len(named) - 1]
    starts = [0, *(place + 1 for place in places)]
    return {
        place: frozenset().union(*named[start : end + 1])
        for place, start, end in zip(places, starts, ends, strict=False)
    }


def without_absences(clause: str, about: Iterable[str], facts: Facts) -> str | None:
    """The clause without words for an absence that the scorecard bears out; None where it does not."""
    rows = [facts.row(metric) for metric in about]
    for pattern, statuses in ABSENCES:
        if pattern.search(clause):
            if not rows or not all(row is not None and _absent(row, statuses) for row in rows):
                return None
            clause = pattern.sub(" ", clause)
    return clause


def _absent(row: Row, statuses: frozenset[Status] | None) -> bool:
    return row.value.value is None and (statuses is None or row.value.status in statuses)
