"""The receipts of an answer, in a modal: as whoever opens it may read them now."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.audience.rights import NotAllowedError, Rights
from bot.audience.seeing import reader, refuse_asking
from bot.slack.blocks import said, small
from bot.slack.buttons import COPY, SOURCES, SQL
from bot.slack.cited import Reading
from bot.slack.desk import Desk
from bot.slack.limits import Block
from bot.slack.pressed import carried, tell
from bot.slack.receipts import GONE, receipts, statements, to_copy
from metrics.engine import Engine


def register(app: AsyncApp, desk: Desk) -> None:
    """Listen to *Sources* under an answer, and to *Copy* and *SQL* under a receipt."""

    async def sources(
        ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        await ack()
        if not (value := carried(body, "answer")):
            await tell(body, respond)
            return
        answer, place = value["answer"], str(body["container"]["channel_id"])
        view = await client.views_open(
            trigger_id=body["trigger_id"], view=modal(small(["One moment…"]), answer, place)
        )
        view_id = str(view["view"]["id"])
        user = str(body["user"]["id"])
        desk.later(("modal", view_id), lambda: _fill(desk, client, view_id, answer, place, user))

    def pushed(title: str, made: Callable[[Reading, str], list[Block]]) -> Callable[..., Awaitable[None]]:
        """A listener that puts a view of one receipt on top of the others."""

        async def push(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
            await ack()
            if not (value := carried(body, "key")):
                return
            place = json.loads(body["view"]["private_metadata"])
            user, answer, channel = str(body["user"]["id"]), str(place["answer"]), str(place["channel"])
            blocks = await _read(desk, answer, channel, user, lambda seen: made(seen, value["key"]))
            view = modal(blocks, answer, channel, title=title)
            await client.views_push(trigger_id=body["trigger_id"], view=view)

        return push

    app.action(SOURCES)(sources)
    app.action(SQL)(pushed("SQL", statements))
    app.action(COPY)(pushed("Copy", to_copy))


def modal(blocks: Iterable[Block], answer: str, channel: str, title: str = "Sources") -> dict[str, Any]:
    """A modal about an answer, opened in a channel."""
    return {
        "type": "modal",
        "title": {"type": "plain_text", "text": title},
        "close": {"type": "plain_text", "text": "Close"},
        "private_metadata": json.dumps({"answer": answer, "channel": channel}),
        "blocks": [dict(block) for block in blocks],
    }


async def _fill(desk: Desk, client: AsyncWebClient, view: str, answer: str, channel: str, user: str) -> None:
    blocks = await _read(desk, answer, channel, user, receipts)
    await client.views_update(view_id=view, view=modal(blocks, answer, channel))


async def _read(
    desk: Desk, answer: str, channel: str, user: str, made: Callable[[Reading], list[Block]]
) -> list[Block]:
    """What is made of an answer as it was recorded, with the eyes of who reads it now: who may ask there at all."""
    contract = await asyncio.to_thread(desk.path.memory.answer, answer)
    rights = await desk.path.people.rights(user, channel, private=True)
    try:
        refuse_asking(rights)
    except NotAllowedError as refused:
        return said(str(refused))
    if not contract:
        return small([GONE])
    return made(reading(contract, answer, rights, await asyncio.to_thread(desk.path.open)))


def reading(contract: Mapping[str, Any], answer: str, rights: Rights, engine: Engine) -> Reading:
    """An answer with the eyes of somebody who reads it alone."""
    seen = reader(rights, engine.catalog, alone=True)
    return Reading(contract, answer, seen, engine.catalog, engine.company.file.currency)
