"""The words that stand for a company's groups: whole names and parts of them; of a name of several groups, which."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from bot.reading.words.lexicon import Lexicon
from bot.reading.words.text import Key, Word, key, plain
from metrics.model import Catalog

SHORTEST = 3
"""Letters of a part of a name ("EMEA" of "Sales EMEA") that stands for the whole."""

_KIND = re.compile(r" (?:team|department|dept|unit|region|country|market|segment)\b")
_THE = re.compile(r"\b(?:the|our|in|of|for)(?: the| our)? $")

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
        named = key(value) or _little(value)
        whole_names.setdefault(named, []).append(f"{dimension}={value}")
        whole = key(value.replace("_", " ").replace("-", " "))
        parts = [(word,) for word in whole if len(word) >= SHORTEST and word not in names.called]
        for phrase in dict.fromkeys((whole, named, *(parts if len(whole) > 1 else ()))):
            if phrase:
                found.setdefault(phrase, []).append(f"{dimension}={value}")
    return {phrase: tuple(whole_names.get(phrase, ids)) for phrase, ids in found.items()}


def _little(value: str) -> Key:
    """A name that is a little word elsewhere, such as "IT" or "AT": nothing, where it is several."""
    said = plain(value)
    return (said,) if said.isalpha() else ()


def may_be_little(typed: str) -> bool:
    """Whether a little word is written as a name may be: only then the company's groups are looked through for it."""
    capitals = [] if typed.upper() == typed else re.findall(r"\b[A-Z]{2,}\b", typed)
    before_a_kind = re.findall(rf"\b(\w+)(?={_KIND.pattern})", typed.lower())
    return any(not key(word) for word in (*capitals, *before_a_kind) if word not in ("the", "our"))


def little_words(text: str, typed: str, groups: Mapping[str, Sequence[str]]) -> list[Word]:
    """Where such names stand: written as the group is, in a message that does not shout, or with what it is."""
    found = []
    names = {value for values in groups.values() for value in values if not key(value) and _little(value)}
    for name in names:
        in_text = list(re.finditer(rf"\b{re.escape(name.lower())}\b", text))
        in_typed = list(re.finditer(rf"\b{re.escape(name)}\b", typed, re.IGNORECASE))
        for here, there in zip(
            reversed(in_text), reversed(in_typed), strict=False
        ):  # chatter may begin a message
            as_name = there[0] == name.upper() == name and typed.upper() != typed
            if as_name or (_KIND.match(text[here.end() :]) and _THE.search(text[: here.start()])):
                found.append(Word(name.lower(), here.start(), here.end(), name.lower()))
    return found


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
