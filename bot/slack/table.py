"""A scorecard or values line by line -> Slack's native tables, and any such table -> the same in monospace."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from decimal import Decimal

from bot.slack import limits
from bot.slack.limits import Block
from bot.slack.paged import PAGE, figure, paged, text
from bot.slack.text import mrkdwn, plain
from bot.wording import meets
from metrics.display import NOTHING, row_change, row_target, row_value
from metrics.scorecard import Row, Scorecard
from metrics.values import Value

HEADINGS = ("#", "Metric", "Side", "Value", "Change", "Target", "Source")
RIGHT = {"#", "Value", "Change", "Target"}
FEWEST = 2
"""Rows that make a table."""
CELL_WIDTH = 30
"""The widest column in monospace; longer cells go on in the next line."""
CHARACTERS = 10_000
"""Characters of cells in one table: a message with it has to stay under Slack's limit for all its blocks."""
FENCE = "```"
AGAINST = " against "
LINE = re.compile(
    r"(?P<figure>[^()\[\]]+?)(?: \((?P<remarks>[^()]*)\))? (?P<source>\[\d+\])(?:[,;] (?P<held>.+))?"
)
"""A value as a line of a text gives it."""
MISSED = "missed"
"""Stands in the cell of a target that is missed: a word, and no colour alone."""


def tables(scorecard: Scorecard) -> list[Block]:
    """The scorecard's rows as native tables: one, or as many as Slack's limits ask for; long ones with pages.

    Columns in which no row has anything are left out.
    """
    cells = [_cells(row, scorecard) for row in scorecard.rows]
    kept = [i for i in range(len(HEADINGS)) if any(row[i] != NOTHING for row in cells)]
    headings = [HEADINGS[i] for i in kept]
    rows = [[row[i] for i in kept] for row in cells]
    if len(rows) <= PAGE:
        return [_table(headings, part) for part in _batches(rows)]
    caption = plain(f"Metrics for the {scorecard.role_name}")
    return _paged(caption, headings, rows, 0, [Decimal(row.rank) for row in scorecard.rows], 1)


def lines_table(body: str, values: Sequence[Value]) -> list[Block]:
    """Values that a text gives line by line, as a table; none if it does not.

    A line is ``  EMEA: 62.1 % [1], +0.4 pp against 2025-Q3``, and the line before such a group is its heading. Value,
    remarks, change and source get columns of their own.
    """
    lines = [line for line in body.splitlines() if line.strip()]
    rows = [line.strip().partition(": ")[::2] for line in lines if line.startswith("  ")]
    headings = [line for line in lines if not line.startswith("  ")]
    if len(rows) < FEWEST or len(headings) != 1 or not all(label and words for label, words in rows):
        return []
    cells = [[plain(label), *map(plain, _parted(words))] for label, words in rows]
    if len(values) == len(rows):
        for place, (row, value) in enumerate(zip(cells, values, strict=True), start=1):
            row[-1] = f"[{place}]" if value.value is not None else ""
    changes = {row[3].rpartition(AGAINST)[2] for row in cells if AGAINST in row[3]}
    if len(changes) == 1:
        for row in cells:
            row[3] = row[3].rpartition(AGAINST)[0] or row[3]
    change = f"Change against {changes.pop()}" if len(changes) == 1 else "Change" if changes else "Target"
    names = [plain(headings[0]).rstrip(": ") or NOTHING, "Value", "Remarks", change, "Source"]
    kept = [column for column in range(len(names)) if column < FEWEST or any(row[column] for row in cells)]
    names = [names[column] for column in kept]
    shown = [[row[column] or NOTHING for column in kept] for row in cells]
    if len(shown) <= PAGE or len(values) != len(rows):
        return [_table(names, part) for part in _batches(shown)]
    return _paged(names[0], names, shown, 1, [one.value for one in values], 0)


def _parted(words: str) -> tuple[str, str, str, str]:
    """A value in words, parted: figure, remarks, what it is held against, source."""
    found = LINE.fullmatch(words)
    return (
        (found["figure"], found["remarks"] or "", found["held"] or "", found["source"])
        if found
        else (words, "", "", "")
    )


def number(row: Row) -> str:
    """The number of the row's source, as table and list of sources write it; empty without a value."""
    return f"[{row.rank}]" if row.value.value is not None else ""


def monospace(table: Block, limit: int) -> list[str]:
    """A native table as code blocks of at most ``limit`` characters, with the headings on each."""
    rows = [[cell["text"].replace("`", "'") for cell in row] for row in table["rows"]]
    right = [setting.get("align") == "right" for setting in table.get("column_settings", ())]
    widths = [min(CELL_WIDTH, max(map(len, column))) for column in zip(*rows, strict=True)]
    head, *lines = ["\n".join(_lines(row, widths, right)) for row in rows]
    return [f"{FENCE}\n{part}\n{FENCE}" for part in _parts(mrkdwn(head), [mrkdwn(x) for x in lines], limit)]


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


def _batches(rows: Sequence[Sequence[str]]) -> list[list[Sequence[str]]]:
    """The rows in as few tables as Slack's limits allow."""
    return limits.batches(rows, lambda row: sum(map(len, row)), most=limits.TABLE_ROWS - 1, room=CHARACTERS)


def _paged(
    caption: str,
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    column: int,
    figures: Sequence[Decimal | None],
    header: int,
) -> list[Block]:
    """Tables with pages. ``figures`` are the values by which a column is sorted, ``header`` the column of names."""
    cells = [
        [figure(cell, value) if place == column else text(cell) for place, cell in enumerate(row)]
        for row, value in zip(rows, figures, strict=True)
    ]
    room = CHARACTERS - sum(map(len, headings))
    parts = limits.batches(
        cells, lambda row: sum(len(cell["text"]) for cell in row), most=limits.DATA_ROWS - 1, room=room
    )
    return [paged(caption, [[text(one) for one in headings], *part], header) for part in parts]


def _table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Block:
    return {
        "type": "table",
        "column_settings": [
            {
                "align": "right" if heading in RIGHT or heading.startswith("Change") else "left",
                "is_wrapped": True,
            }
            for heading in headings
        ],
        "rows": [[{"type": "raw_text", "text": cell} for cell in row] for row in (headings, *rows)],
    }


def _lines(row: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> Iterator[str]:
    wrapped = [textwrap.wrap(cell, width) or [""] for cell, width in zip(row, widths, strict=True)]
    for i in range(max(map(len, wrapped))):
        cells = [cell[i] if i < len(cell) else "" for cell in wrapped]
        padded = [
            cell.rjust(width) if at_right else cell.ljust(width)
            for cell, width, at_right in zip(cells, widths, right, strict=True)
        ]
        yield "  ".join(padded).rstrip()


def _parts(head: str, lines: Sequence[str], limit: int) -> Iterator[str]:
    room = limit - 2 * len(FENCE) - 2
    part = head
    for line in lines:
        if len(part) + 1 + len(line) > room and part != head:
            yield part
            part = head
        part += f"\n{line}"
    yield part
