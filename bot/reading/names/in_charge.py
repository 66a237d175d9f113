"""Who is meant by what they are in charge of: "whoever runs our finances" is the finance chief."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.reading.words.text import key, words
from metrics.model import Catalog

_IN_CHARGE = re.compile(
    r"\b(?:(?:(?:i|who|that|whoever|they|she|he|we|to|and) (?:just |now |also |currently |recently )?"
    r"(?:run|lead|head|manage|own|steer|oversee)s?"
    r"|running|leading|heading|managing|overseeing|look(?:s|ing)? after|(?:in )?charge of|responsible for"
    r"|accountable for|tak(?:es?|ing) care of|took over|taking over|inherited|boss of)(?: up)?)\b(?P<what>[^,.?!;:]*)"
)
_FOUNDED = re.compile(
    r"\b(?:(?:co-?)?found(?:ed|ing)|start(?:ed|ing)|set(?:ting)? up|built|building) (?:(?:a|an|my|our|the|their|own|new"
    r"|small|little|first) )+(?:\w+ )?(?:company|business|firm|start-?up|venture)\b"
)
FOUNDER = "founder"


def in_charge(question: str, catalog: Catalog) -> str | None:
    """The role that a question describes by what it runs; where several fit, the one said first."""
    if _FOUNDED.search(question) and FOUNDER in catalog.roles:
        return FOUNDER
    return min(_described(question, catalog), default=(0, 0, 0, None))[3]


def _described(question: str, catalog: Catalog) -> Iterator[tuple[int, int, int, str | None]]:
    """Each role that fits: where it is said, in how many words (as a number that falls), and which it is."""
    for found in _IN_CHARGE.finditer(question):
        said = [word.text for word in words(found["what"])]
        for role in catalog.roles.values():
            for phrase in map(key, role.runs):
                if phrase and set(phrase) <= set(said):
                    yield found.start(), said.index(phrase[0]), -len(phrase), role.id
