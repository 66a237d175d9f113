"""Catalog -> every name that means a metric, a role or a dimension."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot.reading.text import BARRIER, key
from metrics.model import Catalog, Metric, Role

Key = tuple[str, ...]
Phrases = Mapping[Key, tuple[str, ...]]

_TAILS = ("rate", "ratio", "index", "score", "length")
"""What people leave off a name: "employee turnover", "sales cycle"."""


@dataclass(frozen=True)
class Lexicon:
    """Names as they are looked up -> ids; two ids where the catalog itself is ambiguous.

    ``weight`` says how telling a word of a metric's names is: rare ones tell more.
    """

    metrics: Phrases
    roles: Phrases
    dimensions: Phrases
    weight: Mapping[str, float]


def lexicon(catalog: Catalog) -> Lexicon:
    """All names of a catalog."""
    metrics = _gathered((name, m.id) for m in catalog.metrics.values() for name in _metric_names(m))
    for metric in catalog.metrics.values():
        for short in map(_without_tail, map(key, (metric.name, *metric.synonyms))):
            if short and short not in metrics:
                metrics[short] = (metric.id,)
    roles = _gathered((name, r.id) for r in catalog.roles.values() for name in _role_names(r))
    dimensions = _gathered(
        (name, d.id) for d in catalog.dimensions.values() for name in (d.id, d.name, *d.synonyms)
    )
    return Lexicon(metrics, roles, dimensions, _weights(metrics))


def _metric_names(metric: Metric) -> Iterator[str]:
    yield from (metric.id, metric.name, *metric.synonyms, *metric.phrasings)


def _role_names(role: Role) -> Iterator[str]:
    yield role.id
    for name in (role.name, *role.synonyms):
        yield name
        yield from name.split(" or ")


def _gathered(pairs: Iterable[tuple[str, str]]) -> dict[Key, tuple[str, ...]]:
    found: dict[Key, list[str]] = defaultdict(list)
    for name, owner in pairs:
        phrase = key(name)
        if phrase and owner not in found[phrase]:
            found[phrase].append(owner)
    return {phrase: tuple(owners) for phrase, owners in found.items() if owners}


def _without_tail(phrase: Key) -> Key:
    long_enough = len(phrase) > len(("two", "words"))
    return phrase[:-1] if long_enough and phrase[-1] in _TAILS else ()


def _weights(phrases: Phrases) -> dict[str, float]:
    pairs = {(owner, word) for phrase, ids in phrases.items() for owner in ids for word in phrase}
    owners = Counter(word for _, word in pairs if word != BARRIER)
    return {word: 1 / math.log2(1 + count) for word, count in owners.items()}
