"""The forms in which people say the names of metrics and roles."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from bot.reading.words.text import Key, Phrases, key
from metrics.model import Dimension, Metric, Role

TAILS = ("rate", "ratio", "index", "score", "length")
"""What people leave off a name: "employee turnover", "sales cycle"."""

HEADS = ("average", "employee", "customer")
"""What people leave off before a name: "deal size", "engagement index"."""

HEADED = (
    "{} leader",
    "head of {}",
    "{} head",
    "{} director",
    "director of {}",
    "VP {}",
    "{} boss",
    "{} chief",
)

KINDS = ("kind of {}", "type of {}", "sort of {}", "{} type")

SOLD = ("sales", "marketing")
"""Their leads are people who may buy, and lead nobody."""

_LEADS = re.compile(
    r"(?:head of|vp|vp of|director of) (?P<of>.+)|(?P<what>.+) (?:lead|leader|head|director|manager)"
)

_OF_A_KIND = re.compile(r"(?:kind|type) of (?P<of>.+)|(?P<what>.+) type")

LEAST_WORDS = 2
"""Words that a name keeps when its head or tail is left off."""

TELLING = 3
"""A phrasing with fewer telling words ("who is resigning") means nothing beside other words."""


def metric_names(metric: Metric) -> Iterator[str]:
    """What names a metric: its names, and phrasings of so many words that they are as good as one."""
    yield from (metric.id, metric.name, *metric.synonyms)
    yield from (phrasing for phrasing in metric.phrasings if len(key(phrasing)) >= TELLING)


def words_of_their_own(metrics: Iterable[Metric]) -> Phrases:
    """Phrasings of one word that stands in the names of no other metric: "overtime"."""
    spoken = gathered((one, m.id) for m in metrics for one in m.phrasings if " " not in one)
    named = gathered((word, m.id) for m in metrics for name in (m.name, *m.synonyms) for word in name.split())
    return {
        phrase: ids
        for phrase, ids in spoken.items()
        if len(phrase) == 1 and len(ids) == 1 and set(named.get(phrase, ids)) <= set(ids)
    }


def with_head(metric: Metric) -> Iterator[str]:
    """Those of its names whose first word people leave off."""
    for name in (metric.name, *metric.synonyms):
        words = name.lower().split()
        if len(words) > LEAST_WORDS and words[0] in HEADS:
            yield name


def role_names(role: Role) -> Iterator[str]:
    """What names a role; of "VP sales or head of sales" each half too."""
    yield role.id
    for name in (role.name, *role.synonyms):
        yield name
        yield from name.split(" or ")


def dimension_names(dimension: Dimension) -> Iterator[str]:
    """What names a dimension; a kind of deals is a type and a sort of them too, and a deal type."""
    for name in (dimension.id, dimension.name, *dimension.synonyms):
        yield name
        if found := _OF_A_KIND.fullmatch(name.lower()):
            what = found["of"] or found["what"]
            yield from (form.format(what) for form in KINDS)


def other_titles(role: Role) -> Iterator[str]:
    """Who leads something has many titles: head of, director, leader, VP."""
    for name in (role.name, *role.synonyms):
        found = _LEADS.fullmatch(name.lower())
        what = found and (found["of"] or found["what"])
        if what and what not in SOLD:
            yield f"{what} lead"
        if what:
            yield from (title.format(what) for title in HEADED)


def gathered(pairs: Iterable[tuple[str, str]]) -> dict[Key, tuple[str, ...]]:
    """Names as they are looked up, each with all ids that bear it."""
    found: dict[Key, list[str]] = defaultdict(list)
    for name, owner in pairs:
        phrase = key(name)
        if phrase and owner not in found[phrase]:
            found[phrase].append(owner)
    return {phrase: tuple(owners) for phrase, owners in found.items() if owners}


def without_tail(phrase: Key) -> Key:
    """The name without a last word that people leave off; nothing where it has none."""
    return phrase[:-1] if len(phrase) > LEAST_WORDS and phrase[-1] in TAILS else ()


def shortened(name: str) -> str:
    """A name without the head and tails that tell least: "turnover" of "employee turnover rate"."""
    words = name.lower().split()
    while len(words) > 1 and words[-1] in (*TAILS, "value"):
        words.pop()
    return " ".join(words[1:] if len(words) > 1 and words[0] in (*HEADS, "user") else words)
