"""The agent pane: status, suggested prompts, titles, sessions."""

from __future__ import annotations

from typing import Any

from bot.playground.installed import Installed
from bot.playground.methods.replies import TS, Args, Reply, channel_of, error
from bot.playground.workspace import Channel

SESSIONS = {"active", "processing", "suspended", "closed"}


def _status(slack: Installed, args: Args) -> Reply:
    channel = channel_of(slack, args, "channel_id")
    if not isinstance(channel, Channel):
        return channel
    if not TS.fullmatch(str(args.get("thread_ts") or "")):
        return error("invalid_thread_ts")
    if len(args.get("loading_messages") or []) > 10:
        return error("invalid_arguments")
    slack.workspace.set_status(channel.id, str(args["thread_ts"]), str(args.get("status") or ""))
    return {"ok": True}


def _suggest(slack: Installed, args: Args) -> Reply:
    channel = channel_of(slack, args, "channel_id")
    if not isinstance(channel, Channel):
        return channel
    prompts: list[dict[str, Any]] = args.get("prompts") or []
    if not 1 <= len(prompts) <= 4 or any(set(one) != {"title", "message"} for one in prompts):
        return error("invalid_arguments")
    slack.workspace.prompts[channel.id] = {"title": args.get("title") or "", "prompts": prompts}
    slack.workspace.tell("prompts", channel.id)
    return {"ok": True}


def _title(slack: Installed, args: Args) -> Reply:
    channel = channel_of(slack, args, "channel_id")
    if not isinstance(channel, Channel):
        return channel
    if not str(args.get("title") or "").strip():
        return error("invalid_arguments")
    slack.workspace.titles[channel.id, str(args.get("thread_ts"))] = str(args["title"])
    return {"ok": True}


def _session(slack: Installed, args: Args) -> Reply:
    channel = channel_of(slack, args, "channel_id")
    if not isinstance(channel, Channel):
        return channel
    if args.get("status") not in SESSIONS or len(str(args.get("title") or "")) > 200:
        return error("invalid_arguments")
    key = channel.id, str(args.get("thread_ts"))
    slack.workspace.sessions[key] = args["status"]
    slack.workspace.tell("session", key)
    warned = args["status"] == "processing" and "agent_session_stopped" not in slack.subscribed
    return {"ok": True} | ({"warning": "missing_agent_session_stopped_event_subscription"} if warned else {})


def _rename(slack: Installed, args: Args) -> Reply:
    key = str(args.get("channel_id")), str(args.get("thread_ts"))
    if key not in slack.workspace.sessions:
        return error("session_not_found")
    if not 1 <= len(str(args.get("title") or "")) <= 200:
        return error("invalid_arguments")
    slack.workspace.titles[key] = str(args["title"])
    return {"ok": True}


METHODS = {
    "assistant.threads.setStatus": _status,
    "assistant.threads.setSuggestedPrompts": _suggest,
    "assistant.threads.setTitle": _title,
    "agents.sessions.setStatus": _session,
    "agents.sessions.rename": _rename,
}
