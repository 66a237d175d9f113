"""What cannot be taught, or need not be: the reason, and what can be had instead. Nothing is stored by any of it."""

from __future__ import annotations

from bot.coaching.heard import Limited
from bot.coaching.shown_on import first_listed, whose
from bot.replies.draft import Draft, Place
from bot.replies.held import floors, held
from metrics.balance.shares import HIGHEST, LOWEST
from metrics.lists.gates import gates_of
from metrics.model import Side

EXAMPLES = (
    "Always include ramp time for our CRO",
    "Never show bounce rate",
    "At least 40 % people metrics in this channel",
    "We call regretted turnover “brain drain”",
    "Use headcount at period start for turnover",
    "Our fiscal year starts in February",
)
"""Lessons that work, one of each kind."""


def offer(_place: Place) -> Draft:
    """What was not understood: nothing was kept, and what can be."""
    return Draft(
        title="Not understood, nothing stored",
        body=(
            "I did not understand that as something I can be taught, so nothing was stored. What I can keep: "
            "which metrics are always or never listed (also for one role), at least how many percent of a list "
            "are people or business metrics, which of its published methods computes a metric, words of your own "
            "for a metric, and the month in which your fiscal year starts. One rule in each message."
        ),
        suggestions=EXAMPLES,
    )


def limited(heard: Limited, place: Place, role: str | None, shown: tuple[str, ...]) -> Draft:
    """The answer to a lesson that cannot be stored.

    Raises:
        NotAllowedError: it is about a list that is not for this place or person.
    """
    if heard.limit == "forgot":
        return _forgot(heard.side or "people", place, role, shown)
    if heard.limit in ("floor", "share", "always_side"):
        return _floor(heard.side or "people", place)
    title, body, suggestions = _FIXED[heard.limit]
    return Draft(title=title, body=body.format(word=heard.word), suggestions=suggestions)


_CHANGEABLE = (
    f"What can be changed: the floor of each side, from {LOWEST} to {HIGHEST} %, both together at most 90 %; and "
    "which single metrics are always or never listed."
)
_FIXED: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "holds": (
        "That holds already",
        (
            "Every list holds business and people metrics together (rule R01), in every thread and for everyone "
            "who asks, so there was nothing to store. To have more of one side, teach me a share, from "
            f"{LOWEST} to {HIGHEST} %."
        ),
        ("At least 40 % people metrics in this channel", "Top 15 metrics for a CRO"),
    ),
    "side": (
        "A side cannot be changed",
        (
            "Which side of the scale a metric is on is fixed in the catalog and no coaching changes "
            "it, so nothing was "
            f"stored: with movable sides any list could be called balanced. {_CHANGEABLE}"
        ),
        EXAMPLES[2:3],
    ),
    "guarded": (
        "People's privacy cannot be coached",
        (
            "How guarded a figure is comes from the columns it is made of, and small groups stay "
            "hidden for whoever asks, "
            "so nothing was stored. No coaching opens a record of one person. Ask for a group instead."
        ),
        ("Regretted turnover rate by department", *EXAMPLES[:1]),
    ),
    "block": (
        "That rule cannot be coached away",
        (
            "The blocking rules of balance hold in every list, whatever is taught: counter-metrics, "
            "both sides, no vanity "
            f"metric, a receipt for each number. So nothing was stored. {_CHANGEABLE}"
        ),
        EXAMPLES[:3],
    ),
    "week": (
        "Weeks start on Monday",
        (
            "Weeks here are those of ISO 8601, from Monday to Sunday, and cannot be moved, so nothing "
            "was stored. The month in which your fiscal year starts can be taught."
        ),
        EXAMPLES[5:],
    ),
    "fiscal_day": (
        "A fiscal year starts on the first of a month",
        "I can keep the month in which your fiscal year starts, and only its first day, so nothing was stored.",
        EXAMPLES[5:],
    ),
    "company": (
        "That stands in company.toml",
        (
            "Targets, goals, the currency and the time zone have one owner: company.toml of the "
            "company folder. Whoever "
            "keeps it can change them there, so nothing was stored here."
        ),
        EXAMPLES[:3],
    ),
    "word": (
        "That word is taken",
        (
            "“{word}” is the name of something else in the catalog, or an everyday word, so it cannot "
            "mean a metric, and "
            "nothing was stored. Choose a word of your own; how a metric is computed can be taught too."
        ),
        (EXAMPLES[3], EXAMPLES[4]),
    ),
    "same": (
        "It means that already",
        "“{word}” means that metric already, for everyone, so there was nothing to store.",
        EXAMPLES[3:4],
    ),
}


def _floor(side: Side, place: Place) -> Draft:
    """Why a side cannot go, or take all: the floor, its reason, and what can be changed."""
    rule = place.engine.catalog.rules["R01"]
    return Draft(
        title="The floor stays, nothing stored",
        body=(
            f"A list never goes without {side} metrics, and neither side takes all of it (rule R01, "
            f"{rule.title.lower()}): usually at least 30 % of five or more are of each side, and of two to four at "
            f"least one. {rule.why.rstrip('.')}.\n{_CHANGEABLE} So nothing was stored."
        ),
        suggestions=(
            f"At least {LOWEST} % {side} metrics in this channel",
            f"At least {HIGHEST} % {side} metrics in this channel",
            "Never show bounce rate",
        ),
    )


def _forgot(side: Side, place: Place, role_id: str | None, shown: tuple[str, ...]) -> Draft:
    """What the list does hold of the side that is missed, the rule that keeps it there, and how to have more."""
    catalog = place.engine.catalog
    role = catalog.roles[whose(role_id, place)]
    ids = list(shown)
    if not ids:
        gates = gates_of(place.engine, place.as_of, today=place.when.today)
        ids = first_listed(role.id, place, place.taught, gates)
    which = "The list shown before" if shown else f"The list for the {role.name}"
    return Draft(
        title="What the list holds",
        body=(
            f"{held(side, ids, which, catalog)}\n{floors(ids, role.id, catalog)} Nothing was stored, because "
            f"nothing has to be taught for that. To have more of them, teach me a share: from {LOWEST} to "
            f"{HIGHEST} % of each side, both together at most 90 %."
        ),
        suggestions=(f"At least 40 % {side} metrics", f"Always include {_another(side, ids, place)}"),
    )


def _another(side: Side, ids: list[str], place: Place) -> str:
    """A metric of that side that is not on the list yet."""
    catalog = place.engine.catalog
    found = (
        one.name
        for one in catalog.metrics.values()
        if one.side == side and one.id not in ids and one.tier == "core"
    )
    return next(found, "ramp time").lower()
