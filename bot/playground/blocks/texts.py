"""Text objects and strings: of the right kind, not empty, not too long."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

PLAIN = frozenset({"plain_text"})
EITHER = frozenset({"plain_text", "mrkdwn"})


def text(node: Any, kinds: frozenset[str], limit: int, name: str = "text") -> Iterator[str]:
    """What is wrong with a text object."""
    if not isinstance(node, dict) or node.get("type") not in kinds:
        yield f"{name} must provide a text of {sorted(kinds)}"
        return
    if set(node) - {"type", "text", "verbatim", "emoji"}:
        yield f"invalid additional property in {name}"
    if "verbatim" in node and node["type"] != "mrkdwn":
        yield f"{name}: verbatim is for mrkdwn"
    yield from string(node.get("text"), limit, name)


def string(value: Any, limit: int, name: str) -> Iterator[str]:
    """What is wrong with a string that has to be there."""
    if not isinstance(value, str) or not value.strip():
        yield f"{name} must be more than 0 characters"
    elif len(value) > limit:
        yield f"{name} must be less than {limit + 1} characters"


def optional(value: Any, limit: int, name: str) -> Iterator[str]:
    """What is wrong with a string that may be left out."""
    if value is not None:
        yield from string(value, limit, name)


def number(value: Any, name: str) -> Iterator[str]:
    """What is wrong with a number."""
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value:  # noqa: PLR0124 - NaN
        yield f"{name} must be a number"
