"""The closed list of checks. Every sentence of the model must pass every one of them."""

from __future__ import annotations

from bot.citations.causes import caused
from bot.citations.claims import unborne
from bot.citations.deeds import out_of_place
from bot.citations.facts import Check, Facts
from bot.citations.figures import untold
from bot.citations.labels import about_nothing, mislabelled
from bot.citations.marks import unfounded
from bot.citations.markup import acted_on
from bot.citations.periods import other_time
from bot.citations.places import misplaced
from bot.citations.sentences import Sentence
from bot.citations.sides import wrong_side
from bot.citations.strangers import strange
from bot.citations.vocabulary import unknown

CHECKS: tuple[Check, ...] = (
    acted_on,
    untold,
    strange,
    unfounded,
    about_nothing,
    mislabelled,
    misplaced,
    wrong_side,
    other_time,
    caused,
    out_of_place,
    unborne,
    unknown,
)


def refused(sentence: Sentence, facts: Facts) -> str | None:
    """Give the first reason to refuse a sentence, or None."""
    return next((reason for check in CHECKS if (reason := check(sentence, facts))), None)
