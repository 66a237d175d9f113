"""Which role is meant, where an acronym stands for several (rule R09)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from bot.reading.mentions import Mention
from metrics.model import Catalog

LIKELIER = frozenset({"chief_revenue_officer"})
"""Who is meant where nothing tells the readings of an acronym apart."""

EVIDENCE: dict[str, frozenset[str]] = {
    "conversion_lead": frozenset(
        "conversion website web site landing page bounce cart checkout visitor visit experiment ab optimisation "
        "optimization optimise optimize cro's shop funnel test testing click traffic".split()
    ),
    "chief_revenue_officer": frozenset(
        "revenue sale seller rep quota pipeline officer board executive forecast deal".split()
    ),
    "cpo_product": frozenset("product feature user roadmap activation adoption release app".split()),
    "chro": frozenset("people hr human talent hiring employee staff culture turnover attrition".split()),
    "vp_sales": frozenset("sale seller rep quota pipeline deal".split()),
    "cs_leader": frozenset("customer success renewal client onboarding".split()),
}
"""Words that speak for one reading of an acronym."""

SPOKEN = {"conversion_lead": "conversion-rate optimisation"}
"""How a role is asked for, where its name reads badly in a sentence."""


@dataclass(frozen=True)
class RoleRead:
    """The role that was read, or the choice between several; what was assumed about it."""

    role: str | None = None
    choices: tuple[str, ...] = ()
    assumed: str = ""


def role_of(
    found: Mention, typed: str, words: Collection[str], catalog: Catalog, earlier: str | None
) -> RoleRead:
    """The role that a mention means: the words of the question decide, then the thread, then the likelier."""
    if len(found.ids) == 1:
        name = catalog.roles[found.ids[0]].name
        assumed = f"{typed!r} was read as {name}." if found.typo else ""
        return RoleRead(found.ids[0], (), assumed)
    speaks = {role: len(EVIDENCE.get(role, frozenset()) & set(words)) for role in found.ids}
    best = [role for role in found.ids if speaks[role] == max(speaks.values())]
    if len(best) > 1 and earlier in best:
        return RoleRead(earlier)
    if len(best) > 1:
        best = [role for role in best if role in LIKELIER]
    if len(best) != 1:
        return RoleRead(None, found.ids)
    others = tuple(role for role in found.ids if role != best[0])
    instead = " or ".join(_spoken(role, catalog) for role in others)
    assumed = f"{typed.upper()} was read as {_spoken(best[0], catalog)}; ask for {instead} instead."
    return RoleRead(best[0], others, assumed)


def _spoken(role: str, catalog: Catalog) -> str:
    return SPOKEN.get(role, catalog.roles[role].name)
