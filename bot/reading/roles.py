"""Which role is meant, where an acronym stands for several (rule R09)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.reading.cues import OF_METRICS
from bot.reading.lexicon import Lexicon, acronyms
from bot.reading.mentions import Mention, near
from bot.reading.text import listed, words
from metrics.balance.acronyms import Reading, certain, weigh
from metrics.model import Catalog


@dataclass(frozen=True)
class RoleRead:
    """The role that was read, the others it might have been, and the sentence that says so."""

    role: str | None = None
    others: tuple[str, ...] = ()
    assumed: str = ""


TITLES = listed("manager leader lead head director vp chief officer president owner partner executive boss")
_RUNS = re.compile(
    r"\b(?:i (?:run|lead|head|manage|am in)|(?:metrics|kpis|indicators) for(?: the| our| my)?|for (?:the|our|my))"
    r" (?P<what>[\w-]+(?: [\w-]+)?)"
)


def role_read(
    found: list[Mention],
    rest: str,
    question: str,
    *,
    about_metrics: bool,
    names: Lexicon,
    catalog: Catalog,
    earlier: str | None,
) -> RoleRead:
    """The role that a question is for, by its name, or by what its leader runs ("I run support")."""
    if not found:
        return RoleRead(None if about_metrics else _runs(rest, names))
    first = _role_of(found[0], question, catalog, earlier)
    known = {first.role, *first.others}
    more = [m.ids[0] for m in found[1:] if len(m.ids) == 1 and m.ids[0] not in known]
    if not more or first.role is None:
        return first
    said = f"This is for the {catalog.roles[first.role].name} only; ask again for the {catalog.roles[more[0]].name}."
    return RoleRead(first.role, (*first.others, *more), f"{first.assumed} {said}".strip())


def nearly_roles(rest: str, names: Lexicon) -> tuple[str, ...]:
    """The roles nearest to a title that the catalog does not know."""
    asked = words(rest)
    if not (TITLES & {word.text for word in asked} and OF_METRICS.search(rest)):
        return ()
    return near(asked, names.roles.items(), names.role_weight)


def _runs(rest: str, names: Lexicon) -> str | None:
    """Who leads what is named: "metrics for HR" are for the head of it."""
    for found in _RUNS.finditer(rest):
        what = [word.text for word in words(found["what"])]
        for phrase in (("head", *part) for part in (what, what[:1]) if part):
            ids = names.roles.get(phrase, ())
            if len(ids) == 1:
                return ids[0]
    return None


def _role_of(found: Mention, question: str, catalog: Catalog, earlier: str | None) -> RoleRead:
    """The role that a mention means.

    Between several the words of the question decide, then the thread (``earlier``), then the likelier one.
    """
    typed = question[found.start : found.end]
    if len(found.ids) == 1:
        role = catalog.roles[found.ids[0]]
        return RoleRead(role.id, assumed=f"{typed!r} was read as {role.name}." if found.typo else "")
    for parameters in acronyms(catalog):
        weighed = weigh(parameters, typed, question)
        if not weighed:
            continue
        sure = certain(parameters, weighed)
        if not sure and earlier in found.ids:
            return RoleRead(earlier)
        best, *others = (one.reading for one in weighed)
        return RoleRead(best.role, tuple(o.role for o in others), _assumed(typed, best, others))
    return RoleRead(None, found.ids)


def _assumed(typed: str, best: Reading, others: list[Reading]) -> str:
    instead = " or ".join(_spoken(other) for other in others)
    return f"{typed.removesuffix('s').upper()} was read as {_spoken(best)}; ask for {instead} instead."


def _spoken(reading: Reading) -> str:
    """Nobody asks for a "conversion-rate optimisation lead" by that name."""
    return reading.title.removesuffix(" lead")
