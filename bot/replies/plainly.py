"""Replies that need no data: help, a choice to make, and a refusal."""

from __future__ import annotations

from bot.model import Request
from bot.replies.draft import Draft, Place

EXAMPLES = (
    "What are the top 15 metrics a CRO should track?",
    "Only 10 of those",
    "Win rate last quarter by segment",
    "What is net revenue retention?",
)


def guide(_request: Request, place: Place) -> Draft:
    """A short help with examples that work."""
    company = place.engine.company.file.name
    return Draft(
        title="What I can do",
        body=(
            f"I rank the metrics a role should track, always with business and people metrics in one list, and "
            f"compute each from the data of {company}, with a receipt for every number. Ask for a role's list, "
            "for the value, trend or meaning of a metric, or why something is on a list."
        ),
        suggestions=EXAMPLES,
    )


def clarify(request: Request, place: Place) -> Draft:
    """The best few readings, to choose from."""
    catalog = place.engine.catalog
    names = [
        catalog.metrics[choice].name if choice in catalog.metrics else catalog.roles[choice].name
        for choice in request.alternatives
        if choice in catalog.metrics or choice in catalog.roles
    ]
    if not names:
        return guide(request, place)
    asked = f"Did you mean {', '.join(names[:-1])}{' or ' if len(names) > 1 else ''}{names[-1]}?"
    return Draft(title="Which one do you mean?", body=asked, suggestions=tuple(names))


def refuse(_request: Request, _place: Place) -> Draft:
    """What is not given, and what can be had instead."""
    return Draft(
        title="Not about single persons",
        body=(
            "I give no record, pay, rating or forecast of a single person: people metrics exist for groups only, "
            "and small groups stay hidden. Ask for the group instead."
        ),
        suggestions=("Regretted turnover rate by department", "Share of ramped reps at quota last quarter"),
    )
