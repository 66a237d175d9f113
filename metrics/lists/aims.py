"""Declared goals and a day -> those in force, and how often the first one changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from metrics.calendar.periods import add_months
from metrics.folder.company_file import GoalSetting
from metrics.model import GoalType, Stage

ASSUMED: dict[Stage, GoalType] = {"pre_pmf": "engagement", "growth": "growth", "scale": "efficiency"}
"""What is assumed to be the goal at a stage where a company declares none."""
TWO_QUARTERS = 6
"""In months: how far back changes of the first goal are counted (R16)."""


def in_force(goals: Sequence[GoalSetting], day: date) -> tuple[GoalType, ...]:
    """The goals that hold on a day, the first one first; each once."""
    held = (one.goal for one in goals if _holds(one, day))
    return tuple(dict.fromkeys(held))


def changes(goals: Sequence[GoalSetting], day: date) -> int:
    """How often another goal became the first one in the two quarters up to a day."""
    start = add_months(day, -TWO_QUARTERS)
    turns = {one.since for one in goals} | {_after(one) for one in goals}
    days = [start, *sorted(turn for turn in turns if turn is not None and start < turn <= day)]
    firsts = [
        first for first in (next(iter(in_force(goals, one)), None) for one in days) if first is not None
    ]
    return sum(one != other for one, other in pairwise(firsts))


def _holds(one: GoalSetting, day: date) -> bool:
    return (one.since is None or one.since <= day) and (one.until is None or day <= one.until)


def _after(one: GoalSetting) -> date | None:
    return None if one.until is None else one.until + timedelta(days=1)
