"""Everyday words that mean much the same where a question is compared with what metrics are asked by."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache, lru_cache

from bot.reading.words.everyday_words import ALIKE, EXPRESSIONS
from bot.reading.words.stems import idle, stem
from bot.reading.words.text import listed

_LEFT_OUT = listed(
    "a an the our my your their his her its some any these those this that do does did when while if then have has "
    "had is are was were be been"
)


def _entries(text: str) -> list[str]:
    return re.split(r"\n(?=\S)", text.strip())


@cache
def _expressions() -> Mapping[str, tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]]:
    """Expressions by their first stem, the longest first, each with what it is compared as."""
    found: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = defaultdict(list)
    for meant, _, row in (entry.partition(": ") for entry in _entries(EXPRESSIONS)):
        for expression in row.split(","):
            parts = tuple(one for _, one in _said(expression))
            found[parts[0]].append((parts, tuple(stem(one) for one in meant.split())))
    return {first: tuple(sorted(some, key=lambda one: -len(one[0]))) for first, some in found.items()}


def _said(text: str) -> list[tuple[str, str]]:
    """Each word with its stem."""
    return [(word, stem(word)) for word in re.findall(r"[\w/]+(?:'\w+)?", text) if word not in _LEFT_OUT]


def telling(text: str) -> frozenset[str]:
    """The stems of a plain text that tell something, its expressions of several words put as single ones."""
    said, place, known = _said(text), 0, _expressions()
    stems = tuple(one for _, one in said)
    found: set[str] = set()
    while place < len(said):
        word, one = said[place]
        fits = (e for e in known.get(one, ()) if stems[place : place + len(e[0])] == e[0])
        if expression := next(fits, None):
            found.update(expression[1])
            place += len(expression[0])
            continue
        if not (idle(word) or idle(one)):
            found.add(one)
        place += 1
    return frozenset(found)


@cache
def _rows() -> Mapping[str, frozenset[int]]:
    rows: dict[str, set[int]] = defaultdict(set)
    for place, row in enumerate(_entries(ALIKE)):
        for word in row.split():
            rows[stem(word)].add(place)
    return {word: frozenset(places) for word, places in rows.items()}


@lru_cache(maxsize=10_000)
def senses(one: str) -> frozenset[int]:
    """The rows of like words in which a stem stands."""
    return _rows().get(one, frozenset())
