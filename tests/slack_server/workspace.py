"""Who and what there is in the workspace: people, channels and who is in them, user groups."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.slack_server import events

if TYPE_CHECKING:
    from tests.slack_server.server import SlackServer

Args = dict[str, Any]
Reply = dict[str, Any]


def person(user: str, name: str, **more: Any) -> dict[str, Any]:
    """A person as users.info gives them."""
    return {
        "id": user,
        "team_id": events.TEAM,
        "name": name.lower(),
        "real_name": name,
        "deleted": False,
        "is_bot": False,
        "is_admin": False,
        "is_owner": False,
        "is_restricted": False,
        "is_ultra_restricted": False,
        "is_stranger": False,
    } | more


def channel(channel_id: str, name: str, **more: Any) -> dict[str, Any]:
    """A conversation as conversations.info gives it."""
    return {
        "id": channel_id,
        "name": name,
        "is_im": channel_id.startswith("D"),
        "is_mpim": channel_id.startswith("M"),
        "is_private": channel_id[0] in "GDM",
        "is_ext_shared": False,
        "is_pending_ext_shared": False,
        "is_archived": False,
    } | more


@dataclass
class Workspace:
    """The whole of it. ``members`` maps channels to the ids of who is in them."""

    people: dict[str, dict[str, Any]] = field(
        default_factory=lambda: {
            events.ANN: person(events.ANN, "Ann", is_admin=True),
            events.BEN: person(events.BEN, "Ben"),
            events.GUEST: person(events.GUEST, "Gus", is_restricted=True),
            events.STRANGER: person(events.STRANGER, "Sid", is_stranger=True, team_id="T0OTHER"),
            events.ROBOT: person(events.ROBOT, "Robot", is_bot=True),
            events.BOT: person(events.BOT, "counterpoise", is_bot=True),
        }
    )
    channels: dict[str, dict[str, Any]] = field(
        default_factory=lambda: {
            events.SALES: channel(events.SALES, "sales"),
            events.PRIVATE: channel(events.PRIVATE, "board"),
            events.GROUP: channel(events.GROUP, "mpdm-ann--ben"),
            events.SHARED: channel(events.SHARED, "with-partner", is_ext_shared=True),
            events.DM: channel(events.DM, "", user=events.ANN),
        }
    )
    members: dict[str, set[str]] = field(
        default_factory=lambda: {
            events.SALES: {events.ANN, events.BEN, events.BOT},
            events.PRIVATE: {events.ANN, events.BEN, events.BOT},
            events.GROUP: {events.ANN, events.BEN, events.BOT},
            events.SHARED: {events.ANN, events.BEN, events.STRANGER, events.BOT},
            events.DM: {events.ANN, events.BOT},
        }
    )
    groups: dict[str, set[str]] = field(default_factory=dict)


READ = {"C": "channels:read", "G": "groups:read", "D": "im:read", "M": "mpim:read"}


def _may_read(server: SlackServer, channel_id: str) -> Reply | None:
    scope = READ[channel_id[0]]
    if scope not in server.scopes:
        return {"ok": False, "error": "missing_scope", "needed": scope}
    server.used_scopes.add(scope)
    return None


def users_info(server: SlackServer, args: Args) -> Reply:
    """users.info"""
    found = server.workspace.people.get(str(args.get("user")))
    return {"ok": True, "user": found} if found else {"ok": False, "error": "user_not_found"}


def conversations_info(server: SlackServer, args: Args) -> Reply:
    """conversations.info"""
    found = server.workspace.channels.get(str(args.get("channel")))
    if found is None:
        return {"ok": False, "error": "channel_not_found"}
    return _may_read(server, found["id"]) or {"ok": True, "channel": found}


def conversations_members(server: SlackServer, args: Args) -> Reply:
    """conversations.members"""
    found = server.workspace.members.get(str(args.get("channel")))
    if found is None:
        return {"ok": False, "error": "channel_not_found"}
    return _may_read(server, str(args["channel"])) or {"ok": True, "members": sorted(found)}


def group_members(server: SlackServer, args: Args) -> Reply:
    """usergroups.users.list"""
    found = server.workspace.groups.get(str(args.get("usergroup")))
    return (
        {"ok": True, "users": sorted(found)}
        if found is not None
        else {"ok": False, "error": "no_such_subteam"}
    )


METHODS = {
    "users.info": users_info,
    "conversations.info": conversations_info,
    "conversations.members": conversations_members,
    "usergroups.users.list": group_members,
}
SCOPES: dict[str, set[str]] = {
    "users.info": {"users:read"},
    "conversations.info": set(),
    "conversations.members": set(),
    "usergroups.users.list": {"usergroups:read"},
}
