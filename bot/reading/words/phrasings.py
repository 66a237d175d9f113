"""What people ask in their own words -> the metric: "how many reps are quitting".

A question means a metric's phrasing where it has all of its telling words, in whatever order and ending, and no
telling word beside them. Whatever is less than that is near, and near is only offered.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from bot.reading.words.stems import idle, stem, stems
from bot.reading.words.text import BARRIER, Word, key, plain
from metrics.calendar.period_words import NUMBERS
from metrics.model import Metric

_PLACE = re.compile(r"\b(?:in|from|within)(?: the| our)? (?:[\w-]+ )?$|\b(?:at|for|of) our (?:[\w-]+ )?$")
_NEWEST = re.compile(r"\b(?:the|our|your) (?:last|latest|newest|most recent) (?=\w)")
_COUNTS = frozenset(map(stem, NUMBERS))
"""Alone they count metrics: "the first four" is no four-fifths rule."""

_WORD = r"[\w'%/]+"

Bags = Mapping[frozenset[str], tuple[str, ...]]


@dataclass(frozen=True)
class Everyday:
    """Phrasings by their stems.

    ``single`` holds those of one telling word, as they are written, by that word's stem: "are we growing".
    ``named`` are the metrics in whose names a stem stands. ``known`` is every stem,
    ``words`` every word.
    """

    strict: Bags
    single: Mapping[str, Sequence[tuple[str, str]]]
    named: Mapping[str, frozenset[str]]
    known: frozenset[str]
    words: frozenset[str]


def everyday(metrics: Sequence[Metric]) -> Everyday:
    """All phrasings of a catalog, with the metrics that they mean."""
    spoken = [(phrase, metric.id) for metric in metrics for phrase in metric.phrasings]
    called = [(phrase, metric.id) for metric in metrics for phrase in (metric.name, *metric.synonyms)]
    pairs = [(stems(key(phrase)), phrase, owner) for phrase, owner in (*spoken, *called)]
    strict = _gathered((bag, owner) for bag, _, owner in pairs if len(bag) > 1)
    single: dict[str, list[tuple[str, str]]] = {}
    for bag, phrase, owner in pairs[: len(spoken)]:
        if len(bag) == 1:
            single.setdefault(next(iter(bag)), []).append((plain(phrase), owner))
    said = frozenset(word for phrase, _ in (*spoken, *called) for word in key(phrase))
    called_so = pairs[len(spoken) :]
    named = {one: frozenset(owner for bag, _, owner in called_so if one in bag) for one in single}
    known = frozenset(word for bag, _, _ in pairs for word in bag)
    return Everyday(strict, single, named, known, said)


def meant(text: str, question: list[Word], phrasings: Everyday) -> tuple[tuple[str, ...], list[Word]]:
    """The metrics whose phrasing the question is, and the words that say so; several where it fits several.

    What nobody knows may stand beside them where it looks like a place or a group: "in Berlin".
    """
    telling = _telling(text, question, phrasings)
    within = {word for word, one in telling.items() if one not in phrasings.known and narrows(text, word)}
    nothing: set[Word] = set()
    for left in (nothing, within):
        said = [word for word in telling if word not in left]
        asked = frozenset(telling[word] for word in said)
        if len(asked) > 1 and asked in phrasings.strict:
            return phrasings.strict[asked], said
        if owner := _as_written(text, asked, phrasings):
            return (owner,), said
    return (), []


def _telling(text: str, question: list[Word], phrasings: Everyday) -> dict[Word, str]:
    """The telling words of a question, and their stems."""
    text = _NEWEST.sub(lambda found: " " * len(found[0]), text)
    return {
        word: _mended(stem(word.text), phrasings.known)
        for word in question
        if word.text != BARRIER and not idle(word.text) and not text[word.start : word.end].isspace()
    }


def _as_written(text: str, asked: frozenset[str], phrasings: Everyday) -> str | None:
    """The metric of a phrasing with a single telling word: asked word for word, or in no other metric's name."""
    whole = f" {' '.join(re.findall(_WORD, text))} "
    one = next(iter(asked - _COUNTS)) if len(asked - _COUNTS) == len(asked) == 1 else ""
    phrases = phrasings.single.get(one, ())
    owners = {owner for _, owner in phrases}
    if len(owners) == 1 and phrasings.named[one] == owners:
        return next(iter(owners))
    alone = {owner for phrase, owner in phrases if " " not in phrase}
    if len(alone) == 1:  # "absence by department"
        return next(iter(alone))
    for phrase, owner in phrases:
        written = re.findall(_WORD, phrase)
        if len(written) > 1 and f" {' '.join(written)} " in whole:
            return owner
    return None


def narrows(text: str, word: Word) -> bool:
    """Whether a word looks like a place or a group: "in Berlin"."""
    return _PLACE.search(text[: word.start]) is not None


@lru_cache(maxsize=10_000)
def _mended(one: str, known: frozenset[str]) -> str:
    """A stem with one slip of the keyboard, as the phrasings have it."""
    if one in known or len(one) < len("abcdef"):
        return one
    near = [other for other in known if other[0] == one[0] and OSA.distance(one, other, score_cutoff=1) <= 1]
    return min(near, default=one)


def _gathered(pairs: Iterable[tuple[frozenset[str], str]]) -> dict[frozenset[str], tuple[str, ...]]:
    found: dict[frozenset[str], list[str]] = {}
    for bag, owner in pairs:
        owners = found.setdefault(bag, [])
        if owner not in owners:
            owners.append(owner)
    return {bag: tuple(owners) for bag, owners in found.items()}
