"""Question -> the metrics whose phrasings it is most like, by words that mean much the same and by letters.

Every phrasing, name and synonym is a bag of stems. A word counts the more, the fewer metrics are asked for with
it; one that only means the same counts less than the same word. How much of all that a metric is asked by stands in
the question counts as well, for nobody's phrasings are complete; so does how alike the words are spelt.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.reading.words.letters import Letters, letters, spelt_like
from bot.reading.words.text import plain
from bot.reading.words.thesaurus import senses, telling
from metrics.model import Metric

SAME_SENSE = 0.5
"""What a word of the same meaning counts beside the same word."""

WHOLE_METRIC = 0.4
"""How much all the phrasings of a metric count beside the best ones."""

SECOND = 0.4
"""How much the second best phrasing counts beside the best: two that fit are no chance."""

RARITY = 0.8
"""How strongly rare words count. These four were tried on the catalog's phrasings, each left out in turn."""

OF_ALL = 0.25
"""How much likeness itself counts in a lead beside how far the first is before the second."""

TELLING = 2
"""Words that have to tell something; one alone has to be a phrasing itself."""


@dataclass(frozen=True, eq=False)
class Likeness:
    """Phrasings ready to be compared with: by stem and by sense, the numbers of the phrasings that have it.

    ``owner`` and ``weight`` are each phrasing's metric and the weight of its words; ``rarity`` is each stem's weight.
    ``letters`` are the letters of all that each metric is asked by.
    """

    by_stem: Mapping[str, Sequence[int]]
    by_sense: Mapping[int, Sequence[int]]
    owner: Sequence[str]
    weight: Sequence[float]
    rarity: Mapping[str, float]
    sense_rarity: Mapping[int, float]
    letters: Letters


@dataclass(frozen=True)
class Like:
    """The metrics that a question is like, best first, each with how much (0 to 2).

    ``asked`` are the stems that were compared, ``strange`` those of them that no phrasing and no row of words has.
    """

    ranked: tuple[tuple[str, float], ...]
    asked: frozenset[str]
    strange: frozenset[str]

    @property
    def ids(self) -> tuple[str, ...]:
        """The metrics, best first."""
        return tuple(one for one, _ in self.ranked)

    @property
    def best(self) -> float:
        """How much the question is like the first."""
        return self.ranked[0][1] if self.ranked else 0.0

    @property
    def lead(self) -> float:
        """How clearly the first is meant: how far it is before the second, and a part of how much it is like it."""
        second = self.ranked[1][1] if len(self.ranked) > 1 else 0.0
        return self.best - second + OF_ALL * self.best


def likeness(metrics: Sequence[Metric], more: Mapping[str, Sequence[str]]) -> Likeness:
    """All phrasings and names of a catalog, made ready; ``more`` are phrasings by metric."""
    texts = [
        (plain(text), m.id)
        for m in metrics
        for text in (*m.phrasings, m.name, *m.synonyms, *more.get(m.id, ()))
    ]
    said = [(stems, owner) for stems, owner in ((telling(text), owner) for text, owner in texts) if stems]
    by_stem: dict[str, list[int]] = defaultdict(list)
    by_sense: dict[int, list[int]] = defaultdict(list)
    for number, (stems, _) in enumerate(said):
        for one in stems:
            by_stem[one].append(number)
        for sense in _senses_of(stems):
            by_sense[sense].append(number)
    owner = [one for _, one in said]

    def rarity(numbers: Sequence[int]) -> float:
        return math.pow(math.log(1 + len(metrics) / len({owner[number] for number in numbers})), RARITY)

    by_rarity = {one: rarity(numbers) for one, numbers in by_stem.items()}
    return Likeness(
        dict(by_stem),
        dict(by_sense),
        owner,
        [sum(by_rarity[one] for one in stems) for stems, _ in said],
        by_rarity,
        {sense: rarity(numbers) for sense, numbers in by_sense.items()},
        letters(texts),
    )


@lru_cache(maxsize=1000)
def like(text: str, said: Likeness) -> Like:
    """What a question is like."""
    text = plain(text)
    asked = frozenset(one for one in telling(text) if one in said.rarity or not one.isdigit())
    strange = frozenset(one for one in asked if one not in said.rarity and not senses(one))
    weights = {one: _rarity(one, said) for one in asked}
    whole = sum(weights.values())
    spelt = spelt_like(text, said.letters) if len(asked - strange) >= TELLING else {}
    in_all = _in_all(weights, said)
    scored = {
        owner: (1 - WHOLE_METRIC) * ((1 - SECOND) * first + SECOND * second)
        + WHOLE_METRIC * in_all[owner] / whole
        + spelt.get(owner, 0.0)
        for owner, (first, second) in _best_two(weights, whole, said).items()
    }
    return Like(tuple(sorted(scored.items(), key=lambda one: (-one[1], one[0]))), asked, strange)


def _best_two(weights: Mapping[str, float], whole: float, said: Likeness) -> dict[str, tuple[float, float]]:
    """Metric -> how much the question is like its two best phrasings."""
    shared: dict[int, float] = defaultdict(float)
    for one, weight in weights.items():
        for number, share in _phrasings_with(one, said).items():
            shared[number] += share * weight
    best: dict[str, tuple[float, float]] = {}
    for number, weight in shared.items():
        share = min(1.0, 2 * weight / (whole + said.weight[number]))
        owner = said.owner[number]
        first, second = best.get(owner, (0.0, 0.0))
        if share > second:
            best[owner] = (share, first) if share > first else (first, share)
    return best


def _in_all(weights: Mapping[str, float], said: Likeness) -> dict[str, float]:
    """Metric -> how much of the question stands anywhere in what it is asked by."""
    found: dict[str, float] = defaultdict(float)
    for one, weight in weights.items():
        for owner, share in _metrics_with(one, said).items():
            found[owner] += share * weight
    return found


@lru_cache(maxsize=4000)
def _phrasings_with(one: str, said: Likeness) -> Mapping[int, float]:
    """The phrasings that have a stem, or one of its senses, and what that counts."""
    found = {number: SAME_SENSE for sense in senses(one) for number in said.by_sense.get(sense, ())}
    return found | dict.fromkeys(said.by_stem.get(one, ()), 1.0)


@lru_cache(maxsize=4000)
def _metrics_with(one: str, said: Likeness) -> Mapping[str, float]:
    """The metrics that are asked by a stem, or by one of its senses, and what that counts."""
    found: dict[str, float] = defaultdict(float)
    for number, share in _phrasings_with(one, said).items():
        owner = said.owner[number]
        found[owner] = max(share, found[owner])
    return found


def _rarity(one: str, said: Likeness) -> float:
    """How telling a stem is; what nobody knows is as telling as what two metrics are asked by."""
    if one in said.rarity:
        return said.rarity[one]
    known = [said.sense_rarity[sense] for sense in senses(one) if sense in said.sense_rarity]
    return max(known, default=max(said.rarity.values(), default=1.0))


def _senses_of(stems: Iterable[str]) -> set[int]:
    return {sense for one in stems for sense in senses(one)}
