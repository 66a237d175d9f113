"""The app's manifest: the shipped one, over HTTP instead of Socket Mode, or with whole channels to read."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

WHOLE = {
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.mpim": "mpim:history",
}
"""What it takes to hear follow-ups without a mention, edits and deletions in channels: events, and their scopes."""


def manifest(url: str = "", *, whole_channels: bool = False) -> dict[str, Any]:
    """The manifest to give to Slack. ``url`` is where Slack reaches the bot over HTTP, as in https://HOST."""
    made: dict[str, Any] = json.loads(files("bot.slack").joinpath("manifest.json").read_text("utf-8"))
    settings = made["settings"]
    if url:
        address = f"{url.rstrip('/')}/slack/events"
        settings["socket_mode_enabled"] = False
        settings["event_subscriptions"]["request_url"] = address
        settings["interactivity"]["request_url"] = address
        for command in made["features"]["slash_commands"]:
            command["url"] = address
    if whole_channels:
        events, scopes = settings["event_subscriptions"]["bot_events"], made["oauth_config"]["scopes"]["bot"]
        settings["event_subscriptions"]["bot_events"] = sorted([*events, *WHOLE])
        made["oauth_config"]["scopes"]["bot"] = sorted([*scopes, *WHOLE.values()])
    return made
