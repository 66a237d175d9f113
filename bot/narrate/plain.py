"""Scorecard -> two or three plain sentences with marks, the one thing worth saying first. No model needed.

First comes the widest miss against a target; without one the largest worsening, then the largest move. The
next sentence speaks of the other side of the scale, and a last one says which side lags, where one does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot import wording
from metrics.model import Side
from metrics.scorecard import Row, Scorecard

OTHER: dict[Side, Side] = {"business": "people", "people": "business"}
ROSE = {"up": "rose", "down": "fell"}


def sentences(scorecard: Scorecard) -> tuple[str, ...]:
    """Word a scorecard; every sentence passes the checks of ``citations`` as it stands."""
    lead = _worth_saying(scorecard)
    if lead is None:
        return (_mix(scorecard),) if scorecard.rows else ()
    said = [_first(lead, scorecard)]
    if beside := about_side(scorecard, OTHER[lead.metric.side]):
        said.append(beside)
    if lags := wording.lagging_side(scorecard):
        said.append(f"The {lags} side lags the {OTHER[lags]} side.")
    return tuple(said) if len(said) > 1 else (*said, _mix(scorecard))


def about_side(scorecard: Scorecard, side: Side) -> str | None:
    """Word what is worth saying of one side; None where it has no value."""
    rows = tuple(row for row in scorecard.rows if row.metric.side == side)
    row = _worth_saying(replace(scorecard, rows=rows))
    return f"On the {side} side, {_state(row)}." if row else None


def _worth_saying(scorecard: Scorecard) -> Row | None:
    valued = (row for row in scorecard.rows if row.value.value is not None)
    return (
        wording.widest_miss(scorecard)
        or wording.largest_worsening(scorecard)
        or wording.largest_move(scorecard)
        or next(valued, None)
    )


def _first(row: Row, scorecard: Scorecard) -> str:
    if row is wording.widest_miss(scorecard):
        return f"{_state(row)}, the widest miss of this list."
    if row is wording.largest_worsening(scorecard):
        return _pick(row, (f"{_state(row)}, and worsened.", f"{row.metric.name} worsened: {_move(row)}."))
    return f"{_state(row)}."


def _state(row: Row) -> str:
    """Where a metric is, and where it stands or how it moved."""
    name, mark = row.metric.name, row.metric.id
    if wording.meets(row) is False:
        where = wording.place(row)
        return _pick(
            row,
            (
                f"{name} is at [{mark}.value], {where} its target of [{mark}.target]",
                f"{name} misses its target of [{mark}.target] at [{mark}.value]",
                f"{name} stands at [{mark}.value] against a target of [{mark}.target]",
            ),
        )
    if wording.moved(row) in ROSE:
        return f"{name} {_move(row)}"
    return f"{name} is at [{mark}.value]"


def _move(row: Row) -> str:
    mark, way = row.metric.id, ROSE[wording.moved(row) or "up"]
    return _pick(
        row,
        (
            f"{way} from [{mark}.previous] to [{mark}.value]",
            f"{way} by [{mark}.change] to [{mark}.value]",
        ),
    )


def _mix(scorecard: Scorecard) -> str:
    if scorecard.business and scorecard.people:
        return "The list holds [mix.business] business and [mix.people] people metrics."
    side = "people" if scorecard.people else "business"
    return f"The list holds [mix.{side}] {side} metrics."


def _pick(row: Row, choices: Sequence[str]) -> str:
    """One of several ways to say the same, always the same one for a metric and a period."""
    return choices[sum(map(ord, f"{row.metric.id}{row.value.period}")) % len(choices)]
