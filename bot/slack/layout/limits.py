"""Slack's limits, how much text blocks hold, and how to part what holds too much. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

T = TypeVar("T")

Block = Mapping[str, Any]

BLOCKS = 50
"""Blocks in a message."""
MESSAGE = 13_200
"""Characters in all blocks of a message together. Slack does not document it; measured by others."""
TEXT = 4_000
"""Characters of a message's ``text`` that Slack recommends (it cuts at 40,000)."""
HEADER = 150
SECTION = 3_000
CONTEXT_ELEMENTS = 10
TABLE_ROWS = 100
TABLE_COLUMNS = 20
DATA_ROWS, DATA_TEXT = 101, 10_000
ALT = 2_000
"""Characters of what is said of a picture."""
BLOCK_ID = 255
ELEMENTS = 25
BUTTON, VALUE = 75, 2_000
CHARTS = 2
TITLE, LABEL, POINTS, SERIES = 50, 20, 20, 12


def weight(blocks: Sequence[Block]) -> int:
    """How many characters of text the blocks hold together."""
    return sum(len(text) for block in blocks for text in texts(block))


def batches(items: Sequence[T], size: Callable[[T], int], *, most: int, room: int) -> list[list[T]]:
    """The items in order, in as few lists as hold at most ``most`` items and ``room`` characters each.

    An item that is larger than ``room`` gets a list of its own.
    """
    lists: list[list[T]] = []
    used = 0
    for item in items:
        used += size(item)
        if not lists or len(lists[-1]) == most or used > room:
            lists.append([])
            used = size(item)
        lists[-1].append(item)
    return lists


def texts(node: Any) -> Iterator[str]:
    """Every text inside blocks, wherever it stands: tables hold names that a message's own text does not."""
    if isinstance(node, Mapping):
        for key, value in node.items():
            if key == "text" and isinstance(value, str):
                yield value
            else:
                yield from texts(value)
    elif isinstance(node, list | tuple):
        for item in node:
            yield from texts(item)
