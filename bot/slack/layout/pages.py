"""Blocks -> messages that Slack takes, and the same as text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.slack.layout import limits
from bot.slack.layout.buttons import asked
from bot.slack.layout.grid import monospace
from bot.slack.layout.limits import Block, weight
from bot.slack.layout.paged import flat
from bot.slack.layout.text import mrkdwn, split

ROOM = 12_000
"""Characters of blocks we put into one message: under Slack's measured limit, which it does not document."""
PART = 2_900
"""Characters we put into one section: under its limit, for Slack counts some characters twice."""


TABLES = {"table", "data_table"}
"""Of which a message holds one: Slack says so of the plain ones, and of the others nothing."""
CHARTS = {"data_visualization"}
NOTICE = "An answer"
"""What notifications say of a message that holds nothing to read out."""
SILENT = {"data_visualization", "image", "context_actions"}
"""Kinds of blocks without which nothing is lost: what a chart draws stands in the table beside it."""


@dataclass(frozen=True)
class Message:
    """One message. ``text`` is what notifications and screen readers say; without blocks it is all."""

    text: str
    blocks: tuple[Block, ...] = ()


def pages(blocks: Sequence[Block]) -> list[Message]:
    """The blocks in as few messages as Slack's limits allow, in order and with nothing left out."""
    messages: list[list[Block]] = []
    for block in blocks:
        if not messages or not _fits(messages[-1], block):
            messages.append([])
        messages[-1].append(block)
    return [Message(_notice(page), tuple(page)) for page in messages]


def text_parts(blocks: Sequence[Block], limit: int) -> list[str]:
    """Everything the blocks say, as text in parts of at most ``limit`` characters; code blocks stay whole."""
    parts: list[str] = []
    for said in (piece for block in blocks for piece in _said(block)):
        if parts and len(parts[-1]) + 2 + len(said) <= limit:
            parts[-1] += f"\n\n{said}"
        else:
            parts += split(said, limit)
    return parts


def _fits(page: Sequence[Block], block: Block) -> bool:
    whole = [*page, block]
    tables = sum(one["type"] in TABLES for one in whole)
    charts = sum(one["type"] in CHARTS for one in whole)
    fit = tables <= 1 and charts <= limits.CHARTS
    return fit and len(whole) <= limits.BLOCKS and weight(whole) <= ROOM


def _said(block: Block) -> list[str]:
    if block["type"] in TABLES:
        return monospace(flat(block) if block["type"] == "data_table" else block, PART)
    if block["type"] in SILENT:
        return []
    if block["type"] == "actions":
        lines = [f"• {mrkdwn(text)}" for text in asked(block["elements"])]
        return ["\n".join(["*Ask next*", *lines])] if lines else []
    if block["type"] == "context":
        return [element["text"] for element in block["elements"]]
    text = str(block["text"]["text"])
    return [f"*{mrkdwn(text)}*"] if block["type"] == "header" else [text]


def _notice(blocks: Sequence[Block]) -> str:
    """The page's text for notifications: what it says beside its table, as far as Slack recommends."""
    beside = [block for block in blocks if block["type"] not in TABLES | {"actions"}]
    parts = text_parts(beside, limits.TEXT) or text_parts(blocks, limits.TEXT)
    return parts[0] if parts else NOTICE
