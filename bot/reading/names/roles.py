"""Which role a question is for: by its name, by what its leader runs, or by what an acronym means here (R09)."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from bot.reading.context.around import Around
from bot.reading.names.in_charge import in_charge
from bot.reading.words.ambiguous import Settled, settle
from bot.reading.words.cues import MEANT, OF_METRICS
from bot.reading.words.lexicon import Lexicon
from bot.reading.words.mentions import Mention
from bot.reading.words.nearness import near
from bot.reading.words.stems import idle
from bot.reading.words.text import fold, key, listed, words
from metrics.model import Catalog


@dataclass(frozen=True)
class RoleRead:
    """The role that was read, the others it might have been, and the sentence that says so.

    ``chosen`` is the acronym and the role, where the question itself says which one it means.
    """

    role: str | None = None
    others: tuple[str, ...] = ()
    assumed: str = ""
    chosen: tuple[tuple[str, str], ...] = ()


TITLES = listed("manager leader lead head director vp chief officer president owner partner executive boss")
_RUNS = re.compile(
    r"\b(?:i (?:(?:just |recently |now )?(?:inherited|took over|take over|run|lead|head|manage|own)"
    r"|am in|look after|am responsible for|am in charge of)"
    r"|(?:to|running|who) (?:run|lead|head|manage|runs|leads|heads|manages)|running|managing"
    r"|(?:metrics|kpis|indicators) for(?: the| our| my)?|for (?:the|our|my))"
    r" (?P<what>[\w-]+(?: [\w-]+)?)"
)


_SELLERS = re.compile(
    r"\bi (?:run|lead|manage|head|coach|supervise) (?:a (?:team|group) of |an? )?(?:\w+ ){0,2}?"
    r"(?:aes?|reps?|sellers?|salespeople|sdrs?)\b|\bi (?:run|lead|manage) an? (?:\w+ )?sales team of \w+"
)
"""Who leads sellers is their manager."""


def role_read(
    found: list[Mention],
    rest: str,
    question: str,
    *,
    about_metrics: bool,
    names: Lexicon,
    catalog: Catalog,
    around: Around,
) -> RoleRead:
    """The role that a question is for, by its name, or by what its leader runs ("I run support")."""
    if not found:
        manages_sellers = (
            "sales_manager" if _SELLERS.search(question) and "sales_manager" in catalog.roles else None
        )
        return RoleRead(
            None if about_metrics else manages_sellers or led(rest, names) or in_charge(question, catalog)
        )
    if said := _said_which(found, question, catalog, around):
        return said
    first = _role_of(found[0], question, catalog, around)
    known = {first.role, *first.others}
    more = [m.ids[0] for m in found[1:] if len(m.ids) == 1 and m.ids[0] not in known]
    if not more or first.role is None:
        return first
    said_so = f"This is for the {catalog.roles[first.role].name} only; ask again for the {catalog.roles[more[0]].name}."
    return RoleRead(first.role, (*first.others, *more), f"{first.assumed} {said_so}".strip())


_ELSEWHERE = re.compile(
    r" (?:of|at) (?:the )?(?P<what>(?!an?\b|our\b|my\b|this\b|any\b|each\b|every\b)[a-z]\w+(?: [\w']+){0,2})"
)


def of_elsewhere(found: Mention, question: str, known: Collection[str]) -> bool:
    """Whether a role is one of another place: "the president of the united states"."""
    after = _ELSEWHERE.match(question, found.end)
    told = [fold(word) for word in after["what"].split()] if after else []
    return bool(told) and not any(word in known or idle(word) for word in told[:1])


def nearly_roles(rest: str, names: Lexicon) -> tuple[str, ...]:
    """The roles nearest to a title that the catalog does not know."""
    asked = words(rest)
    if not (TITLES & {word.text for word in asked} and OF_METRICS.search(rest)):
        return ()
    return near(asked, names.near_roles)


def led(rest: str, names: Lexicon) -> str | None:
    """Who leads what is named: "metrics for HR" are for the head of it."""
    for found in _RUNS.finditer(rest):
        what = [word.text for word in words(found["what"])]
        for phrase in (("head", *part) for part in (what, what[:1]) if part):
            ids = names.roles.get(phrase, ())
            if len(ids) == 1:
                return ids[0]
    return None


def _said_which(found: list[Mention], question: str, catalog: Catalog, around: Around) -> RoleRead | None:
    """An acronym that is spelt out beside it: "top 10 for the CRO, I mean the Chief Revenue Officer"."""
    open_ = [mention for mention in found if len(mention.ids) > 1]
    plain = {mention.ids[0] for mention in found if len(mention.ids) == 1}
    for mention in open_:
        meant = plain & set(mention.ids)
        settled = settle(question[mention.start : mention.end], question, catalog, around)
        if len(meant) == 1 and settled:
            role = next(iter(meant))
            chosen = ((settled.token, role),) if MEANT.search(question) else ()
            return RoleRead(role, chosen=chosen)
    return None


def _role_of(found: Mention, question: str, catalog: Catalog, around: Around) -> RoleRead:
    """The role that a mention means: the one of that name, or the one that is settled on."""
    typed = question[found.start : found.end]
    if len(found.ids) == 1:
        role = catalog.roles[found.ids[0]]
        return RoleRead(role.id, assumed=f"{typed!r} was read as {role.name}." if found.typo else "")
    settled = settle(typed, question, catalog, around)
    if settled is None:
        return RoleRead(None, found.ids)
    best, *others = settled.ids
    if settled.sure and best in [turn.role for turn in (around.thread.last, around.thread.listed) if turn]:
        return RoleRead(best)
    name = catalog.roles[best].name
    borrowed = "" if key(settled.titles[best]) == key(name) else f" The list of the {name} is the nearest."
    return RoleRead(best, tuple(others), assumed(settled) + borrowed)


def assumed(settled: Settled) -> str:
    """How an ambiguous name was read, and which other readings can be had."""
    best, *others = (settled.titles[one].removesuffix(" lead") for one in settled.ids)
    because = f", {settled.because}" if settled.because else ""
    return f"{settled.token} was read as {best}{because}; ask for {' or '.join(others)} instead."
