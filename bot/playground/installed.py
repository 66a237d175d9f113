"""An app installed in a workspace: what it may do and did, which is all that the Web API's methods know."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from bot.playground.passes import Passes
from bot.playground.streaming import Streams
from bot.playground.workspace import Workspace


@dataclass(eq=False)
class Installed:
    """The workspace with its one app.

    ``violations`` collects what the app did that Slack forbids without refusing it, ``lacking`` names what
    this Slack does not have, ``slow_files`` how often a new picture is refused before it may be shown.
    ``manifest`` is the app's as it was given to Slack; ``origin`` is where files are put, once there is a server.
    """

    workspace: Workspace
    scopes: set[str]
    subscribed: set[str]
    used_scopes: set[str] = field(default_factory=set)
    violations: list[str] = field(default_factory=list)
    lacking: set[str] = field(default_factory=set)
    slow_files: int = 0
    passes: Passes = field(default_factory=Passes)
    streams: Streams = field(default_factory=Streams)
    manifest: dict[str, Any] = field(default_factory=dict)
    origin: str = ""
