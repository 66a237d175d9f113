"""Web API methods: the scopes they want, the arguments they refuse, what they answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.slack_server import chat, events, workspace
from tests.slack_server.blocks import refusal

if TYPE_CHECKING:
    from tests.slack_server.server import SlackServer

Args = dict[str, Any]
Reply = dict[str, Any]

SCOPES: dict[str, set[str]] = {
    "auth.test": set(),
    "chat.postMessage": {"chat:write"},
    "reactions.add": {"reactions:write"},
    "assistant.threads.setStatus": {"chat:write", "assistant:write"},
    "assistant.threads.setSuggestedPrompts": {"assistant:write"},
    **chat.SCOPES,
    **workspace.SCOPES,
}
"""The scopes of which a method wants one."""

EVENT_SCOPES = {"app_mention": {"app_mentions:read"}, "message.im": {"im:history"}}


def knows(server: SlackServer, channel: object) -> bool:
    """Whether there is such a channel, or a person to write to."""
    return channel in server.workspace.channels or channel in server.workspace.people


def error(code: str, **more: Any) -> Reply:
    """What Slack answers to a call it refuses."""
    return {"ok": False, "error": code, **more}


def call(server: SlackServer, method: str, args: Args) -> Reply:
    """Answer one call whose token was accepted."""
    wanted = SCOPES.get(method)
    if wanted is None:
        return error("unknown_method")
    if wanted and not wanted & server.scopes:
        return error("missing_scope", needed=min(wanted), provided=",".join(sorted(server.scopes)))
    server.used_scopes |= wanted & server.scopes
    return METHODS[method](server, args)


def check(server: SlackServer, args: Args) -> Reply | None:
    """The error of a message that Slack would not post."""
    blocks = args.get("blocks") or []
    if refused := refusal(blocks, server.lacking):
        code, messages = refused
        return error(code, errors=messages, response_metadata={"messages": messages})
    if not blocks and not str(args.get("text", "")).strip():
        return error("no_text")
    if not str(args.get("text", "")).strip():
        server.violations.append("blocks were sent without a text for notifications")
    if len(str(args.get("text", ""))) > 40_000:
        server.violations.append("a text was so long that Slack cuts it")
    return None


def _auth_test(_server: SlackServer, _args: Args) -> Reply:
    return {
        "ok": True,
        "url": "https://acme.slack.com/",
        "team": "Acme",
        "team_id": events.TEAM,
        "user": "counterpoise",
        "user_id": events.BOT,
        "bot_id": events.BOT_ID,
        "is_enterprise_install": False,
    }


def _post_message(server: SlackServer, args: Args) -> Reply:
    if not knows(server, args.get("channel")):
        return error("channel_not_found")
    if refused := check(server, args):
        return refused
    return {"ok": True, "channel": args["channel"], "ts": server.post(args)}


def _react(server: SlackServer, args: Args) -> Reply:
    if not knows(server, args.get("channel")) or not args.get("timestamp"):
        return error("channel_not_found")
    reaction = (str(args["channel"]), str(args["timestamp"]), str(args.get("name")))
    if reaction in server.reactions:
        return error("already_reacted")
    server.reactions.append(reaction)
    return {"ok": True}


def _set_status(server: SlackServer, args: Args) -> Reply:
    if not knows(server, args.get("channel_id")) or not args.get("thread_ts"):
        return error("invalid_thread_ts")
    server.status[args["channel_id"], args["thread_ts"]] = args.get("status", "")
    return {"ok": True}


def _suggest(_server: SlackServer, args: Args) -> Reply:
    prompts = args.get("prompts") or []
    if not 1 <= len(prompts) <= 4 or any(set(one) != {"title", "message"} for one in prompts):
        return error("invalid_arguments")
    return {"ok": True}


METHODS = {
    "auth.test": _auth_test,
    "chat.postMessage": _post_message,
    "reactions.add": _react,
    "assistant.threads.setStatus": _set_status,
    "assistant.threads.setSuggestedPrompts": _suggest,
    **chat.METHODS,
    **workspace.METHODS,
}
