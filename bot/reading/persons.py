"""Whether a question is about one person: by what it wants, by a number of the staff list, or by a name."""

from __future__ import annotations

import re
from collections.abc import Collection

from bot.reading.cues import ONE_PERSON
from bot.reading.stems import idle
from bot.reading.text import fold

_NUMBER = re.compile(
    r"\b(?:e|emp|ee|pers|hr|staff|employee|worker)[-_ #]?0*\d{3,7}\b"
    r"|\b(?:employee|worker|staff(?: member)?|rep|person|colleague|personnel)"
    r" (?:no\.?|number|nr\.?|id|#)? ?#?[a-z]{0,3}-?\d+\b"
)
_NAME = r"[A-ZÀ-Þ][\w'’-]+"
_WHOLE_NAME = re.compile(rf"\b(?:of|for|does|did|is|has|was|about)\s+(?P<name>{_NAME}(?:\s+{_NAME})+)")
_SUBJECT = re.compile(
    rf"^(?:And |So )?(?:Is|Will|Has|Did|Does|Was|Can|is|will|has|did|does|was)\s+(?P<name>{_NAME})\b"
)
_OWNED = re.compile(rf"(?P<name>{_NAME}(?:\s+{_NAME})*)['’]s\b")
_BARE = re.compile(
    rf"^(?P<first>{_NAME} {_NAME})\b(?=.*[a-z])|(?<=[a-z0-9] )(?P<last>{_NAME} {_NAME})[ ?!.]*$"
)
"""A whole name before or after what is asked: "Anna Schmidt win rate"."""

_FIRM = re.compile(
    r"\b(?:inc|ltd|llc|gmbh|corp|ag|co|company|group|bank|labs?|systems?|industries|team|north|south|east|west|central"
    r"|latin|hong|costa|sri|buenos|los|las|tel|abu|rio|el|den|saudi|puerto|kuala|cape|new|upper|lower|southern|northern"
    r"|eastern|western|african|asian|european|united|san|saint|great|middle|america|europe|asia)\b",
    re.IGNORECASE,
)


def about_one(asked: str, original: str, known: Collection[str], *, of_metric: bool = False) -> bool:
    """Whether one person's data is asked for. ``known`` are the words (folded) that mean something here.

    Beside a metric (``of_metric``) a whole name that nobody knows is a person's, with no word before it.
    """
    beside = _BARE.search(original) if of_metric else None
    bare = beside is not None and _is_person(beside["first"] or beside["last"], known)
    return bare or bool(ONE_PERSON.search(asked) or _NUMBER.search(asked)) or named(original, known)


def named(original: str, known: Collection[str]) -> bool:
    """Whether somebody is named in full, or something is somebody's ("Lena's quota attainment")."""
    if original.upper() == original:
        return False
    found = [*_WHOLE_NAME.finditer(original), *_OWNED.finditer(original), *_SUBJECT.finditer(original)]
    return any(_is_person(one["name"], known) for one in found)


def _is_person(name: str, known: Collection[str]) -> bool:
    parts = [fold(part.lower()) for part in re.split(r"[\s-]+", name)]
    if _FIRM.search(name) or any(part.isupper() for part in name.split()):
        return False
    return not any(part in known or idle(part) for part in parts)
