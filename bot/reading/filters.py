"""Names of the company's own groups in a question -> filters: "win rate EMEA", "churn of enterprise customers"."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from bot.reading.lexicon import Lexicon
from bot.reading.mentions import Mention, index, mentions
from bot.reading.spelling import UNDERSTOOD
from bot.reading.stems import idle
from bot.reading.text import Key, Word, fold, key
from metrics.model import Catalog

SHORTEST = 3
"""Letters of a part of a name ("EMEA" of "Sales EMEA") that stands for the whole."""

_BEFORE = re.compile(
    r"\b(?:in|for|at|of|from|within|via|only|just|inside|among|across|through)(?: the| our| my)? $"
)
_AFTER = re.compile(
    r"^ (?:customers?|clients?|accounts?|deals?|business|segment|channel|team|department|region|reps|people|employees"
    r"|staff|leads|campaigns?|opportunities|only|side)\b"
)
_KIND = re.compile(r" (?:channel|segment|team|department|region|market)\b")
_ASKS = re.compile(r"(?:and |so |but )*(?:is|are|do|does|did|how|has|have|who|what|which)\b")
_KINDS = {"department": "team", "segment": "customers"}
_VERB = re.compile(r"\b(?:i|we|you|they|to|please) $")
_PART_OF = re.compile(r"\bof (?:the|our|my) $")
_FROM_OURS = re.compile(r"\bfrom (?:the|our|my) $")
_BY = re.compile(r"\b(?:by|per|by each|each|every|across)(?: the| our)? $")
_WITHIN = re.compile(r"\b(?:in|within|at|across|inside)(?: the| our)? $")
_HELD = re.compile(r" (?:vs\.?|versus|against|compared (?:to|with)) \w")
_HELD_BEFORE = re.compile(r"\w (?:vs\.?|versus|against|compared (?:to|with)) $")
_LEFT_OUT = re.compile(
    r"\b(?:excluding|excl\.?|except(?: for)?|without|other than|apart from|but not|not counting|minus"
    r"|ignoring|leaving out"
    r"|everything but|all but|outside(?: of)?|not) (?:the |our )?$"
)
_DEALS = re.compile(r"^ (?:deals?|business|opportunit(?:y|ies)|logos?)\b")


@dataclass(frozen=True)
class Filtered:
    """What a question is narrowed to; ``compared`` is the dimension of which it names several values.

    ``spans`` are where the names stand. ``several`` holds a word that may be any of several groups, and those.
    ``left_out`` are groups that were to be left out, which nothing here can do.
    """

    filters: Mapping[str, str] = field(default_factory=dict)
    compared: str | None = None
    spans: tuple[tuple[int, int], ...] = ()
    several: tuple[str, tuple[str, ...]] | None = None
    left_out: tuple[str, ...] = ()

    def by_kind(self, text: str) -> str:
        """The text with what a group is in the place of its name: "is engineering happy" asks about a team."""
        if len(self.filters) != 1 or len(self.spans) != 1 or not _ASKS.match(text):
            return text
        (start, end), kind = self.spans[0], _KINDS.get(next(iter(self.filters)), "")
        return text[:start] + kind[: end - start].ljust(end - start) + text[end:]


def filtered(
    text: str,
    spelt: list[Word],
    taken: Sequence[Mention],
    groups: Mapping[str, Sequence[str]],
    *,
    names: Lexicon,
    catalog: Catalog,
    of_values: bool,
    own: Collection[str],
    of_people: bool = False,
    typed: str = "",
) -> Filtered:
    """The groups that are named outside of ``taken``: the names of metrics that were found.

    ``own`` are words of the names of the metrics asked for: "ROI of marketing" is the marketing ROI. Where
    values are asked for, a group may stand anywhere; else something has to point at it ("in EMEA").
    ``of_people``: "absence of the support" is the department's, "stickiness of the product" is not.
    """
    phrases = _phrases(groups, catalog, names)
    free = [word for word in spelt if not any(m.start <= word.start < m.end for m in taken)]
    found: dict[str, list[str]] = {}
    spans = []
    several = None
    out: list[str] = []
    for mention in mentions(free, index(phrases)):
        least = len("office" if _BEFORE.search(text[: mention.start]) else "segment")
        if mention.typo and mention.end - mention.start < least:
            continue
        meant = _meant(
            text,
            mention,
            names.called,
            names.dimensions.vocabulary,
            of_values=of_values,
            of_people=of_people,
        )
        if not (meant or _shouted(text, mention, typed, names.called)) or _own(text, mention, own):
            continue
        if len(mention.ids) > 1:
            several = several or _open(text, mention)
            continue
        dimension, _, value = mention.ids[0].partition("=")
        if _LEFT_OUT.search(text[: mention.start]):
            out.append(value)
            spans.append((mention.start, mention.end))
            continue
        if value not in found.setdefault(dimension, []):
            found[dimension].append(value)
        kind = _KIND.match(text[mention.end :])
        spans.append((mention.start, mention.end + (kind.end() if kind else 0)))
    compared = next((dimension for dimension, values in found.items() if len(values) > 1), None)
    filters = {dimension: values[0] for dimension, values in found.items() if len(values) == 1}
    return Filtered(filters, compared, tuple(spans), several, tuple(out))


def _phrases(
    groups: Mapping[str, Sequence[str]], catalog: Catalog, names: Lexicon
) -> dict[Key, tuple[str, ...]]:
    """Each name, and each word that stands in names of groups only; several ids where it stands in several."""
    found: dict[Key, list[str]] = {}
    known = [(d, value) for d, values in groups.items() if d in catalog.dimensions for value in values]
    for dimension, value in known:
        whole = key(value.replace("_", " ").replace("-", " "))
        parts = [(word,) for word in whole if len(word) >= SHORTEST and word not in names.called]
        for phrase in dict.fromkeys((whole, key(value), *(parts if len(whole) > 1 else ()))):
            if phrase:
                found.setdefault(phrase, []).append(f"{dimension}={value}")
    whole_names = {key(value): f"{dimension}={value}" for dimension, value in known}
    return {
        phrase: (whole_names[phrase],) if phrase in whole_names else tuple(ids)
        for phrase, ids in found.items()
    }


def _shouted(text: str, mention: Mention, typed: str, vocabulary: Collection[str]) -> bool:
    """Whether an abbreviation stands in capitals in a message that does not: "pipeline EMEA"."""
    said = text[mention.start : mention.end]
    if mention.typo or not said.isalpha() or fold(said) in vocabulary or typed.upper() == typed:
        return False
    return re.search(rf"\b{said.upper()}\b", typed) is not None


def _own(text: str, mention: Mention, own: Collection[str]) -> bool:
    return all(word in own for word in key(text[mention.start : mention.end]))


def _meant(
    text: str,
    mention: Mention,
    vocabulary: Collection[str],
    dimensions: Collection[str],
    *,
    of_values: bool,
    of_people: bool,
) -> bool:
    """Whether a name of a group is meant as one: many are words that may stand in any question."""
    said, before, after = key(text[mention.start : mention.end]), text[: mention.start], text[mention.end :]
    if _VERB.search(before) and not _AFTER.search(after):
        return False
    if len(said) == 1 and (said[0] in UNDERSTOOD or idle(said[0])):
        return bool(_DEALS.search(after) or _HELD.match(after) or _HELD_BEFORE.search(before))
    if len(said) == 1 and said[0] in dimensions and _BY.search(before):
        return False
    part = (_PART_OF.search(before) or _FROM_OURS.search(before)) and not of_people
    if (
        len(said) == 1
        and said[0] in vocabulary
        and (part or (not _WITHIN.search(before) and _goes_on(after, vocabulary)))
    ):
        return False
    return bool(of_values or _BEFORE.search(before) or _AFTER.search(after))


def _goes_on(after: str, vocabulary: Collection[str]) -> bool:
    """Whether the word is the first of two that belong together: "support tickets" are of no department."""
    following = re.match(r" (\w+)", after)
    return bool(
        following
        and not idle(following[1])
        and following[1] not in UNDERSTOOD
        and fold(following[1]) in vocabulary
        and not _AFTER.search(after)
    )


def _open(text: str, mention: Mention) -> tuple[str, tuple[str, ...]]:
    return text[mention.start : mention.end], tuple(one.partition("=")[2] for one in mention.ids)
