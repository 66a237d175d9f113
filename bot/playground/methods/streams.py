"""Messages that grow while people watch: started, appended to, stopped; and over when nothing comes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.playground.blocks import refusal
from bot.playground.installed import Installed
from bot.playground.methods.replies import TS, Args, Reply, channel_of, error, message_json, own_message
from bot.playground.streaming import Stream
from bot.playground.workspace import TEAM, Channel, Message

CALL = 12_000
"""Characters of one call."""
KINDS = {"markdown_text", "plan_update", "task_update", "blocks"}


def _start(slack: Installed, args: Args) -> Reply:
    channel = channel_of(slack, args)
    if not isinstance(channel, Channel):
        return channel
    if refused := _cannot_start(channel, args) or _refused(slack, args):
        return refused
    stream = Stream(slack.streams.now(), args.get("task_display_mode") == "plan")
    _add(stream, args)
    ts = slack.workspace.new_ts()
    slack.streams.open[channel.id, ts] = stream
    thread = str(args["thread_ts"])
    slack.workspace.put(Message(channel.id, ts, stream.text, stream.shown(), thread, streaming=True))
    return {"ok": True, "channel": channel.id, "ts": ts}


def _cannot_start(channel: Channel, args: Args) -> Reply | None:
    """A stream answers in a thread; in a channel it has to say for whom."""
    code = ""
    if not TS.fullmatch(str(args.get("thread_ts") or "")):
        code = "invalid_thread_ts"
    elif channel.kind != "im" and not args.get("recipient_team_id"):
        code = "missing_recipient_team_id"
    elif channel.kind != "im" and not args.get("recipient_user_id"):
        code = "missing_recipient_user_id"
    elif args.get("recipient_team_id", TEAM) != TEAM:
        code = "team_not_found"
    elif args.get("task_display_mode", "timeline") not in {"timeline", "plan"}:
        code = "invalid_arguments"
    return error(code) if code else None


def _append(slack: Installed, args: Args) -> Reply:
    message = _growing(slack, args)
    if not isinstance(message, Message):
        return message
    if args.get("markdown_text") is None and not args.get("chunks"):
        return error("no_text")
    if refused := _refused(slack, args):
        return refused
    stream = slack.streams.open[message.channel, message.ts]
    _add(stream, args)
    slack.workspace.put(replace(message, text=stream.text, blocks=stream.shown()))
    return {"ok": True, "channel": message.channel, "ts": message.ts}


def _stop(slack: Installed, args: Args) -> Reply:
    message = _growing(slack, args)
    if not isinstance(message, Message):
        return message
    stream = slack.streams.open[message.channel, message.ts]
    blocks = args.get("blocks") or []
    if refused := _refused(slack, args) or _refused_blocks(slack, blocks):
        return refused
    _add(stream, args)
    del slack.streams.open[message.channel, message.ts]
    metadata = args.get("metadata") or message.metadata
    done = replace(
        message, text=stream.text, blocks=[*stream.shown(), *blocks], streaming=False, metadata=metadata
    )
    slack.workspace.put(done)
    if status := args.get("session_status"):
        slack.workspace.sessions[message.channel, str(message.thread)] = status
    return {"ok": True, "channel": message.channel, "ts": message.ts, "message": message_json(done)}


def _growing(slack: Installed, args: Args) -> Message | Reply:
    """The message, if it is a stream of the bot's that is still open; one that is over is closed now."""
    message = own_message(slack, args, "message_not_owned_by_app")
    if not isinstance(message, Message) or slack.streams.alive(message):
        return message
    slack.streams.open.pop((message.channel, message.ts), None)
    if message.streaming:
        slack.workspace.put(replace(message, streaming=False))
    return error("message_not_in_streaming_state")


def _refused(slack: Installed, args: Args) -> Reply | None:
    chunks = args.get("chunks") or []
    text = "".join(str(one.get("text", "")) for one in chunks) + str(args.get("markdown_text") or "")
    if args.get("chunks") and args.get("markdown_text") is not None:
        return error("markdown_text_conflict")
    if len(text) > CALL:
        return error("msg_too_long")
    if any(one.get("type") not in KINDS for one in chunks):
        return error("invalid_chunks")
    tasks = [_task(one) for one in chunks if one["type"] == "task_update"]
    return _refused_blocks(slack, [*tasks, *_blocks(chunks)], plan=True)


def _refused_blocks(slack: Installed, blocks: list[dict[str, Any]], *, plan: bool = False) -> Reply | None:
    judged = [{"type": "plan", "title": "p", "tasks": [one]} if plan and one.get("type") == "task_card" else one
              for one in blocks]  # fmt: skip
    refused = refusal(judged, slack.lacking)
    return (
        error(refused[0], errors=refused[1], response_metadata={"messages": refused[1]}) if refused else None
    )


def _blocks(chunks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [block for one in chunks if one["type"] == "blocks" for block in one.get("blocks") or []]


def _add(stream: Stream, args: Args) -> None:
    stream.text += str(args.get("markdown_text") or "")
    chunks = args.get("chunks") or []
    for chunk in chunks:
        if chunk["type"] == "markdown_text":
            stream.text += chunk.get("text", "")
        elif chunk["type"] == "plan_update":
            stream.title = chunk.get("title", "")
        elif chunk["type"] == "task_update":
            stream.tasks[str(chunk.get("id"))] = stream.tasks.get(str(chunk.get("id")), {}) | _task(chunk)
    stream.blocks += _blocks(chunks)


def _task(chunk: dict[str, Any]) -> dict[str, Any]:
    """A task of a stream as the block it shows as; its plain texts become rich ones."""
    card = {
        "type": "task_card",
        "task_id": chunk.get("id"),
        "title": chunk.get("title"),
        "status": chunk.get("status"),
    }
    for name in ("details", "output"):
        if chunk.get(name):
            words = {"type": "text", "text": str(chunk[name])}
            section = {"type": "rich_text_section", "elements": [words]}
            card[name] = {"type": "rich_text", "elements": [section]}
    return card | ({"sources": chunk["sources"]} if chunk.get("sources") else {})


METHODS = {"chat.startStream": _start, "chat.appendStream": _append, "chat.stopStream": _stop}
