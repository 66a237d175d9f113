"""Prose that grows in a thread while its answer is made: streamed where Slack can, else posted and changed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.layout.text import mrkdwn
from bot.slack.sending.meanings import code_of, reason
from bot.slack.sending.pace import Pace, TryLaterError

log = logging.getLogger(__name__)

HANGS = 5.0
"""Seconds that a call under way may hold up the answer: a message that Slack makes after it would stay behind."""
OVER = "message_not_in_streaming_state"
"""Slack's code for a stream that is ended, by us or by itself after some minutes."""
STOPPED_SAID = "Stopped. Ask again, or for less of it: one metric, or a shorter period."
"""Said once where Stop was pressed; behind what an answer had shown until then."""

Note = Callable[[Sequence[str]], Awaitable[None]]
"""Keeps which messages hold an answer."""
Begin = Callable[[], Awaitable[None]]
"""Keeps that a message is about to be begun which carries no mark until it ends."""


@dataclass
class Growing:
    """One message that grows. What goes wrong with it costs nothing but the show: the answer is sent all the same.

    ``mark`` is the metadata by which a later process finds it, ``note`` is told which message it is, ``begin``
    before there is one: a stream is marked only at its end. ``recipient`` is for whom, as Slack asks in channels.
    """

    client: AsyncWebClient
    pace: Pace
    channel: str
    thread: str
    mark: Mapping[str, Any]
    note: Note | None = None
    begin: Begin | None = None
    recipient: Mapping[str, Any] = field(default_factory=dict)
    ts: str = ""
    _streams: bool = True
    _said: str = ""
    _next: str = ""
    _over: bool = False
    _task: asyncio.Task[None] | None = None
    _calling: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def show(self, prose: str) -> None:
        """Take the prose so far, and return at once: a slow Slack holds up no model."""
        text = mrkdwn(prose)
        if self._over or not text.startswith(self._next):
            return
        self._next = text
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._catch_up())

    async def close(self, last: str = "") -> str:
        """Show nothing more than ``last``. Gives the message that stands there; empty where there is none."""
        self._over = True
        if self._task is not None:
            with suppress(TimeoutError):
                async with asyncio.timeout(HANGS):
                    await self._calling.acquire()
            self._task.cancel()
            await asyncio.wait([self._task])
        if self.ts:
            await self._quietly(lambda: self._end(last))
            await self._quietly(self._clear)
        return self.ts

    async def _catch_up(self) -> None:
        try:
            while self._said != self._next:
                await self.pace.post(self._lane(), self._put)
        except Exception as error:  # noqa: BLE001 - the answer follows all the same
            self._over = True
            log.info("An answer is not shown while it grows: %s", error)

    def _lane(self) -> str:
        """Whose turn it takes: a message that streams holds up no other answer in its channel."""
        return f"{self.channel} {self.ts}" if self.ts and self._streams else self.channel

    async def _put(self) -> None:
        async with self._calling:
            text = self._next
            if not self.ts:
                await self._start(text)
            elif self._streams:
                more = text[len(self._said) :]
                await self.client.chat_appendStream(channel=self.channel, ts=self.ts, markdown_text=more)
            else:
                await self._change(text)
            self._said = text

    async def _start(self, text: str) -> None:
        if self.begin is not None:
            await self.begin()
        try:
            begun = await self.client.chat_startStream(
                channel=self.channel, thread_ts=self.thread, markdown_text=text, **self.recipient
            )
        except SlackApiError as error:
            if isinstance(reason(error), TryLaterError):
                raise
            self._streams = False
            begun = await self.client.chat_postMessage(
                channel=self.channel,
                thread_ts=self.thread,
                text=text,
                metadata=dict(self.mark),
                unfurl_links=False,
                unfurl_media=False,
            )
        self.ts = str(begun["ts"])
        if self.note is not None:
            await self.note([self.ts])

    async def _change(self, text: str) -> None:
        try:
            await self.client.chat_update(
                channel=self.channel, ts=self.ts, text=text, metadata=dict(self.mark)
            )
        except SlackApiError as error:
            raise reason(error) from error

    async def _end(self, last: str) -> None:
        if self._streams:
            await self.pace.post(f"{self.channel} stop", lambda: self._stop(last))
        elif last:
            await self.pace.post(self.channel, lambda: self._change(f"{self._said}\n{last}"))

    async def _stop(self, last: str) -> None:
        words = {"markdown_text": f"\n\n{last}"} if last else {}
        await stop_stream(self.client, self.channel, self.ts, metadata=dict(self.mark), **words)

    async def _clear(self) -> None:
        """A status that came after the message would stand for minutes: only a new message takes it away."""
        await self.client.assistant_threads_setStatus(
            channel_id=self.channel, thread_ts=self.thread, status=""
        )

    async def _quietly(self, call: Callable[[], Awaitable[None]]) -> None:
        try:
            await call()
        except Exception as error:  # noqa: BLE001 - the answer follows all the same
            log.info("What was shown of an answer cannot be ended: %s", error)


async def stop_stream(client: AsyncWebClient, channel: str, ts: str, **last: Any) -> None:
    """End a stream, if it is not over already.

    Raises:
        TryLaterError: Slack wants to be asked again.
        SlackApiError: it is no message of ours.
    """
    try:
        await client.chat_stopStream(channel=channel, ts=ts, **last)
    except SlackApiError as error:
        if code_of(error) != OVER:
            raise reason(error) from error
