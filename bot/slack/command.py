"""/metrics QUESTION: answered to the asker alone, wherever it was typed."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext

from bot.model import Question
from bot.slack.desk import Desk, Ticket
from bot.slack.incoming import HELP
from bot.slack.outlets import to_asker
from bot.slack.signs import word
from bot.slack.text import spoken

COMMAND = "/metrics"
WORD_AFTER = 3.0
"""Seconds after which the asker is told that work goes on: that sentence stays, so it is not said early."""


def register(app: AsyncApp, desk: Desk) -> None:
    """Listen to the command. It is acknowledged before anything else happens."""

    async def commanded(ack: AsyncAck, command: dict[str, Any], context: AsyncBoltContext) -> None:
        await ack()
        desk.take(_ticket(desk, command, context.bot_user_id))

    app.command(COMMAND)(commanded)


def _ticket(desk: Desk, command: dict[str, Any], bot_user: str | None) -> Ticket:
    """A command stands in no thread: each person's commands in a channel are one conversation."""
    user = str(command["user_id"])
    outlet = to_asker(str(command["response_url"]), desk.pace)
    return Ticket(
        question=Question(
            text=spoken(command.get("text") or "", bot_user) or HELP,
            user=user,
            channel=str(command["channel_id"]),
            thread=f"{COMMAND}:{user}",
        ),
        keys=(f"command:{command['trigger_id']}",),
        outlet=outlet,
        sign=word(outlet, after=WORD_AFTER),
    )
