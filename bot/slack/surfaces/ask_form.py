"""The shortcut *Ask for metrics*: a small form (role, count, period, team), answered in direct messages."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.memory.slack_store import role_of
from bot.reading.names.titles import role_of_title
from bot.slack.layout.text import plain
from bot.slack.tickets.incoming import HELP
from bot.slack.tickets.teams import options
from bot.slack.tickets.ticket import Ticket
from bot.slack.work.desk import Desk
from bot.slack.work.opening import COUNT, COUNTS, PERIOD, PERIODS, ROLE, TEAM, offered
from metrics.model import Catalog

FORM = "ask_metrics"


def register(app: AsyncApp, desk: Desk) -> None:
    """Listen to the shortcut, to what is typed into the menu of teams, and to the form."""

    async def ask(ack: AsyncAck, shortcut: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        user = str(shortcut["user"]["id"])
        catalog = (await asyncio.to_thread(desk.path.open)).catalog
        kept = await desk.at_once(lambda: role_of(desk.path.memory.engine, user))
        role = kept or role_of_title((await desk.path.people.viewer(user)).title, catalog)
        view = form(catalog, role, (await desk.path.people.rights_alone(user)).scope.roles)
        await client.views_open(trigger_id=shortcut["trigger_id"], view=view)

    async def suggested(ack: AsyncAck, body: dict[str, Any]) -> None:
        found = await offered(desk.path, str(body["user"]["id"]))
        await ack(options=options(found, str(body.get("value") or "")))

    async def submitted(ack: AsyncAck, body: dict[str, Any]) -> None:
        user, view, values = (
            str(body["user"]["id"]),
            f"view:{body['view']['id']}",
            body["view"]["state"]["values"],
        )
        picked = {name: _picked(values, name) for name in (ROLE, COUNT, PERIOD, TEAM)}
        await desk.keep(Ticket(text=HELP, user=user, channel=user, thread=view, keys=(view,), form=picked))
        await ack()

    app.shortcut(FORM)(ask)
    app.options(TEAM)(suggested)
    app.view(FORM)(submitted)


def form(catalog: Catalog, role: str | None, only: Collection[str] | None = None) -> dict[str, Any]:
    """The form: a role (the person's own first), how many metrics, which period, which team.

    ``only`` are the roles that they may ask for, where that is limited. The teams are looked up when they are wanted.
    """
    roles = allowed(catalog, only)
    return {
        "type": "modal",
        "callback_id": FORM,
        "title": {"type": "plain_text", "text": "Metrics for a role"},
        "submit": {"type": "plain_text", "text": "Ask"},
        "close": {"type": "plain_text", "text": "Cancel"},
        "blocks": [
            _select(ROLE, "Role", roles, role or next(iter(roles))),
            _select(COUNT, "How many", {str(n): str(n) for n in COUNTS}, "15"),
            _select(PERIOD, "Period", {one: one for one in PERIODS}, PERIODS[0]),
            _team(),
        ],
    }


def allowed(catalog: Catalog, only: Collection[str] | None) -> dict[str, str]:
    """The roles that somebody may choose, by id, in the order of their names; all where none is left."""
    names = {one.id: one.name for one in sorted(catalog.roles.values(), key=lambda one: one.name)}
    return {role: name for role, name in names.items() if only is None or role in only} or names


def _picked(values: Mapping[str, Any], name: str) -> str:
    """What was chosen in a menu; empty where nothing was."""
    option = ((values.get(name) or {}).get(name) or {}).get("selected_option") or {}
    return str(option.get("value") or "")


def _team() -> dict[str, Any]:
    """The menu of teams, which may stay empty. What it offers depends on who looks."""
    return {
        "type": "input",
        "block_id": TEAM,
        "optional": True,
        "label": {"type": "plain_text", "text": "Team"},
        "hint": {"type": "plain_text", "text": "Metrics that a team has values of are narrowed to it."},
        "element": {
            "type": "external_select",
            "action_id": TEAM,
            "min_query_length": 0,
            "placeholder": {"type": "plain_text", "text": "The whole company"},
        },
    }


def _select(name: str, label: str, options: Mapping[str, str], initial: str) -> dict[str, Any]:
    known = [
        {"text": {"type": "plain_text", "text": plain(text)[:75]}, "value": value}
        for value, text in options.items()
    ]
    first = next((one for one in known if one["value"] == initial), known[0])
    return {
        "type": "input",
        "block_id": name,
        "label": {"type": "plain_text", "text": label},
        "element": {"type": "static_select", "action_id": name, "options": known, "initial_option": first},
    }
