"""App Home: my scorecard, my role, what the bot was taught, what the data can give; for admins how it fares."""

from __future__ import annotations

import asyncio
import logging
import re
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.memory.slack_store import role_of, set_role
from bot.model import DEFAULT_ROLE
from bot.reading.names.titles import role_of_title
from bot.slack.layout.written import said
from bot.slack.surfaces.ask_form import allowed
from bot.slack.surfaces.home_parts import (
    ROLE,
    TAUGHT,
    admin,
    asked,
    data,
    heading,
    part,
    role_menu,
    rules,
    scorecard,
)
from bot.slack.surfaces.pressed import carried
from bot.slack.work.desk import Desk
from bot.slack.work.serving import for_operators
from metrics.errors import UserError

log = logging.getLogger(__name__)

MOST = 95
"""Blocks of the page, of which Slack takes 100."""


def register(app: AsyncApp, desk: Desk) -> None:
    """Listen to what is clicked and chosen on the page."""

    async def chosen(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        user, role = str(body["user"]["id"]), str(body["actions"][0]["selected_option"]["value"])
        desk.later(("home", user), lambda: _take_role(desk, user, role))

    async def taught(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        if value := carried(body, "ask"):
            user, text = str(body["user"]["id"]), value["ask"]
            desk.later(("home", user), lambda: _do(desk, user, text))

    app.action(ROLE)(chosen)
    app.action(re.compile(rf"^{TAUGHT}:\d+$"))(taught)


async def publish(desk: Desk, user: str, notice: str = "") -> None:
    """Draw somebody's page. A part that fails says so in a sentence, and the others stand."""
    engine = await asyncio.to_thread(desk.path.open)
    viewer = await desk.path.people.viewer(user)
    kept = await asyncio.to_thread(role_of, desk.path.memory.engine, user)
    only = (await desk.path.people.rights_alone(user)).scope.roles
    offered = allowed(engine.catalog, only)
    own = next(
        (one for one in (kept, role_of_title(viewer.title, engine.catalog), DEFAULT_ROLE) if one in offered),
        None,
    )
    role = own or next(iter(offered))
    name = offered[role]
    blocks = [
        *said(notice),
        *heading(f"My scorecard: {name}"),
        *role_menu(offered, role),
        *await part(scorecard(desk, user, name)),
        *heading("What I was taught"),
        *await part(rules(desk, user)),
        *heading("The data"),
        *await part(data(desk, engine)),
    ]
    if viewer.admin:
        blocks += [*heading("For admins"), *await part(admin(desk))]
    view = {"type": "home", "blocks": [dict(block) for block in blocks[:MOST]]}
    await desk.client.views_publish(user_id=user, view=view)


async def _take_role(desk: Desk, user: str, role: str) -> None:
    engine = await asyncio.to_thread(desk.path.open)
    if role in engine.catalog.roles:
        await asyncio.to_thread(set_role, desk.path.memory.engine, user, role)
    await publish(desk, user)


async def _do(desk: Desk, user: str, text: str) -> None:
    """Do what a button of a rule says, and draw the page with what came of it."""
    try:
        answer = await asked(desk, user, text)
        await publish(desk, user, answer.body or answer.title)
    except UserError as mistake:
        if for_operators(mistake):
            raise
        await publish(desk, user, str(mistake))
