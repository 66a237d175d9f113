"""Catalog -> every name that means a metric, a role or a dimension."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache, partial

from bot.reading.said import said
from bot.reading.words.ambiguous import names_of, rules_about_names
from bot.reading.words.likeness import Likeness, likeness
from bot.reading.words.mentions import Index, index
from bot.reading.words.name_forms import (
    TELLING,
    dimension_names,
    gathered,
    metric_names,
    other_titles,
    role_names,
    shortened,
    with_head,
    without_tail,
    words_of_their_own,
)
from bot.reading.words.nearness import Near, nearness
from bot.reading.words.phrasings import Everyday, everyday
from bot.reading.words.spelling import UNDERSTOOD
from bot.reading.words.text import BARRIER, Key, Phrases, key
from metrics.model import Catalog


@dataclass(frozen=True)
class Lexicon:
    """Names as they are looked up -> ids; several ids where a name is ambiguous.

    ``short`` holds phrasings too short to be exact, ``everyday`` all of them by their stems, ``both`` metrics
    and roles in one, ``by_role`` and ``by_metric`` each alone, ``varied`` metrics with the shorter names of those
    that have methods. ``weight`` says how telling a word of a metric's names is: rare ones tell more.
    ``vocabulary`` is every word of a name or a phrasing, ``called`` of a name. ``by_way`` holds metrics and the
    methods that have names of their own, as ``metric.method``.
    ``like`` is made when the first question without a name needs it.
    """

    metrics: Phrases
    varied: Index
    short: Phrases
    everyday: Everyday
    roles: Phrases
    dimensions: Index
    both: Index
    by_role: Index
    by_metric: Index
    by_way: Index
    weight: Mapping[str, float]
    near: Near
    like: Callable[[], Likeness]
    near_roles: Near
    vocabulary: frozenset[str]
    called: frozenset[str]


@dataclass(frozen=True, eq=False)
class _Same:
    """The very same catalog is the same key: it never changes once it is loaded."""

    catalog: Catalog

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.catalog is self.catalog

    def __hash__(self) -> int:
        return id(self.catalog)


def lexicon(catalog: Catalog) -> Lexicon:
    """All names of a catalog; worked out once for each."""
    return _lexicon(_Same(catalog))


@lru_cache(maxsize=8)
def _lexicon(same: _Same) -> Lexicon:
    catalog = same.catalog
    all_metrics = list(catalog.metrics.values())
    metrics = gathered((name, m.id) for m in all_metrics for name in metric_names(m))
    for metric in all_metrics:
        for tailless in map(without_tail, map(key, (metric.name, *metric.synonyms))):
            if tailless:
                metrics.setdefault(tailless, (metric.id,))
    beheaded = gathered((name.partition(" ")[2], m.id) for m in all_metrics for name in with_head(m))
    metrics = beheaded | metrics
    metrics |= names_of(catalog)
    metrics |= {
        phrase: ids for phrase, ids in words_of_their_own(all_metrics).items() if phrase not in metrics
    }
    short = gathered((phrasing, m.id) for m in all_metrics for phrasing in m.phrasings)
    short = {phrase: ids for phrase, ids in short.items() if len(phrase) < TELLING}
    roles = gathered((name, r.id) for r in catalog.roles.values() for name in role_names(r))
    titles = gathered((name, r.id) for r in catalog.roles.values() for name in other_titles(r))
    roles = {name: ids for name, ids in titles.items() if len(ids) == 1} | roles
    for rule in rules_about_names(catalog):
        for acronym, readings in rule.readings.items():
            roles[key(acronym)] = tuple(reading.role for reading in readings)
    dimensions = gathered((name, d.id) for d in catalog.dimensions.values() for name in dimension_names(d))
    ways = gathered((name, f"{m.id}.{v.id}") for m in all_metrics for v in m.variants for name in v.synonyms)
    ways = {name: ids for name, ids in ways.items() if metrics.get(name, _owners(ids)) == _owners(ids)}
    known = (metrics, ways, short, roles, dimensions)
    vocabulary = frozenset(word for names in known for p in names for word in p)
    weight = _weights(metrics, UNDERSTOOD)
    called = gathered((name, m.id) for m in all_metrics for name in (m.name, *m.synonyms))
    return Lexicon(
        metrics=metrics,
        varied=index(_varied(metrics, catalog)),
        short=short,
        everyday=everyday(all_metrics),
        roles=roles,
        dimensions=index(dimensions),
        both=index(_both(metrics, roles)),
        by_role=index(roles),
        by_metric=index(metrics),
        by_way=index(metrics | ways),
        weight=weight,
        near=nearness(weight, called),
        like=cache(partial(likeness, all_metrics, said())),
        near_roles=nearness(_weights(roles), roles),
        vocabulary=vocabulary,
        called=frozenset(word for some in (called, roles, dimensions) for p in some for word in p),
    )


def _owners(ways: tuple[str, ...]) -> tuple[str, ...]:
    """The metrics of which these are methods."""
    return tuple(dict.fromkeys(way.partition(".")[0] for way in ways))


def _varied(metrics: Phrases, catalog: Catalog) -> Phrases:
    """The names of metrics, and shorter ones that a method beside them makes clear: "turnover", "pipeline"."""
    several = [one for one in catalog.metrics.values() if one.variants]
    short = gathered((shortened(name), m.id) for m in several for name in (m.name, *m.synonyms))
    return {**short, **metrics}


def _both(metrics: Phrases, roles: Phrases) -> Phrases:
    """Metrics and roles in one, so that the longer name wins: "RevOps adoption rate" is no role."""
    both: dict[Key, tuple[str, ...]] = {}
    for kind, phrases in (("metric", metrics), ("role", roles)):
        for phrase, ids in phrases.items():
            both[phrase] = both.get(phrase, ()) + tuple(f"{kind}:{i}" for i in ids)
    return both


def _weights(phrases: Phrases, ordinary: frozenset[str] = frozenset()) -> dict[str, float]:
    pairs = {(owner, word) for phrase, ids in phrases.items() for owner in ids for word in phrase}
    owners = Counter(word for _, word in pairs if word != BARRIER)
    return {word: 1 / math.log2(1 + count) for word, count in owners.items() if word not in ordinary}
