"""Files: an address to send the bytes to, and the message that shows them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from bot.playground.installed import Installed
from bot.playground.methods.replies import TS, Args, Reply, channel_of, error
from bot.playground.workspace import Channel, Message

FILE = re.compile(r"F[A-Z0-9]{8,}")
PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8")
"""How the files begin that an image block may show."""


def invalid(slack: Installed, blocks: Iterable[Mapping[str, Any]]) -> list[str]:
    """What Slack says of the files that image blocks show: not uploaded, not looked at yet, or no picture."""
    found = []
    for place, block in enumerate(blocks):
        file = block.get("slack_file")
        if block.get("type") != "image" or not isinstance(file, dict):
            continue
        pointer = f"[json-pointer:/blocks/{place}/slack_file"
        if "id" in file and not FILE.fullmatch(str(file["id"])):
            found.append(f"input must match regex pattern: ^[F][A-Z0-9]{{8,}}$ {pointer}/id]")
        elif ("id" in file) == ("url" in file) or not _shown(slack, str(file.get("id"))):
            found.append(f"invalid slack file {pointer}]")
    return found


def _shown(slack: Installed, key: str) -> bool:
    """Whether a file is a picture that Slack is done with; it takes its time after an upload."""
    file = slack.workspace.files.get(key)
    if file is None or not file["complete"] or not (file["content"] or b"").startswith(PICTURES):
        return False
    file["looked_at"] += 1
    return bool(file["looked_at"] > slack.slow_files)


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
        "complete": False,
        "looked_at": 0,
    }
    return {"ok": True, "file_id": key, "upload_url": f"{slack.origin}/upload/{key}"}


def _complete(slack: Installed, args: Args) -> Reply:
    found = [slack.workspace.files.get(str(one.get("id"))) for one in args.get("files") or []]
    files = [one for one in found if one is not None and one["content"] is not None]
    if not files or len(files) != len(found):
        return error("file_not_found")
    for one in files:
        one["complete"] = True
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
