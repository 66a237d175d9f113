"""Blocks -> messages that arrived. What Slack refuses is sent again in a simpler form, down to plain text."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Collection, Sequence

from bot.slack.layout.fit import problems
from bot.slack.layout.limits import Block
from bot.slack.layout.pages import Message, pages, text_parts
from bot.slack.layout.simpler import CHART, PICTURE, SIMPLER, next_down, without
from bot.slack.layout.written import said
from bot.slack.sending.lacks import Lacks
from bot.slack.sending.meanings import RejectedError, UnreadyError
from bot.slack.sending.outlets import Outlet

log = logging.getLogger(__name__)

REST = "There is more than fits here; ask me in a direct message for all of it."
READY_AFTER = (0.5, 1.0, 2.0, 3.0)
"""Seconds between tries to send a picture that Slack is still looking at; then the message goes without it."""


async def deliver(outlet: Outlet, blocks: Sequence[Block], lacks: Lacks | None = None) -> None:
    """Send the blocks, in order, as as many messages as it takes.

    ``lacks`` is what the workspace is known not to take; what it refuses now is added.

    Raises:
        RejectedError: Slack takes not even plain text.
        TryLaterError: Slack kept asking to wait.
        SlackApiError: Slack refuses for another reason, such as a channel the bot is not in.
    """
    known = lacks or Lacks()
    messages = pages(await _without(outlet, blocks, known.kinds()))
    if outlet.most is not None and len(messages) > outlet.most:
        messages = pages([*_blocks(messages[: outlet.most]), *said(REST)])
    for message in messages:
        await _send(outlet, message, known)
    if outlet.finish is not None:
        await outlet.finish()


async def _send(outlet: Outlet, message: Message, lacks: Lacks) -> bool:
    """Send one message, in simpler forms until Slack takes one. Whether it took the first."""
    refused: RejectedError | None = None
    if not message.blocks:
        await outlet.send(message)
        return True
    if found := problems(message.blocks):
        log.error("A message was not fit to be sent: %s", "; ".join(found))
    else:
        try:
            await _when_ready(outlet, message)
        except RejectedError as error:
            log.warning("Slack refused a message's blocks (%s); sending a simpler form", error)
            lacks.learn(error.unsupported & SIMPLER)
            refused = error
        else:
            return True
    kinds = next_down(message.blocks, refused.unsupported if refused else ())
    parts = await _simpler(outlet, message, kinds)
    taken = [await _send(outlet, part, lacks) for part in parts]
    if refused and not refused.why and all(taken):
        lacks.learn(kinds)  # Slack did not say what it minded; it was what is gone now
    return False


async def _simpler(outlet: Outlet, message: Message, kinds: Collection[str]) -> list[Message]:
    """The message without these kinds of blocks; where there are none to give up, as text."""
    if not kinds:
        return [Message(part) for part in text_parts(message.blocks, outlet.text_limit)]
    return pages(await _without(outlet, message.blocks, kinds))


async def _without(outlet: Outlet, blocks: Sequence[Block], kinds: Collection[str]) -> list[Block]:
    """The blocks without these kinds; charts as pictures where the outlet can draw."""
    pictures: dict[str, Block] = {}
    if CHART in kinds and PICTURE not in kinds and outlet.draw is not None:
        for chart in (block for block in blocks if block["type"] == CHART):
            if drawn := await outlet.draw(chart):
                pictures[chart["title"]] = drawn
    return without(blocks, kinds, pictures)


async def _when_ready(outlet: Outlet, message: Message) -> None:
    """Send it, again after a moment where Slack is not done with a picture in it."""
    for pause in READY_AFTER:
        try:
            await outlet.send(message)
        except UnreadyError:
            await asyncio.sleep(pause)
        else:
            return
    await outlet.send(message)


def _blocks(messages: Sequence[Message]) -> list[Block]:
    return [block for message in messages for block in message.blocks]
