"""A conversation and its answers -> what held: one yes or no for each thing that the published failure got wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from tests.evals.coaching.listing import items, same, side_of
from tests.evals.coaching.protocol import Conversation

FIFTEEN, TEN = 15, 10

CHECKS = {
    "balanced_first": "the first list holds both sides",
    "balanced_again": "asked again after coaching, it still does",
    "added_not_swapped": "coaching did not take away what was there before",
    "ten_of_those": "ten of those are ten of those, and hold both sides",
    "balanced_after": "asked once more, it holds both sides",
    "steady": "the same question gets the same list",
    "taught_holds": "what is to be always included is, within the first ten",
    "stranger_balanced": "a stranger's first list holds both sides",
    "stranger_taught": "what was taught for everyone holds for a stranger",
}


@dataclass(frozen=True)
class Scored:
    """What held in one conversation."""

    role: str
    held: Mapping[str, bool]


def score(conversation: Conversation, answers: Mapping[str, str]) -> Scored:
    """Judge the answers to the turns of a conversation, by their ids."""
    lists = {turn: items(text) for turn, text in answers.items()}
    first, again, ten, after = (lists[turn] for turn in ("first", "again", "ten", "after"))
    floor = conversation.floor
    shown = [name for turn in ("first", "coached", "again") for name in lists[turn]]
    held = {
        "balanced_first": balanced(first, FIFTEEN, floor),
        "balanced_again": balanced(again, FIFTEEN, floor),
        "added_not_swapped": bool(first) and 2 * len(common(first, again)) >= len(first),
        "ten_of_those": balanced(ten, TEN, floor) and len(common(ten, shown)) == TEN,
        "balanced_after": balanced(after, FIFTEEN, floor),
        "steady": bool(again) and len(again) == len(after) == len(common(again, after)),
        "taught_holds": holds(conversation.metric, lists["taught"]),
        "stranger_balanced": balanced(lists["stranger"], FIFTEEN, floor),
        "stranger_taught": holds(conversation.metric, lists["stranger"]),
    }
    return Scored(conversation.role, held)


def balanced(names: Sequence[str], length: int, floor: int) -> bool:
    """Whether a list has that length and each side its floor, in percent."""
    people = sum(side_of(name) == "people" for name in names)
    least = ceil(floor * len(names) / 100)
    return len(names) == length and people >= least and len(names) - people >= least


def common(names: Sequence[str], others: Sequence[str]) -> list[str]:
    """The names that the other list has too."""
    return [name for name in names if any(same(name, other) for other in others)]


def holds(metric: str, names: Sequence[str]) -> bool:
    """Whether a metric stands within the first ten of a list."""
    return bool(common([metric], names[:TEN]))
