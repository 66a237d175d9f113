"""The app's manifest: the shipped one, over HTTP instead of Socket Mode, with whole channels, with the older pane."""

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

OLDER = ("assistant_thread_started", "assistant_thread_context_changed")
"""The events of the older pane, in place of those of ``agent_view``."""
NEWER = ("app_context_changed", "agent_session_stopped")


def manifest(url: str = "", *, whole_channels: bool = False, assistant_view: bool = False) -> dict[str, Any]:
    """The manifest to give to Slack. ``url`` is where Slack reaches the bot over HTTP, as in https://HOST.

    ``assistant_view`` is for a workspace that knows no ``agent_view`` yet: the pane without Stop.
    """
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
    if assistant_view:
        pane = made["features"].pop("agent_view")
        made["features"]["assistant_view"] = {
            "assistant_description": pane["agent_description"],
            "suggested_prompts": pane["suggested_prompts"],
        }
        events = set(settings["event_subscriptions"]["bot_events"]) - set(NEWER) | set(OLDER)
        settings["event_subscriptions"]["bot_events"] = sorted(events)
    return made
