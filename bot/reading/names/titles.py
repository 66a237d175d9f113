"""A job title, or a place's name and topic -> the role that it speaks of. For offers, never for answers."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from bot.reading.context.around import Around
from bot.reading.context.pointing import Thread
from bot.reading.words.ambiguous import settle
from bot.reading.words.lexicon import Lexicon, lexicon
from bot.reading.words.mentions import mentions
from bot.reading.words.spelling import UNDERSTOOD
from bot.reading.words.text import plain, words
from metrics.model import Catalog


def role_of_title(title: str, catalog: Catalog) -> str | None:
    """The role that a title names: "Chief People Officer", "VP of Sales, EMEA"."""
    said = plain(title)
    for found in mentions(words(said), lexicon(catalog).both):
        roles = [one.partition(":")[2] for one in found.ids if one.startswith("role:")]
        if len(roles) == 1 and not found.typo:
            return roles[0]
        around = Around(Thread((), None), title=title)
        if roles and (settled := settle(said[found.start : found.end], said, catalog, around)):
            return settled.ids[0] if settled.ids[0] in catalog.roles else None
    return None


def role_of_place(name: str, topic: str, catalog: Catalog) -> str | None:
    """The role that a channel is about: one that it names, else who leads what it is called after."""
    for said in (name, topic):
        if role := role_of_title(said.replace("-", " ").replace("_", " "), catalog):
            return role
    names = lexicon(catalog)
    topical = [
        one for one in _words(topic) if one not in UNDERSTOOD
    ]  # "the people who carry it" are nobody's
    return _led(_words(name), names) or _led(topical, names)


def _words(said: str) -> list[str]:
    return [one.text for one in words(plain(said.replace("-", " ").replace("_", " ")))]


def _led(said: Sequence[str], names: Lexicon) -> str | None:
    """Who leads what is named: two words together before each alone."""
    for phrase in (*(("head", *pair) for pair in pairwise(said)), *(("head", one) for one in said)):
        ids = names.roles.get(phrase, ())
        if len(ids) == 1:
            return ids[0]
    return None
