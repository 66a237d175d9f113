"""Interactive elements and images: what each must have, and where it may stand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.playground.blocks.texts import EITHER, PLAIN, optional, string, text

Element = dict[str, Any]

SELECTS = {f"{kind}_select" for kind in ("static", "external", "users", "conversations", "channels")}
MULTIPLE = {f"multi_{kind}" for kind in SELECTS}
CHOICES = {"checkboxes": 10, "radio_buttons": 10, "overflow": 5}
TIMES = {"datepicker", "timepicker", "datetimepicker"}
FIELDS = {
    "plain_text_input",
    "number_input",
    "email_text_input",
    "url_text_input",
    "rich_text_input",
    "file_input",
}
ACTIONS = {"button", "workflow_button"} | SELECTS | MULTIPLE | set(CHOICES) | TIMES
ACCESSORY = ACTIONS | {"image"}
INPUTS = FIELDS | SELECTS | MULTIPLE | TIMES | {"checkboxes", "radio_buttons"}


def wrong(element: Any, kinds: set[str]) -> Iterator[str]:
    """What is wrong with an element where only these kinds may stand."""
    kind = element.get("type") if isinstance(element, dict) else None
    if kind not in kinds:
        yield f"unsupported element: {kind}"
        return
    if kind == "image":
        yield from image(element)
        return
    yield from optional(element.get("action_id"), 255, "action_id")
    if "placeholder" in element:
        yield from text(element["placeholder"], PLAIN, 150, "placeholder")
    if "confirm" in element:
        yield from _confirm(element["confirm"])
    yield from _own(kind, element)


def image(node: Element) -> Iterator[str]:
    """What is wrong with an image, as a block or an element."""
    if ("image_url" in node) == ("slack_file" in node):
        yield "an image must have an image_url or a slack_file"
    yield from optional(node.get("image_url"), 3000, "image_url")
    yield from string(node.get("alt_text"), 2000, "alt_text")


def _own(kind: str, element: Element) -> Iterator[str]:
    if kind in {"button", "workflow_button"}:
        yield from _button(element)
    elif kind in {"static_select", "multi_static_select"} or kind in CHOICES:
        yield from _options(element, CHOICES.get(kind, 100))
    elif kind == "feedback_buttons":
        for name in ("positive_button", "negative_button"):
            yield from _feedback(element.get(name), name)
    elif kind == "icon_button":
        yield from text(element.get("text"), PLAIN, 75)
        yield from string(element.get("icon"), 75, "icon")
    elif kind == "number_input" and not isinstance(element.get("is_decimal_allowed"), bool):
        yield "is_decimal_allowed is missing"
    elif kind == "plain_text_input" and not 1 <= element.get("max_length", 1) <= 3000:
        yield "max_length must be 1 to 3000"


def _button(element: Element) -> Iterator[str]:
    yield from text(element.get("text"), PLAIN, 75)
    yield from optional(element.get("value"), 2000, "value")
    yield from optional(element.get("url"), 3000, "url")
    yield from optional(element.get("accessibility_label"), 75, "accessibility_label")
    yield from optional(element.get("agent_prompt"), 4000, "agent_prompt")
    if element.get("style", "primary") not in {"primary", "danger"}:
        yield "style must be primary or danger"
    allowed = {"type", "action_id", "text", "value", "url", "style", "confirm", "accessibility_label"}
    if set(element) - allowed - {"agent_prompt", "agent_prompt_display", "workflow"}:
        yield "invalid additional property in a button"


def _feedback(node: Any, name: str) -> Iterator[str]:
    if not isinstance(node, dict):
        yield f"{name} is missing"
        return
    yield from text(node.get("text"), PLAIN, 75, name)
    yield from string(node.get("value"), 2000, f"{name}.value")


def _options(element: Element, most: int) -> Iterator[str]:
    groups = element.get("option_groups")
    if groups is not None and not 1 <= len(groups) <= 100:
        yield "must have 1 to 100 option_groups"
    lists = [group.get("options") or [] for group in groups] if groups else [element.get("options") or []]
    for options in lists:
        if not 1 <= len(options) <= most:
            yield f"must have 1 to {most} options"
        for option in options:
            yield from text(option.get("text"), EITHER, 75, "option")
            yield from string(option.get("value"), 150, "option.value")
            if "description" in option:
                yield from text(option["description"], EITHER, 75, "description")
    known = [option for options in lists for option in options]
    initial = [*element.get("initial_options", ()), *filter(None, [element.get("initial_option")])]
    if any(one not in known for one in initial):
        yield "an initial option is none of the options"


def _confirm(node: Any) -> Iterator[str]:
    yield from text(node.get("title"), PLAIN, 100, "confirm.title")
    yield from text(node.get("text"), EITHER, 300, "confirm.text")
    for name in ("confirm", "deny"):
        yield from text(node.get(name), PLAIN, 30, f"confirm.{name}")
