"""Slack's rules for the blocks of a message, written from Slack's pages and not from our own validator."""

from __future__ import annotations

import json
from typing import Any

KNOWN = {"header", "section", "context", "divider", "table", "actions", "markdown", "image", "rich_text"}
FIELDS = {
    "header": {"type", "block_id", "text"},
    "section": {"type", "block_id", "text", "fields", "accessory", "expand"},
    "context": {"type", "block_id", "elements"},
    "divider": {"type", "block_id"},
    "table": {"type", "block_id", "rows", "column_settings"},
}


def refusal(blocks: list[dict[str, Any]], lacking: set[str]) -> tuple[str, list[str]] | None:
    """The error and its messages, if Slack refuses these blocks. ``lacking``: kinds a workspace has not."""
    found: list[str] = []
    for i, block in enumerate(blocks):
        kind = block.get("type")
        if kind not in KNOWN - lacking:
            found.append(f"unsupported type: {kind} [json-pointer:/blocks/{i}/type]")
            continue
        if unknown := set(block) - FIELDS.get(kind, set(block)):
            found.append(f"invalid additional property: {unknown} [json-pointer:/blocks/{i}]")
        found += [f"{what} [json-pointer:/blocks/{i}]" for what in _wrong(kind, block)]
    if len(blocks) > 50:
        found.append("no more than 50 items allowed [json-pointer:/blocks]")
    if sum(block.get("type") == "table" for block in blocks) > 1:
        found.append("only_one_table_allowed")
    if found:
        return "invalid_blocks", found
    return ("msg_blocks_too_long", []) if _characters(blocks) > 13_200 else None


def _wrong(kind: str, block: dict[str, Any]) -> list[str]:
    if kind == "header":
        return _text(block.get("text"), {"plain_text"}, 150)
    if kind == "section":
        return _text(block.get("text"), {"plain_text", "mrkdwn"}, 3000)
    if kind == "context":
        elements = block.get("elements", [])
        found = [] if 1 <= len(elements) <= 10 else ["must have 1 to 10 elements"]
        return found + [e for one in elements for e in _text(one, {"plain_text", "mrkdwn"}, 3000)]
    return _table(block) if kind == "table" else []


def _table(block: dict[str, Any]) -> list[str]:
    rows = block.get("rows", [])
    found = [] if 1 <= len(rows) <= 100 else ["must have 1 to 100 rows"]
    if len({len(row) for row in rows}) > 1 or any(not 1 <= len(row) <= 20 for row in rows):
        found.append("rows must have the same 1 to 20 cells")
    settings = block.get("column_settings", [])
    if len(settings) > 20 or any(set(one) - {"align", "is_wrapped"} for one in settings):
        found.append("invalid column_settings")
    return found + [e for row in rows for cell in row for e in _text(cell, {"raw_text"}, 10_000)]


def _text(node: Any, kinds: set[str], limit: int) -> list[str]:
    if not isinstance(node, dict) or node.get("type") not in kinds:
        return [f"must provide a text of {sorted(kinds)}"]
    text = node.get("text")
    if not isinstance(text, str) or not text.strip():
        return ["must be more than 0 characters"]
    if set(node) - {"type", "text", "verbatim", "emoji"}:
        return ["invalid additional property in a text"]
    return [f"must be less than {limit + 1} characters"] if len(text) > limit else []


def _characters(blocks: list[dict[str, Any]]) -> int:
    """All text of the blocks, counted from their JSON: whatever stands under a key ``text``."""
    total = 0

    def count(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal total
        total += sum(len(value) for key, value in pairs if key == "text" and isinstance(value, str))
        return dict(pairs)

    json.loads(json.dumps(blocks), object_pairs_hook=count)
    return total
