"""Rights -> what the engine shows to whom, and what is refused before anything is computed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.audience.rights import LEVELS, NotAllowedError, Rights, Scope
from bot.model import DEFAULT_ROLE, HERE, Question, Request
from bot.replies import Draft
from bot.replies.advice import inquiry_of
from bot.replies.contribution import asks_why
from metrics.model import Catalog, Metric
from metrics.privacy import Reader, is_withheld
from metrics.values import Value


def refuse_asking(rights: Rights | None) -> None:
    """Who may not ask here at all is told so.

    Raises:
        NotAllowedError: they may not.
    """
    if rights is not None and not rights.ask:
        raise NotAllowedError(
            rights.why or "You may not ask me here: ask in another channel, or whoever runs me."
        )


def refuse(request: Request, question: Question, catalog: Catalog) -> None:
    """What may not be asked here is refused, before anything is computed.

    Raises:
        NotAllowedError: a role's list, or a metric that was named, is not for this place or person.
    """
    rights = question.rights
    if rights is None:
        return
    for role in _listed(request, question.text):
        refuse_list(role, rights, catalog)
    for metric_id in request.metrics:
        metric = catalog.metric(metric_id)
        if not _within(metric, rights.scope):
            raise NotAllowedError(f"{metric.name} is not for this place: ask in another channel, or alone.")


def refuse_list(role: str, rights: Rights | None, catalog: Catalog) -> None:
    """A role's list is told only where it may be asked for, also where it explains, advises or teaches.

    Raises:
        NotAllowedError: the list is not for this place or person.
    """
    if rights is None or rights.scope.lists([role]):
        return
    names = ", ".join(sorted(catalog.role(one).name for one in rights.scope.roles or ()))
    if not names:
        raise NotAllowedError("Here you cannot ask for the list of any role: ask for single metrics.")
    raise NotAllowedError(f"Here you can ask for the lists of: {names}.")


def may_be_told(contract: Mapping[str, Any], rights: Rights) -> bool:
    """Whether an answer tells only lists that may be asked for with these rights."""
    asked, advice = contract.get("request") or {}, contract.get("advice") or {}
    match contract["kind"]:
        case "recommendation":
            told = {asked.get("role") or DEFAULT_ROLE}
        case "explanation" | "advice":
            told = {asked.get("role"), asked.get("other_role"), advice.get("role")} - {None}
        case _:
            return True
    return rights.scope.lists(told)


def reader_of(question: Question, catalog: Catalog) -> Reader:
    """Whose eyes a question's answer is for: those of everybody in the place."""
    if question.rights is None:
        return Reader(persons=question.channel == HERE)
    return reader(question.rights, catalog)


def reader(rights: Rights, catalog: Catalog, *, alone: bool = False) -> Reader:
    """Whose eyes the engine computes for: everybody's in the place, or the asker's alone."""
    only = None
    if (
        rights.scope.sides is not None
        or rights.scope.dimensions is not None
        or rights.scope.metrics is not None
    ):
        only = frozenset(one.id for one in catalog.metrics.values() if _within(one, rights.scope))
    return Reader(persons=rights.persons, ceiling=rights.alone if alone else rights.here, only=only)


def more_alone(rights: Rights, draft: Draft) -> bool:
    """Whether the asker may see values of this draft that were withheld from the others."""
    if LEVELS.index(rights.alone) <= LEVELS.index(rights.here):
        return False
    return any(is_withheld(value) for value in values(draft))


def seen_in(draft: Draft) -> int:
    """How many values of a draft its readers may see."""
    return sum(not is_withheld(value) for value in values(draft))


def values(draft: Draft) -> tuple[Value, ...]:
    """The values of a draft."""
    rows = draft.scorecard.rows if draft.scorecard else ()
    return (*(row.value for row in rows), *draft.values)


def _listed(request: Request, text: str) -> list[str]:
    """The roles whose lists an answer is made from. A lesson's is known once it is understood (``coaching``)."""
    match request.kind:
        case "recommendation":
            return [request.role or DEFAULT_ROLE]
        case "explanation" if not asks_why(request, text):
            return [request.role or DEFAULT_ROLE]
        case "advice":
            inquiry = inquiry_of(request)
            return [role for role in (inquiry.role, inquiry.other_role) if role]
    return []


def _within(metric: Metric, scope: Scope) -> bool:
    return (
        (scope.sides is None or metric.side in scope.sides)
        and (scope.dimensions is None or metric.dimension in scope.dimensions)
        and (scope.metrics is None or metric.id in scope.metrics)
    )
