"""Modals and home pages: opened with a trigger, pushed, changed, published."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.playground.blocks import refusal
from bot.playground.blocks.texts import PLAIN, text
from bot.playground.installed import Installed
from bot.playground.methods.replies import Args, Reply, error, with_ids
from bot.playground.workspace import APP, BOT_ID, TEAM, View

DEEPEST = 3
MODAL = {"type", "title", "blocks", "close", "submit", "private_metadata", "callback_id", "clear_on_close",
         "notify_on_close", "external_id", "submit_disabled"}  # fmt: skip
HOME = {"type", "blocks", "private_metadata", "callback_id", "external_id"}


def view_json(view: View, values: dict[str, Any] | None = None) -> dict[str, Any]:
    """A view as methods and payloads give it."""
    body = view.body
    return {
        "id": view.id,
        "team_id": TEAM,
        "type": body["type"],
        "blocks": with_ids(body["blocks"]),
        "private_metadata": body.get("private_metadata", ""),
        "callback_id": body.get("callback_id", ""),
        "external_id": body.get("external_id", ""),
        "state": {"values": values or {}},
        "hash": view.hash,
        "title": body.get("title"),
        "submit": body.get("submit"),
        "close": body.get("close"),
        "clear_on_close": body.get("clear_on_close", False),
        "notify_on_close": body.get("notify_on_close", False),
        "root_view_id": view.root,
        "previous_view_id": view.previous,
        "app_id": APP,
        "bot_id": BOT_ID,
    }


def fault(slack: Installed, body: Any, kind: str) -> Reply | None:
    """The error of a view that Slack would not show."""
    if not isinstance(body, dict) or body.get("type") != kind:
        return error("invalid_arguments", response_metadata={"messages": [f"the view must be a {kind}"]})
    found = [
        f"invalid additional property: {key}" for key in set(body) - (MODAL if kind == "modal" else HOME)
    ]
    if kind == "modal":
        found += text(body.get("title"), PLAIN, 24, "title")
        for name in ("submit", "close"):
            found += text(body[name], PLAIN, 24, name) if name in body else ()
        if any(one.get("type") == "input" for one in body.get("blocks") or []) and "submit" not in body:
            found.append("submit is missing: the view has inputs")
    if len(body.get("private_metadata") or "") > 3000 or len(body.get("callback_id") or "") > 255:
        found.append("private_metadata or callback_id is too long")
    refused = refusal(body.get("blocks") or [], slack.lacking, "modal" if kind == "modal" else "home")
    found += refused[1] if refused else ()
    if not found and not refused:
        return None
    return error("invalid_arguments", response_metadata={"messages": [f"[ERROR] {one}" for one in found]})


def _open(slack: Installed, args: Args) -> Reply:
    return _on_top(slack, args, most=0)


def _push(slack: Installed, args: Args) -> Reply:
    return _on_top(slack, args, most=DEEPEST - 1)


def _on_top(slack: Installed, args: Args, most: int) -> Reply:
    if refused := fault(slack, args.get("view"), "modal"):
        return refused
    trigger = slack.passes.exchange(str(args.get("trigger_id")))
    if isinstance(trigger, str):
        return error(trigger)
    stack = slack.workspace.modals.get(trigger.user, [])
    if most and not stack:
        return error("not_found")
    if most and len(stack) > most:
        return error("push_limit_reached")
    view = show(slack, trigger.user, args["view"], push=bool(most))
    return {"ok": True, "view": view_json(view)}


def show(slack: Installed, user: str, body: dict[str, Any], *, push: bool) -> View:
    """Show a modal to a person, on top of what they see or instead of it."""
    stack = slack.workspace.modals.get(user, []) if push else []
    key = slack.workspace.new_id("V")
    view = View(key, user, body, slack.workspace.new_ts(), stack[0].id if stack else key,
                stack[-1].id if stack else None)  # fmt: skip
    slack.workspace.modals[user] = [*stack, view]
    slack.workspace.tell("modals", user)
    return view


def _update(slack: Installed, args: Args) -> Reply:
    view = _known(slack, args)
    if view is None:
        return error("not_found")
    if args.get("hash") not in (None, view.hash):
        return error("hash_conflict")
    if refused := fault(slack, args.get("view"), "modal"):
        return refused
    return {"ok": True, "view": view_json(change(slack, view, args["view"]))}


def change(slack: Installed, view: View, body: dict[str, Any]) -> View:
    """Put other content into a modal that a person sees."""
    changed = replace(view, body=body, hash=slack.workspace.new_ts())
    stack = slack.workspace.modals[view.user]
    slack.workspace.modals[view.user] = [changed if one.id == view.id else one for one in stack]
    slack.workspace.tell("modals", view.user)
    return changed


def _known(slack: Installed, args: Args) -> View | None:
    for stack in slack.workspace.modals.values():
        for view in stack:
            external = view.body.get("external_id")
            if view.id == args.get("view_id") or (external and external == args.get("external_id")):
                return view
    return None


def _publish(slack: Installed, args: Args) -> Reply:
    user = str(args.get("user_id"))
    if user not in slack.workspace.people:
        return error("user_not_found")
    if refused := fault(slack, args.get("view"), "home"):
        return refused
    before = slack.workspace.homes.get(user)
    if before and args.get("hash") not in (None, before.hash):
        return error("hash_conflict")
    key = before.id if before else slack.workspace.new_id("V")
    view = View(key, user, args["view"], slack.workspace.new_ts(), key)
    slack.workspace.homes[user] = view
    slack.workspace.tell("home", user)
    return {"ok": True, "view": view_json(view)}


METHODS = {"views.open": _open, "views.push": _push, "views.update": _update, "views.publish": _publish}
