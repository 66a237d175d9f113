"""Rows of cells -> Slack's native tables, as many as its limits ask for; and any such table -> monospace. Pure."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from decimal import Decimal

from bot.slack.layout import limits
from bot.slack.layout.limits import Block
from bot.slack.layout.paged import PAGE, figure, paged, text
from bot.slack.layout.text import mrkdwn

RIGHT = {"#", "Value", "Change", "Target"}
"""Headings of columns of figures."""
CELL_WIDTH = 30
"""The widest column in monospace; longer cells go on in the next line."""
CHARACTERS = 10_000
"""Characters of cells in one table: a message with it has to stay under Slack's limit for all its blocks."""
FENCE = "```"
SHORT = 10
"""Characters of a column's longest cell up to which it is not wrapped: "55.6 %" never stands in two lines."""


def grid(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> list[Block]:
    """The rows as plain tables, all of them in sight."""
    return [_table(headings, part) for part in _batches(rows)]


def in_pages(
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


def is_long(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the rows are more than one page, so that readers want to sort and turn pages."""
    return len(rows) > PAGE


def monospace(table: Block, limit: int) -> list[str]:
    """A native table as code blocks of at most ``limit`` characters, with the headings on each."""
    rows = [[cell["text"].replace("`", "'") for cell in row] for row in table["rows"]]
    right = [setting.get("align") == "right" for setting in table.get("column_settings", ())]
    widths = [min(CELL_WIDTH, max(map(len, column))) for column in zip(*rows, strict=True)]
    head, *lines = ["\n".join(_lines(row, widths, right)) for row in rows]
    return [f"{FENCE}\n{part}\n{FENCE}" for part in _parts(mrkdwn(head), [mrkdwn(x) for x in lines], limit)]


def _batches(rows: Sequence[Sequence[str]]) -> list[list[Sequence[str]]]:
    """The rows in as few tables as Slack's limits allow."""
    return limits.batches(rows, lambda row: sum(map(len, row)), most=limits.TABLE_ROWS - 1, room=CHARACTERS)


def _table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Block:
    wrapped = [max(map(len, column)) > SHORT for column in zip(headings, *rows, strict=True)]
    return {
        "type": "table",
        "column_settings": [
            {
                "align": "right" if heading in RIGHT or heading.startswith("Change") else "left",
                "is_wrapped": wraps,
            }
            for heading, wraps in zip(headings, wrapped, strict=True)
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
