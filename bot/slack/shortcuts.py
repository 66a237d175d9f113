"""Shortcuts: *Explain these metrics* on any message, and a small form that asks for a list."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.memory.slack_store import role_of
from bot.reading.around import Around
from bot.reading.pointing import Thread
from bot.reading.seen import see
from bot.slack.desk import Desk
from bot.slack.incoming import HELP
from bot.slack.text import mrkdwn, spoken
from bot.slack.ticket import Ticket
from metrics.engine import Engine
from metrics.model import Catalog

EXPLAIN, FORM = "explain_message", "ask_metrics"
MOST = 5
"""Metrics of one message that are explained."""
READ = 3_000
"""Characters of a message that are looked through."""
PERIODS = ("last quarter", "this quarter", "last month", "last year", "ytd")
COUNTS = (5, 10, 15, 20)
ROLE, COUNT, PERIOD = "role", "count", "period"


def register(app: AsyncApp, desk: Desk) -> None:
    """Listen to both shortcuts and to the form."""

    async def explain(ack: AsyncAck, shortcut: dict[str, Any]) -> None:
        text = await asyncio.to_thread(_explained, shortcut["message"], desk.path.open)
        user = str(shortcut["user"]["id"])
        await desk.keep(
            Ticket(
                text=text,
                user=user,
                channel=str(shortcut["channel"]["id"]),
                thread=f"/metrics:{user}",
                keys=(f"shortcut:{shortcut['trigger_id']}",),
                response_url=str(shortcut["response_url"]),
            )
        )
        await ack()

    async def ask(ack: AsyncAck, shortcut: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        user = str(shortcut["user"]["id"])
        role = await asyncio.to_thread(role_of, desk.path.memory.engine, user)
        await client.views_open(trigger_id=shortcut["trigger_id"], view=form(desk.path.open().catalog, role))

    async def submitted(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        user, text = str(body["user"]["id"]), asked(body["view"]["state"]["values"], desk.path.open().catalog)
        root = await client.chat_postMessage(channel=user, text=f"You asked: {mrkdwn(text)}")
        channel, ts = str(root["channel"]), str(root["ts"])
        await desk.keep(
            Ticket(text=text, user=user, channel=channel, thread=ts, keys=(f"view:{body['view']['id']}",),
                   root=ts, ts=ts, in_thread=True)
        )  # fmt: skip

    app.shortcut(EXPLAIN)(explain)
    app.shortcut(FORM)(ask)
    app.view(FORM)(submitted)


def form(catalog: Catalog, role: str | None) -> dict[str, Any]:
    """The form: a role (the person's own first), how many metrics, which period."""
    roles = {one.id: one.name for one in sorted(catalog.roles.values(), key=lambda one: one.name)}
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
        ],
    }


def asked(values: Mapping[str, Any], catalog: Catalog) -> str:
    """The question that a filled-in form asks. Only what the form offered is taken from it."""
    if values[ROLE][ROLE]["selected_option"]["value"] not in catalog.roles:
        return HELP
    chosen = {name: str(values[name][name]["selected_option"]["value"]) for name in (ROLE, COUNT, PERIOD)}
    count = int(chosen[COUNT]) if chosen[COUNT] in {str(n) for n in COUNTS} else COUNTS[-1]
    period = chosen[PERIOD] if chosen[PERIOD] in PERIODS else PERIODS[0]
    return f"Top {count} metrics for the {catalog.role(chosen[ROLE]).name} {period}"


def _explained(message: Mapping[str, Any], open_: Any) -> str:
    """The question that explains the metrics which a message names."""
    engine: Engine = open_()
    said = spoken(" ".join([str(message.get("text") or ""), *_texts(message.get("blocks"))])[:READ], None)
    day = datetime.now(UTC).date()
    seen = see(
        said,
        catalog=engine.catalog,
        calendar=engine.company.calendar,
        as_of=day,
        around=Around(Thread((), None)),
    )
    names = [engine.catalog.metric(metric).name for metric in dict.fromkeys(seen.metrics)][:MOST]
    return f"What is {' and '.join(names)}?" if names else HELP


def _texts(node: Any) -> Iterator[str]:
    """Every text in a message's blocks: tables hold names that its text does not."""
    if isinstance(node, Mapping):
        for key, value in node.items():
            if key == "text" and isinstance(value, str):
                yield value
            else:
                yield from _texts(value)
    elif isinstance(node, list):
        for item in node:
            yield from _texts(item)


def _select(name: str, label: str, options: Mapping[str, str], initial: str) -> dict[str, Any]:
    known = [
        {"text": {"type": "plain_text", "text": text}, "value": value} for value, text in options.items()
    ]
    first = next((one for one in known if one["value"] == initial), known[0])
    return {
        "type": "input",
        "block_id": name,
        "label": {"type": "plain_text", "text": label},
        "element": {"type": "static_select", "action_id": name, "options": known, "initial_option": first},
    }
