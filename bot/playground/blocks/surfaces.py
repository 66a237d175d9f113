"""Which blocks there are, what fields they have, and on which surface each may stand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

Surface = Literal["message", "modal", "home"]

MOST: Mapping[Surface, int] = {"message": 50, "modal": 100, "home": 100}
"""Blocks on a surface."""

FIELDS: Mapping[str, set[str]] = {
    "header": {"text"},
    "section": {"text", "fields", "accessory", "expand"},
    "context": {"elements"},
    "divider": set(),
    "actions": {"elements"},
    "context_actions": {"elements"},
    "markdown": {"text"},
    "rich_text": {"elements"},
    "table": {"rows", "column_settings"},
    "data_table": {"rows", "caption", "page_size", "row_header_column_index"},
    "data_visualization": {"title", "chart"},
    "image": {"image_url", "slack_file", "alt_text", "title"},
    "input": {"label", "element", "dispatch_action", "hint", "optional"},
    "plan": {"title", "tasks"},
    "task_card": {"task_id", "title", "details", "output", "sources", "status"},
    "alert": {"text", "level"},
}
"""The fields of each kind beside ``type`` and ``block_id``. Kinds our bot never sends are left out."""

EVERYWHERE = {"header", "section", "context", "divider", "actions", "rich_text", "image", "input"}
DATA = {"table", "data_table", "data_visualization"}
SURFACES: Mapping[Surface, set[str]] = {
    "message": EVERYWHERE | DATA | {"context_actions", "markdown", "plan", "task_card"},
    "modal": EVERYWHERE | {"alert"},
    "home": EVERYWHERE | DATA,
}
