"""Buttons under an answer: what to ask next, its sources, whether it was any good. Pure.

A button that asks carries the words it asks and the conversation it belongs to; nothing of it comes from a model.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from bot.model import Answer
from bot.slack.layout.limits import ELEMENTS, Block
from bot.slack.layout.text import plain

ASK, SOURCES, SHARE, KEEP, FEEDBACK = "ask", "sources", "share", "keep", "feedback"
COPY, SQL = "copy", "sql"
"""Under a receipt."""
LABEL = 75
WORDS = 300
"""Characters of a question that a button may ask: escaped they have to fit into its value."""
RETIRE = "coach retire "
CALLED = {"coach list": "What I was taught", "coach history": "All that was taught and retired"}
"""Commands, and what their buttons are called."""
MOST = 6
"""Buttons that ask something under one answer, where it has no more choices of its own."""


def choices(answer: Answer) -> tuple[list[tuple[str, str]], list[str]]:
    """What can be asked next: what gets a button (its label and its words), and what does not."""
    found = {text.casefold(): (label, text) for label, text in answer.actions}
    for text in answer.suggestions:
        found.setdefault(text.casefold(), (_label(text), text))
    most = max(MOST, min(len(answer.actions), ELEMENTS - 1))
    fit = [one for one in found.values() if plain(one[0]).strip() and len(one[1]) <= WORDS][:most]
    return fit, [text for label, text in found.values() if (label, text) not in fit and text.strip()]


def _label(text: str) -> str:
    """What stands on the button of a suggestion: it begins with a capital, and commands are called what they do."""
    command = text.casefold().strip()
    if command in CALLED:
        return CALLED[command]
    words = text.strip().removeprefix("coach ") if command.startswith(RETIRE) else text.strip()
    return f"{words[:1].upper()}{words[1:]}"


def asking(answer: Answer, thread: str) -> list[Block]:
    """The row of buttons of an answer: its own choices, then what it suggests to ask next; at last its sources."""
    elements = [
        button(f"{ASK}:{place}", label, json.dumps({"ask": text, "in": thread}))
        for place, (label, text) in enumerate(choices(answer)[0])
    ]
    if answer.scorecard or answer.values:
        elements.append(button(SOURCES, "Sources", json.dumps({"answer": answer.answer_id})))
    return [{"type": "actions", "elements": elements}] if elements else []


def thumbs(answer: Answer) -> list[Block]:
    """Whether the answer was any good."""
    value = {"answer": answer.answer_id}
    element = {
        "type": "feedback_buttons",
        "action_id": FEEDBACK,
        "positive_button": _thumb("Good answer", value | {"good": True}),
        "negative_button": _thumb("Bad answer", value | {"good": False}),
    }
    return [{"type": "context_actions", "elements": [element]}]


def sharing(answer: Answer) -> list[Block]:
    """Under what one person alone was shown: whether everybody may see it. Sharing asks once more."""
    value = json.dumps({"answer": answer.answer_id})
    share = button(SHARE, "Share with the channel", value) | {
        "confirm": {
            "title": {"type": "plain_text", "text": "Share with everyone here?"},
            "text": {"type": "plain_text", "text": "Everybody in this channel will see these values."},
            "confirm": {"type": "plain_text", "text": "Share"},
            "deny": {"type": "plain_text", "text": "Keep private"},
        }
    }
    elements = [share, button(KEEP, "Keep private", value), button(SOURCES, "Sources", value)]
    return [{"type": "actions", "elements": elements}]


def button(action: str, label: str, value: str) -> dict[str, Any]:
    """One button; a label that is too long is cut."""
    words = plain(label).strip()
    text = words if len(words) <= LABEL else f"{words[: LABEL - 1]}…"
    return {
        "type": "button",
        "action_id": action,
        "text": {"type": "plain_text", "text": text},
        "value": value,
    }


def asked(elements: Iterable[Mapping[str, Any]]) -> list[str]:
    """What the buttons of a row would ask, for messages without buttons."""
    values = [json.loads(one["value"]) for one in elements if str(one.get("action_id", "")).startswith(ASK)]
    return [str(value["ask"]) for value in values]


def _thumb(label: str, value: Mapping[str, Any]) -> dict[str, Any]:
    return {"text": {"type": "plain_text", "text": label}, "value": json.dumps(value)}
