"""/metrics QUESTION: answered to the asker alone, wherever it was typed."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext

from bot.slack.layout.text import spoken
from bot.slack.tickets.incoming import HELP
from bot.slack.tickets.ticket import COMMAND, Ticket, private_thread
from bot.slack.work.desk import Desk


def register(app: AsyncApp, desk: Desk) -> None:
    """Listen to the command. It is kept, then acknowledged, before anything else happens."""

    async def commanded(ack: AsyncAck, command: dict[str, Any], context: AsyncBoltContext) -> None:
        await desk.keep(_ticket(command, context.bot_user_id))
        await ack()

    app.command(COMMAND)(commanded)


def _ticket(command: dict[str, Any], bot_user: str | None) -> Ticket:
    """A command stands in no thread: each person's commands in a channel are one conversation."""
    user = str(command["user_id"])
    return Ticket(
        text=spoken(command.get("text") or "", bot_user) or HELP,
        user=user,
        channel=str(command["channel_id"]),
        thread=private_thread(user),
        keys=(f"command:{command['trigger_id']}",),
        response_url=str(command["response_url"]),
    )
