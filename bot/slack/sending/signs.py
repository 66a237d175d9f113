"""A sign of life while an answer takes its time. Whatever happens to the sign, the answer goes on."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from functools import partial

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.audience.places import is_direct
from bot.slack.layout.pages import Message
from bot.slack.sending.outlets import Outlet

log = logging.getLogger(__name__)

HANGS = 10.0
"""Seconds after which a call that shows a sign is given up."""
STATUS = "is looking at the numbers…"
WORKING = "Still working on your question; the answer will follow here."
LAST_CALL = 1.0
"""Seconds a sign that is on its way may hold up a finished answer: a status that arrives after the answer
would stay for two minutes."""


@dataclass(frozen=True)
class Sign:
    """How to show that work goes on: after how many seconds, and how often again; what to undo of it, if shown.

    ``hide`` is told whether an answer follows.
    """

    show: Callable[[], Awaitable[None]]
    after: float
    every: float | None = None
    hide: Callable[[bool], Awaitable[None]] | None = None


@dataclass
class Ending:
    """How the work ended: whether an answer follows, which takes Slack's status away; else it would stay."""

    answered: bool = False


@asynccontextmanager
async def shown(sign: Sign) -> AsyncIterator[Ending]:
    """Show the sign for as long as the block takes, if it takes long enough."""
    ending = Ending()
    calling = asyncio.Lock()
    showing: list[float] = []
    task = asyncio.create_task(_keep(sign, calling, showing))
    try:
        yield ending
    finally:
        with suppress(TimeoutError):
            async with asyncio.timeout(LAST_CALL):
                await calling.acquire()
        task.cancel()
        await asyncio.wait([task])
        if showing and sign.hide is not None:
            with suppress(TimeoutError):
                async with asyncio.timeout(LAST_CALL):
                    await _quietly(partial(sign.hide, ending.answered))


def status(client: AsyncWebClient, *, channel: str, thread: str, ts: str, after: float) -> Sign:
    """Slack's own status line, shown again before its two minutes are over; :eyes: where it is refused.

    In direct messages the session is marked as at work, which gives it a Stop button.
    """
    direct = is_direct(channel)

    async def show() -> None:
        try:
            await client.assistant_threads_setStatus(channel_id=channel, thread_ts=thread, status=STATUS)
        except SlackApiError:
            await client.reactions_add(channel=channel, timestamp=ts, name="eyes")
        if direct:
            await client.agents_sessions_setStatus(channel_id=channel, thread_ts=thread, status="processing")

    async def hide(answered: bool) -> None:
        if direct:
            await client.agents_sessions_setStatus(channel_id=channel, thread_ts=thread, status="active")
        if not answered:
            await client.assistant_threads_setStatus(channel_id=channel, thread_ts=thread, status="")

    return Sign(show, after=after, every=90, hide=hide)


def word(outlet: Outlet, *, after: float) -> Sign:
    """One sentence, once: a command has neither a thread nor a message to react to."""
    return Sign(lambda: outlet.send(Message(WORKING)), after=after)


async def _keep(sign: Sign, calling: asyncio.Lock, showing: list[float]) -> None:
    """Show the sign when its time has come; ``calling`` is held while a call to Slack is under way."""
    pause: float | None = sign.after
    while pause is not None:
        await asyncio.sleep(pause)
        async with calling:
            showing.append(pause)
            await _quietly(sign.show)
        pause = sign.every


async def _quietly(call: Callable[[], Awaitable[None]]) -> None:
    try:
        async with asyncio.timeout(HANGS):
            await call()
    except Exception as error:  # noqa: BLE001 - no failure of a sign may cost the answer
        log.info("No sign of life could be shown: %s", error)
