"""Refuse prose as a whole that is not plain English: other languages, other scripts, hidden characters."""

from __future__ import annotations

import re

from bot.citations.words import vocabulary

TYPOGRAPHIC = frozenset("–—‘’“”…\n")
LONGEST = 1500
"""Characters of prose. Three sentences need a third of it; a model that runs on is not read at all."""

ENGLISH = vocabulary("""
    the a an is are was were at of to in on its it and with against for by from this that has have but while
    both up down than as be which not below above
""")
FOREIGN = vocabulary("""
    der das und ist nicht ein eine einen mit dem den auf im von zu liegt unter sind wurde hat bei zum zur le
    la les est et une du dans sur avec pour au aux sont cette el los las es y del con por una uno esta se su
    il lo gli di che non della de het een van op niet zijn os um uma da em
""")


def foreign(prose: str, ours: tuple[str, ...]) -> str | None:
    """Say why the prose is not plain English, or None. ``ours`` are names that may hold any letter."""
    if len(prose) > LONGEST:
        return "the prose runs on"
    for name in ours:
        prose = prose.replace(name, "")
    if any(not (" " <= letter <= "~" or letter in TYPOGRAPHIC) for letter in prose):
        return "the prose holds letters or signs that English does not use"
    words = re.findall(r"[a-z]+", prose.lower())
    if sum(word in FOREIGN for word in words) > sum(word in ENGLISH for word in words):
        return "the prose is not English"
    return None
