"""The receipts of an answer, in a modal: as whoever opens it may read them now."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.audience.rights import NotAllowedError, Rights
from bot.audience.seeing import reader, refuse_asking
from bot.slack.layout.buttons import COPY, SOURCES, SQL
from bot.slack.layout.cited import Reading
from bot.slack.layout.limits import Block
from bot.slack.layout.receipts import GONE, receipts, statements, to_copy
from bot.slack.layout.written import said, small
from bot.slack.sending.meanings import told_what_it_means
from bot.slack.surfaces.pressed import carried, tell
from bot.slack.work.desk import Desk
from metrics.engine import Engine

log = logging.getLogger(__name__)

WAITING = "One moment…"
FAILED = (
    "Something went wrong on my side, so this cannot be shown. It is logged under the answer's id, `{answer}`: "
    "close this and try again, or give that id to whoever runs me."
)


@dataclass(frozen=True)
class View:
    """A modal that is open: of which answer, opened in which channel, by whom."""

    id: str
    title: str
    answer: str
    channel: str
    user: str


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
        waiting = modal(small([WAITING]), answer, place)
        opened = await client.views_open(trigger_id=body["trigger_id"], view=waiting)
        view = View(str(opened["view"]["id"]), "Sources", answer, place, str(body["user"]["id"]))
        desk.later(("modal", view.id), lambda: _fill(desk, view, receipts))

    def pushed(title: str, made: Callable[[Reading, str], list[Block]]) -> Callable[..., Awaitable[None]]:
        """A listener that puts a view of one receipt on top of the others."""

        async def push(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
            await ack()
            if not (value := carried(body, "key")):
                return
            place = json.loads(body["view"]["private_metadata"])
            answer, channel = str(place["answer"]), str(place["channel"])
            waiting = modal(small([WAITING]), answer, channel, title=title)
            opened = await client.views_push(trigger_id=body["trigger_id"], view=waiting)
            view = View(str(opened["view"]["id"]), title, answer, channel, str(body["user"]["id"]))
            desk.later(("modal", view.id), lambda: _fill(desk, view, lambda found: made(found, value["key"])))

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


async def _fill(desk: Desk, view: View, made: Callable[[Reading], list[Block]]) -> None:
    """Put into a view what it was opened for; where that fails, a sentence with the answer's id."""
    try:
        async with asyncio.timeout(desk.patience):
            await _show(desk, view, await _read(desk, view, made))
    except Exception:
        log.exception("A view of answer %s cannot be filled", view.answer)
        await _show(desk, view, said(FAILED.format(answer=view.answer)))


async def _show(desk: Desk, view: View, blocks: list[Block]) -> None:
    shown = modal(blocks, view.answer, view.channel, title=view.title)

    async def update() -> None:
        with told_what_it_means():
            await desk.client.views_update(view_id=view.id, view=shown)

    await desk.pace.post(view.id, update)


async def _read(desk: Desk, view: View, made: Callable[[Reading], list[Block]]) -> list[Block]:
    """What is made of an answer as it was recorded, with the eyes of who reads it now: who may ask there at all."""
    contract = await asyncio.to_thread(desk.path.memory.answer, view.answer)
    rights = await desk.path.people.rights(view.user, view.channel, private=True)
    try:
        refuse_asking(rights)
    except NotAllowedError as refused:
        return said(str(refused))
    if not contract:
        return small([GONE])
    return made(reading(contract, view.answer, rights, await asyncio.to_thread(desk.path.open)))


def reading(contract: Mapping[str, Any], answer: str, rights: Rights, engine: Engine) -> Reading:
    """An answer with the eyes of somebody who reads it alone."""
    seen = reader(rights, engine.catalog, alone=True)
    return Reading(contract, answer, seen, engine.catalog, engine.company.file.currency)
