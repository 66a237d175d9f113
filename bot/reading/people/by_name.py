"""Names of people however they are written: "maria lopez", "JOHN SMITH". A common given name tells them."""

from __future__ import annotations

import re
from collections.abc import Collection

from bot.reading.people.given_names import GIVEN
from bot.reading.words.stems import idle
from bot.reading.words.text import fold

Span = tuple[int, int]

_WORD = re.compile(r"[^\W\d_][\w-]*")
_GREETED = re.compile(
    r"(?:\b(?:hi|hello|hey|dear|morning|afternoon|evening|thanks|thank you|thx|cheers|regards|i'm|i am|name is|this is"
    r"|ask|says?|said|told|@)|[-–—,]) ?$",
    re.IGNORECASE,
)
"""Who is greeted, speaks or signs is not asked about."""

_SAYS = re.compile(r" (?:says?|said|asks?|asked|wants?|wanted|told|thinks?|here)\b", re.IGNORECASE)
_PLACE = re.compile(r"\b(?:in|at|san|santa|saint|st\.?) $", re.IGNORECASE)
_FRAME = re.compile(
    r"\b(?:salary|pay|bonus|rating|ratings|appraisal|review|wage|compensation|address|sick days|record|file|quota"
    r"|raise)(?: \w+)? (?:of|for) $"
    r"|\b(?:is|will|has|did|does|was|about|what|of|why|when|should|much|how|colleague|boss|manager"
    r"|employee|seller|rep|mr\.?|mrs\.?|ms\.?|herr|frau|assistant|report) $",
    re.IGNORECASE,
)
_PRIVATE = re.compile(
    r"\b(?:salary|pay|bonus|rating|appraisal|wage|compensation|address|record|file)s? (?:of|for) "
    r"(?P<name>[^\W\d_][\w-]+(?: [^\W\d_][\w-]+)?)",
    re.IGNORECASE,
)


_LOOKS_AT = re.compile(
    r"\b(?:track|watch|look at|measure|monitor|focus on|follow|care about)\b", re.IGNORECASE
)
"""For whom a list is made is not asked about: "what should Anna, our new CFO, track?"."""


def called(original: str, known: Collection[str]) -> list[Span]:
    """Where somebody is called by a common given name, with the words behind it that mean nothing here."""
    words = list(_WORD.finditer(original))
    spans: list[Span] = []
    for place, word in enumerate(words):
        told = word[0].lower()
        if not {told, told.removesuffix("s")} & GIVEN or fold(told) in known:
            continue
        if spans and word.start() < spans[-1][1]:
            continue
        end = word.end()
        for after in words[place + 1 : place + 3]:
            if after.start() != end + 1 or not _strange(after[0], known):
                break
            end = after.end()
        spans.append((word.start(), end))
    return spans


def asked_about(original: str, known: Collection[str], *, of_metric: bool) -> bool:
    """Whether something is asked about whoever is called by name."""
    for start, end in called(original, known):
        before, after = original[:start], original[end:]
        if before.lower().endswith("should ") and _LOOKS_AT.search(after):
            continue
        if _GREETED.search(before) or _SAYS.match(after) or _PLACE.search(before):
            continue
        if of_metric or _FRAME.search(before) or after[:2] in ("'s", "’s", "' ", "’ "):
            return True
    return False


def private(original: str, known: Collection[str]) -> list[Span]:
    """Whoever's salary or rating is named, with no given name that is common."""
    found = (one for one in _PRIVATE.finditer(original))
    return [one.span("name") for one in found if all(_strange(word, known) for word in one["name"].split())]


def _strange(word: str, known: Collection[str]) -> bool:
    return fold(word.lower()) not in known and not idle(word.lower())
