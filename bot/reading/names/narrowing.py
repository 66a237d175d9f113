"""The words that may have been meant to narrow values down, and did not: "win rate EMEA", "in Berlin"."""

from __future__ import annotations

import re
from collections.abc import Collection

from bot.reading.names.grouping import ranked
from bot.reading.words.spelling import UNDERSTOOD
from bot.reading.words.stems import idle
from bot.reading.words.text import Word, words

MOST = 3
"""Words that are named; and unknown words beside a name that may all be a group's ("win rate emea north")."""

_POINTED = re.compile(
    r"\b(?:for|in|of|at|from|within|across|among|inside|only|just)(?: the| our| my| all)? $"
)
_KIND = re.compile(
    r"^ (?:team|department|region|segment|channel|market|office|branch|country|customers?|clients?|accounts?|deals?"
    r"|reps|campaigns?|group|unit|side)\b"
)
_OWNED = re.compile(r"'s$")
_SPLIT = re.compile(r"\b(?:by|per|split by)(?: the| our)? (?P<what>[a-z][\w-]+(?: (?:of|for|in) [\w-]+)?)")
_ENDS = r"(?=\W*$| (?:in|for|since|last|this|during|over)\b)"
_LAST = re.compile(rf"\bby(?: the| our)? (?P<what>[a-z][\w-]+){_ENDS}")
_ALSO = re.compile(rf" {{2,}}and(?: by)?(?: the| our)? (?P<what>[a-z][\w-]+){_ENDS}")


def left(text: str) -> list[Word]:
    """The words that nobody understood."""
    return [w for w in words(text) if w.text.isalpha() and w.text not in UNDERSTOOD and not idle(w.text)]


def narrowers(rest: str, typed: str, known: Collection[str]) -> list[str]:
    """Those of them that stand where a group's name stands, as they were typed; none that are ``known`` words."""
    unknown = [word for word in left(rest) if word.text not in known]
    capitals = _capitals(typed)
    alone = len(unknown) < MOST and not re.search(
        r"\b(?:is|are|do|does|did|has|have|can|should|will)\b", rest
    )
    found = [
        word
        for word in unknown
        if _POINTED.search(rest[: word.start])
        or _KIND.search(rest[word.end :])
        or _OWNED.search(word.typed)
        or word.typed in capitals
        or (alone and re.fullmatch(r"(?:\W|\bteam\b)*", _beside(rest, unknown)))
    ]
    return [_as_typed(word, typed) for word in found][:MOST]


def splits(rest: str) -> list[str]:
    """What values were to be split by, where nobody knows it: "by reason for leaving"."""
    return [found["what"] for found in _SPLIT.finditer(rest) if left(found["what"])]


def splits_beside(rest: str) -> list[str]:
    """What they were to be split by as well: "and gender", behind a split that was understood and taken out."""
    return [found["what"] for found in _ALSO.finditer(rest) if left(found["what"])]


def splits_ranked(rest: str) -> list[str]:
    """What is held against one another, where nobody knows it: "which industry has the best"."""
    return [said for said in ranked(rest) if left(said)]


def split_in(guessed: str, known: Collection[str]) -> list[str]:
    """The same of a question that is only like a metric, all of whose words were taken for it: "churn by contract".

    ``known`` are the words that the metric is asked for with.
    """
    return [
        found["what"]
        for found in _LAST.finditer(guessed)
        if found["what"] not in known and left(found["what"])
    ]


def _beside(rest: str, unknown: list[Word]) -> str:
    """What is left of a question but for those words, and those that say nothing."""
    said = list(rest)
    for word in unknown:
        said[word.start : word.end] = " " * (word.end - word.start)
    return "".join(said)


def _capitals(typed: str) -> frozenset[str]:
    """Words with a capital that does not begin a sentence; none of a message that shouts."""
    if typed.upper() == typed:
        return frozenset()
    return frozenset(found.lower() for found in re.findall(r"(?<=[a-z,] )[A-Z][\w'-]*", typed))


def _as_typed(word: Word, typed: str) -> str:
    found = re.search(rf"\b{re.escape(word.typed)}(?!\w)", typed, re.IGNORECASE)
    return (found[0] if found else word.typed).removesuffix("'s").removesuffix("’s")
