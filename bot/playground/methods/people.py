"""Who is who: auth.test, the app and its manifest, the team, users, user groups; and whether blocks are valid."""

from __future__ import annotations

from bot.playground.blocks import refusal
from bot.playground.installed import Installed
from bot.playground.methods.replies import Args, Reply, error
from bot.playground.workspace import APP, BOT, BOT_ID, TEAM, Person


def _auth_test(slack: Installed, _args: Args) -> Reply:
    return {
        "ok": True,
        "url": "https://acme.slack.com/",
        "team": slack.workspace.name,
        "team_id": TEAM,
        "user": slack.workspace.people[BOT].name,
        "user_id": BOT,
        "bot_id": BOT_ID,
        "is_enterprise_install": False,
    }


def _bot(slack: Installed, args: Args) -> Reply:
    if args.get("bot") != BOT_ID:
        return error("bot_not_found")
    name = slack.workspace.people[BOT].name
    return {"ok": True, "bot": {"id": BOT_ID, "app_id": APP, "user_id": BOT, "name": name, "deleted": False}}


def _manifest(slack: Installed, args: Args) -> Reply:
    asked = str(args.get("app_id") or "")
    if not asked.startswith("A"):
        return error("invalid_app_id")
    if asked != APP:
        return error("app_not_found")
    return {"ok": True, "manifest": slack.manifest} if slack.manifest else error("failed_export")


def _team(slack: Installed, _args: Args) -> Reply:
    return {"ok": True, "team": {"id": TEAM, "name": slack.workspace.name, "domain": "acme"}}


def _user(slack: Installed, args: Args) -> Reply:
    person = slack.workspace.people.get(str(args.get("user")))
    return {"ok": True, "user": user_json(person)} if person else error("user_not_found")


def user_json(person: Person) -> dict[str, object]:
    """A person as users.info gives them."""
    return {
        "id": person.id,
        "team_id": person.team,
        "name": person.name.lower().replace(" ", "."),
        "real_name": person.name,
        "deleted": person.gone,
        "is_bot": person.bot,
        "is_admin": person.admin,
        "is_owner": False,
        "is_primary_owner": False,
        "is_restricted": person.guest,
        "is_ultra_restricted": False,
        "is_stranger": person.team != TEAM,
        "tz": person.time_zone,
        "profile": {"real_name": person.name, "display_name": person.name, "title": person.title},
    }


def _groups(slack: Installed, _args: Args) -> Reply:
    groups = [
        {"id": key, "handle": key.lower(), "users": list(who), "user_count": len(who), "date_delete": 0}
        for key, who in slack.workspace.groups.items()
    ]
    return {"ok": True, "usergroups": groups}


def _group(slack: Installed, args: Args) -> Reply:
    members = slack.workspace.groups.get(str(args.get("usergroup")))
    return error("no_such_subteam") if members is None else {"ok": True, "users": list(members)}


def _validate(slack: Installed, args: Args) -> Reply:
    refused = refusal(args.get("blocks") or [], slack.lacking)
    return error(refused[0], errors=refused[1]) if refused else {"ok": True}


METHODS = {
    "auth.test": _auth_test,
    "bots.info": _bot,
    "apps.manifest.export": _manifest,
    "team.info": _team,
    "users.info": _user,
    "usergroups.list": _groups,
    "usergroups.users.list": _group,
    "blocks.validate": _validate,
}
