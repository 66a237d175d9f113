"""What a person sees of the workspace, as JSON for the page."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from bot.playground.manifest import Manifest
from bot.playground.methods.replies import message_json
from bot.playground.methods.views import view_json
from bot.playground.server import Slack
from bot.playground.workspace import BOT, Channel, Message, Person

Json = dict[str, Any]


def everything(slack: Slack, manifest: Manifest, user: str) -> Json:
    """All that a person sees now."""
    mine = [one for one in slack.workspace.channels.values() if user in one.members]
    here = {one.id for one in mine}
    return {
        "me": user,
        "bot": BOT,
        "workspace": slack.workspace.name,
        "app": {
            "name": manifest.name,
            "about": manifest.about,
            "commands": manifest.commands,
            "shortcuts": manifest.shortcuts,
            "has_home": manifest.has_home,
            "stoppable": "agent_session_stopped" in manifest.subscribed,
        },
        "people": [_person(one) for one in slack.workspace.people.values()],
        "channels": [channel(one) for one in mine],
        "messages": [
            message(one) for one in slack.workspace.messages.values() if slack.workspace.sees(user, one)
        ],
        "status": [
            {"channel": place, "thread": thread, "status": words}
            for (place, thread), words in slack.workspace.status.items()
            if place in here
        ],
        "prompts": {place: shown for place, shown in slack.workspace.prompts.items() if place in here},
        "modals": modals(slack, user),
        "home": home(slack, user),
        "online": bool(slack.link.sockets),
    }


def change(slack: Slack, user: str, what: str, about: Any) -> Json | None:
    """One change as a person sees it, or nothing where it is none of theirs."""
    if not _concerns(slack, user, what, about):
        return None
    return {"what": what} | CHANGES[what](slack, user, about)


def _concerns(slack: Slack, user: str, what: str, about: Any) -> bool:
    if what in {"message", "gone"}:
        return slack.workspace.sees(user, about)
    if what in {"home", "modals"}:
        return bool(about == user)
    if what == "channel":
        return user in about.members
    place = about if isinstance(about, str) else about[0]
    return user in slack.workspace.channels[place].members


CHANGES: Mapping[str, Callable[[Slack, str, Any], Json]] = {
    "message": lambda _slack, _user, about: {"message": message(about)},
    "gone": lambda _slack, _user, about: {"message": message(about)},
    "channel": lambda _slack, _user, about: {"channel": channel(about)},
    "status": lambda _slack, _user, about: {"channel": about[0], "thread": about[1], "status": about[2]},
    "session": lambda slack, _user, about: {
        "channel": about[0],
        "thread": about[1],
        "status": slack.workspace.sessions[about],
    },
    "prompts": lambda slack, _user, about: {"channel": about, "prompts": slack.workspace.prompts[about]},
    "home": lambda slack, user, _about: {"home": home(slack, user)},
    "modals": lambda slack, user, _about: {"modals": modals(slack, user)},
}
"""What watchers are told of, and how the page hears of it."""


def modals(slack: Slack, user: str) -> list[Json]:
    """The modals that a person has open, the one on top last."""
    return [view_json(one) for one in slack.workspace.modals.get(user, ())]


def message(one: Message) -> Json:
    """A message for the page."""
    shape = message_json(one) | {"channel": one.channel, "only_for": one.only_for, "streaming": one.streaming}
    return {key: value for key, value in shape.items() if key != "metadata"}


def channel(one: Channel) -> Json:
    """A channel for the page."""
    return {"id": one.id, "name": one.name, "kind": one.kind, "members": list(one.members), "topic": one.topic,
            "shared": one.shared}  # fmt: skip


def _person(one: Person) -> Json:
    return {
        "id": one.id,
        "name": one.name,
        "title": one.title,
        "admin": one.admin,
        "guest": one.guest,
        "bot": one.bot,
    }


def home(slack: Slack, user: str) -> Json | None:
    """The bot's page as it set it for a person."""
    view = slack.workspace.homes.get(user)
    return view_json(view) if view else None


def typed(slack: Slack, text: str) -> str:
    """What somebody typed, in Slack's markup: escaped, with names of people and channels as mentions."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    names = {f"@{one.name}": f"<@{one.id}>" for one in slack.workspace.people.values()}
    names |= {
        f"#{one.name}": f"<#{one.id}|{one.name}>" for one in slack.workspace.channels.values() if one.name
    }
    longest = sorted(names, key=len, reverse=True)
    known = {name.lower(): markup for name, markup in names.items()}
    either = "|".join(map(re.escape, longest))
    return re.sub(
        rf"(?<!\w)(?:{either})(?!\w)", lambda found: known[found[0].lower()], escaped, flags=re.IGNORECASE
    )
