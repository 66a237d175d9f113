"""The shortcut *Explain these metrics*, on any message."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.reading.context.around import Around
from bot.reading.context.pointing import Thread
from bot.reading.seen import see
from bot.slack.layout.limits import texts
from bot.slack.layout.text import spoken
from bot.slack.tickets.incoming import HELP
from bot.slack.tickets.ticket import Ticket, private_thread
from bot.slack.work.desk import Desk
from metrics.engine import Engine

EXPLAIN = "explain_message"
MOST = 5
"""Metrics of one message that are explained."""
READ = 3_000
"""Characters of a message that are looked through."""


def register(app: AsyncApp, desk: Desk) -> None:
    """Listen to the shortcut."""

    async def explain(ack: AsyncAck, shortcut: dict[str, Any]) -> None:
        text = await asyncio.to_thread(_explained, shortcut["message"], desk.path.open)
        user = str(shortcut["user"]["id"])
        await desk.keep(
            Ticket(
                text=text,
                user=user,
                channel=str(shortcut["channel"]["id"]),
                thread=private_thread(user),
                keys=(f"shortcut:{shortcut['trigger_id']}",),
                response_url=str(shortcut["response_url"]),
            )
        )
        await ack()

    app.shortcut(EXPLAIN)(explain)


def _explained(message: Mapping[str, Any], company: Callable[[], Engine]) -> str:
    """The question that explains the metrics which a message names."""
    engine = company()
    said = spoken(" ".join([str(message.get("text") or ""), *texts(message.get("blocks"))])[:READ], None)
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
