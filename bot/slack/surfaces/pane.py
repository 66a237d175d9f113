"""The agent pane: questions that fit a person's role and what they look at; Stop ends the work."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Collection, Mapping
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError

from bot.audience.places import is_direct
from bot.memory.slack_store import role_of
from bot.reading.names.titles import role_of_place, role_of_title
from bot.slack.sending.meanings import code_of
from bot.slack.surfaces.home import publish
from bot.slack.work.desk import Desk
from metrics.errors import UserError
from metrics.model import Catalog

log = logging.getLogger(__name__)

PROMPTS = (
    {"title": "Fifteen for the CRO", "message": "What are the top 15 metrics CROs should be tracking?"},
    {"title": "Ten for the VP Sales", "message": "Top 10 metrics for the VP Sales"},
    {"title": "Why people metrics", "message": "Why do you include people metrics?"},
    {"title": "What can I ask", "message": "help"},
)
"""The same as in ``manifest.json``, for workspaces that show prompts only when they are set."""
ABOUT = ("chief_revenue_officer", "vp_sales", None, None)
"""The role that each of these asks for."""
TITLE = "Ask for a balanced list, or for a number"
OWN = 2
"""Prompts that are made for who looks, of the four that Slack shows."""


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
        alone = is_direct(channel)  # elsewhere nobody ends what somebody else asked
        await desk.stop(channel, thread, None if alone else str(event.get("user")))
        try:
            await desk.client.agents_sessions_setStatus(channel_id=channel, thread_ts=thread, status="active")
        except SlackApiError as error:
            log.info("The session cannot be set: %s", code_of(error))

    async def home(event: dict[str, Any]) -> None:
        await opened(event)
        if event.get("tab") == "home":
            user = str(event["user"])
            desk.later(("home", user), lambda: publish(desk, user))

    app.event("app_home_opened")(home)
    app.event("app_context_changed")(looking)
    app.event("agent_session_stopped")(stopped)
    _register_older(app, desk)


def _register_older(app: AsyncApp, desk: Desk) -> None:
    async def older(event: dict[str, Any]) -> None:
        """The pane of apps that were made before ``agent_view``: it is a thread, and says what is beside it."""
        pane = event.get("assistant_thread") or {}
        user, channel, thread = (str(pane.get(name) or "") for name in ("user_id", "channel_id", "thread_ts"))
        beside = str((pane.get("context") or {}).get("channel_id") or "") or None
        if user and channel:
            desk.later(("pane", user), lambda: _offer(desk, user, channel, beside, thread))

    app.event("assistant_thread_started")(older)
    app.event("assistant_thread_context_changed")(older)


def prompts(roles: Mapping[str, str], only: Collection[str] | None = None) -> list[dict[str, str]]:
    """Questions for roles, ids and names, and what there is for everybody: four at most, and no two for one role.

    ``only`` are the roles that may be asked for, where that is limited.
    """
    own = [
        {"title": f"Metrics for the {name}", "message": f"Top 10 metrics for the {name}"}
        for name in list(roles.values())[:OWN]
    ]
    offered = set(list(roles)[:OWN])
    others = [
        one
        for one, role in zip(PROMPTS, ABOUT, strict=True)
        if role is None or (role not in offered and (only is None or role in only))
    ]
    return [*own, *others][:4]


async def _offer(desk: Desk, user: str, pane: str, beside: str | None, thread: str = "") -> None:
    """Offer questions for somebody's own role, and for the one that what they look at is about."""
    try:
        roles, only = await _roles(desk, user, beside)
    except UserError as mistake:  # no company, or one that does not work: there are prompts for everybody
        log.info("No prompts for one role: %s", mistake)
        roles, only = {}, None
    try:
        await desk.client.assistant_threads_setSuggestedPrompts(
            channel_id=pane, thread_ts=thread or None, prompts=prompts(roles, only), title=TITLE
        )
    except SlackApiError as error:
        log.info("This workspace takes no suggested prompts: %s", code_of(error))


async def _roles(desk: Desk, user: str, beside: str | None) -> tuple[dict[str, str], Collection[str] | None]:
    """The roles to offer, with their names: none that they may not ask for; and those that they may, where limited."""
    catalog = (await asyncio.to_thread(desk.path.open)).catalog
    roles = [await _own(desk, user, catalog)]
    if beside:
        roles += await _about(desk, user, beside, catalog)
    allowed = (await desk.path.people.rights_alone(user)).scope.roles
    found = [role for role in roles if role and (allowed is None or role in allowed)]
    return {role: catalog.roles[role].name for role in found if role in catalog.roles}, allowed


async def _own(desk: Desk, user: str, catalog: Catalog) -> str | None:
    """The role that somebody said they have, else the one of their title."""
    if kept := await asyncio.to_thread(role_of, desk.path.memory.engine, user):
        return kept
    return role_of_title((await desk.path.people.viewer(user)).title, catalog)


async def _about(desk: Desk, user: str, channel: str, catalog: Catalog) -> list[str]:
    """The roles that a channel is about: those that the policy names for it, else the one of its name or topic."""
    rights = await desk.path.people.rights(user, channel)
    if rights.scope.roles:
        return sorted(rights.scope.roles)
    room = await desk.path.people.room(channel)
    role = role_of_place(room.name, room.topic, catalog)
    return [role] if role else []
