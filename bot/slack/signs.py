"""A sign of life while an answer takes its time. Whatever happens to the sign, the answer goes on."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.outlets import Outlet
from bot.slack.pages import Message

log = logging.getLogger(__name__)

STATUS = "is looking at the numbers…"
WORKING = "Still working on your question; the answer will follow here."
LAST_CALL = 1.0
"""Seconds a sign that is on its way may hold up a finished answer: a status that arrives after the answer
would stay for two minutes."""


@dataclass(frozen=True)
class Sign:
    """How to show that work goes on: after how many seconds, and how often again."""

    show: Callable[[], Awaitable[None]]
    after: float
    every: float | None = None


@asynccontextmanager
async def shown(sign: Sign) -> AsyncIterator[None]:
    """Show the sign for as long as the block takes, if it takes long enough."""
    calling = asyncio.Lock()
    task = asyncio.create_task(_keep(sign, calling))
    try:
        yield
    finally:
        with suppress(TimeoutError):
            async with asyncio.timeout(LAST_CALL):
                await calling.acquire()
        task.cancel()
        await asyncio.wait([task])


def status(client: AsyncWebClient, *, channel: str, thread: str, ts: str, after: float) -> Sign:
    """Slack's own status line, shown again before its two minutes are over; :eyes: where it is refused."""

    async def show() -> None:
        try:
            await client.assistant_threads_setStatus(channel_id=channel, thread_ts=thread, status=STATUS)
        except SlackApiError:
            await client.reactions_add(channel=channel, timestamp=ts, name="eyes")

    return Sign(show, after=after, every=90)


def word(outlet: Outlet, *, after: float) -> Sign:
    """One sentence, once: a command has neither a thread nor a message to react to."""
    return Sign(lambda: outlet.send(Message(WORKING)), after=after)


async def _keep(sign: Sign, calling: asyncio.Lock) -> None:
    """Show the sign when its time has come; ``calling`` is held while a call to Slack is under way."""
    pause: float | None = sign.after
    while pause is not None:
        await asyncio.sleep(pause)
        async with calling:
            try:
                await sign.show()
            except Exception as error:  # noqa: BLE001 - no failure of a sign may cost the answer
                log.info("No sign of life could be shown: %s", error)
        pause = sign.every
