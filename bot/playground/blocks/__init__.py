"""Slack's rules for blocks, written from Slack's pages and not from our own validator."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from bot.playground.blocks.layout import wrong
from bot.playground.blocks.surfaces import FIELDS, MOST, SURFACES, Surface

Block = dict[str, Any]
MESSAGE = 13_200
"""Characters in all blocks of a message together. Slack does not document it; measured by others."""
MARKDOWN = 12_000
CHARTS = 2


def refusal(
    blocks: Sequence[Block], lacking: Collection[str] = (), surface: Surface = "message"
) -> tuple[str, list[str]] | None:
    """The error and its messages, if Slack refuses these blocks. ``lacking``: kinds a workspace has not."""
    if not isinstance(blocks, list | tuple):
        return "invalid_blocks_format", []
    found = [
        f"{what} [json-pointer:/blocks/{i}]"
        for i, block in enumerate(blocks)
        for what in _block(block, surface, lacking)
    ]
    found += _together(blocks, surface)
    if found:
        return "invalid_blocks", found
    too_long = surface == "message" and characters(blocks) > MESSAGE
    return ("msg_blocks_too_long", []) if too_long else None


def _block(block: Any, surface: Surface, lacking: Collection[str]) -> Iterator[str]:
    kind = str(block.get("type")) if isinstance(block, dict) else ""
    if kind not in FIELDS or kind in lacking:
        yield f"unsupported type: {kind}"
        return
    if kind not in SURFACES[surface]:
        yield f"unsupported type: {kind} on a {surface}"
    if unknown := sorted(set(block) - FIELDS[kind] - {"type", "block_id"}):
        yield f"invalid additional property: {', '.join(unknown)}"
    if not 0 < len(str(block.get("block_id", "id"))) <= 255:
        yield "block_id must have 1 to 255 characters"
    yield from wrong(block)


def _together(blocks: Sequence[Block], surface: Surface) -> Iterator[str]:
    kinds = [block.get("type") if isinstance(block, dict) else None for block in blocks]
    if len(blocks) > MOST[surface]:
        yield f"no more than {MOST[surface]} items allowed [json-pointer:/blocks]"
    if kinds.count("table") > 1:
        yield "only_one_table_allowed"
    if surface == "message" and kinds.count("data_visualization") > CHARTS:
        yield f"no more than {CHARTS} data_visualization blocks allowed"
    if sum(len(block["text"]) for block in blocks if _is_markdown(block)) > MARKDOWN:
        yield f"markdown blocks have more than {MARKDOWN} characters together"
    ids = [block["block_id"] for block in blocks if isinstance(block, dict) and "block_id" in block]
    if len(ids) != len(set(ids)):
        yield "block_id already exists"


def _is_markdown(block: Any) -> bool:
    return isinstance(block, dict) and block.get("type") == "markdown" and isinstance(block.get("text"), str)


def characters(blocks: Sequence[Block]) -> int:
    """All text of the blocks, counted from their JSON: whatever stands under a key ``text``."""
    total = 0

    def count(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal total
        total += sum(len(value) for key, value in pairs if key == "text" and isinstance(value, str))
        return dict(pairs)

    json.loads(json.dumps(blocks), object_pairs_hook=count)
    return total
