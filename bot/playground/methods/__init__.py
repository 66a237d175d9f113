"""The Web API: one call whose token was accepted -> what Slack answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.playground import rights
from bot.playground.installed import Installed
from bot.playground.methods import agents, channels, chat, files, people, streams, views
from bot.playground.methods.replies import Args, Reply, error

METHODS: Mapping[str, Callable[[Installed, Args], Reply]] = {
    **people.METHODS,
    **channels.METHODS,
    **chat.METHODS,
    **streams.METHODS,
    **views.METHODS,
    **agents.METHODS,
    **files.METHODS,
}


def call(slack: Installed, method: str, args: Args) -> Reply:
    """Answer one call: the method has to exist, the scopes to be there, the arguments to be right."""
    wanted = rights.METHODS.get(method)
    if wanted is None or method in slack.lacking:
        return error("unknown_method")
    wanted = _of_kind(slack, wanted, args)
    if wanted and not wanted & slack.scopes:
        return error("missing_scope", needed=min(wanted), provided=",".join(sorted(slack.scopes)))
    slack.used_scopes |= wanted & slack.scopes
    return METHODS[method](slack, args)


def _of_kind(slack: Installed, wanted: set[str], args: Args) -> set[str]:
    """Where a scope for each kind of channel exists, the one of this channel's kind."""
    channel = slack.workspace.channels.get(str(args.get("channel")))
    if channel is None or not any(scope.startswith("channels:") for scope in wanted):
        return wanted
    return {scope for scope in wanted if scope.startswith(f"{rights.FAMILY[channel.kind]}:")}
