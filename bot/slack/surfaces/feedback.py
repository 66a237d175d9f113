"""Thumbs: they belong to the answer that was clicked. A bad answer may be told why, and what to do from now on."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.memory.slack_store import note_thumb
from bot.slack.layout.buttons import FEEDBACK
from bot.slack.surfaces.pressed import carried, tell
from bot.slack.tickets.ticket import Ticket, private_thread
from bot.slack.work.desk import Desk

CALLBACK, REASON, RULE = "feedback", "reason", "rule"


def register(app: AsyncApp, desk: Desk) -> None:
    """Listen to the thumbs, and to the form behind a thumb down."""

    async def thumbed(
        ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        await ack()
        if not (value := carried(body, "answer")):
            await tell(body, respond)
            return
        answer, good = value["answer"], json.loads(body["actions"][0]["value"]).get("good") is True
        if not good:
            await client.views_open(trigger_id=body["trigger_id"], view=form(body, answer))
        user = str(body["user"]["id"])
        await asyncio.to_thread(note_thumb, desk.path.memory.engine, answer, user, good=good)

    async def told(ack: AsyncAck, body: dict[str, Any]) -> None:
        place = json.loads(body["view"]["private_metadata"])
        user, rule = str(body["user"]["id"]), _given(body, RULE)
        if rule:
            await desk.keep(_lesson(place, user, rule, str(body["view"]["id"])))
        await ack()
        await asyncio.to_thread(
            note_thumb,
            desk.path.memory.engine,
            str(place["answer"]),
            user,
            good=False,
            reason=_given(body, REASON),
        )

    app.action(FEEDBACK)(thumbed)
    app.view(CALLBACK)(told)


def form(body: dict[str, Any], answer: str) -> dict[str, Any]:
    """What was wrong, and what to do from now on: both may stay empty."""
    place, message = body["container"], body.get("message") or {}
    alone = bool(place.get("is_ephemeral"))
    root = message.get("thread_ts") or place.get("thread_ts") or place["message_ts"]
    kept = {
        "answer": answer,
        "channel": place["channel_id"],
        "root": root,
        "url": body.get("response_url") if alone else "",
    }
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "title": {"type": "plain_text", "text": "What was wrong?"},
        "submit": {"type": "plain_text", "text": "Send"},
        "close": {"type": "plain_text", "text": "Cancel"},
        "private_metadata": json.dumps(kept),
        "blocks": [
            _input(REASON, "What was wrong with this answer?", "Kept with the answer, for whoever runs me."),
            _input(RULE, "What should I do from now on?", "I read it as coaching, and ask before I keep it."),
        ],
    }


def _input(name: str, label: str, hint: str) -> dict[str, Any]:
    return {
        "type": "input",
        "block_id": name,
        "optional": True,
        "label": {"type": "plain_text", "text": label},
        "hint": {"type": "plain_text", "text": hint},
        "element": {"type": "plain_text_input", "action_id": name, "multiline": True, "max_length": 900},
    }


def _given(body: dict[str, Any], name: str) -> str:
    found = body["view"]["state"]["values"].get(name, {}).get(name, {}).get("value")
    return str(found or "").strip()


def _lesson(place: dict[str, Any], user: str, rule: str, view: str) -> Ticket:
    """Coaching where the answer stands: its conversation asks back there before anything is kept."""
    alone = bool(place["url"])
    return Ticket(
        text=f"coach {rule}",
        user=user,
        channel=str(place["channel"]),
        thread=private_thread(user) if alone else str(place["root"]),
        keys=(f"view:{view}",),
        root="" if alone else str(place["root"]),
        ts="" if alone else str(place["root"]),
        response_url=str(place["url"] or ""),
        in_thread=True,
    )
