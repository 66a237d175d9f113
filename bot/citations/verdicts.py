"""What bears a claim out: a row's value against its target, and against the value before."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

from bot import wording
from bot.citations.words import phrases
from metrics.scorecard import Row
from metrics.standing import Standing
from metrics.values import Status

Verdict = Callable[[Row, str], bool]
"""Whether a row bears out a claim, given the clause it stands in."""

TARGET = phrases("targets?, goals?, plan, aim, band")
BEFORE = phrases("previous, previously, before, earlier, prior, preceding, was, from §")
MOVE_TO_PLACE: Mapping[wording.Move | None, Standing] = {"up": "above", "down": "below", "flat": "at"}


def moved(way: wording.Move) -> Verdict:
    """The value went that way since the one before."""
    return lambda row, _: wording.moved(row) == way


def improved(*, better: bool) -> Verdict:
    """The value moved in the direction that is good for the metric, or in the other."""
    return lambda row, _: wording.improved(row) is better


def meets(*, good: bool) -> Verdict:
    """The value reaches its target, or misses it."""
    return lambda row, _: wording.meets(row) is good


def further(*, away: bool) -> Verdict:
    """From a target that was missed before and is missed now, on the same side."""

    def holds(row: Row, _: str) -> bool:
        missed = wording.meets(row) is False and wording.lasting(row)
        return missed and wording.improved(row) is not None and wording.improved(row) is not away

    return holds


def no_previous(row: Row, _: str) -> bool:
    """There is no value before, and none that is hidden."""
    suppressed = row.value.status is Status.SUPPRESSED
    return not suppressed and (row.previous is None or row.previous.value is None)


def fares(*, well: bool) -> Verdict:
    """Against its target; without one, against the value before."""
    return lambda row, _: (wording.meets(row) if row.target else wording.improved(row)) is well


def placed(wanted: Literal["above", "below"], *, usually_before: bool = False) -> Verdict:
    """Above or below what the clause names: its target, the value before, or both.

    A clause that names neither claims nothing, or means the value before where the word ``usually`` does.
    """

    def holds(row: Row, clause: str) -> bool:
        seen = []
        if TARGET.search(clause):
            seen.append(wording.place(row))
        if BEFORE.search(clause) or (usually_before and not seen):
            seen.append(MOVE_TO_PLACE.get(wording.moved(row)))
        return bool(seen) and all(where == wanted for where in seen)

    return holds


def compared(*, better: bool) -> Verdict:
    """Better or worse than what the clause names; than before, where it names nothing."""

    def holds(row: Row, clause: str) -> bool:
        if TARGET.search(clause) and (wording.meets(row) is not better or wording.place(row) == "at"):
            return False
        only_target = TARGET.search(clause) and not BEFORE.search(clause)
        return bool(only_target) or wording.improved(row) is better

    return holds
