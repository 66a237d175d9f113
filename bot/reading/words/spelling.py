"""Slips of the keyboard in the ordinary words of a question."""

from __future__ import annotations

import re
from collections.abc import Collection

from rapidfuzz.distance import OSA

from bot.reading.words.text import FILLER, fold, listed

ORDINARY = listed(
    "the metrics metric kpis kpi indicators track tracking tracked measure measuring monitor which should "
    "what compare compared comparison versus trend trending definition define defined explain meaning "
    "calculated calculate remember always never include including business people management only choose "
    "pick ignore rules quarter quarterly month monthly month week weekly year yearly last previous fiscal "
    "important show region department segment developed development improved increased decreased chief "
    "officer president top those these both sets january february september october november december"
)
"""The words that decide how a question is read."""

RIGHT = listed(
    "compute computed computes weak meek wake tend tends shout whale white when then than there their "
    "where were here have gave team teams term terms seek look like list lists leave less least lost rank "
    "ranks rate rates role hear near data date dates peak past most best first shoe shown chose chosen "
    "years weeks months mouth quarters compares tracks regions segments departments shows leads each wear "
    "bear dear hatch witch match patch watch clear stack trust person improve improves develop develops "
    "increase increases decrease decreases trailing"
)
"""Right words that lie one letter beside one of those."""

UNDERSTOOD = frozenset(map(fold, ORDINARY)) | frozenset(
    map(
        fold,
        listed(
            "top best key main give list need see want tell know look good all per by over go get thing ones role now "
            "again also then not no and or vs into off up down ok okay hey hi yes most out one two three more focus "
            "keep eye watch report value number figure current currently level looking say think use because why help "
            "let lets make same like next time than today new care tell kindly board pack dashboard scorecard first "
            "change develop development moving going went moved up down chart plot graph history evolution "
            "second third fourth fifth set both looked high low big long fast often"
        ),
    )
)
"""Words that leave no doubt about the rest of a question."""

WRITTEN_SO = {
    "compair": "compare", "compar": "compare", "loosing": "losing", "pro": "per", "semester": "half", "trimester":
    "quarter", "actual": "current", "informations": "information", "wich": "which", "wat": "what", "wats": "what's",
    "wut": "what", "wht": "what", "whch": "which", "ur": "your", "gimme": "give me", "lemme": "let me",
    "entreprise": "enterprise", "depts": "departments", "emps": "employees", "custs": "customers", "curr": "current",
    "avg": "average", "pct": "percent", "w/o": "without",
}  # fmt: skip
"""Habits of writing, and words of other languages that look like English ones."""

APART = frozenset(
    {"help desk", "over time", "check out", "log in", "work time", "sign up", "pay off", "set up", "win back"}
)
"""Two words that are no slip of one."""

LONG_WORD = 8
SWAPPED_ONLY = 3
"""Of so few letters only swapped ones are a slip; anything else is another word."""
WHOLE = (r"(?<![^\W\d_])", r"(?![^\W\d_])")
"""What is no part of a word that goes on in other letters: "montréal" holds no slip of "month"."""


def respell(text: str, known: Collection[str]) -> str:
    """The text with slips in ordinary words mended. Words of the catalog (``known``, folded) stay."""
    text = re.sub(r"\bsales ?(?:people|persons?|guys|folks)\b|\bsales force\b", "reps", text)
    text = re.sub(r"\b(top|best)(\d{1,3})\b", r"\1 \2", text)
    text = re.sub(
        rf"{WHOLE[0]}[a-z]+(?:/o)?{WHOLE[1]}", lambda found: WRITTEN_SO.get(found[0], found[0]), text
    )
    text = re.sub(r"\b([a-z]{2,}) (?=([a-z]{3,})\b)", lambda found: _joined(found, known), text)
    return re.sub(rf"{WHOLE[0]}[a-z]{{3,}}{WHOLE[1]}", lambda found: _mended(found[0], known), text)


def _joined(found: re.Match[str], known: Collection[str]) -> str:
    """Two words as one: "turn over" is one word where that means something here and its first half does not."""
    first, second = found[1], found[2]
    one = fold(first + second) in known and f"{first} {second}" not in APART
    return first if one and first not in FILLER and len(first + second) >= LONG_WORD - 1 else found[0]


def _mended(word: str, known: Collection[str]) -> str:
    if word in ORDINARY or word in FILLER or word in RIGHT or word in UNDERSTOOD or fold(word) in known:
        return word
    slips = 2 if len(word) >= LONG_WORD else 1
    for right in sorted(ORDINARY):
        swapped = sorted(word) == sorted(right)
        if len(word) == SWAPPED_ONLY and not swapped:
            continue
        if (swapped or word[0] == right[0]) and OSA.distance(word, right, score_cutoff=slips) <= slips:
            return right
    return word
