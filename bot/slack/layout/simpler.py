"""Blocks that a workspace does not take -> the same in a form that more workspaces take. Pure.

A chart becomes a picture of it where one could be drawn, a table with pages a plain one, a plain table monospace; the
thumbs go, and so does a chart without a picture: what it draws stands in the table beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from bot.slack.layout.grid import monospace
from bot.slack.layout.limits import Block
from bot.slack.layout.paged import flat
from bot.slack.layout.pages import PART
from bot.slack.layout.text import plain

CHART, PICTURE = "data_visualization", "image"
LADDER: tuple[frozenset[str], ...] = (
    frozenset({CHART, "data_table", "context_actions"}),
    frozenset({PICTURE}),
    frozenset({"table"}),
)
"""Kinds that have a simpler form, the newest first. A form is always of a kind further down, or of none."""
SIMPLER = frozenset().union(*LADDER)


def next_down(blocks: Sequence[Block], named: Collection[str]) -> frozenset[str]:
    """The kinds to give up next: those that Slack named, else the newest there are; empty where only text is left."""
    there = frozenset(str(block["type"]) for block in blocks)
    if found := there & SIMPLER & frozenset(named):
        return found
    return next((there & step for step in LADDER if there & step), frozenset())


def without(
    blocks: Sequence[Block], kinds: Collection[str], pictures: Mapping[str, Block] | None = None
) -> list[Block]:
    """The blocks in forms that do without these kinds. ``pictures`` are drawn charts, by the charts' titles."""
    found = list(blocks)
    for kind in (kind for step in LADDER for kind in sorted(step) if kind in kinds):
        found = [form for block in found for form in _form(block, kind, pictures or {})]
    return found


def shown_as_picture(chart: Block, file: str, words: str) -> Block:
    """The picture of a chart as a block. ``file`` is Slack's id of it, ``words`` say it to who does not see it."""
    title: dict[str, Any] = {"type": "plain_text", "text": plain(chart["title"])}
    return {"type": PICTURE, "title": title, "slack_file": {"id": file}, "alt_text": words}


def _form(block: Block, kind: str, pictures: Mapping[str, Block]) -> list[Block]:
    if block["type"] != kind:
        return [block]
    return FORMS[kind](block, pictures)


def _drawn(block: Block, pictures: Mapping[str, Block]) -> list[Block]:
    return [pictures[block["title"]]] if block["title"] in pictures else []


def _flat(block: Block, _: Mapping[str, Block]) -> list[Block]:
    return [
        {"type": "section", "text": {"type": "mrkdwn", "verbatim": True, "text": code}}
        for code in monospace(block, PART)
    ]


FORMS: Mapping[str, Callable[[Block, Mapping[str, Block]], list[Block]]] = {
    CHART: _drawn,
    "data_table": lambda block, _: [flat(block)],
    "context_actions": lambda *_: [],
    PICTURE: lambda *_: [],
    "table": _flat,
}
