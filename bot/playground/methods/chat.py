"""Messages of the bot: posted, shown to one person, changed, deleted."""

from __future__ import annotations

from dataclasses import replace

from bot.playground.blocks import refusal
from bot.playground.installed import Installed
from bot.playground.methods import files
from bot.playground.methods.replies import TS, Args, Reply, channel_of, error, message_json, own_message
from bot.playground.workspace import Channel, Message

TEXT = 40_000
METADATA = 16_000


def check(slack: Installed, args: Args) -> Reply | None:
    """The error of a message that Slack would not post."""
    blocks = args.get("blocks") or []
    if refused := refusal(blocks, slack.lacking):
        code, messages = refused
        return error(code, errors=messages, response_metadata={"messages": messages})
    if invalid := files.invalid(slack, blocks):
        return error("invalid_blocks", errors=invalid, response_metadata={"messages": invalid})
    text, markdown = str(args.get("text") or "").strip(), args.get("markdown_text")
    if markdown is not None:
        return _markdown(str(markdown), bool(text or blocks))
    if not blocks and not text:
        return error("no_text")
    if not text:
        slack.violations.append("blocks were sent without a text for notifications")
    if len(text) > TEXT:
        slack.violations.append("a text was so long that Slack cuts it")
    return _metadata(args)


def _markdown(markdown: str, beside: bool) -> Reply | None:
    if beside:
        return error("markdown_text_conflict")
    if not markdown.strip():
        return error("no_text")
    return error("msg_too_long") if len(markdown) > 12_000 else None


def _metadata(args: Args) -> Reply | None:
    metadata = args.get("metadata")
    if metadata is not None and (
        set(metadata) != {"event_type", "event_payload"} or len(str(metadata)) > METADATA
    ):
        return error("invalid_metadata_format")
    return None


def _post(slack: Installed, args: Args) -> Reply:
    return _posted(slack, args, only_for=None)


def _ephemeral(slack: Installed, args: Args) -> Reply:
    channel, user = channel_of(slack, args), str(args.get("user"))
    if isinstance(channel, Channel) and user not in channel.members:
        return error("user_not_in_channel")
    thread = args.get("thread_ts")
    if (
        thread
        and isinstance(channel, Channel)
        and len(list(slack.workspace.thread(channel.id, str(thread)))) < 2
    ):
        slack.violations.append(
            "an ephemeral message was posted into a thread without replies: nobody sees it"
        )
    reply = _posted(slack, args, only_for=user)
    return {"ok": True, "message_ts": reply["ts"]} if reply["ok"] else reply


def _posted(slack: Installed, args: Args, only_for: str | None) -> Reply:
    channel = channel_of(slack, args)
    if not isinstance(channel, Channel):
        return channel
    thread = args.get("thread_ts")
    if thread is not None and not TS.fullmatch(str(thread)):
        return error("invalid_thread_ts")
    if refused := check(slack, args):
        return refused
    message = slack.workspace.put(
        Message(
            channel=channel.id,
            ts=slack.workspace.new_ts(),
            text=str(args.get("text") or args.get("markdown_text") or ""),
            blocks=args.get("blocks") or _as_blocks(args),
            thread=str(thread) if thread else None,
            only_for=only_for,
            metadata=args.get("metadata"),
        )
    )
    return {"ok": True, "channel": channel.id, "ts": message.ts, "message": message_json(message)}


def _as_blocks(args: Args) -> list[dict[str, str]]:
    return [{"type": "markdown", "text": args["markdown_text"]}] if args.get("markdown_text") else []


def _update(slack: Installed, args: Args) -> Reply:
    message = own_message(slack, args, "cant_update_message")
    if not isinstance(message, Message):
        return message
    if message.streaming and slack.streams.alive(message):
        return error("streaming_state_conflict")
    if refused := check(slack, args):
        return refused
    changed = replace(
        message,
        text=str(args.get("text") or args.get("markdown_text") or message.text),
        blocks=args.get("blocks") or _as_blocks(args),
        metadata=args.get("metadata") or message.metadata,
        edited=True,
        streaming=False,
    )
    slack.workspace.put(changed)
    return {"ok": True, "channel": message.channel, "ts": message.ts, "text": changed.text}


def _delete(slack: Installed, args: Args) -> Reply:
    message = own_message(slack, args, "cant_delete_message")
    if not isinstance(message, Message):
        return message
    slack.workspace.remove(message.channel, message.ts)
    return {"ok": True, "channel": message.channel, "ts": message.ts}


def _permalink(slack: Installed, args: Args) -> Reply:
    key = str(args.get("channel")), str(args.get("message_ts"))
    if key not in slack.workspace.messages:
        return error("message_not_found")
    link = f"https://acme.slack.com/archives/{key[0]}/p{key[1].replace('.', '')}"
    return {"ok": True, "channel": key[0], "permalink": link}


METHODS = {
    "chat.postMessage": _post,
    "chat.postEphemeral": _ephemeral,
    "chat.update": _update,
    "chat.delete": _delete,
    "chat.getPermalink": _permalink,
}
