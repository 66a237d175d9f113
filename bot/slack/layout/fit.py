"""Whether a message keeps Slack's limits: blocks -> what is wrong with them.

Slack's own SDK checks little, and Slack refuses a whole message for one cell too many; so every message is
checked here before it is sent. Only the kinds of blocks we build are known: any other is a problem.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from bot.slack.layout.limits import (
    ALT,
    BLOCK_ID,
    BLOCKS,
    BUTTON,
    CHARTS,
    CONTEXT_ELEMENTS,
    DATA_ROWS,
    DATA_TEXT,
    ELEMENTS,
    HEADER,
    LABEL,
    MESSAGE,
    POINTS,
    SECTION,
    SERIES,
    TABLE_COLUMNS,
    TABLE_ROWS,
    TITLE,
    VALUE,
    Block,
    weight,
)


def problems(blocks: Sequence[Block]) -> list[str]:
    """What Slack would refuse in these blocks, one sentence each; empty when they may be sent."""
    found = [f"{name}: {what}" for name, block in _named(blocks) for what in _block(block)]
    if len(blocks) > BLOCKS:
        found.append(f"a message holds {BLOCKS} blocks, not {len(blocks)}")
    if (size := weight(blocks)) > MESSAGE:
        found.append(f"a message holds {MESSAGE} characters in its blocks, not {size}")
    if sum(block.get("type") in {"table", "data_table"} for block in blocks) > 1:
        found.append("a message holds one table")
    if sum(block.get("type") == "data_visualization" for block in blocks) > CHARTS:
        found.append(f"a message holds {CHARTS} charts")
    ids = [block["block_id"] for block in blocks if "block_id" in block]
    if len(ids) != len(set(ids)):
        found.append("two blocks have the same block_id")
    return found


def _named(blocks: Sequence[Block]) -> Iterator[tuple[str, Block]]:
    for number, block in enumerate(blocks, start=1):
        yield f"block {number} ({block.get('type')})", block


def _block(block: Block) -> Iterator[str]:
    check = CHECKS.get(block.get("type", ""))
    if check is None:
        yield "is of a kind we do not send"
        return
    if not 0 < len(block.get("block_id", "id")) <= BLOCK_ID:
        yield f"block_id has 1 to {BLOCK_ID} characters"
    yield from check(block)


def _header(block: Block) -> Iterator[str]:
    if block["text"].get("type") != "plain_text":
        yield "a header is plain_text"
    yield from _text(block["text"], HEADER)


def _section(block: Block) -> Iterator[str]:
    yield from _text(block["text"], SECTION)


def _context(block: Block) -> Iterator[str]:
    if not 0 < len(block["elements"]) <= CONTEXT_ELEMENTS:
        yield f"context has 1 to {CONTEXT_ELEMENTS} elements"
    for element in block["elements"]:
        yield from _text(element, SECTION)


def _table(block: Block) -> Iterator[str]:
    rows = block["rows"]
    if not 0 < len(rows) <= TABLE_ROWS:
        yield f"a table has 1 to {TABLE_ROWS} rows, not {len(rows)}"
    yield from _cells(rows)
    if len(block.get("column_settings", ())) > TABLE_COLUMNS:
        yield f"a table has settings for {TABLE_COLUMNS} columns"
    for cell in (cell for row in rows for cell in row):
        if cell.get("type") != "raw_text":
            yield "a cell is raw_text"
        yield from _text(cell, SECTION)


def _cells(rows: Sequence[Sequence[Block]]) -> Iterator[str]:
    if any(not 0 < len(row) <= TABLE_COLUMNS for row in rows) or len({len(row) for row in rows}) > 1:
        yield f"a table's rows all have the same 1 to {TABLE_COLUMNS} cells"


def _data_table(block: Block) -> Iterator[str]:
    """Where Slack's pages differ (101 or 201 rows, 10,000 or 20,000 characters), the lower limit holds."""
    rows = block["rows"]
    if not 1 < len(rows) <= DATA_ROWS:
        yield f"a table with pages has 2 to {DATA_ROWS} rows, not {len(rows)}"
    yield from _cells(rows)
    if not block.get("caption", "").strip():
        yield "a table with pages has a caption"
    if sum(len(cell.get("text", "")) for row in rows for cell in row) > DATA_TEXT:
        yield f"a table with pages has at most {DATA_TEXT} characters"
    for cell in (cell for row in rows for cell in row):
        yield from _text({**cell, "type": "raw_text"}, SECTION)


def _text(text: Mapping[str, Any], limit: int) -> Iterator[str]:
    if text.get("type") not in ("plain_text", "mrkdwn", "raw_text"):
        yield f"a text has a type Slack knows, not {text.get('type')!r}"
    if not text.get("text", "").strip():
        yield "a text is empty"
    elif len(text["text"]) > limit:
        yield f"a text has at most {limit} characters, not {len(text['text'])}"


def _actions(block: Block) -> Iterator[str]:
    elements = block["elements"]
    if not 0 < len(elements) <= ELEMENTS:
        yield f"actions has 1 to {ELEMENTS} elements, not {len(elements)}"
    if len({one["action_id"] for one in elements}) < len(elements):
        yield "two elements have the same action_id"
    for element in elements:
        if element["type"] == "button":
            yield from _text(element["text"], BUTTON)
            if len(element.get("value", "")) > VALUE:
                yield f"a button's value has at most {VALUE} characters"


def _thumbs(block: Block) -> Iterator[str]:
    for element in block["elements"]:
        for name in ("positive_button", "negative_button"):
            yield from _text(element[name]["text"], BUTTON)


def _chart(block: Block) -> Iterator[str]:
    chart = block["chart"]
    labels = chart["axis_config"]["categories"]
    if not 0 < len(block["title"].strip()) <= TITLE:
        yield f"a chart's title has 1 to {TITLE} characters"
    if not 0 < len(labels) <= POINTS or len(set(labels)) < len(labels):
        yield f"a chart has 1 to {POINTS} labels, each once"
    names = [one["name"] for one in chart["series"]]
    if not 0 < len(names) <= SERIES or len(set(names)) < len(names):
        yield f"a chart has 1 to {SERIES} series, each with a name of its own"
    if any([point["label"] for point in one["data"]] != labels for one in chart["series"]):
        yield "every series of a chart has a point for each label"
    if any(not 0 < len(text.strip()) <= LABEL for text in (*labels, *names)):
        yield f"a label of a chart has 1 to {LABEL} characters"


def _image(block: Block) -> Iterator[str]:
    if not block["slack_file"].get("id"):
        yield "a picture is a file in Slack"
    if not 0 < len(block["alt_text"].strip()) <= ALT:
        yield f"what is said of a picture has 1 to {ALT} characters"
    yield from _text(block["title"], ALT)


CHECKS: Mapping[str, Callable[[Block], Iterator[str]]] = {
    "header": _header,
    "section": _section,
    "context": _context,
    "table": _table,
    "data_table": _data_table,
    "actions": _actions,
    "context_actions": _thumbs,
    "data_visualization": _chart,
    "image": _image,
}
