"""What an answer says of how the question was read: one sentence for each thing that was assumed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.model import Request
from bot.reading import cues
from bot.reading.seen import ABOUT_VALUES, Seen
from bot.reading.spelling import UNDERSTOOD
from bot.reading.stems import idle
from bot.reading.text import words
from metrics.model import Catalog

MOST_WORDS = 4
"""Words that are named as not understood; of more, the question as a whole was."""


def remarks(request: Request, seen: Seen, catalog: Catalog) -> tuple[str, ...]:
    """The sentences, most important first."""
    return tuple(one for one in _said(request, seen, catalog) if one)


def _said(request: Request, seen: Seen, catalog: Catalog) -> Iterator[str]:
    if seen.role.assumed and request.role == seen.role.role:
        yield seen.role.assumed
    if request.metrics or request.alternatives:
        yield from seen.named.assumed
    if request.kind == "recommendation":
        yield seen.counted.assumed
        if request.metrics and not seen.metrics:
            yield f"{catalog.metrics[request.metrics[0]].name} was taken as what you want added."
        if cues.RULES_OFF.search(seen.text):
            yield "Your rules and mine stay in force: a list of one side only hides what the other side costs."
    if request.kind in ABOUT_VALUES or request.kind == "recommendation":
        yield from _narrowing(request, seen, catalog)


def _narrowing(request: Request, seen: Seen, catalog: Catalog) -> Iterator[str]:
    """What the values were narrowed to, and what may have been meant to narrow them and was not understood."""
    for dimension, value in seen.filters.items():
        if request.filters.get(dimension) == value and value.lower() not in seen.text:
            yield f"Only {value} ({catalog.dimensions[dimension].name.lower()})."
    if seen.groups.compared and seen.groups.compared == request.dimension:
        yield f"All groups are shown, by {catalog.dimensions[seen.groups.compared].name.lower()}."
    if seen.groups.several:
        said, groups = seen.groups.several
        yield f"{said!r} may be {' or '.join(groups)}, so nothing was filtered by it: name one."
        return
    unknown = narrowers(seen.rest)
    if unknown:
        verb = "is" if len(unknown) == 1 else "are"
        named = ", ".join(map(repr, unknown))
        yield f"Nothing was filtered by {named}, which {verb} no period, metric or group known here."


def left(text: str) -> list[str]:
    """The words that nobody understood."""
    return [w.text for w in words(text) if w.text.isalpha() and w.text not in UNDERSTOOD and not idle(w.text)]


def narrowers(rest: str) -> list[str]:
    """The words that may have been meant to narrow the values down ("win rate EMEA", "in Berlin", "Sarah's")."""
    unknown = left(rest)
    if len(unknown) <= MOST_WORDS:
        return unknown
    found = re.findall(r"\b(?:for|in|of|at|from) (?:the )?([\w-]+)|\b(\w+)'s\b", rest)
    return [name for name in dict.fromkeys(one or other for one, other in found) if left(name)][:MOST_WORDS]
