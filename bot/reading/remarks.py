"""What an answer says of how the question was read: one sentence for each thing that was assumed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.model import Request
from bot.reading.names.groups_named import ABOUT_VALUES
from bot.reading.names.narrowing import narrowers, split_in, splits, splits_beside, splits_ranked
from bot.reading.seen import Seen
from bot.reading.words import cues
from bot.reading.words.lexicon import lexicon
from metrics.calendar.periods import Period
from metrics.model import Catalog

VALUES_OR_CHOICE = ABOUT_VALUES | {"recommendation", "clarification"}
"""Answers that a group, a period or a split would have narrowed."""


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
    if request.kind in VALUES_OR_CHOICE:
        yield from _never(request, seen)
        yield from _besides(request, seen)
        yield from _narrowing(request, seen, catalog)


def _never(request: Request, seen: Seen) -> Iterator[str]:
    """What was written as a period and is none, and which is taken instead."""
    if seen.never:
        said, why = seen.never
        instead = request.period.label if request.period else "the newest one"
        said = said.removeprefix("the ").upper() if re.search(r"\b(?:[qhw]|fy)\d", said) else said
        yield f"There is no {said.removeprefix('the ')}: {why}. This is for {instead}."


def _besides(request: Request, seen: Seen) -> Iterator[str]:
    """The periods that were named and for which nothing is answered."""
    unused = (*seen.periods_besides, *((seen.against,) if isinstance(seen.against, Period) else ()))
    besides = seen.periods_besides if request.against or request.kind == "clarification" else unused
    if besides and request.period:
        left = " and ".join(one.label for one in sorted(set(besides), key=lambda one: one.start))
        yield f"This is not for {left}: ask for that by itself."


def _kept_in(request: Request, seen: Seen) -> list[str]:
    """The groups that were to be left out, and are not; where values are of another group, they are out anyway."""
    return [
        value
        for dimension, value in dict.fromkeys(seen.groups.left_out)
        if dimension not in request.filters and value not in request.besides.get(dimension, ())
    ]


def _narrowing(request: Request, seen: Seen, catalog: Catalog) -> Iterator[str]:
    """What the values were narrowed to, and what may have been meant to narrow them and was not understood."""
    for dimension, value in seen.filters.items():
        untold = value in seen.groups.shared or value.lower() not in seen.text
        if request.filters.get(dimension) == value and untold:
            yield f"Only {value} ({catalog.dimensions[dimension].name.lower()})."
    if kept := _kept_in(request, seen):
        yield f"I cannot leave {' and '.join(kept)} out here: this is for all, and a split shows each."
    if seen.groups.several:
        said, groups = seen.groups.several
        yield f"{said!r} may be {' or '.join(groups)}, so nothing was filtered by it: name one."
        return
    beside = splits_beside(seen.rest) if seen.dimension or seen.grain else []
    if grouped := splits(seen.rest) or beside or _held_apart(request, seen) or _in_a_guess(seen, catalog):
        yield f"I know nothing to group by that is called {grouped[0]!r}."
        return
    if unknown := narrowers(seen.rest, seen.typed, lexicon(catalog).weight):
        yield f"Nothing was narrowed down by {' or '.join(map(repr, unknown))}."


def _held_apart(request: Request, seen: Seen) -> list[str]:
    """What is held against one another and nobody knows: "which industry has the best win rate"."""
    asked = request.kind in ABOUT_VALUES and not (seen.dimension or seen.grain or seen.groups.compared)
    return splits_ranked(seen.rest) if asked else []


def _in_a_guess(seen: Seen, catalog: Catalog) -> list[str]:
    """What values were to be split by, where the whole question was taken for what a metric is asked for with."""
    if not seen.named.likely or seen.dimension or seen.grain:
        return []
    asked = [catalog.metrics[one] for one in seen.metrics]
    phrases = (text for one in asked for text in (one.name, *one.synonyms, *one.phrasings))
    return split_in(seen.bare, {word for phrase in phrases for word in phrase.lower().split()})
