"""A scorecard -> Slack's native tables. Pure."""

from __future__ import annotations

from decimal import Decimal

from bot.slack.layout.grid import grid, in_pages, is_long
from bot.slack.layout.limits import Block
from bot.slack.layout.text import plain
from bot.wording import meets
from metrics.display import NOTHING, row_change, row_target, row_value
from metrics.scorecard import Row, Scorecard

SIDE = "Side"
HEADINGS = ("#", "Metric", SIDE, "Value", "Change", "Target", "Source")
MISSED = "missed"
"""Stands in the cell of a target that is missed: a word, and no colour alone."""


def tables(scorecard: Scorecard, *, sides: bool = True) -> list[Block]:
    """The scorecard's rows as native tables: one, or as many as Slack's limits ask for; long ones with pages.

    Columns in which no row has anything are left out, and that of the sides without ``sides``.
    """
    cells = [_cells(row, scorecard) for row in scorecard.rows]
    told = [i for i, heading in enumerate(HEADINGS) if sides or heading != SIDE]
    kept = [i for i in told if any(row[i] != NOTHING for row in cells)]
    headings = [HEADINGS[i] for i in kept]
    rows = [[row[i] for i in kept] for row in cells]
    if not is_long(rows):
        return grid(headings, rows)
    caption = plain(f"Metrics for the {scorecard.role_name}")
    return in_pages(caption, headings, rows, 0, [Decimal(row.rank) for row in scorecard.rows], 1)


def number(row: Row) -> str:
    """The number of the row's source, as table and list of sources write it; empty without a value."""
    return f"[{row.rank}]" if row.value.value is not None else ""


def _cells(row: Row, scorecard: Scorecard) -> list[str]:
    texts = (
        str(row.rank),
        _name(row, scorecard),
        row.metric.side,
        row_value(row, scorecard.currency),
        row_change(row, scorecard.currency),
        _target(row, scorecard),
        number(row),
    )
    return [plain(text).strip() or NOTHING for text in texts]


def _target(row: Row, scorecard: Scorecard) -> str:
    """The target, and that it is missed where it is."""
    words = row_target(row, scorecard.currency)
    return f"{words}, {MISSED}" if meets(row) is False else words


def _name(row: Row, scorecard: Scorecard) -> str:
    """The metric's name, with the period of its value where that is not the scorecard's own."""
    period = row.value.period.label
    return row.metric.name if period == scorecard.period.label else f"{row.metric.name} ({period})"
