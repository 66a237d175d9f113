"""Which role is meant, where an acronym stands for several (rule R09)."""

from __future__ import annotations

from dataclasses import dataclass

from bot.reading.lexicon import acronyms
from bot.reading.mentions import Mention
from metrics.balance.acronyms import certain, weigh
from metrics.balance.parameters import Reading
from metrics.model import Catalog


@dataclass(frozen=True)
class RoleRead:
    """The role that was read, the others it might have been, and the sentence that says so."""

    role: str | None = None
    others: tuple[str, ...] = ()
    assumed: str = ""


NO_ROLE = RoleRead()


def role_of(found: Mention, question: str, catalog: Catalog, earlier: str | None) -> RoleRead:
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
