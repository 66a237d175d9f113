"""The ways out: into a thread, to one person in a channel, or through the ``response_url`` of what they did."""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook import WebhookResponse
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.leading import Show
from bot.slack.limits import Block
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
UNSUPPORTED = re.compile(r"unsupported type: (\w+)")
UNREADY = "invalid slack file"
"""What Slack says of an uploaded file while it is not done with it, which takes some seconds."""
SPENT = {"used_url", "expired_url", "expired_trigger_id"}
UNSEEN = {"user_not_in_channel", "channel_not_found", "not_in_channel", "is_archived"}
"""Slack's codes for a place where one person cannot be shown something."""


class RefusedError(Exception):
    """Slack does not take this message as it is; a simpler form may do.

    ``why`` is what Slack says of its blocks, ``unsupported`` the kinds of blocks among that which it does not know.
    """

    def __init__(self, code: str, why: Sequence[str] = ()) -> None:
        self.why = tuple(why)
        self.unsupported = frozenset(kind for one in why for kind in UNSUPPORTED.findall(one))
        super().__init__("; ".join([code, *why]))


class UnreadyError(RefusedError):
    """A picture in the message is still being looked at by Slack: the same message will do in a moment."""


class SpentError(Exception):
    """A way that works no more: a ``response_url`` after five uses or half an hour, a place that is not theirs."""


@dataclass(frozen=True)
class Outlet:
    """Where an answer goes. ``send`` raises RefusedError; ``text_limit`` is the most text of one message.

    ``most`` is how many pages may be sent, where that is limited. ``finish`` is called when all was sent.
    ``draw`` makes a picture of a chart, where pictures can be shown.
    ``show`` shows the prose so far, where that can be done before the answer; ``stop`` ends that without one.
    """

    send: Callable[[Message], Awaitable[None]]
    text_limit: int = 3_900
    most: int | None = None
    finish: Callable[[], Awaitable[None]] | None = None
    draw: Callable[[Block], Awaitable[Block | None]] | None = None
    show: Show | None = None
    stop: Callable[[], Awaitable[None]] | None = None


def aside(client: AsyncWebClient, pace: Pace, *, channel: str, thread: str, user: str) -> Outlet:
    """Messages that one person alone sees in a channel; where ``thread`` is empty, in the channel itself."""

    async def put(message: Message) -> None:
        with told_what_it_means():
            try:
                await client.chat_postEphemeral(
                    channel=channel,
                    user=user,
                    thread_ts=thread or None,
                    text=message.text,
                    blocks=[dict(block) for block in message.blocks] or None,
                )
            except SlackApiError as error:
                if code_of(error) in UNSEEN:
                    raise SpentError(code_of(error)) from error
                raise

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


def code_of(error: SlackApiError) -> str:
    """Slack's code of an error."""
    data = error.response.data if isinstance(error.response.data, dict) else {}
    return str(data.get("error", ""))


@contextmanager
def told_what_it_means() -> Iterator[None]:
    """Around a call of the Web API: what goes wrong comes out as what it means for the message that met it.

    Raises:
        TryLaterError: Slack wants the call again later, or cannot be reached.
        RefusedError, SlackApiError: it does not want it as it is.
    """
    try:
        yield
    except SlackApiError as error:
        raise reason(error) from error
    except (aiohttp.ClientError, TimeoutError) as error:
        raise TryLaterError(SERVER_ERROR_WAIT, type(error).__name__) from error


def reason(error: SlackApiError) -> Exception:
    """What an error of the Web API means for the message that met it."""
    response = error.response
    return _meaning(response.status_code, code_of(error), response.headers, _why(error)) or error


def _why(error: SlackApiError) -> list[str]:
    """What Slack says of the blocks that it refuses."""
    data = error.response.data if isinstance(error.response.data, dict) else {}
    found = data.get("errors") or (data.get("response_metadata") or {}).get("messages") or []
    return [str(one)[:200] for one in found] if isinstance(found, list) else []


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


def _meaning(status: int, code: str, headers: Mapping[str, str], why: Sequence[str] = ()) -> Exception | None:
    if status == 429 or code in ("ratelimited", "rate_limited"):  # noqa: PLR2004 - HTTP
        return TryLaterError(_retry_after(headers), "rate limit")
    if status >= 500:  # noqa: PLR2004 - HTTP
        return TryLaterError(SERVER_ERROR_WAIT, f"HTTP {status}")
    if code not in UNFIT:
        return None
    return UnreadyError(code, why) if any(UNREADY in one for one in why) else RefusedError(code, why)


def _retry_after(headers: Mapping[str, str]) -> float:
    """The seconds of ``Retry-After``, however the header is spelt; one where there is none."""
    for name, value in headers.items():
        if str(name).lower() == "retry-after" and str(value).isdigit():
            return float(value)
    return 1.0
