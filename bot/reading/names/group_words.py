"""The words that stand for a company's groups: whole names and parts of them; of a name of several groups, which."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from bot.reading.words.lexicon import Lexicon
from bot.reading.words.text import Key, key
from metrics.model import Catalog

SHORTEST = 3
"""Letters of a part of a name ("EMEA" of "Sales EMEA") that stands for the whole."""

NOWHERE = 99
"""References that lie between what is counted and a dimension that it knows nothing of."""


def phrases(
    groups: Mapping[str, Sequence[str]], catalog: Catalog, names: Lexicon
) -> dict[Key, tuple[str, ...]]:
    """Each name, and each word that stands in names of groups only; several ids where it stands in several."""
    found: dict[Key, list[str]] = {}
    whole_names: dict[Key, list[str]] = {}
    known = [(d, value) for d, values in groups.items() if d in catalog.dimensions for value in values]
    for dimension, value in known:
        whole_names.setdefault(key(value), []).append(f"{dimension}={value}")
        whole = key(value.replace("_", " ").replace("-", " "))
        parts = [(word,) for word in whole if len(word) >= SHORTEST and word not in names.called]
        for phrase in dict.fromkeys((whole, key(value), *(parts if len(whole) > 1 else ()))):
            if phrase:
                found.setdefault(phrase, []).append(f"{dimension}={value}")
    return {phrase: tuple(whole_names.get(phrase, ids)) for phrase, ids in found.items()}


@dataclass(frozen=True)
class One:
    """The one group that a name stands for; ``shared``: another one is called so too."""

    group: str
    shared: bool = False


def one_group(ids: Sequence[str], tables: Collection[str], catalog: Catalog) -> One | None:
    """The one group that a name stands for: of a channel and a campaign's the one nearest to what is counted."""
    if len({one.partition("=")[2] for one in ids}) > 1:
        return None
    far = {one: _far(catalog.dimensions[one.partition("=")[0]].paths, tables) for one in reversed(ids)}
    nearest = min(far, key=lambda one: far[one])
    return One(nearest, len(ids) > 1 and far[nearest] < NOWHERE)


def _far(paths: Mapping[str, str], tables: Collection[str]) -> int:
    """By how many references a dimension lies behind the tables; what one of them has no way to is nowhere."""
    if not tables or any(table not in paths for table in tables):
        return NOWHERE
    return sum(paths[table].count(">") for table in tables)
