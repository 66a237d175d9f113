"""Slips of the keyboard in the ordinary words of a question."""

from __future__ import annotations

import re
from collections.abc import Collection

from rapidfuzz.distance import OSA

from bot.reading.text import FILLER, fold

ORDINARY = frozenset(
    (
        "metrics metric kpis kpi indicators track tracking tracked measure measuring monitor which should what "
        "compare compared comparison versus trend trending definition define defined explain meaning calculated "
        "calculate remember always never include including business people management only choose pick ignore "
        "rules quarter quarterly month monthly week weekly year yearly last previous fiscal important show region "
        "department segment chief officer president top those these both sets january february september october "
        "november december"
    ).split()
)
"""The words that decide how a question is read."""

NOT_A_SLIP = frozenset(
    (
        "weak meek wake tend trends shout whale white when then than there their where were here have gave team "
        "teams term terms seek look like list lists leave less least lost list rank ranks rate rates role rules "
        "yeah hear near data date dates peak week-end past most best first shoe show shown chose chosen meaning "
        "wich moth mouth years weeks months quarters compares tracks regions segments departments shows leads"
    ).split()
) - {"wich", "moth"}
"""Right words that lie one letter beside one of those."""

UNDERSTOOD = frozenset(
    fold(word)
    for word in (
        *ORDINARY,
        *(
            "top best key main give list show need see want tell know look good all each per by over go get thing ones "
            "role now again also then not no and or vs into off up down ok okay hey hi yes most out one two three more "
            "focus keep eye watch report value number figure current currently level looking say think use because "
            "why help does lets let make same like next time trend it out than today someone new care tell told me "
            "kindly bot board pack dashboard scorecard"
        ).split(),
    )
)
"""Words that leave no doubt about the rest of a question."""

LONG_WORD = 8


def respell(text: str, known: Collection[str]) -> str:
    """The text with slips in ordinary words mended. Words of the catalog (``known``, folded) stay."""
    return re.sub(r"[a-z]{3,}", lambda found: _mended(found[0], known), text)


def _mended(word: str, known: Collection[str]) -> str:
    if word in ORDINARY or word in FILLER or word in NOT_A_SLIP or fold(word) in known:
        return word
    slips = 2 if len(word) >= LONG_WORD else 1
    for right in sorted(ORDINARY):
        if len(word) == len("top") and sorted(word) != sorted(right):
            continue  # of three letters only swapped ones are a slip, anything else is another word
        near = OSA.distance(word, right, score_cutoff=slips) <= slips
        if near and (word[0] == right[0] or sorted(word) == sorted(right)):
            return right
    return word
