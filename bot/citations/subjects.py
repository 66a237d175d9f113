"""Clauses -> the metrics that each speaks of: its own, those listed before it, or those spoken of last.

A clause without a metric of its own ("above their targets") goes on about the whole subject before it: what
holds for the last of two metrics only is not true of both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.citations.sentences import Sentence, metrics, plain
from bot.citations.words import phrases

PLURAL = phrases("they, them, their, both")
FIGURE = re.compile(r"(?:(?:at|to|by|from) )?§(?: respectively)?(?: \.)?")
"""A clause that is a figure and nothing else: it goes on with the subject before it."""
LISTED = ("¤", "both ¤")
PAIR = 2


@dataclass(frozen=True)
class Spoken:
    """One clause: its place among the clauses, its words, and the metrics that it speaks of.

    It is not ``clear`` where it names several at once: nobody knows which of them a claim is about.
    """

    place: int
    words: str
    about: frozenset[str]
    clear: bool


def spoken(sentence: Sentence, before: str | None) -> Iterator[Spoken]:
    """The clauses that may claim something. ``before`` is the metric that the sentence before was about."""
    of_all = metrics(sentence.tokens)
    only = of_all if len(of_all) == 1 else frozenset[str]()
    subject = frozenset([before]) if before and not of_all else frozenset[str]()
    listed, so_far = frozenset[str](), frozenset[str]()
    for place, clause in enumerate(sentence.clauses):
        own, words = metrics(clause), plain(clause)
        if own and own <= subject and FIGURE.fullmatch(words):
            continue
        so_far |= own
        if own:
            subject = own | listed
        about = subject or only
        if not own and PLURAL.search(words) and len(about) == 1:
            about = so_far or about
        if words in LISTED or len(about) == PAIR:
            words = " ".join(word for word in words.split(" ") if word != "both")
        yield Spoken(place, words, about, clear=len(own) <= 1)
        listed = listed | own if words == "¤" else frozenset()
