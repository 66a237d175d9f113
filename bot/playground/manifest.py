"""The app's manifest, as Slack reads it: what the app may do, what it hears of, what it offers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.slack.manifest import manifest

Json = dict[str, Any]


@dataclass(frozen=True)
class Manifest:
    """The parts of a manifest that a workspace acts on."""

    name: str
    scopes: set[str]
    subscribed: set[str]
    commands: list[Json]
    shortcuts: list[Json]
    has_home: bool
    about: str


def read_manifest() -> Manifest:
    """The manifest that ships with the bot."""
    read = manifest()
    features = read["features"]
    return Manifest(
        name=read["display_information"]["name"],
        scopes=set(read["oauth_config"]["scopes"]["bot"]),
        subscribed=set(read["settings"]["event_subscriptions"]["bot_events"]),
        commands=features.get("slash_commands", []),
        shortcuts=features.get("shortcuts", []),
        has_home=features["app_home"]["home_tab_enabled"],
        about=read["display_information"]["long_description"],
    )
