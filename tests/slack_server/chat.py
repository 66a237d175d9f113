"""Messages after they were posted: changed, deleted, read again; and those that one person alone sees."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tests.slack_server import events
from tests.slack_server.record import Posted

if TYPE_CHECKING:
    from tests.slack_server.server import SlackServer

Args = dict[str, Any]
Reply = dict[str, Any]

HISTORY = {"C": "channels:history", "G": "groups:history", "D": "im:history", "M": "mpim:history"}
"""The scope that reading a conversation takes, by the first letter of its id (M: group messages, here)."""


def _error(code: str, **more: Any) -> Reply:
    return {"ok": False, "error": code, **more}


def _place(server: SlackServer, args: Args) -> int | None:
    """Where in the record a message of the bot stands."""
    found = [
        i
        for i, one in enumerate(server.messages)
        if (one.channel, one.ts, one.only_for) == (args.get("channel"), args.get("ts"), None)
    ]
    return found[0] if found else None


def update(server: SlackServer, args: Args) -> Reply:
    """chat.update"""
    from tests.slack_server.methods import check

    at = _place(server, args)
    if at is None:
        return _error("message_not_found")
    if refused := check(server, args):
        return refused
    server.messages[at] = replace(
        server.messages[at],
        text=args.get("text", ""),
        blocks=args.get("blocks") or [],
        metadata=args.get("metadata"),
        edits=server.messages[at].edits + 1,
    )
    return {"ok": True, "channel": args["channel"], "ts": args["ts"]}


def delete(server: SlackServer, args: Args) -> Reply:
    """chat.delete"""
    at = _place(server, args)
    if at is None:
        return _error("message_not_found")
    del server.messages[at]
    return {"ok": True}


def ephemeral(server: SlackServer, args: Args) -> Reply:
    """chat.postEphemeral"""
    from tests.slack_server.methods import check, knows

    if not knows(server, args.get("channel")):
        return _error("channel_not_found")
    if not args.get("user"):
        return _error("no_user")
    if args.get("user") not in server.workspace.members.get(str(args["channel"]), set()):
        return _error("user_not_in_channel")
    if refused := check(server, args):
        return refused
    thread = args.get("thread_ts")
    if thread and thread not in server.threads(str(args["channel"])):
        server.violations.append("an ephemeral message in a thread that nobody opened is never seen")
    server.messages.append(
        Posted(
            args["channel"],
            events.new_ts(),
            args.get("text", ""),
            args.get("blocks") or [],
            thread,
            only_for=args["user"],
        )
    )
    return {"ok": True, "message_ts": server.messages[-1].ts}


def replies(server: SlackServer, args: Args) -> Reply:
    """conversations.replies"""
    scope = HISTORY[str(args["channel"])[0]]
    if scope not in server.scopes:
        return _error("missing_scope", needed=scope)
    server.used_scopes.add(scope)
    shown = [one for one in server.seen(thread=str(args["ts"])) if one.only_for is None]
    whole = str(args.get("include_all_metadata", "")).lower() in {"true", "1"}
    return {
        "ok": True,
        "messages": [
            {"type": "message", "user": events.BOT, "ts": one.ts, "text": one.text}
            | ({"metadata": one.metadata} if whole and one.metadata else {})
            for one in shown
        ],
        "has_more": False,
    }


METHODS = {
    "chat.update": update,
    "chat.delete": delete,
    "chat.postEphemeral": ephemeral,
    "conversations.replies": replies,
}
SCOPES: dict[str, set[str]] = {
    "chat.update": {"chat:write"},
    "chat.delete": {"chat:write"},
    "chat.postEphemeral": {"chat:write"},
    "conversations.replies": set(),
}
