"""Tables: Slack's plain one and the one with pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.playground.blocks import rich
from bot.playground.blocks.texts import number, string

CELL = 10_000
DATA_TEXT = 20_000
ALIGNMENTS = {"left", "center", "right"}


def table(block: dict[str, Any]) -> Iterator[str]:
    """What is wrong with a ``table``."""
    rows = block.get("rows") or []
    yield from _shape(rows, 1, 100)
    settings = block.get("column_settings") or []
    if len(settings) > 20:
        yield "no more than 20 column_settings"
    for one in settings:
        if one is not None and (
            set(one) - {"align", "is_wrapped"} or one.get("align", "left") not in ALIGNMENTS
        ):
            yield "invalid column_settings"
    yield from _cells(rows)


def data_table(block: dict[str, Any]) -> Iterator[str]:
    """What is wrong with a ``data_table``."""
    rows = block.get("rows") or []
    yield from string(block.get("caption"), 2000, "caption")
    yield from _shape(rows, 2, 201)
    if not 1 <= block.get("page_size", 5) <= 100:
        yield "page_size must be 1 to 100"
    if rows and not 0 <= block.get("row_header_column_index", 0) < len(rows[0]):
        yield "row_header_column_index is no column"
    if any(isinstance(cell, dict) and cell.get("type") == "rich_text" for cell in rows[:1] and rows[0]):
        yield "a header cell cannot be rich_text"
    if (
        sum(len(str(cell.get("text", ""))) for row in rows for cell in row if isinstance(cell, dict))
        > DATA_TEXT
    ):
        yield f"cells have more than {DATA_TEXT} characters together"
    yield from _cells(rows)


def _shape(rows: list[list[Any]], fewest: int, most: int) -> Iterator[str]:
    if not fewest <= len(rows) <= most:
        yield f"must have {fewest} to {most} rows"
    if len({len(row) for row in rows}) > 1 or any(not 1 <= len(row) <= 20 for row in rows):
        yield "rows must have the same 1 to 20 cells"


def _cells(rows: list[list[Any]]) -> Iterator[str]:
    for cell in (cell for row in rows for cell in row):
        kind = cell.get("type") if isinstance(cell, dict) else None
        if kind == "raw_text":
            yield from string(cell.get("text"), CELL, "cell")
            if set(cell) - {"type", "text"}:
                yield "invalid additional property in a cell"
        elif kind == "raw_number":
            yield from number(cell.get("value"), "cell")
            yield from string(cell.get("text"), CELL, "cell")
            if set(cell) - {"type", "value", "text"}:
                yield "invalid additional property in a cell"
        elif kind == "rich_text":
            yield from rich.wrong(cell)
        else:
            yield f"unsupported cell: {kind}"
