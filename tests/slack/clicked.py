"""What people do in Slack, done to the look-alike: press what a message offers, fill in and send a form."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import partial
from typing import Any

from bot.answer import Bot, answer
from bot.playground import clicks, payloads
from tests.slack_server import ANN, SALES, Posted
from tests.slack_server.running import Running, running


def at(bot: Bot, **more: Any) -> Any:
    """The bot at work in the look-alike."""
    return running(partial(answer, bot=bot), memory=bot.memory, open_=partial(bot.open, None), **more)


def find(blocks: list[dict[str, Any]], action: str) -> dict[str, Any]:
    """What to click: the element with this action id, or a button with this label."""
    for block, element in clicks.elements(blocks):
        if action in (element["action_id"], element.get("text", {}).get("text")):
            return {"block_id": block, "action_id": element["action_id"]}
    raise AssertionError(f"nothing to click is called {action}")


async def press(bot: Running, message: Posted, action: str, user: str = ANN, **chosen: Any) -> None:
    where = find(message.blocks, action) | chosen
    assert await clicks.click(bot.slack, user, message.channel, message.ts, where)


async def modal(bot: Running, user: str, has: str) -> dict[str, Any]:
    """The modal on top, once it says something."""

    def there() -> bool:
        stack = bot.slack.workspace.modals.get(user, [])
        return bool(stack) and has in json.dumps(stack[-1].body, ensure_ascii=False)

    await bot.slack.until(there, within=10)
    view = bot.slack.workspace.modals[user][-1]
    return {"id": view.id, "text": json.dumps(view.body, ensure_ascii=False), "blocks": view.body["blocks"]}


ODD = {"type": "message", "user": ANN, "ts": "1.0", "text": "our win rate and NRR look odd"}


async def explain(bot: Running, user: str, message: Mapping[str, Any] = ODD) -> None:
    """Somebody chooses the shortcut of a message."""
    payload = payloads.interaction(
        "message_action",
        bot.slack.workspace.people[user],
        callback_id="explain_message",
        trigger_id=bot.slack.passes.trigger(user),
        response_url=bot.slack.response_url(user, SALES),
        channel={"id": SALES, "name": "sales"},
        message_ts="1.0",
        message=message,
    )
    assert await bot.slack.interact(payload)


def filled(**values: str) -> dict[str, Any]:
    """What a form sends in which these were chosen."""
    return {
        name: {name: {"type": "static_select", "selected_option": {"value": value}}}
        for name, value in values.items()
    }


FILLED = filled(role="chief_revenue_officer", count="10", period="last quarter")


async def opened_form(bot: Running, user: str = ANN) -> dict[str, Any]:
    """The form of the global shortcut, once somebody has it."""
    payload = payloads.interaction(
        "shortcut",
        bot.slack.workspace.people[user],
        callback_id="ask_metrics",
        trigger_id=bot.slack.passes.trigger(user),
    )
    assert await bot.slack.interact(payload)
    return await modal(bot, user, "How many")
