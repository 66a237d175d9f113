"""Files: an address to send the bytes to, and the message that shows them."""

from __future__ import annotations

from bot.playground.installed import Installed
from bot.playground.methods.replies import TS, Args, Reply, channel_of, error
from bot.playground.workspace import Channel, Message


def _address(slack: Installed, args: Args) -> Reply:
    if not args.get("filename") or int(args.get("length") or 0) <= 0:
        return error("invalid_arguments")
    key = slack.workspace.new_id("F")
    slack.workspace.files[key] = {
        "id": key,
        "name": str(args["filename"]),
        "size": int(args["length"]),
        "alt_txt": args.get("alt_txt", ""),
        "content": None,
    }
    return {"ok": True, "file_id": key, "upload_url": f"{slack.origin}/upload/{key}"}


def _complete(slack: Installed, args: Args) -> Reply:
    found = [slack.workspace.files.get(str(one.get("id"))) for one in args.get("files") or []]
    files = [one for one in found if one is not None and one["content"] is not None]
    if not files or len(files) != len(found):
        return error("file_not_found")
    shown = tuple({key: one[key] for key in ("id", "name", "size", "alt_txt")} for one in files)
    if args.get("channel_id"):
        channel, thread = channel_of(slack, args, "channel_id"), args.get("thread_ts")
        if not isinstance(channel, Channel):
            return channel
        if thread is not None and not TS.fullmatch(str(thread)):
            return error("invalid_thread_ts")
        text = str(args.get("initial_comment") or "")
        slack.workspace.put(Message(channel.id, slack.workspace.new_ts(), text, thread=thread, files=shown))
    return {"ok": True, "files": list(shown)}


METHODS = {"files.getUploadURLExternal": _address, "files.completeUploadExternal": _complete}
