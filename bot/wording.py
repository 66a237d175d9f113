"""Row -> what may be said of it: how it moved, where it stands against its target, what to say first.

Both the plain narration and the check on the model's prose ask here, so that they cannot disagree. A
comparison is judged on what is *shown*: what looks equal once rounded neither rose nor misses.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Literal

from metrics.display import row_change, shown
from metrics.model import Side
from metrics.scorecard import Row, Scorecard
from metrics.standing import Standing, bound, reaches, stands
from metrics.values import Status, Value

Move = Literal["up", "down", "flat"]

UNFINISHED = frozenset(["partial_period", "unsettled"])
LAG = Decimal("0.25")
"""How much larger the troubled share of a side must be for that side to lag."""


def moved(row: Row) -> Move | None:
    """How the value moved against the previous one; None where a comparison would mislead.

    A period that is not over and a cohort that may still change are not compared.
    """
    change = row_change(row, "")
    if not change or not is_final(row.value):
        return None
    if not any(digit in change for digit in "123456789"):
        return "flat"
    return "down" if change.startswith("-") else "up"


def is_final(value: Value) -> bool:
    """Whether a value is what it will be: its period is over, and whoever it counts has had the whole time."""
    return value.status is not Status.IMMATURE_COHORT and UNFINISHED.isdisjoint(value.flags)


def improved(row: Row) -> bool | None:
    """Whether the move was in the direction the metric wants; None where it did not move or wants a band."""
    move = moved(row)
    if move not in ("up", "down") or row.metric.direction == "band":
        return None
    return move == row.metric.direction


def place(row: Row) -> Standing | None:
    """Where the value stands against its target; ``at`` within a band or where both look the same."""
    value, target = row.value.value, row.target
    if value is None or target is None or (target.value, target.low, target.high) == (None, None, None):
        return None
    where = stands(value, target)
    end = bound(target, where)
    return "at" if end is not None and _same(row, value, end) else where


def meets(row: Row) -> bool | None:
    """Whether the target is met; None without one, and where a band metric is off a single figure."""
    where = place(row)
    return None if where is None or row.target is None else reaches(where, row.target, row.metric.direction)


def lasting(row: Row) -> bool:
    """Whether the value before stood where the value stands now: above, below or at the target."""
    if row.previous is None or place(row) is None:
        return False
    return place(replace(row, value=row.previous)) == place(row)


def miss(row: Row) -> Decimal:
    """How far the value is from a target it misses, relative to that target; zero where it does not."""
    value, target = row.value.value, row.target
    if meets(row) is not False or value is None or target is None:
        return Decimal(0)
    end = bound(target, stands(value, target))
    return abs(value - end) / abs(end) if end else Decimal(0)


def move_size(row: Row) -> Decimal:
    """How far the value moved, relative to the previous one; zero where nothing may be said."""
    before = row.previous.value if row.previous else None
    if moved(row) not in ("up", "down") or row.change is None or not before:
        return Decimal(0)
    return abs(row.change) / abs(before)


def tally(scorecard: Scorecard) -> dict[str, int]:
    """How many targets there are to judge, are met and missed; how many values are not measured and withheld."""
    judged = [good for row in scorecard.rows if (good := meets(row)) is not None]
    statuses = [row.value.status for row in scorecard.rows]
    return {
        "targets": len(judged),
        "met": judged.count(True),
        "missed": judged.count(False),
        "unmeasured": statuses.count(Status.NOT_MEASURED),
        "withheld": statuses.count(Status.SUPPRESSED),
    }


def widest_miss(scorecard: Scorecard) -> Row | None:
    """The row that misses its target by most, relative to it."""
    return _most(scorecard, miss)


def largest_worsening(scorecard: Scorecard) -> Row | None:
    """The row that moved most in the direction it should not, relative to where it was."""
    return _most(scorecard, lambda row: move_size(row) if improved(row) is False else Decimal(0))


def largest_move(scorecard: Scorecard) -> Row | None:
    """The row that moved most, relative to where it was."""
    return _most(scorecard, move_size)


def lagging_side(scorecard: Scorecard) -> Side | None:
    """The side of which clearly more is in trouble; None where neither is, or too little is known.

    A row is in trouble when it misses its target or, without a target, moved the wrong way.
    """
    business, people = _trouble(scorecard, "business"), _trouble(scorecard, "people")
    if business is None or people is None or abs(business - people) < LAG:
        return None
    return "business" if business > people else "people"


def _trouble(scorecard: Scorecard, side: Side) -> Decimal | None:
    """The share of a side's rows that are in trouble; None where fewer than two can be judged."""
    rows = [row for row in scorecard.rows if row.metric.side == side]
    judged = [good for row in rows if (good := meets(row) if row.target else improved(row)) is not None]
    return Decimal(judged.count(False)) / len(judged) if len(judged) > 1 else None


def _most(scorecard: Scorecard, size: Callable[[Row], Decimal]) -> Row | None:
    best = max(scorecard.rows, key=size, default=None)  # the first of equals: the order of the list
    return best if best is not None and size(best) > 0 else None


def _same(row: Row, one: Decimal, other: Decimal) -> bool:
    return shown(one, row.metric.unit, "") == shown(other, row.metric.unit, "")
