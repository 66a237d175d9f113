"""Metrics whose phrasings are spelt like a question: the letters of words in place of words.

Each metric is one bag of all stretches of three letters of its words, compared by their angle (cosine). It helps
where a word is new but made of known parts: "renewing", "renewals" and "unrenewed" share most of their letters.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

STRETCH = 3

Letters = Mapping[str, Mapping[str, float]]
"""Stretch -> metric -> its weight; the weights of a metric have the length 1."""


def letters(said: Iterable[tuple[str, str]]) -> Letters:
    """Phrasings (each with its metric) made ready; a stretch counts the more, the fewer metrics have it."""
    bags: dict[str, Counter[str]] = defaultdict(Counter)
    for phrase, metric in said:
        bags[metric].update(_stretches(phrase))
    owners = Counter(one for bag in bags.values() for one in bag)
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for metric, bag in bags.items():
        weights = {one: (1 + math.log(n)) * math.log(1 + len(bags) / owners[one]) for one, n in bag.items()}
        length = math.sqrt(sum(weight * weight for weight in weights.values()))
        for one, weight in weights.items():
            found[one][metric] = weight / length
    return dict(found)


def spelt_like(text: str, known: Letters) -> Mapping[str, float]:
    """Metric -> how much the text is spelt like all that it is asked by, 0 to 1."""
    found: dict[str, float] = defaultdict(float)
    stretches = Counter(_stretches(text))
    length = math.sqrt(sum(n * n for n in stretches.values())) or 1.0
    for one, n in stretches.items():
        for metric, weight in known.get(one, {}).items():
            found[metric] += n * weight / length
    return found


def _stretches(text: str) -> list[str]:
    padded = (f" {word} " for word in text.split())
    return [word[place : place + STRETCH] for word in padded for place in range(len(word) - STRETCH + 1)]
