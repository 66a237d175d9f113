"""Whether a question is about one person: by what it wants, by a number of the staff list, or by a name."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from bot.reading.people.by_name import asked_about, called, private
from bot.reading.people.one_by_one import ONE_BY_ONE
from bot.reading.people.person_cues import COUNTED, ONE_PERSON
from bot.reading.words.stems import idle
from bot.reading.words.text import fold

_NUMBER = re.compile(
    r"(?<!per )\b(?:e|emp|ee|pers|hr|staff|employee|worker)[-_ #]?0*\d{3,7}\b"
    r"|(?<!per )\b(?:employee|worker|staff(?: member)?|rep|person|colleague|personnel)"
    r" (?:no\.?|number|nr\.?|id|#)? ?#?[a-z]{0,3}-?\d+\b"
)
CAPITALS = "".join(filter(str.isupper, map(chr, (*range(0x590), *range(0x1E00, 0x2000)))))
"""Those of all alphabets that have any: names are also Łucja, Şebnem, Čeněk and Иван."""
_NAME = rf"[{CAPITALS}][\w'’-]+"
_WHOLE_NAME = re.compile(rf"\b(?:of|for|does|did|is|has|was|about)\s+(?P<name>{_NAME}(?:\s+{_NAME})+)")
_SUBJECT = re.compile(
    rf"^(?:And |So )?(?:Is|Will|Has|Did|Does|Was|Can|is|will|has|did|does|was)\s+(?P<name>{_NAME})\b"
)
_OWNED = re.compile(rf"(?P<name>{_NAME}(?:\s+{_NAME})*)['’]s\b")
_BARE = re.compile(
    rf"^(?P<first>{_NAME} {_NAME})\b(?=.*[a-z])|(?<=[a-z0-9] )(?P<last>{_NAME} {_NAME})[ ?!.]*$"
)
"""A whole name before or after what is asked: "Anna Schmidt win rate"."""

_IN_FULL = re.compile(rf"\b(?P<name>{_NAME}(?:[ \t]+{_NAME})+)")
_FIRM = re.compile(
    r"\b(?:inc|ltd|llc|gmbh|corp|ag|co|company|group|bank|labs?|systems?|industries|team|north|south|east|west|central"
    r"|latin|hong|costa|sri|buenos|los|las|tel|abu|rio|el|den|saudi|puerto|kuala|cape|new|upper|lower|southern|northern"
    r"|eastern|western|african|asian|european|united|san|saint|great|middle|america|europe|asia)\b",
    re.IGNORECASE,
)


def about_one(asked: str, rest: str, original: str, known: Collection[str], *, of_metric: bool) -> bool:
    """Whether one person's data is asked for. ``known`` are the words (folded) that mean something here.

    ``asked`` is the question without its periods, ``rest`` without names of metrics too: "revenue per employee 2025".

    Beside a metric (``of_metric``) a whole name that nobody knows is a person's, with no word before it.
    """
    beside = _BARE.search(original) if of_metric else None
    bare = beside is not None and _is_person(beside["first"] or beside["last"], known)
    counted = COUNTED.sub(" ", asked)
    told = bool(ONE_PERSON.search(counted) or ONE_BY_ONE.search(counted) or _NUMBER.search(rest))
    return bare or told or named(original, known) or asked_about(original, known, of_metric=of_metric)


def names_of(original: str, known: Collection[str]) -> list[tuple[int, int]]:
    """Where names of people stand: those that :func:`named` finds, and any other name in full."""
    spans = [one.span("name") for one in _found(original) if _is_person(one["name"], known)]
    taken: list[tuple[int, int]] = []
    spans += [*_in_full(original, known), *called(original, known), *private(original, known)]
    for start, end in sorted(spans, key=lambda span: span[0] - span[1]):
        if not any(start < other_end and other < end for other, other_end in taken):
            taken.append((start, end))
    return taken


def _in_full(original: str, known: Collection[str]) -> Iterator[tuple[int, int]]:
    """Two capitalised words or more in a row that mean nothing here: of "Will Maria Lopez" the last two."""
    for stretch in _IN_FULL.finditer(original):
        strange = re.sub(
            r"\S+",
            lambda word: "\0" * len(word[0]) if _is_person(word[0], known) else word[0],
            stretch[0],
        )
        for run in re.finditer(r"\0+(?:\s+\0+)+", strange):
            yield stretch.start() + run.start(), stretch.start() + run.end()


def numbers_of(original: str) -> list[tuple[int, int]]:
    """Where somebody's number of the staff list stands."""
    return [found.span() for found in re.finditer(_NUMBER.pattern, original, re.IGNORECASE)]


def named(original: str, known: Collection[str]) -> bool:
    """Whether somebody is named in full, or something is somebody's ("Lena's quota attainment")."""
    if original.upper() == original:
        return False
    return any(_is_person(one["name"], known) for one in _found(original))


def _found(original: str) -> list[re.Match[str]]:
    return [one for pattern in (_WHOLE_NAME, _OWNED, _SUBJECT) for one in pattern.finditer(original)]


def _is_person(name: str, known: Collection[str]) -> bool:
    parts = [fold(part.lower()) for part in re.split(r"[\s-]+", name)]
    if _FIRM.search(name) or any(part.isupper() for part in name.split()):
        return False
    return not any(part in known or idle(part) for part in parts)
