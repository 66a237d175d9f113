"""What the page sends -> what a person does in the workspace, and what the page is told of it.

Each takes the server, the manifest, who it is, and what the page sent.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from bot.playground import acts, clicks, shapes
from bot.playground.manifest import Manifest
from bot.playground.server import Slack

Json = dict[str, Any]


async def _say(slack: Slack, manifest: Manifest, user: str, sent: Json) -> Json:
    text, thread = sent["text"].strip(), sent.get("thread")
    word, _, rest = text.partition(" ")
    if word in {one["command"] for one in manifest.commands}:
        if thread:
            return {"failed": f"{word} works outside threads only, as in Slack."}
        acked = await acts.command(slack, user, sent["channel"], word, shapes.typed(slack, rest.strip()))
        return {} if acked else {"failed": f"{manifest.name} did not respond to {word} in time."}
    if not text:
        return {}
    said = await acts.say(slack, user, sent["channel"], shapes.typed(slack, text), thread)
    return {"ts": said.ts}


async def _edit(slack: Slack, _: Manifest, user: str, sent: Json) -> Json:
    await acts.edit(slack, user, sent["channel"], sent["ts"], shapes.typed(slack, sent["text"]))
    return {}


async def _delete(slack: Slack, _: Manifest, user: str, sent: Json) -> Json:
    await acts.delete(slack, user, sent["channel"], sent["ts"])
    return {}


async def _click(slack: Slack, manifest: Manifest, user: str, sent: Json) -> Json:
    if "view" in sent:
        acked = await clicks.click_in_view(slack, user, sent["view"], sent["chosen"], sent.get("state"))
    else:
        acked = await clicks.click(
            slack, user, sent["channel"], sent["ts"], sent["chosen"], sent.get("state")
        )
    return {} if acked else {"failed": f"{manifest.name} did not respond in time."}


async def _submit(slack: Slack, _: Manifest, user: str, sent: Json) -> Json:
    return await clicks.submit(slack, user, sent["view"], sent["state"])


async def _close(slack: Slack, _: Manifest, user: str, sent: Json) -> Json:
    await clicks.close(slack, user, sent["view"], everything=bool(sent.get("everything")))
    return {}


async def _suggest(slack: Slack, _: Manifest, user: str, sent: Json) -> Json:
    given = sent["view"], sent["block_id"], sent["action_id"], sent["typed"]
    return {"options": await clicks.suggest(slack, user, *given)}


async def _shortcut(slack: Slack, manifest: Manifest, user: str, sent: Json) -> Json:
    if "ts" in sent:
        acked = await acts.message_shortcut(slack, user, sent["channel"], sent["ts"], sent["callback_id"])
    else:
        acked = await acts.shortcut(slack, user, sent["callback_id"])
    return {} if acked else {"failed": f"{manifest.name} did not respond in time."}


async def _home(slack: Slack, _: Manifest, user: str, sent: Json) -> Json:
    await acts.open_home(slack, user, "home" if sent["tab"] == "home" else "messages")
    return {}


async def _look(slack: Slack, _: Manifest, user: str, sent: Json) -> Json:
    await acts.look_at(slack, user, sent["channel"])
    return {}


async def _stop(slack: Slack, _: Manifest, user: str, sent: Json) -> Json:
    await acts.stop(slack, user, sent["channel"], sent["thread"])
    return {}


DEEDS: Mapping[str, Callable[[Slack, Manifest, str, Json], Awaitable[Json]]] = {
    "say": _say,
    "edit": _edit,
    "delete": _delete,
    "click": _click,
    "submit": _submit,
    "close": _close,
    "suggest": _suggest,
    "shortcut": _shortcut,
    "home": _home,
    "look": _look,
    "stop": _stop,
}
"""What the page may send, by the name it sends it under."""
