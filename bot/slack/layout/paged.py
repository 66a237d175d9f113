"""Long lists -> Slack's table with pages, which readers sort and filter; and back to a plain table. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from bot.slack.layout.limits import Block

PAGE = 20
"""Rows of one page. A list that fits on one is better off as a plain table, all of it in sight."""
CAPTION = 150

Cell = Mapping[str, Any]


def paged(caption: str, rows: Sequence[Sequence[Cell]], header: int) -> Block:
    """A table with pages. The first row is its head, ``header`` the column that names a row."""
    return {
        "type": "data_table",
        "caption": caption[:CAPTION],
        "page_size": PAGE,
        "row_header_column_index": header,
        "rows": [[dict(cell) for cell in row] for row in rows],
    }


def text(words: str) -> Cell:
    """A cell of words."""
    return {"type": "raw_text", "text": words}


def figure(words: str, value: Decimal | None) -> Cell:
    """A cell that is sorted by its value and shows its words; no more places than a chart draws."""
    if value is None:
        return text(words)
    return {"type": "raw_number", "value": float(round(value, 2)), "text": words}


def flat(table: Block) -> Block:
    """The same rows as a plain table, numbers at the right."""
    head, *rows = table["rows"]
    numeric = [any(row[place]["type"] == "raw_number" for row in rows) for place in range(len(head))]
    return {
        "type": "table",
        "column_settings": [{"align": "right" if one else "left", "is_wrapped": True} for one in numeric],
        "rows": [[text(str(cell["text"])) for cell in row] for row in table["rows"]],
    }
