"""The agent pane: questions that fit a person's role and what they look at; Stop ends the work."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError

from bot.memory.slack_store import role_of
from bot.slack.desk import Desk
from bot.slack.home import publish

log = logging.getLogger(__name__)

PROMPTS = (
    {"title": "Metrics for a CRO", "message": "What are the top 15 metrics CROs should be tracking?"},
    {"title": "Only ten of them", "message": "Top 10 metrics for a VP Sales"},
    {"title": "Why people metrics", "message": "Why do you include people metrics?"},
    {"title": "What can I ask", "message": "help"},
)
"""The same as in ``manifest.json``, for workspaces that show prompts only when they are set."""
TITLE = "Ask for a balanced list, or for a number"


def register(app: AsyncApp, desk: Desk) -> None:
    """Listen to the pane being opened, to what is looked at beside it, and to its Stop button."""
    panes: dict[
        str, str
    ] = {}  # each person's direct messages, which Slack names only when the pane is opened

    async def opened(event: dict[str, Any]) -> None:
        if event.get("tab") == "messages":
            user, panes[user] = str(event["user"]), str(event["channel"])
            desk.later(("pane", user), lambda: _offer(desk, user, panes[user], None))

    async def looking(event: dict[str, Any]) -> None:
        user = str(event.get("user"))
        entities = (event.get("context") or {}).get("entities") or []
        seen = [str(one["value"]) for one in entities if str(one.get("type")).endswith("channel_id")]
        if user in panes and seen:
            desk.later(("pane", user), lambda: _offer(desk, user, panes[user], seen[0]))

    async def stopped(event: dict[str, Any]) -> None:
        channel, thread = str(event["channel"]), str(event.get("thread_ts") or "")
        await desk.stop(channel, thread)
        try:
            await desk.client.agents_sessions_setStatus(channel_id=channel, thread_ts=thread, status="active")
        except SlackApiError as error:
            log.info("The session cannot be set: %s", error.response.get("error"))

    async def home(event: dict[str, Any]) -> None:
        await opened(event)
        if event.get("tab") == "home":
            user = str(event["user"])
            desk.later(("home", user), lambda: publish(desk, user))

    app.event("app_home_opened")(home)
    app.event("app_context_changed")(looking)
    app.event("agent_session_stopped")(stopped)


def prompts(names: Iterable[str]) -> list[dict[str, str]]:
    """Questions for roles, by their names, and what there is for everybody; four at most."""
    own = [
        {"title": f"Metrics for the {name}", "message": f"Top 10 metrics for the {name}"} for name in names
    ]
    return [*own[:2], *PROMPTS][:4]


async def _offer(desk: Desk, user: str, pane: str, beside: str | None) -> None:
    """Offer questions: of the roles that may be asked for where somebody looks, and of their own role."""
    names = await _names(desk, user, beside)
    try:
        await desk.client.assistant_threads_setSuggestedPrompts(
            channel_id=pane, prompts=prompts(names), title=TITLE
        )
    except SlackApiError as error:
        log.info("This workspace takes no suggested prompts: %s", error.response.get("error"))


async def _names(desk: Desk, user: str, beside: str | None) -> list[str]:
    roles = []
    if own := await asyncio.to_thread(role_of, desk.path.memory.engine, user):
        roles.append(own)
    if beside:
        rights = await desk.path.people.rights(user, beside)
        roles += sorted(rights.scope.roles or ())
    if not roles:
        return []
    catalog = (await asyncio.to_thread(desk.path.open)).catalog
    return list(dict.fromkeys(catalog.roles[role].name for role in roles if role in catalog.roles))
