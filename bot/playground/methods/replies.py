"""What all methods share: the shapes of answers and errors, and messages as Slack gives them."""

from __future__ import annotations

import re
from typing import Any

from bot.playground.installed import Installed
from bot.playground.workspace import APP, BOT, BOT_ID, TEAM, Channel, Message

Args = dict[str, Any]
Reply = dict[str, Any]

TS = re.compile(r"\d+\.\d+")


def error(code: str, **more: Any) -> Reply:
    """What Slack answers to a call it refuses."""
    return {"ok": False, "error": code, **more}


def channel_of(slack: Installed, args: Args, key: str = "channel") -> Channel | Reply:
    """The channel of a call, if the bot is in it."""
    named = str(args.get(key, ""))
    channel = slack.workspace.channels.get(named)
    if channel is None and named in slack.workspace.people:
        return slack.workspace.direct(named)  # Slack takes a person's id for their direct messages
    if channel is None:
        return error("channel_not_found")
    return channel if BOT in channel.members else error("not_in_channel")


def own_message(slack: Installed, args: Args, cannot: str) -> Message | Reply:
    """The message of a call, if it is the bot's own and everybody sees it."""
    message = slack.workspace.messages.get((str(args.get("channel")), str(args.get("ts"))))
    if message is None or message.only_for is not None:
        return error("message_not_found")
    return message if message.user == BOT else error(cannot)


def with_ids(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Blocks and elements with the ids that Slack gives them where they have none; the same each time."""
    given = []
    for number, one in enumerate(blocks):
        block = {**one, "block_id": one.get("block_id") or f"b{number}"}
        for name in ("accessory", "element"):
            if name in block:
                block[name] = _named(block[name], 0)
        if block["type"] in {"actions", "context_actions"}:
            block["elements"] = [_named(one, place) for place, one in enumerate(block["elements"])]
        given.append(block)
    return given


def _named(element: dict[str, Any], place: int) -> dict[str, Any]:
    return (
        element
        if "action_id" in element or element["type"] == "image"
        else {**element, "action_id": f"a{place}"}
    )


def message_json(message: Message) -> dict[str, Any]:
    """A message in the shape that methods and payloads share."""
    shape: dict[str, Any] = {"type": "message", "user": message.user, "text": message.text, "ts": message.ts}
    shape |= {"team": TEAM}
    if message.user == BOT:
        shape |= {"bot_id": BOT_ID, "app_id": APP}
    if message.blocks:
        shape["blocks"] = with_ids(message.blocks)
    optional: dict[str, Any] = {
        "thread_ts": message.thread,
        "subtype": message.subtype,
        "metadata": message.metadata,
        "files": list(message.files),
        "edited": {"user": message.user, "ts": message.ts} if message.edited else None,
        "reactions": [
            {"name": name, "users": list(users), "count": len(users)}
            for name, users in message.reactions.items()
        ],
    }
    return shape | {key: value for key, value in optional.items() if value}
