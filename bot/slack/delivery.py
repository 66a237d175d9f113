"""Blocks -> messages that arrived. What Slack refuses is sent again in a simpler form, down to plain text."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from bot.slack.blocks import said
from bot.slack.limits import Block, problems
from bot.slack.outlets import Outlet, RefusedError
from bot.slack.pages import Message, pages, simpler

log = logging.getLogger(__name__)

REST = "There is more than fits here; ask me in a direct message for all of it."


async def deliver(outlet: Outlet, blocks: Sequence[Block]) -> None:
    """Send the blocks, in order, as as many messages as it takes.

    Raises:
        RefusedError: Slack takes not even plain text.
        TryLaterError: Slack kept asking to wait.
        SlackApiError: Slack refuses for another reason, such as a channel the bot is not in.
    """
    messages = pages(blocks)
    if outlet.most is not None and len(messages) > outlet.most:
        messages = pages([*_blocks(messages[: outlet.most]), *said(REST)])
    for message in messages:
        await _send(outlet, message)
    if outlet.finish is not None:
        await outlet.finish()


async def _send(outlet: Outlet, message: Message) -> None:
    if not message.blocks:
        await outlet.send(message)
        return
    if found := problems(message.blocks):
        log.error("A message was not fit to be sent: %s", "; ".join(found))
    else:
        try:
            await outlet.send(message)
        except RefusedError as refused:
            log.warning("Slack refused a message's blocks (%s); sending a simpler form", refused)
        else:
            return
    for part in simpler(message, outlet.text_limit):
        await _send(outlet, part)


def _blocks(messages: Sequence[Message]) -> list[Block]:
    return [block for message in messages for block in message.blocks]
