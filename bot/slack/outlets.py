"""The two ways out: into a thread, or to the asker alone through a command's ``response_url``."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook import WebhookResponse
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.slack.pace import Pace, TryLaterError
from bot.slack.pages import Message

SERVER_ERROR_WAIT = 2.0
"""Seconds before a call is repeated that failed on Slack's side."""
UNFIT = {
    "invalid_blocks",
    "invalid_blocks_format",
    "msg_blocks_too_long",
    "msg_too_long",
    "markdown_text_conflict",
    "only_one_table_allowed",
}
"""Slack's codes for a message it would take in a simpler form."""


class RefusedError(Exception):
    """Slack does not take this message as it is; a simpler form may do."""


@dataclass(frozen=True)
class Outlet:
    """Where an answer goes. ``send`` raises RefusedError; ``text_limit`` is the most text of one message.

    ``most`` is how many pages may be sent, where that is limited.
    """

    send: Callable[[Message], Awaitable[None]]
    text_limit: int = 3_900
    most: int | None = None


def in_thread(client: AsyncWebClient, pace: Pace, *, channel: str, thread: str) -> Outlet:
    """Messages in a thread, seen by whoever sees the channel."""

    async def post(message: Message) -> None:
        try:
            await client.chat_postMessage(
                channel=channel,
                thread_ts=thread,
                text=message.text,
                blocks=[dict(block) for block in message.blocks] or None,
                unfurl_links=False,
                unfurl_media=False,
            )
        except SlackApiError as error:
            raise _reason(error) from error

    async def send(message: Message) -> None:
        await pace.post(channel, lambda: post(message))

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


def _reason(error: SlackApiError) -> Exception:
    """What an error of the Web API means for the message that met it."""
    response = error.response
    data = response.data if isinstance(response.data, dict) else {}
    return _meaning(response.status_code, str(data.get("error", "")), response.headers) or error


def _webhook_error(response: WebhookResponse) -> Exception | None:
    """The same for a ``response_url``, which answers with a word or with JSON, whatever its status."""
    try:
        body = json.loads(response.body)
    except ValueError:
        body = response.body
    code = str(body.get("error", "")) if isinstance(body, dict) else "" if body == "ok" else str(body)
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
