"""A chart -> a picture of it in Slack, which the bot's messages may show. What goes wrong costs the picture alone."""

from __future__ import annotations

import asyncio
import logging

import aiohttp
from slack_sdk.errors import SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.layout.limits import Block
from bot.slack.layout.picture import picture, told
from bot.slack.layout.simpler import shown_as_picture

log = logging.getLogger(__name__)

WITHIN = 10.0
"""Seconds that drawing and uploading may hold up an answer, which goes on without a picture."""


async def uploaded(client: AsyncWebClient, chart: Block) -> Block | None:
    """The chart as an image block; None where it cannot be drawn or uploaded.

    The file is shared with no channel by itself: only who sees a message with it sees it.
    """
    try:
        async with asyncio.timeout(WITHIN):
            content = await asyncio.to_thread(picture, chart)
            done = await client.files_upload_v2(file=content, filename="chart.png", title=chart["title"])
        file = str((done.get("files") or [{}])[0].get("id") or "")
    except (SlackClientError, aiohttp.ClientError, TimeoutError, OSError) as error:
        log.warning("A chart cannot be shown as a picture: %s", error)
        return None
    return shown_as_picture(chart, file, told(chart)) if file else None
