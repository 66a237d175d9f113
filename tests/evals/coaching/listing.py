"""The words of an answer -> the metrics it lists, and the side that each is on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from bot.reading.words.lexicon import lexicon
from bot.reading.words.mentions import Index, index, mentions
from bot.reading.words.text import key, plain, words
from metrics.load import load_catalog
from tests.evals.coaching.protocol import Side

ITEM = re.compile(r"^\s*(?:#+ *)?(?:\d{1,2}[.)]|[-*•])\s+(?P<item>\S.*)$")
NAME = re.compile(r"^\W*(?P<name>.+?)[\s*_`]*(?:(?::|[–—|]|\s-)(?=\s)|:\*|:?$)")
PEOPLE = re.compile(
    r"\b(?:employees?|people|staff|team|talent|workforce|hir(?:e|es|ing)|recruit\w*|turnover|attrition|enps|training"
    r"|engagement (?:index|score)|coaching|ramp|onboarding time|promotion|mobility|leadership|managers?|absen\w+"
    r"|wellbeing|burnout|diversity|inclusion|pay gap|successi\w+|one[- ]on[- ]ones?|headcount|reps? (?:at|who)"
    r"|performance reviews?|learning)\b",
    re.IGNORECASE,
)
"""What makes an unknown metric one about the people who do the work."""


def items(text: str) -> list[str]:
    """The names on the numbered or bulleted lines of an answer, each once, in order."""
    found = (line["item"] for line in map(ITEM.match, text.splitlines()) if line)
    names = (name["name"].strip(" *_`\"'") for item in found if (name := NAME.match(item)))
    return list(dict.fromkeys(name for name in names if name))


def side_of(name: str) -> Side:
    """The side of a metric: the catalog's, where it knows the name, else what its words are about."""
    sides = {_metrics()[one] for one in known(name)}
    if len(sides) == 1:
        return sides.pop()
    return "people" if PEOPLE.search(name) else "business"


def same(one: str, other: str) -> bool:
    """Whether two names mean the same metric: by the catalog, else by their words."""
    ours, theirs = set(known(one)), set(known(other))
    return bool(ours & theirs) or _words(one) == _words(other)


@cache
def known(name: str) -> tuple[str, ...]:
    """The ids that the catalog has for a name."""
    bare = re.sub(r"\([^)]*\)", " ", name)
    return tuple(i for found in mentions(words(plain(bare)), _names()) for i in found.ids)


def _words(name: str) -> tuple[str, ...]:
    return tuple(sorted(_said(name)))


def _said(name: str) -> Iterator[str]:
    yield from (word for word in key(name) if word not in {"rate", "ratio", "metric", "score", ","})


@cache
def _metrics() -> dict[str, Side]:
    return {metric.id: metric.side for metric in load_catalog().metrics.values()}


@cache
def _names() -> Index:
    return index(lexicon(load_catalog()).metrics)
