"""What a button carries: what the bot put there, perhaps long ago and in another version. Anything else is old."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from slack_bolt.async_app import AsyncRespond

OLD = "I no longer know what that button meant: ask me again, please."


def carried(body: Mapping[str, Any], *names: str) -> dict[str, str] | None:
    """What the button that was pressed carries under these names, or None where it is none of ours."""
    try:
        found = json.loads(body["actions"][0]["value"])
    except (ValueError, TypeError, KeyError, IndexError, RecursionError):
        return None
    if not isinstance(found, dict) or not all(isinstance(found.get(name), str) for name in names):
        return None
    return {name: value for name, value in found.items() if isinstance(value, str)}


async def tell(body: Mapping[str, Any], respond: AsyncRespond) -> None:
    """Say so to who pressed it; in a modal or on the home page there is no way to."""
    if body.get("response_url"):
        await respond(text=OLD, replace_original=False)
