"""What people do with buttons, menus and modals: click, choose, submit, close, look for options."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.playground import payloads
from bot.playground.acts import ImpossibleError, channel_for, message_for
from bot.playground.methods import views
from bot.playground.methods.replies import message_json, with_ids
from bot.playground.server import Slack
from bot.playground.workspace import View

Json = dict[str, Any]
CHOSEN = (
    "value",
    *("selected_option", "selected_options", "selected_date", "selected_time", "selected_date_time"),
    *("selected_user", "selected_users", "selected_channel", "selected_channels"),
    *("selected_conversation", "selected_conversations", "rich_text_value"),
)
"""The fields of an action, or of an input, that say what a person chose or typed."""
MISSING = "Please complete this required field."


def elements(blocks: list[Json]) -> Iterator[tuple[str, Json]]:
    """The interactive elements of blocks, each with its block's id."""
    for block in with_ids(blocks):
        inside = block.get("elements", ()) if block["type"] in {"actions", "context_actions"} else ()
        for element in (*inside, block.get("accessory"), block.get("element")):
            if element and element["type"] != "image":
                yield block["block_id"], element


def find(blocks: list[Json], block_id: str, action_id: str) -> Json:
    """One element.

    Raises:
        ImpossibleError: there is none.
    """
    for block, element in elements(blocks):
        if (block, element["action_id"]) == (block_id, action_id):
            return element
    raise ImpossibleError(f"there is no element {action_id} in block {block_id}")


def view_for(slack: Slack, user: str, view_id: str) -> View:
    """A modal or home page that a person sees.

    Raises:
        ImpossibleError: they see none of that id.
    """
    shown = list(slack.workspace.modals.get(user, ()))
    if user in slack.workspace.homes:
        shown.append(slack.workspace.homes[user])
    for view in shown:
        if view.id == view_id:
            return view
    raise ImpossibleError(f"{user} sees no view {view_id}")


async def click(
    slack: Slack, user: str, channel: str, ts: str, chosen: Json, state: Json | None = None
) -> bool:
    """Click or choose in a message. Whether the app acknowledged it in time."""
    place, message = channel_for(slack, user, channel), message_for(slack, user, channel, ts)
    element = find(message.blocks, chosen["block_id"], chosen["action_id"])
    payload = payloads.clicked(
        slack.workspace.people[user],
        _action(slack, element, chosen),
        trigger=slack.passes.trigger(user),
        state=state or {},
        place=payloads.on_message(place, message_json(message), ephemeral=message.only_for is not None),
        url=slack.response_url(user, channel, message.thread, ts),
    )
    return await slack.interact(payload)


async def click_in_view(
    slack: Slack, user: str, view_id: str, chosen: Json, values: Json | None = None
) -> bool:
    """Click or choose in a modal or home page. Whether the app acknowledged it in time."""
    view = view_for(slack, user, view_id)
    element = find(view.body["blocks"], chosen["block_id"], chosen["action_id"])
    payload = payloads.clicked(
        slack.workspace.people[user],
        _action(slack, element, chosen),
        trigger=slack.passes.trigger(user),
        state=values or {},
        place={"view": views.view_json(view, values), "container": {"type": "view", "view_id": view.id}},
        url=None,
    )
    return await slack.interact(payload)


def _action(slack: Slack, element: Json, chosen: Json) -> Json:
    action: Json = {
        "type": element["type"],
        "action_id": element["action_id"],
        "block_id": chosen["block_id"],
    }
    if element["type"] == "feedback_buttons":
        buttons = [element["positive_button"], element["negative_button"]]
        action |= next(
            {"text": one["text"], "value": one["value"]} for one in buttons if one["value"] == chosen["value"]
        )
    elif element["type"] in {"button", "icon_button"}:
        action |= {key: element[key] for key in ("text", "value", "style", "url") if key in element}
    else:
        action |= {key: chosen[key] for key in CHOSEN if key in chosen}
    return action | {"action_ts": slack.workspace.new_ts()}


async def submit(slack: Slack, user: str, view_id: str, values: Json) -> Json:
    """Submit the modal on top. The errors to show by block, or what ``failed``; empty when it was taken."""
    view = view_for(slack, user, view_id)
    if errors := _missing(view, values):
        return {"errors": errors}
    payload = payloads.interaction(
        "view_submission",
        slack.workspace.people[user],
        trigger_id=slack.passes.trigger(user),
        view=views.view_json(view, values),
        response_urls=[],
    )
    delivery = await slack.link.deliver("interactive", payload)
    if delivery.acked_after is None:
        return {"failed": "the app did not answer in time"}
    return _taken(slack, view, delivery.response or {})


def _missing(view: View, values: Json) -> Json:
    """Inputs that have to be filled in and are not; Slack itself sees to that."""
    errors = {}
    for block in with_ids(view.body["blocks"]):
        if block["type"] == "input" and not block.get("optional"):
            given = values.get(block["block_id"], {}).get(block["element"]["action_id"], {})
            if not any(given.get(key) for key in CHOSEN):
                errors[block["block_id"]] = MISSING
    return errors


def _taken(slack: Slack, view: View, response: Json) -> Json:
    action, stack = response.get("response_action"), slack.workspace.modals.get(view.user, [])
    if action == "errors":
        inputs = {one["block_id"] for one in with_ids(view.body["blocks"]) if one["type"] == "input"}
        if not response.get("errors") or set(response["errors"]) - inputs:
            slack.violations.append(f"errors for blocks that are no inputs: {response.get('errors')}")
        return {"errors": response.get("errors", {})}
    if action in {"update", "push"}:
        if refused := views.fault(slack, response.get("view"), "modal"):
            slack.violations.append(f"a view in an acknowledgement was refused: {refused}")
            return {"failed": "the app answered with a view that cannot be shown"}
        if action == "push":
            views.show(slack, view.user, response["view"], push=True)
        else:
            views.change(slack, view, response["view"])
        return {}
    if action not in {None, "clear"}:
        slack.violations.append(f"unknown response_action: {action}")
    slack.workspace.modals[view.user] = (
        [] if action == "clear" else [one for one in stack if one.id != view.id]
    )
    slack.workspace.tell("modals", view.user)
    return {}


async def close(slack: Slack, user: str, view_id: str, *, everything: bool = False) -> None:
    """Close a modal, or with it all those under it."""
    view = view_for(slack, user, view_id)
    stack = slack.workspace.modals.get(user, [])
    left = (
        [] if everything or view.body.get("clear_on_close") else [one for one in stack if one.id != view_id]
    )
    slack.workspace.modals[user] = left
    slack.workspace.tell("modals", user)
    if view.body.get("notify_on_close"):
        shape = {"view": views.view_json(view), "is_cleared": not left and len(stack) > 1}
        await slack.interact(payloads.interaction("view_closed", slack.workspace.people[user], **shape))


async def suggest(
    slack: Slack, user: str, view_id: str, block_id: str, action_id: str, typed: str
) -> list[Json]:
    """The options that the app gives for what was typed into an external select of a view."""
    view = view_for(slack, user, view_id)
    find(view.body["blocks"], block_id, action_id)
    payload = payloads.interaction(
        "block_suggestion",
        slack.workspace.people[user],
        action_id=action_id,
        block_id=block_id,
        value=typed,
        view=views.view_json(view),
        container={"type": "view", "view_id": view.id},
    )
    delivery = await slack.link.deliver("interactive", payload)
    options: list[Json] = (delivery.response or {}).get("options", [])
    return options
