"""What is wrong with one block, kind by kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from bot.playground.blocks import charts, elements, rich, tables
from bot.playground.blocks.texts import EITHER, PLAIN, string, text

Block = dict[str, Any]


def wrong(block: Block) -> Iterator[str]:
    """What Slack would say of the block."""
    if block["type"] == "task_card" and block.get("status") == "pending":
        yield "only the tasks of a plan may be pending"
    yield from CHECKS[block["type"]](block)


def _header(block: Block) -> Iterator[str]:
    return text(block.get("text"), PLAIN, 150)


def _section(block: Block) -> Iterator[str]:
    if "text" not in block and "fields" not in block:
        yield "a section must have a text or fields"
    if "text" in block:
        yield from text(block["text"], EITHER, 3000)
    if "fields" in block and not 1 <= len(block["fields"]) <= 10:
        yield "a section must have 1 to 10 fields"
    for field in block.get("fields", ()):
        yield from text(field, EITHER, 2000, "field")
    if "accessory" in block:
        yield from elements.wrong(block["accessory"], elements.ACCESSORY)


def _context(block: Block) -> Iterator[str]:
    inside = block.get("elements") or []
    if not 1 <= len(inside) <= 10:
        yield "context must have 1 to 10 elements"
    for element in inside:
        if isinstance(element, dict) and element.get("type") == "image":
            yield from elements.wrong(element, {"image"})
        else:
            yield from text(element, EITHER, 3000)


def _actions(block: Block) -> Iterator[str]:
    return _elements(block, 25, elements.ACTIONS)


def _context_actions(block: Block) -> Iterator[str]:
    return _elements(block, 5, {"feedback_buttons", "icon_button"})


def _elements(block: Block, most: int, kinds: set[str]) -> Iterator[str]:
    inside = block.get("elements") or []
    if not 1 <= len(inside) <= most:
        yield f"{block['type']} must have 1 to {most} elements"
    for element in inside:
        yield from elements.wrong(element, kinds)
    ids = [one["action_id"] for one in inside if isinstance(one, dict) and "action_id" in one]
    if len(ids) != len(set(ids)):
        yield "action_id already exists in this block"


def _markdown(block: Block) -> Iterator[str]:
    return string(block.get("text"), 12_000, "text")


def _image(block: Block) -> Iterator[str]:
    yield from elements.image(block)
    if "title" in block:
        yield from text(block["title"], PLAIN, 2000, "title")


def _input(block: Block) -> Iterator[str]:
    yield from text(block.get("label"), PLAIN, 2000, "label")
    if "hint" in block:
        yield from text(block["hint"], PLAIN, 2000, "hint")
    yield from elements.wrong(block.get("element"), elements.INPUTS)


def _plan(block: Block) -> Iterator[str]:
    yield from string(block.get("title"), 2000, "title")
    if len(block.get("tasks") or []) > 50:
        yield "a plan must have at most 50 tasks"
    for task in block.get("tasks") or []:
        yield from _task(task)


def _task(block: Block) -> Iterator[str]:
    yield from string(block.get("task_id"), 255, "task_id")
    yield from string(block.get("title"), 2000, "title")
    if block.get("status") not in {"pending", "in_progress", "complete", "error"}:
        yield "status must be pending, in_progress, complete or error"
    for name in ("details", "output"):
        if name in block and (not isinstance(block[name], dict) or block[name].get("type") != "rich_text"):
            yield f"{name} must be a rich_text"


def _alert(block: Block) -> Iterator[str]:
    yield from text(block.get("text"), EITHER, 200)
    if block.get("level", "default") not in {"default", "info", "warning", "error", "success"}:
        yield "unknown level"


CHECKS: Mapping[str, Callable[[Block], Iterator[str]]] = {
    "header": _header,
    "section": _section,
    "context": _context,
    "divider": lambda _: iter(()),
    "actions": _actions,
    "context_actions": _context_actions,
    "markdown": _markdown,
    "rich_text": rich.wrong,
    "table": tables.table,
    "data_table": tables.data_table,
    "data_visualization": charts.wrong,
    "image": _image,
    "input": _input,
    "plan": _plan,
    "task_card": _task,
    "alert": _alert,
}
