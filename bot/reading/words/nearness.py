"""Words + names -> the best three that are only nearly named. They may be offered, never answered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from bot.reading.words.mentions import LONE_WORD, likely
from bot.reading.words.spelling import UNDERSTOOD
from bot.reading.words.stems import idle
from bot.reading.words.text import BARRIER, Phrases, Word

NEAR = 0.3
"""From which likeness on a name is offered. It may only offer: no threshold tells right guesses from wrong."""

OFFERED = 3


@dataclass(frozen=True)
class Near:
    """Names by each of their words, as (words, weight of all of them, ids); and how telling each word is."""

    by_word: Mapping[str, Sequence[tuple[frozenset[str], float, tuple[str, ...]]]]
    weight: Mapping[str, float]


def nearness(weight: Mapping[str, float], *named: Phrases) -> Near:
    """Names made ready to be compared with."""
    rare = max(weight.values(), default=1.0)
    by_word: dict[str, list[tuple[frozenset[str], float, tuple[str, ...]]]] = defaultdict(list)
    for phrases in named:
        for phrase, ids in phrases.items():
            whole = sum(weight.get(word, 0 if word in UNDERSTOOD else rare) for word in phrase)
            for word in set(phrase):
                by_word[word].append((frozenset(phrase), whole, ids))
    return Near(dict(by_word), weight)


def near(text: list[Word], names: Near, *, about_metrics: bool = False) -> tuple[str, ...]:
    """The ids whose names share the most telling words with the text, best first; at most three.

    One word shared is too little beside words that no name has ("the capital of France"), unless something
    else says that the text is about metrics.
    """
    weight, rare = names.weight, max(names.weight.values(), default=1.0)
    telling = {word.text for word in text if word.text in weight or word.text not in UNDERSTOOD} - {BARRIER}
    telling = {word for word in telling if not idle(word)} or telling
    asked = {_closest(word, weight) for word in telling} - {BARRIER}
    strange = any(word not in weight for word in asked)
    said = sum(weight.get(word, 0 if word in UNDERSTOOD else rare) for word in asked)
    best: dict[str, float] = defaultdict(float)
    for phrase, whole, ids in {one: None for word in asked for one in names.by_word.get(word, ())}:
        shared = asked & phrase
        if about_metrics or not strange or len(shared) > 1:
            share = 2 * sum(weight.get(word, rare) for word in shared) / (whole + said)
            for owner in ids:
                best[owner] = max(best[owner], share)
    ranked = sorted(best, key=lambda owner: (-best[owner], owner))
    return tuple(owner for owner in ranked[:OFFERED] if best[owner] >= NEAR)


def _closest(word: str, weight: Mapping[str, float]) -> str:
    if len(word) < LONE_WORD:
        return word
    return min(likely(word, weight), key=lambda known: (OSA.distance(word, known), known), default=word)
