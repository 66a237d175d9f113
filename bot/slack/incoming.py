"""A message in Slack -> the question in it, and what names it. Pure functions of the event."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.model import Question
from bot.slack.text import spoken

ASKING = (None, "file_share", "thread_broadcast")
"""Subtypes of messages that people write; all others are news about messages, such as edits."""

HELP = "help"
"""What an empty question asks for."""


def asks(event: Mapping[str, Any]) -> bool:
    """Whether a person wrote this message just now: no bot, no edit, no news from Slack itself."""
    return (
        event.get("subtype") in ASKING
        and "bot_id" not in event
        and "bot_profile" not in event
        and bool(event.get("user"))
        and bool(event.get("ts"))
    )


def thread(event: Mapping[str, Any]) -> str:
    """The root of the conversation: the thread it was asked in, else the message itself."""
    return str(event.get("thread_ts") or event["ts"])


def question(event: Mapping[str, Any], bot_user: str | None) -> Question:
    """The question of a message that :func:`asks`."""
    return Question(
        text=spoken(event.get("text") or "", bot_user) or HELP,
        user=event["user"],
        channel=event["channel"],
        thread=thread(event),
    )


def keys(event: Mapping[str, Any], body: Mapping[str, Any]) -> tuple[str, ...]:
    """What names this question: its event, which retries repeat, and its message, which events may share."""
    return (f"event:{body.get('event_id')}", f"message:{event['channel']}:{event['ts']}")
