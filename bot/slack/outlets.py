"""The ways out: into a thread, to one person in a channel, or through the ``response_url`` of what they did."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook import WebhookResponse
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.slack.pace import Pace, TryLaterError
from bot.slack.pages import Message

SERVER_ERROR_WAIT = 2.0
"""Seconds before a call is repeated that failed on Slack's side or on the way there."""
UNFIT = {
    "invalid_blocks",
    "invalid_blocks_format",
    "msg_blocks_too_long",
    "msg_too_long",
    "markdown_text_conflict",
    "only_one_table_allowed",
}
"""Slack's codes for a message it would take in a simpler form."""
GONE = {"message_not_found", "cant_update_message", "edit_window_closed"}
"""Slack's codes for a message that cannot be changed any more."""
SPENT = {"used_url", "expired_url", "expired_trigger_id"}
UNSEEN = {"user_not_in_channel", "channel_not_found", "not_in_channel", "is_archived"}
"""Slack's codes for a place where one person cannot be shown something."""
MARK = "counterpoise_answer"
"""The kind of metadata that our answers carry: which question they answer, and which part of it they are."""

Note = Callable[[Sequence[str]], Awaitable[None]]


class RefusedError(Exception):
    """Slack does not take this message as it is; a simpler form may do."""


class SpentError(Exception):
    """A way that works no more: a ``response_url`` after five uses or half an hour, a place that is not theirs."""


@dataclass(frozen=True)
class Outlet:
    """Where an answer goes. ``send`` raises RefusedError; ``text_limit`` is the most text of one message.

    ``most`` is how many pages may be sent, where that is limited. ``finish`` is called when all was sent.
    """

    send: Callable[[Message], Awaitable[None]]
    text_limit: int = 3_900
    most: int | None = None
    finish: Callable[[], Awaitable[None]] | None = None


@dataclass
class InThread:
    """Messages in a thread, seen by whoever sees the channel.

    Those that stand there already (``standing``) are changed in place, further ones posted, left-over ones deleted.
    Each carries the ticket's id, so that a later process finds it; ``note`` is told which messages there are.
    """

    client: AsyncWebClient
    pace: Pace
    channel: str
    thread: str
    ticket: str
    standing: tuple[str, ...] = ()
    note: Note | None = None
    sent: list[str] = field(default_factory=list)

    async def send(self, message: Message) -> None:
        """Send the next part."""
        await self.pace.post(self.channel, lambda: self._put(message))
        if self.note is not None:
            await self.note([*self.sent, *self.standing[len(self.sent) :]])

    async def finish(self) -> None:
        """Take away what an earlier, longer answer left."""
        for ts in self.standing[len(self.sent) :]:
            try:
                await self.client.chat_delete(channel=self.channel, ts=ts)
            except SlackApiError as error:
                if _code(error) != "message_not_found":
                    raise
        if self.note is not None:
            await self.note(self.sent)

    async def _put(self, message: Message) -> None:
        part = len(self.sent)
        content: dict[str, Any] = {
            "channel": self.channel,
            "text": message.text,
            "blocks": [dict(block) for block in message.blocks],
            "metadata": {"event_type": MARK, "event_payload": {"ticket": self.ticket, "part": part}},
        }
        try:
            self.sent.append(await self._changed(content, part) or await self._posted(content))
        except SlackApiError as error:
            raise _reason(error) from error
        except (aiohttp.ClientError, TimeoutError) as error:
            raise TryLaterError(SERVER_ERROR_WAIT, type(error).__name__) from error

    async def _changed(self, content: dict[str, Any], part: int) -> str | None:
        """The part's message, if there was one to change."""
        if part >= len(self.standing):
            return None
        try:
            await self.client.chat_update(ts=self.standing[part], **content)
        except SlackApiError as error:
            if _code(error) in GONE:
                return None
            raise
        return self.standing[part]

    async def _posted(self, content: dict[str, Any]) -> str:
        content = content | {"blocks": content["blocks"] or None}
        posted = await self.client.chat_postMessage(
            thread_ts=self.thread or None, unfurl_links=False, unfurl_media=False, **content
        )
        return str(posted["ts"])


def in_thread(
    client: AsyncWebClient,
    pace: Pace,
    *,
    channel: str,
    thread: str,
    ticket: str = "",
    standing: Sequence[str] = (),
    note: Note | None = None,
) -> Outlet:
    """Messages in a thread; in the channel itself where ``thread`` is empty."""
    there = InThread(client, pace, channel, thread, ticket, tuple(standing), note)
    return Outlet(there.send, finish=there.finish)


def aside(client: AsyncWebClient, pace: Pace, *, channel: str, thread: str, user: str) -> Outlet:
    """Messages that one person alone sees in a channel; where ``thread`` is empty, in the channel itself."""

    async def put(message: Message) -> None:
        try:
            await client.chat_postEphemeral(
                channel=channel,
                user=user,
                thread_ts=thread or None,
                text=message.text,
                blocks=[dict(block) for block in message.blocks] or None,
            )
        except SlackApiError as error:
            if _code(error) in UNSEEN:
                raise SpentError(_code(error)) from error
            raise _reason(error) from error
        except (aiohttp.ClientError, TimeoutError) as error:
            raise TryLaterError(SERVER_ERROR_WAIT, type(error).__name__) from error

    async def send(message: Message) -> None:
        await pace.post(channel, lambda: put(message))

    return Outlet(send)


def to_asker(response_url: str, pace: Pace) -> Outlet:
    """Messages that only the asker sees. The address works five times, so there are few and long ones."""
    client = AsyncWebhookClient(response_url)

    async def post(message: Message) -> None:
        response = await client.send(
            text=message.text,
            blocks=[dict(block) for block in message.blocks] or None,
            response_type="ephemeral",
            replace_original=False,
            unfurl_links=False,
            unfurl_media=False,
        )
        if error := _webhook_error(response):
            raise error

    async def send(message: Message) -> None:
        await pace.post(response_url, lambda: post(message))

    return Outlet(send, text_limit=12_000, most=2)


def either(first: Outlet, second: Outlet) -> Outlet:
    """The first way while it works, then the second: a ``response_url`` ends after half an hour."""

    async def send(message: Message) -> None:
        try:
            await first.send(message)
        except SpentError:
            await second.send(message)

    return Outlet(send, text_limit=min(first.text_limit, second.text_limit), most=first.most)


def _code(error: SlackApiError) -> str:
    data = error.response.data if isinstance(error.response.data, dict) else {}
    return str(data.get("error", ""))


def _reason(error: SlackApiError) -> Exception:
    """What an error of the Web API means for the message that met it."""
    response = error.response
    return _meaning(response.status_code, _code(error), response.headers) or error


def _webhook_error(response: WebhookResponse) -> Exception | None:
    """The same for a ``response_url``, which answers with a word or with JSON, whatever its status."""
    try:
        body = json.loads(response.body)
    except ValueError:
        body = response.body
    code = str(body.get("error", "")) if isinstance(body, dict) else "" if body == "ok" else str(body)
    if code in SPENT:
        return SpentError(code)
    if meaning := _meaning(response.status_code, code, response.headers):
        return meaning
    if response.status_code == 200 and (not code or code == "ok"):  # noqa: PLR2004 - HTTP
        return None
    return RuntimeError(f"response_url answered {response.status_code} {code[:100]!r}")


def _meaning(status: int, code: str, headers: Mapping[str, str]) -> Exception | None:
    if status == 429 or code in ("ratelimited", "rate_limited"):  # noqa: PLR2004 - HTTP
        return TryLaterError(_retry_after(headers), "rate limit")
    if status >= 500:  # noqa: PLR2004 - HTTP
        return TryLaterError(SERVER_ERROR_WAIT, f"HTTP {status}")
    return RefusedError(code) if code in UNFIT else None


def _retry_after(headers: Mapping[str, str]) -> float:
    """The seconds of ``Retry-After``, however the header is spelt; one where there is none."""
    for name, value in headers.items():
        if str(name).lower() == "retry-after" and str(value).isdigit():
            return float(value)
    return 1.0
