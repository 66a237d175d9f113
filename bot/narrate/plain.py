"""Scorecard -> two or three plain sentences with marks, the one thing worth saying first. No model needed.

First comes the widest miss against a target; where all targets are met, that, and then the largest worsening or
move. The next sentence speaks of the other side of the scale. A last one says which side lags, what is withheld
or how many targets are missed. What is said how depends on the scorecard alone, so the same one reads the same.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Literal
from zlib import crc32

from bot import wording
from bot.narrate.stating import at, named, state
from metrics.model import Side
from metrics.scorecard import Row, Scorecard

OTHER: dict[Side, Side] = {"business": "people", "people": "business"}
MOST = 3
"""Sentences of one answer."""
SEVERAL = 2
"""Missed targets from which on they are counted; nobody says "all" of fewer than three."""


def sentences(scorecard: Scorecard) -> tuple[str, ...]:
    """Word a scorecard; every sentence passes the checks of ``citations`` as it stands."""
    lead = worth_saying(scorecard)
    if lead is None:
        return _nothing(scorecard)
    said = [_all_met(scorecard), _first(lead, scorecard), about_side(scorecard, OTHER[lead.metric.side])]
    told = [one for one in (*said, _last(scorecard)) if one]
    return tuple(told[:MOST]) if len(told) > 1 else (*told, _mix(scorecard))


def about_side(scorecard: Scorecard, side: Side) -> str | None:
    """Word what is worth saying of one side; None where it has no value."""
    rows = tuple(row for row in scorecard.rows if row.metric.side == side)
    row = worth_saying(replace(scorecard, rows=rows))
    if row is None:
        return None
    opening = ("On the {} side", "Among the {} metrics")[_turn(scorecard, "opening") % 2]
    return f"{opening.format(side)}, {state(row, scorecard, _turn(scorecard, 'beside'))}."


def worth_saying(scorecard: Scorecard) -> Row | None:
    """The row to speak of first; None where there is no value at all."""
    valued = (row for row in scorecard.rows if row.value.value is not None)
    return (
        wording.widest_miss(scorecard)
        or wording.largest_worsening(scorecard)
        or wording.largest_move(scorecard)
        or next(valued, None)
    )


def _first(row: Row, scorecard: Scorecard) -> str:
    turn = _turn(scorecard, "first")
    if row is wording.widest_miss(scorecard):
        name, target = named(row), f"its target of [{row.metric.id}.target]"
        stands = f"{at(row, scorecard)}, {wording.place(row)} {target}"
        ways = (
            f"{_capital(name)} is {stands}: the widest miss of this list.",
            f"The widest miss of this list is {name}, {stands}.",
            f"{_capital(name)} misses {target} by the widest margin of this list, {at(row, scorecard)}.",
        )
        return ways[turn % len(ways)]
    stated = _capital(state(row, scorecard, turn))
    if row is wording.largest_move(scorecard):
        return f"{stated}, the largest move of this list."
    return f"{stated}."


def _all_met(scorecard: Scorecard) -> str | None:
    count = wording.tally(scorecard)
    all_met = count["met"] == count["targets"] > SEVERAL
    return "All [mix.targets] targets are met." if all_met else None


def _last(scorecard: Scorecard) -> str | None:
    """The side that lags; else what is withheld; else how many targets are missed, where several are."""
    if lags := wording.lagging_side(scorecard):
        ways = ("The {} side lags the {} side.", "Overall, the {} side trails the {} side.")
        return ways[_turn(scorecard, "last") % len(ways)].format(lags, OTHER[lags])
    if wording.tally(scorecard)["withheld"]:
        return _count(scorecard, "withheld", "total", "withheld")
    if wording.tally(scorecard)["missed"] >= SEVERAL:
        return _count(scorecard, "missed", "targets", "missed")
    return None


def _nothing(scorecard: Scorecard) -> tuple[str, ...]:
    """A list without a single value: that, and why."""
    if not scorecard.rows:
        return ()
    if len(scorecard.rows) == 1:
        return (f"{scorecard.rows[0].metric.name} has no value yet.",)
    count, total = wording.tally(scorecard), len(scorecard.rows)
    reasons = (("unmeasured", "not measured"), ("withheld", "withheld"))
    why = [_count(scorecard, part, "total", said) for part, said in reasons if count[part]]
    if total in (count["unmeasured"], count["withheld"]):
        return (*why, _mix(scorecard))
    return ("The [mix.total] metrics of this list have no value yet.", *(why or [_mix(scorecard)]))


def _count(scorecard: Scorecard, part: str, whole: Literal["total", "targets"], said: str) -> str:
    """How many of the list's metrics, or of its targets, are so; "all" where they all are and are several."""
    tally = wording.tally(scorecard)
    there_are = len(scorecard.rows) if whole == "total" else tally["targets"]
    things = "metrics" if whole == "total" else "targets"
    if tally[part] == there_are > 1:
        return f"{'All' if there_are > SEVERAL else 'The'} [mix.{whole}] {things} are {said}."
    verb = "is" if tally[part] == 1 else "are"
    return f"[mix.{part}] of the [mix.{whole}] {things} {verb} {said}."


def _mix(scorecard: Scorecard) -> str:
    metrics = "metric" if (scorecard.people or scorecard.business) == 1 else "metrics"
    if scorecard.business and scorecard.people:
        return f"The list holds [mix.business] business and [mix.people] people {metrics}."
    side = "people" if scorecard.people else "business"
    return f"The list holds [mix.{side}] {side} {metrics}."


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


def _turn(scorecard: Scorecard, place: str) -> int:
    """Which way to say something: always the same for a scorecard, another one for another."""
    ids = " ".join(row.metric.id for row in scorecard.rows)
    return crc32(f"{place} {scorecard.role} {scorecard.period} {ids}".encode())
