"""Clicks under an answer: ask that, show the sources, share, keep private. Whoever clicks is who asks."""

from __future__ import annotations

import asyncio
import json
import logging
import re
from collections.abc import Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond

from bot.audience.rights import Rights
from bot.audience.seeing import may_be_told
from bot.memory.slack_store import Aside, aside
from bot.slack.layout.buttons import ASK, KEEP, SHARE, SOURCES, button
from bot.slack.layout.cited import all_seen
from bot.slack.layout.limits import Block
from bot.slack.layout.receipts import GONE
from bot.slack.layout.written import said, small
from bot.slack.sending.delivery import deliver
from bot.slack.sending.threads import in_thread
from bot.slack.surfaces.pressed import carried, tell
from bot.slack.surfaces.sources import reading
from bot.slack.tickets.ticket import Ticket
from bot.slack.work.desk import Desk

log = logging.getLogger(__name__)

NOT_YOURS = "Only who was shown these values can share them."
KEPT = "Kept private."
SHARED = "Shared by <@{user}>."


def register(app: AsyncApp, desk: Desk) -> None:
    """Listen to the buttons of messages."""

    async def asked(ack: AsyncAck, body: dict[str, Any], respond: AsyncRespond) -> None:
        if value := carried(body, "ask"):
            await desk.keep(clicked(body, value))
        await ack()
        if value is None:
            await tell(body, respond)

    async def share(ack: AsyncAck, body: dict[str, Any], respond: AsyncRespond) -> None:
        await ack()
        if value := carried(body, "answer"):
            answer, user = value["answer"], str(body["user"]["id"])
            desk.later(("share", answer), lambda: _share(desk, answer, user, respond))
        else:
            await tell(body, respond)

    async def keep(ack: AsyncAck, body: dict[str, Any], respond: AsyncRespond) -> None:
        await ack()
        if value := carried(body, "answer"):
            answer, user = value["answer"], str(body["user"]["id"])
            desk.later(("share", answer), lambda: _keep(desk, answer, user, respond))
        else:
            await tell(body, respond)

    app.action(re.compile(rf"^{ASK}:\d+$"))(asked)
    app.action(SHARE)(share)
    app.action(KEEP)(keep)


def clicked(body: dict[str, Any], value: Mapping[str, str]) -> Ticket:
    """The ticket for what a button asks: in the thread of its message, or alone where that was shown alone."""
    place = body["container"]
    alone = bool(place.get("is_ephemeral"))
    root = str((body.get("message") or {}).get("thread_ts") or place.get("thread_ts") or place["message_ts"])
    return Ticket(
        text=value["ask"],
        user=str(body["user"]["id"]),
        channel=str(place["channel_id"]),
        thread=str(value.get("in") or root),
        keys=(f"click:{body['trigger_id']}",),
        root="" if alone else root,
        ts="" if alone else str(place["message_ts"]),
        response_url=str(body.get("response_url") or "") if alone else "",
        in_thread=True,
    )


async def _share(desk: Desk, answer: str, user: str, respond: AsyncRespond) -> None:
    """Show everybody what one person was shown, if everybody may see it; once."""
    engine = desk.path.memory.engine
    kept = await asyncio.to_thread(aside, engine, answer)
    if kept is None or kept.user != user:
        await respond(text=NOT_YOURS, replace_original=False)
        return
    contract = await asyncio.to_thread(desk.path.memory.answer, answer)
    if contract is None:
        await respond(text=GONE, replace_original=False)
        return
    company = await asyncio.to_thread(desk.path.open)

    def sees(rights: Rights) -> bool:
        return may_be_told(contract, rights) and all_seen(reading(contract, answer, rights, company))

    if why := await desk.path.people.not_for_all(kept.channel, kept.level, user, sees):
        text = f"Not shared. {why}"
        await respond(text=text, blocks=[*_as_dicts(small([text], raw=True))], replace_original=False)
        return
    if await asyncio.to_thread(desk.path.memory.claim, f"share:{answer}"):
        outlet = in_thread(desk.client, desk.pace, channel=kept.channel, thread=kept.thread, ticket=answer)
        await deliver(outlet, _shared(kept), desk.lacks)
    await respond(delete_original=True, text="Shared.")


async def _keep(desk: Desk, answer: str, user: str, respond: AsyncRespond) -> None:
    kept = await asyncio.to_thread(aside, desk.path.memory.engine, answer)
    shown = kept.blocks if kept and kept.user == user else said(KEPT)
    await respond(text=KEPT, blocks=_as_dicts(shown), replace_original=True)


def _shared(kept: Aside) -> list[Block]:
    sources = button(SOURCES, "Sources", json.dumps({"answer": kept.answer}))
    who = small([SHARED.format(user=kept.user)], raw=True)
    return [*who, *kept.blocks, {"type": "actions", "elements": [sources]}]


def _as_dicts(blocks: Any) -> list[dict[str, Any]]:
    return [dict(block) for block in blocks]
