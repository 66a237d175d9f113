"""The receipts of an answer, in a modal: as whoever opens it may read them now."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Iterable, Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.audience.seeing import reader
from bot.slack.blocks import sections, small
from bot.slack.buttons import SOURCES, SQL, button
from bot.slack.desk import Desk
from bot.slack.limits import Block
from bot.slack.text import mrkdwn, plain, split
from metrics.model import Catalog
from metrics.privacy import Reader, level_of, may_see

log = logging.getLogger(__name__)

MOST = 45
"""Receipts in one modal, of whose blocks Slack takes 100."""
CODE = 2_800
GONE = "This answer is not kept any more: ask again."
HIDDEN = "not shown to you"
VERIFY = (
    "Run it again with `counterpoise verify {answer}` where I run: it says what is the same and what changed."
)
COPY = "Point at a block of code to copy it."


def register(app: AsyncApp, desk: Desk) -> None:
    """Listen to *Sources* under an answer, and to *SQL* beside a receipt."""

    async def sources(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        answer, place = str(_value(body)["answer"]), str(body["container"]["channel_id"])
        view = await client.views_open(
            trigger_id=body["trigger_id"], view=modal(small(["One moment…"]), answer, place)
        )
        view_id = str(view["view"]["id"])
        user = str(body["user"]["id"])
        desk.later(("modal", view_id), lambda: _fill(desk, client, view_id, answer, place, user))

    async def sql(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        place = json.loads(body["view"]["private_metadata"])
        user, answer = str(body["user"]["id"]), str(place["answer"])
        contract, seen = await _read(desk, answer, str(place["channel"]), user)
        key = str(_value(body)["key"])
        blocks = _statements(contract, key, answer, seen, desk.path.open().catalog)
        await client.views_push(
            trigger_id=body["trigger_id"], view=modal(blocks, answer, str(place["channel"]), title="SQL")
        )

    app.action(SOURCES)(sources)
    app.action(SQL)(sql)


def modal(blocks: Iterable[Block], answer: str, channel: str, title: str = "Sources") -> dict[str, Any]:
    """A modal about an answer, opened in a channel."""
    return {
        "type": "modal",
        "title": {"type": "plain_text", "text": title},
        "close": {"type": "plain_text", "text": "Close"},
        "private_metadata": json.dumps({"answer": answer, "channel": channel}),
        "blocks": [dict(block) for block in blocks],
    }


def receipts(contract: Mapping[str, Any], answer: str, seen: Reader, catalog: Catalog) -> list[Block]:
    """Each number's receipt, without SQL; those that the reader may not see without any number."""
    blocks: list[Block] = []
    cited: Mapping[str, Any] = contract.get("citations", {})
    for place, (key, receipt) in enumerate(cited.items()):
        if place == MOST:
            blocks += small([f"{len(cited) - MOST} more receipts are in `counterpoise verify {answer}`."])
            break
        [section, *more] = sections(_receipt(key, receipt, _may(receipt, seen, catalog), catalog))
        if receipt.get("sql") and _may(receipt, seen, catalog) and len(_key(key)) <= CODE // 2:
            section = {**section, "accessory": button(SQL, "SQL", _key(key))}
        blocks += [section, *more]
    return (
        [*blocks, *small([VERIFY.format(answer=answer)])] if blocks else small(["There is no number in it."])
    )


def _statements(
    contract: Mapping[str, Any], key: str, answer: str, seen: Reader, catalog: Catalog
) -> list[Block]:
    """The SQL of one receipt, each statement with its parameters."""
    receipt = contract.get("citations", {}).get(key)
    if receipt is None or not _may(receipt, seen, catalog):
        return small([GONE if receipt is None else f"This receipt is {HIDDEN}."])
    blocks: list[Block] = []
    for sql, bound in zip(receipt["sql"], receipt["parameters"], strict=False):
        for part in split(mrkdwn(sql.replace("```", "'''")), CODE):
            blocks += [_code(part)]
        if bound:
            blocks += [_code(part) for part in split(mrkdwn(json.dumps(bound, ensure_ascii=False)), CODE)]
    return [*blocks[:MOST], *small([COPY, VERIFY.format(answer=answer)])]


async def _fill(desk: Desk, client: AsyncWebClient, view: str, answer: str, channel: str, user: str) -> None:
    contract, seen = await _read(desk, answer, channel, user)
    blocks = receipts(contract, answer, seen, desk.path.open().catalog) if contract else small([GONE])
    await client.views_update(view_id=view, view=modal(blocks, answer, channel))


async def _read(desk: Desk, answer: str, channel: str, user: str) -> tuple[Mapping[str, Any], Reader]:
    """An answer as it was recorded, and with whose eyes it is read now."""
    contract = await asyncio.to_thread(desk.path.memory.answer, answer)
    rights = await desk.path.people.rights(user, channel, private=True)
    return contract or {}, reader(rights, desk.path.open().catalog, alone=True)


def _may(receipt: Mapping[str, Any], seen: Reader, catalog: Catalog) -> bool:
    scope = receipt.get("scope") or {}
    names = (*scope.get("by", ()), *scope.get("filters", {}), *scope.get("beside", ()))
    metric = str(receipt["metric"])
    return metric in catalog.metrics and may_see(seen, level_of(catalog, metric, names), metric)


def _receipt(key: str, receipt: Mapping[str, Any], shown: bool, catalog: Catalog) -> str:
    metric = catalog.metrics.get(receipt["metric"])
    group = ", ".join(str(one) for one in (receipt.get("scope") or {}).get("group", ()) if one)
    name = metric.name if metric else key
    lines = [f"*{mrkdwn(name)}*{mrkdwn(f' ({group})') if group else ''} = {mrkdwn(receipt['formula'])}"]
    period = receipt["period"]
    facts = [f"{period['label']}: {period['start']} to {period['end']}"]
    if not shown:
        return "\n".join([*lines, mrkdwn(" · ".join([*facts, HIDDEN]))])
    if receipt["numerator"] is not None and receipt["denominator"] is not None:
        facts.insert(0, f"{_short(receipt['numerator'])} / {_short(receipt['denominator'])}")
    if receipt["n"] is not None:
        facts.append(f"n = {receipt['n']}")
    facts += [f"{name}: {kept}" for name, kept in receipt["filters"].items()]
    facts += [f"as of {receipt['as_of']}", f"data to {receipt['data_through'] or 'unknown'}"]
    facts += [f"tables {', '.join(receipt['tables'])}", f"version {receipt['version']}"]
    if not receipt.get("usual_method", True):
        facts.append(f"method {receipt['method'].replace('_', ' ')}")
    return "\n".join([*lines, mrkdwn(" · ".join(facts))])


def _short(number: str) -> str:
    """A number of a receipt with at most four decimals; the rest is in the record."""
    whole, _, decimals = number.partition(".")
    kept = decimals[:4].rstrip("0")
    return f"{whole}.{kept}" if kept else whole


def _code(text: str) -> Block:
    return {"type": "section", "text": {"type": "mrkdwn", "verbatim": True, "text": f"```{plain(text)}```"}}


def _key(key: str) -> str:
    return json.dumps({"key": key})


def _value(body: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(body["actions"][0]["value"])
    return found
