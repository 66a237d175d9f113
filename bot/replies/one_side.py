"""Who asks for one side of the scale gets both, and is told why and where that side stands in the list."""

from __future__ import annotations

from metrics.advice.words import joined
from metrics.display import row_value
from metrics.model import Side
from metrics.scorecard import Row, Scorecard

NAMED = 7
"""So many metrics of the side that was asked for are named; of more, the list itself tells."""


def one_side(side: Side | None, card: Scorecard) -> str:
    """What is said above a list that was asked for with one side only; nothing where both were welcome."""
    if side is None:
        return ""
    wanted = [row for row in card.rows if row.metric.side == side]
    asked = f"You asked for {side} metrics only"
    if len(card.rows) == 1 and not wanted:
        return (
            f"{asked}; one alone is the first of the balanced list, whatever its side: ask for two or more."
        )
    why = f"{asked}, and a list always holds both sides (rule R01)"
    if len(card.rows) == 1 or len(wanted) > NAMED:
        return f"{why}."
    told = joined([_placed(row, card) for row in wanted])
    return f"{why}: the {side} {'metric is' if len(wanted) == 1 else 'metrics are'} {told}."


def _placed(row: Row, card: Scorecard) -> str:
    """A metric of the list with its value and the number of its place, or with that place alone."""
    if row.value.value is None:
        return f"{row.metric.name} (place {row.rank})"
    return f"{row.metric.name} {row_value(row, card.currency)} [{row.rank}]"
