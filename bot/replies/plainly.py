"""Replies that need no data: a choice to make, and a refusal."""

from __future__ import annotations

from bot.model import Request
from bot.replies import guide
from bot.replies.choices import choices
from bot.replies.draft import Draft, Place
from metrics.advice.words import joined


def clarify(request: Request, place: Place) -> Draft:
    """The best few readings, to choose from; of what no metric holds, what is nearest to it."""
    actions = choices(request, place)
    if not actions:
        return guide.reply(request, place)
    names = [label for label, _ in actions]
    title, body = "Which one do you mean?", f"Did you mean {joined(names, 'or')}?"
    if request.unknown:
        title = f"Not measured here: {request.unknown}"
        body = f"There is no metric of {request.unknown} here. Nearest to it: {joined(names)}."
    return Draft(title=title, body=body, suggestions=tuple(ask for _, ask in actions), actions=actions)


def refuse(request: Request, place: Place) -> Draft:
    """What is not given, and what can be had instead."""
    named = [place.engine.catalog.metrics[one] for one in request.alternatives]
    splits = [metric for metric in named if place.engine.tells(metric.id, "department")]
    return Draft(
        title="Not about single persons",
        body=(
            "I give no record, pay, rating or forecast of a single person: people metrics exist for groups only, "
            "and small groups stay hidden. Ask for the group instead."
        ),
        suggestions=(
            *(f"{metric.name} by department" for metric in splits[:2]),
            *(guide.IN_GROUPS if not splits else ()),
        ),
    )
