"""The bot's own page, as far as it goes: opening its messages offers questions to ask."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError

from bot.slack.desk import Desk

log = logging.getLogger(__name__)

PROMPTS = (
    {"title": "Metrics for a CRO", "message": "What are the top 15 metrics CROs should be tracking?"},
    {"title": "Only ten of them", "message": "Top 10 metrics for a VP Sales"},
    {"title": "Why people metrics", "message": "Why do you include people metrics?"},
    {"title": "What can I ask", "message": "help"},
)
"""The same as in ``manifest.json``, for workspaces that show prompts only when they are set."""


def register(app: AsyncApp, desk: Desk) -> None:
    """Listen to the page being opened."""

    async def opened(
        event: dict[str, Any], set_suggested_prompts: Callable[..., Awaitable[Any]] | None
    ) -> None:
        if event.get("tab") == "messages" and set_suggested_prompts is not None:
            prompts = set_suggested_prompts
            desk.lanes.put(("home", event.get("user")), lambda: _offer(prompts))

    app.event("app_home_opened")(opened)


async def _offer(set_suggested_prompts: Callable[..., Awaitable[Any]]) -> None:
    try:
        await set_suggested_prompts(prompts=list(PROMPTS), title="Ask for a balanced list, or for a number")
    except SlackApiError as error:
        log.info("This workspace takes no suggested prompts: %s", error.response.get("error"))
