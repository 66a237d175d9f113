"""A message in Slack -> the ticket for the question in it. Pure functions of the event."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.slack.layout.text import spoken
from bot.slack.tickets.ticket import Ticket

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


def source(channel: str, ts: str) -> str:
    """What names a message, however Slack tells of it."""
    return f"message:{channel}:{ts}"


def ticket(
    event: Mapping[str, Any], body: Mapping[str, Any], bot_user: str | None, *, quiet: bool = False
) -> Ticket:
    """The ticket for a message that :func:`asks`, to be answered in its thread.

    It is named by its event, which retries repeat, and by its message, which several events may share.
    """
    channel, ts = str(event["channel"]), str(event["ts"])
    root = thread(event)
    return Ticket(
        text=spoken(event.get("text") or "", bot_user) or HELP,
        user=str(event["user"]),
        channel=channel,
        thread=root,
        keys=(f"event:{body.get('event_id')}", source(channel, ts)),
        root=root,
        ts=ts,
        source=source(channel, ts),
        quiet=quiet,
        in_thread=root != ts,
    )


def edited(event: Mapping[str, Any], body: Mapping[str, Any], bot_user: str | None) -> Ticket | None:
    """The ticket for a question that was edited; None where its words are as they were, or no person's."""
    if event.get("subtype") != "message_changed":
        return None
    now, before = event.get("message") or {}, event.get("previous_message") or {}
    message = {**now, "channel": event.get("channel")}
    if not asks(message) or now.get("text") == before.get("text"):
        return None
    channel, ts = str(event["channel"]), str(now["ts"])
    edit = (now.get("edited") or {}).get("ts") or event.get("event_ts")
    found = ticket(message, body, bot_user)
    return Ticket(
        **{name: getattr(found, name) for name in ("text", "user", "channel", "thread", "root", "ts")},
        keys=(f"event:{body.get('event_id')}", f"edit:{channel}:{ts}:{edit}"),
        source=found.source,
        edits=True,
        in_thread=found.in_thread,
    )


def deleted(event: Mapping[str, Any]) -> str | None:
    """The name of a message that was deleted, if this is the news of that."""
    if event.get("subtype") != "message_deleted" or not event.get("deleted_ts"):
        return None
    return source(str(event["channel"]), str(event["deleted_ts"]))
