"""Channels: what they are, who is in them, what was said; and reactions."""

from __future__ import annotations

from typing import Any

from bot.playground.installed import Installed
from bot.playground.methods.replies import Args, Reply, channel_of, error, message_json
from bot.playground.workspace import BOT, TEAM, Channel, Message

PAGE = 100


def channel_json(channel: Channel) -> dict[str, Any]:
    """A channel as conversations.info gives it."""
    shape: dict[str, Any] = {
        "id": channel.id,
        "is_channel": channel.kind == "channel",
        "is_group": channel.kind == "group",
        "is_im": channel.kind == "im",
        "is_mpim": channel.kind == "mpim",
        "is_private": channel.kind != "channel",
        "is_archived": False,
        "is_ext_shared": channel.shared,
        "is_shared": channel.shared,
        "context_team_id": TEAM,
        "num_members": len(channel.members),
    }
    if channel.kind == "im":
        return shape | {"user": next(one for one in channel.members if one != BOT)}
    return shape | {
        "name": channel.name,
        "is_member": BOT in channel.members,
        "topic": {"value": channel.topic},
        "purpose": {"value": ""},
    }


def _info(slack: Installed, args: Args) -> Reply:
    channel = slack.workspace.channels.get(str(args.get("channel")))
    if channel is None or (channel.kind != "channel" and BOT not in channel.members):
        return error("channel_not_found")
    return {"ok": True, "channel": channel_json(channel)}


def _members(slack: Installed, args: Args) -> Reply:
    channel = slack.workspace.channels.get(str(args.get("channel")))
    if channel is None or (channel.kind != "channel" and BOT not in channel.members):
        return error("channel_not_found")
    start, limit = int(args.get("cursor") or 0), int(args.get("limit") or PAGE)
    following = str(start + limit) if start + limit < len(channel.members) else ""
    members = list(channel.members[start : start + limit])
    return {"ok": True, "members": members, "response_metadata": {"next_cursor": following}}


def _replies(slack: Installed, args: Args) -> Reply:
    channel = channel_of(slack, args)
    if not isinstance(channel, Channel):
        return channel
    found = list(slack.workspace.thread(channel.id, str(args.get("ts"))))
    return _listed(found, args) if found else error("thread_not_found")


def _history(slack: Installed, args: Args) -> Reply:
    channel = channel_of(slack, args)
    if not isinstance(channel, Channel):
        return channel
    found = [
        message
        for message in slack.workspace.messages.values()
        if message.channel == channel.id and message.only_for is None and message.thread in (None, message.ts)
    ]
    return _listed(found[::-1], args)


def _listed(found: list[Message], args: Args) -> Reply:
    oldest, latest = str(args.get("oldest") or "0"), str(args.get("latest") or "9")
    within = [one for one in found if oldest <= one.ts <= latest]
    start, limit = int(args.get("cursor") or 0), int(args.get("limit") or PAGE)
    shown = [message_json(one) for one in within[start : start + limit]]
    if not args.get("include_all_metadata"):
        shown = [{key: value for key, value in one.items() if key != "metadata"} for one in shown]
    more = start + limit < len(within)
    cursor = {"next_cursor": str(start + limit) if more else ""}
    return {"ok": True, "messages": shown, "has_more": more, "response_metadata": cursor}


def _open(slack: Installed, args: Args) -> Reply:
    users = str(args.get("users") or "").split(",")
    if len(users) != 1 or users[0] not in slack.workspace.people:
        return error("user_not_found")
    return {"ok": True, "channel": {"id": slack.workspace.direct(users[0]).id}}


def _react(slack: Installed, args: Args) -> Reply:
    return _reacted(slack, args, add=True)


def _unreact(slack: Installed, args: Args) -> Reply:
    return _reacted(slack, args, add=False)


def _reacted(slack: Installed, args: Args, *, add: bool) -> Reply:
    channel = channel_of(slack, args)
    if not isinstance(channel, Channel):
        return channel
    message = slack.workspace.messages.get((channel.id, str(args.get("timestamp"))))
    if message is None or message.only_for is not None:
        return error("message_not_found")
    name = str(args.get("name") or "")
    users = message.reactions.get(name, ())
    if not name:
        return error("invalid_name")
    if (BOT in users) == add:
        return error("already_reacted" if add else "no_reaction")
    slack.workspace.react(message, name, (*users, BOT) if add else tuple(one for one in users if one != BOT))
    return {"ok": True}


METHODS = {
    "conversations.info": _info,
    "conversations.members": _members,
    "conversations.replies": _replies,
    "conversations.history": _history,
    "conversations.open": _open,
    "reactions.add": _react,
    "reactions.remove": _unreact,
}
