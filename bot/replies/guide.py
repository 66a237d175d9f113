"""A short help that fits: to a greeting, to thanks, to nothing, and to what is no question about metrics."""

from __future__ import annotations

from collections.abc import Mapping

from bot.model import Request, SmallTalk
from bot.replies import coverage
from bot.replies.draft import Draft, Place
from metrics.privacy.thresholds import LEAST

EXAMPLES = (
    "What are the top 15 metrics a CRO should track?",
    "Why is ramp time on the list of a CRO?",
    "Win rate last quarter by segment",
    "What is net revenue retention?",
)
IN_GROUPS = ("Regretted turnover rate by department", "Share of ramped reps at quota last quarter")
"""What can be had of people."""

OPENINGS: Mapping[SmallTalk, tuple[str, str]] = {
    "empty": ("No question yet", "There was nothing to read in that message. "),
    "greeting": ("Hello", "Hello. "),
    "unreadable": ("I could not read that", "I could not read a question in that. "),
    "off_topic": ("That is outside what I know", "I only know about metrics of a company and its people. "),
}


def reply(request: Request, place: Place) -> Draft:
    """What can be asked here, said in the way that fits the message."""
    if request.small_talk == "thanks":
        return Draft(title="You are welcome", body="Ask whenever you like.", suggestions=EXAMPLES[:1])
    if request.small_talk == "privacy":
        return _guarded()
    if request.small_talk == "coverage":
        return coverage.reply(request, place)
    title, opening = OPENINGS.get(request.small_talk, ("What I can do", ""))
    company = place.engine.company.file.name
    return Draft(
        title=title,
        body=(
            f"{opening}I rank the metrics a role should track, always with business and people metrics in one "
            f"list, and compute each from the data of {company}, with a receipt for every number. Ask for a role's "
            "list, for the value, trend or meaning of a metric, or why something is on a list."
        ),
        suggestions=EXAMPLES,
    )


def _guarded() -> Draft:
    """How the figures of people are kept from being one person's."""
    return Draft(
        title="People's figures are for groups only",
        body=(
            "Nobody gets one person's record, whoever asks. A group of fewer than "
            f"{LEAST['people']} people stays hidden; where pay or protected facts count, of fewer than "
            f"{LEAST['restricted']}."
        ),
        suggestions=IN_GROUPS,
    )
