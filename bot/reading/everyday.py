"""What people ask in their own words -> the metric: "how many reps are quitting".

A question means a metric's phrasing where it has all of its telling words, in whatever order and ending, and no
telling word beside them. Whatever is less than that is near, and near is only offered.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from bot.reading.stems import alike, idle, stem, stems
from bot.reading.text import BARRIER, Word, plain, words
from metrics.model import Metric

LEAST = 2
"""Telling words below which a phrasing is too short to be meant by chance alone."""

_PLACE = re.compile(r"\b(?:in|at|from|for|within|of)(?: the| our)? (?:[\w-]+ )?$")

Bags = Mapping[frozenset[str], tuple[str, ...]]


@dataclass(frozen=True)
class Everyday:
    """Phrasings by their stems; ``loose`` by classes of words that mean the same.

    ``known`` is every stem, ``words`` every word.
    """

    strict: Bags
    loose: Bags
    known: frozenset[str]
    words: frozenset[str]


def everyday(metrics: Sequence[Metric]) -> Everyday:
    """All phrasings of a catalog, with the metrics that they mean."""
    pairs = [(stems(_said(phrase)), metric.id) for metric in metrics for phrase in _phrases(metric)]
    strict = _gathered(pairs)
    loose = _gathered((alike(bag), owner) for bag, owner in pairs)
    said = frozenset(word for metric in metrics for phrase in _phrases(metric) for word in _said(phrase))
    return Everyday(strict, loose, frozenset(word for bag in strict for word in bag), said)


def meant(text: str, question: list[Word], phrasings: Everyday) -> tuple[tuple[str, ...], list[Word]]:
    """The metrics whose phrasing the question is, and the words that say so; several where it fits several.

    What nobody knows may stand beside them where it looks like a place or a group: "in Berlin".
    """
    telling = {
        word: _mended(stem(word.text), phrasings.known)
        for word in question
        if word.text != BARRIER and not idle(word.text)
    }
    within = {word for word, one in telling.items() if one not in phrasings.known and _narrows(text, word)}
    nothing: set[Word] = set()
    for left in (nothing, within):
        said = [word for word in telling if word not in left]
        asked = frozenset(telling[word] for word in said)
        for bag, bags in ((asked, phrasings.strict), (alike(asked), phrasings.loose)):
            if len(bag) >= LEAST and bag in bags:
                return bags[bag], said
    return (), []


def _narrows(text: str, word: Word) -> bool:
    return _PLACE.search(text[: word.start]) is not None


@lru_cache(maxsize=10_000)
def _mended(one: str, known: frozenset[str]) -> str:
    """A stem with one slip of the keyboard, as the phrasings have it."""
    if one in known or len(one) < len("abcdef"):
        return one
    near = [other for other in known if other[0] == one[0] and OSA.distance(one, other, score_cutoff=1) <= 1]
    return min(near, default=one)


def _phrases(metric: Metric) -> Iterator[str]:
    yield from (metric.name, *metric.synonyms, *metric.phrasings)


def _said(phrase: str) -> Iterator[str]:
    return (word.text for word in words(plain(phrase)))


def _gathered(pairs: Iterable[tuple[frozenset[str], str]]) -> dict[frozenset[str], tuple[str, ...]]:
    found: dict[frozenset[str], list[str]] = {}
    for bag, owner in pairs:
        owners = found.setdefault(bag, [])
        if owner not in owners:
            owners.append(owner)
    return {bag: tuple(owners) for bag, owners in found.items()}
