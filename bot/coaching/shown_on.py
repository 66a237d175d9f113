"""The list that a lesson is shown on: whose it is."""

from __future__ import annotations

from bot.audience.seeing import refuse_list
from bot.replies.draft import Place
from bot.replies.recommendation import DEFAULT_ROLE


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
