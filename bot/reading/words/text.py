"""Text -> words that can be looked up: one case, one spelling, no endings, no filler."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

Key = tuple[str, ...]
"""A name as it is looked up: its words, folded."""

Phrases = Mapping[Key, tuple[str, ...]]
"""Names -> what they mean; several ids where a name is ambiguous."""

BARRIER = ","
"""Stands for what separates names: a comma, "and", "or", "vs", the end of a sentence."""


def listed(text: str) -> frozenset[str]:
    """Words written in one line."""
    return frozenset(text.split())


FILLER = listed(
    "a an the of our my your their its it's his her is are was were be been being am do does did done to for in "
    "on at with from what whats wats how many much which who it us we i me you they them this that these those "
    "there have has had can could would should will shall please pls plz just about as if so"
)

_SPELLINGS = {"organization": "organisation", "utilization": "utilisation", "program": "programme"}
_TOKEN = re.compile(r"\w+(?:'\w+)?%?|[,;&+?!.]|:(?= )")
_ONE_ON_ONE = re.compile(r"\b(?:one|1)(?:[- ](?:on|to)[- ]|on|to|[:-])(?:one|1)(?:['’]?s)?\b", re.IGNORECASE)
"""However a talk of two is written."""

_SEPARATORS = frozenset(",;:&+?!.") | {"and", "or", "vs", "versus"}


@dataclass(frozen=True)
class Word:
    """A word as it is looked up, where it stands in the plain text, and how it is written there."""

    text: str
    start: int
    end: int
    typed: str = ""


def plain(text: str) -> str:
    """Lower case with one kind of quotes and dashes, without Slack's mentions and formatting marks."""
    text = unicodedata.normalize("NFKC", text)
    text = re.sub(r"<[@#!][^>]*>", " ", text)
    text = _ONE_ON_ONE.sub("oneonone", text)
    text = re.sub(r"[‘’´`]", "'", re.sub(r"[‐-―−]", "-", text))
    return " ".join(re.sub(r"[“”„\"*_~]", " ", text).lower().split())


def fold(token: str) -> str:
    """One form for a word, its plural, its possessive and its other spelling."""
    word = token.removesuffix("'s").removesuffix("'")
    if len(word) > len("abc") and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    return _SPELLINGS.get(word, word)


def words(text: str) -> list[Word]:
    """The words of a plain text, folded, with barriers and without filler."""
    found = []
    for token in _TOKEN.finditer(text):
        word = BARRIER if token[0] in _SEPARATORS else fold(token[0])
        if word not in FILLER and "'" not in word and token[0] not in FILLER:
            found.append(Word(word, token.start(), token.end(), token[0]))
    return found


@lru_cache(maxsize=10_000)
def key(phrase: str) -> Key:
    """A name as it is looked up; remarks in brackets do not belong to it."""
    found = [word.text for word in words(plain(re.sub(r"\([^)]*\)", " ", phrase)))]
    while found and found[-1] == BARRIER:
        found.pop()
    return tuple(found)


def without(text: str, *spans: tuple[int, int]) -> str:
    """The text with those stretches blanked, so that all other places stay where they are."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text
