"""Rich text: sections, lists, quotes and preformatted text, and what may stand in them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

HOLDERS = {"rich_text_section", "rich_text_list", "rich_text_quote", "rich_text_preformatted"}
LEAVES = {"text", "link", "emoji", "user", "usergroup", "channel", "broadcast", "date", "color"}
STYLES = {"bold", "italic", "strike", "code", "underline", "highlight", "client_highlight", "unlink"}


def wrong(block: dict[str, Any]) -> Iterator[str]:
    """What is wrong with a ``rich_text``."""
    holders = block.get("elements")
    if not holders:
        yield "rich_text must have elements"
    for holder in holders or []:
        yield from _holder(holder)


def _holder(holder: Any) -> Iterator[str]:
    kind = holder.get("type") if isinstance(holder, dict) else None
    if kind not in HOLDERS:
        yield f"unsupported rich text: {kind}"
        return
    if kind == "rich_text_list":
        if holder.get("style") not in {"bullet", "ordered"}:
            yield "a list must be bullet or ordered"
        if not 0 <= holder.get("indent", 0) <= 8:
            yield "indent must be 0 to 8"
        for item in holder.get("elements") or []:
            yield from _holder(item)
        return
    for leaf in holder.get("elements") or []:
        yield from _leaf(leaf)


def _leaf(leaf: Any) -> Iterator[str]:
    kind = leaf.get("type") if isinstance(leaf, dict) else None
    if kind not in LEAVES:
        yield f"unsupported rich text element: {kind}"
    elif kind == "text" and not leaf.get("text"):
        yield "a text must be more than 0 characters"
    elif kind == "link" and not leaf.get("url"):
        yield "a link must have a url"
    elif set(leaf.get("style") or {}) - STYLES:
        yield "unknown style"
