"""Messages: direct ones, which all ask; edits and deletions of questions; and what follows in a thread of ours.

Direct messages arrive by default. Those of channels arrive only where the operator asked for them (see ``manifest``):
then a question in a thread that the bot takes part in needs no mention.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.async_app import AsyncApp, AsyncBoltContext

from bot.slack.tickets import incoming
from bot.slack.work.desk import Desk


def register(app: AsyncApp, desk: Desk) -> None:
    """Listen to messages. What bots say goes unanswered, but is acknowledged."""

    async def heard(
        event: dict[str, Any],
        body: dict[str, Any],
        context: AsyncBoltContext,
        next_: Callable[[], Awaitable[None]],
    ) -> None:
        """Before the acknowledgement: keep what asks."""
        bot = context.bot_user_id
        if incoming.asks(event):
            direct = event.get("channel_type") == "im"
            if direct or await _ours(desk, event, bot):
                await desk.keep(incoming.ticket(event, body, bot, quiet=not direct))
        elif (edit := incoming.edited(event, body, bot)) and await _known(desk, edit.source):
            await desk.keep(edit)
        await next_()

    async def changed(event: dict[str, Any], body: dict[str, Any], context: AsyncBoltContext) -> None:
        """After it: end the work on a question that says something else now, or is gone."""
        edit = incoming.edited(event, body, context.bot_user_id)
        if source := incoming.deleted(event) or (edit and edit.source):
            await desk.stop_older(source, open_edits=edit is not None)

    app.event("message", middleware=[heard])(changed)


async def _known(desk: Desk, source: str) -> bool:
    """Whether a message asked something before."""
    return await desk.at_once(lambda: desk.inbox.of_source(source)) is not None


async def _ours(desk: Desk, event: dict[str, Any], bot_user: str | None) -> bool:
    """Whether a message in a channel goes on with a conversation of ours, and does not call the bot by name."""
    if not event.get("thread_ts") or f"<@{bot_user}" in (event.get("text") or ""):
        return False
    channel, thread = str(event["channel"]), str(event["thread_ts"])
    return await desk.at_once(lambda: desk.inbox.knows(channel, thread))
