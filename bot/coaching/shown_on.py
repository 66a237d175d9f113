"""The list that a lesson is shown on: whose it is, and what stands first on it."""

from __future__ import annotations

from bot.audience.seeing import refuse_list
from bot.model import DEFAULT_COUNT, DEFAULT_ROLE
from bot.replies.draft import Place
from bot.replies.recommendation import context
from metrics.balance.facts import Gates
from metrics.errors import UserError
from metrics.lists.build import order
from metrics.lists.taught import Taught


def whose(role: str | None, place: Place) -> str:
    """The role that is named; else the usual one, or one whose list may be asked for here.

    Raises:
        NotAllowedError: the list is not for this place or person.
    """
    rights = place.question.rights
    allowed = rights.scope.roles if rights else None
    if role is None:
        role = min(allowed) if allowed and DEFAULT_ROLE not in allowed else DEFAULT_ROLE
    refuse_list(role, rights, place.engine.catalog)
    return role


def first_listed(role: str, place: Place, taught: Taught, gates: Gates) -> list[str]:
    """The first metrics of a role as the company gets them here, or all where there are not so many."""
    stage, business_model = context(place)
    ranking = order(
        place.engine,
        role,
        place.as_of,
        stage=stage,
        business_model=business_model,
        gates=gates,
        count=DEFAULT_COUNT,
        taught=taught,
    )
    try:
        return list(ranking.first(DEFAULT_COUNT).ids)
    except UserError:
        return list(ranking.ids)
