"""A question -> the same without names of people, before a language model sees it.

Masked are Slack mentions, addresses, numbers of the staff list, and names as ``persons`` finds them. A name that
also means something here (a metric, a role, an everyday word) stays: the question could not be read without it.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from bot.reading.people.persons import CAPITALS, names_of, numbers_of
from bot.reading.words.lexicon import lexicon
from bot.reading.words.spelling import UNDERSTOOD
from metrics.model import Catalog

SOMEBODY = "[somebody]"
MENTION = re.compile(
    r"<[@!][^<>]*>|[\w.+-]+@[\w-]+\.[\w.-]+|(?<![\w.])@(?!counterpoise\b)[\w.'’-]+"
    rf"(?P<rest>(?: [{CAPITALS}][\w'’-]*)*)"
)


def masked(text: str, catalog: Catalog) -> str:
    """The question with ``[somebody]`` in the place of each person."""
    names = lexicon(catalog)
    known = names.vocabulary | names.everyday.words | UNDERSTOOD
    said = MENTION.sub(lambda found: SOMEBODY + _kept(found["rest"] or "", known), text)
    spans = [*names_of(said, known), *numbers_of(said)]
    for start, end in sorted(spans, reverse=True):
        if SOMEBODY not in said[start:end]:
            said = f"{said[:start]}{SOMEBODY}{said[end:]}"
    return said


def _kept(rest: str, known: Collection[str]) -> str:
    """Of the words behind "@Anna", those that are no part of her name: "@Anna Win rate" asks about win rate."""
    words = rest.split()
    first = next((place for place, word in enumerate(words) if word.lower() in known), len(words))
    return "".join(f" {word}" for word in words[first:])
