"""Names of the company's own groups in a question -> filters: "win rate EMEA", "churn of enterprise customers"."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from bot.reading.names.group_words import little_words, one_group, phrases
from bot.reading.names.leaving_out import left_out_at
from bot.reading.words.lexicon import Lexicon
from bot.reading.words.mentions import Mention, index, mentions
from bot.reading.words.spelling import UNDERSTOOD
from bot.reading.words.stems import idle
from bot.reading.words.text import Word, fold, key
from metrics.model import Catalog

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
_HELD_APART = re.compile(
    r"\b(?:by|per|each|every|across|which|what|best|worst|top|bottom|rank)(?: (?:\d+|of|the|our))* $"
)
_WITHIN = re.compile(r"\b(?:in|within|at|across|inside)(?: the| our)? $")
_HELD = re.compile(r" (?:vs\.?|versus|against|compared (?:to|with)) \w")
_HELD_BEFORE = re.compile(r"\w (?:vs\.?|versus|against|compared (?:to|with)) $")
_YEAR = re.compile(r"(?:19|20)\d\d")
EVERYDAY = ("people", "plan")
"""Names of groups that are everyday words: they are groups' where they are written as names, or their kind is told."""
_NAMED_KIND = re.compile(r" (?:team|department|dept|unit|product|line)\b")
_DEALS = re.compile(r"^ (?:deals?|business|opportunit(?:y|ies)|logos?)\b")


@dataclass(frozen=True)
class Filtered:
    """What a question is narrowed to; ``only`` holds the several values that it names of one dimension.

    ``spans`` are where the names stand. ``several`` holds a word that may be any of several groups, and those.
    ``left_out`` are groups that are to be left out, each with its dimension. ``shared`` are names of several groups,
    of which one was taken.
    """

    filters: Mapping[str, str] = field(default_factory=dict)
    spans: tuple[tuple[int, int], ...] = ()
    several: tuple[str, tuple[str, ...]] | None = None
    left_out: tuple[tuple[str, str], ...] = ()
    shared: frozenset[str] = frozenset()
    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def compared(self) -> str | None:
        """The dimension of which it names several values."""
        return next(iter(self.only), None)

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
    tables: Collection[str] = (),
) -> Filtered:
    """The groups that are named outside of ``taken``: the names of metrics that were found.

    ``own`` are words of the names of the metrics asked for: "ROI of marketing" is the marketing ROI. Where
    values are asked for, a group may stand anywhere; else something has to point at it ("in EMEA").
    ``of_people``: "absence of the support" is the department's, "stickiness of the product" is not. ``tables`` are
    those that the metrics count, which tell what a name of two groups stands for.
    """
    said = sorted({*spelt, *little_words(text, typed, groups)}, key=lambda word: word.start)
    free = [word for word in said if not any(m.start <= word.start < m.end for m in taken)]
    found: dict[str, list[str]] = {}
    out, shared, spans = list[tuple[str, str]](), list[str](), list[tuple[int, int]]()
    several = before = None
    splits = [m for m in mentions(spelt, names.dimensions) if _HELD_APART.search(text[: m.start])]
    for mention in mentions(free, index(phrases(groups, catalog, names))):
        least = len("office" if _BEFORE.search(text[: mention.start]) else "segment")
        if mention.typo and mention.end - mention.start < least:
            continue
        if _everyday(text, mention, typed) or any(_holds(split, mention) for split in splits):
            continue
        meant = _meant(text, mention, names, of_values=of_values, of_people=of_people)
        span = left_out_at(text, mention, before)
        named = meant or (span and own) or _shouted(text, mention, typed, names.called)
        if not named or _own(text, mention, own):
            continue
        if (one := one_group(mention.ids, tables, catalog)) is None:
            several = several or (
                None if _YEAR.fullmatch(text[mention.start : mention.end]) else _open(text, mention)
            )
            continue
        dimension, _, value = one.group.partition("=")
        shared += [value] if one.shared else []
        if span:
            out.append((dimension, value))
            before = mention
        elif value not in found.setdefault(dimension, []):
            found[dimension].append(value)
        kind = _KIND.match(text[mention.end :])
        spans.append(span or (mention.start, mention.end + (kind.end() if kind else 0)))
    only = next(({name: tuple(values)} for name, values in found.items() if len(values) > 1), {})
    filters = {dimension: values[0] for dimension, values in found.items() if len(values) == 1}
    return Filtered(filters, tuple(spans), several, tuple(out), frozenset(shared), only)


def _holds(split: Mention, mention: Mention) -> bool:
    """Whether a group's name is part of what values are split by: "by product event" is of no channel "events"."""
    inside = split.start <= mention.start and mention.end <= split.end
    return inside and (split.start, split.end) != (mention.start, mention.end)


def _everyday(text: str, mention: Mention, typed: str) -> bool:
    """Whether a group's name is the everyday word that it also is: "our people", "against plan"."""
    said = text[mention.start : mention.end]
    if said not in EVERYDAY or _NAMED_KIND.match(text[mention.end :]):
        return False
    return re.search(rf"(?<=[a-z,] ){said.title()}\b", typed) is None


def _shouted(text: str, mention: Mention, typed: str, vocabulary: Collection[str]) -> bool:
    """Whether an abbreviation stands in capitals in a message that does not: "pipeline EMEA"."""
    said = text[mention.start : mention.end]
    if mention.typo or not said.isalpha() or fold(said) in vocabulary or typed.upper() == typed:
        return False
    return re.search(rf"\b{said.upper()}\b", typed) is not None


def _own(text: str, mention: Mention, own: Collection[str]) -> bool:
    said = key(text[mention.start : mention.end])
    return bool(said) and all(word in own for word in said)


def _meant(text: str, mention: Mention, names: Lexicon, *, of_values: bool, of_people: bool) -> bool:
    """Whether a name of a group is meant as one: many are words that may stand in any question."""
    vocabulary, dimensions = names.called, names.dimensions.vocabulary
    said, before, after = key(text[mention.start : mention.end]), text[: mention.start], text[mention.end :]
    if _VERB.search(before) and not _AFTER.search(after):
        return False
    if len(said) == 1 and (said[0] in UNDERSTOOD or idle(said[0])):
        return bool(_DEALS.search(after) or _HELD.match(after) or _HELD_BEFORE.search(before))
    if len(said) == 1 and said[0] in dimensions and _HELD_APART.search(before):
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
