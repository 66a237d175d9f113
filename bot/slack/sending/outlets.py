"""The ways out: into a thread, to one person in a channel, or through the ``response_url`` of what they did."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from hashlib import sha256

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.leading import Show
from bot.slack.layout.limits import Block
from bot.slack.layout.pages import Message
from bot.slack.sending.meanings import SpentError, code_of, told_what_it_means, webhook_error
from bot.slack.sending.pace import Pace

UNSEEN = {"user_not_in_channel", "channel_not_found", "not_in_channel", "is_archived"}
"""Slack's codes for a place where one person cannot be shown something."""


@dataclass(frozen=True)
class Outlet:
    """Where an answer goes. ``send`` raises RejectedError; ``text_limit`` is the most text of one message.

    ``most`` is how many pages may be sent, where that is limited. ``finish`` is called when all was sent.
    ``draw`` makes a picture of a chart, where pictures can be shown.
    ``show`` shows the prose so far, where that can be done before the answer; ``stop`` ends that without one,
    and tells whether anything was shown and now says so.
    """

    send: Callable[[Message], Awaitable[None]]
    text_limit: int = 3_900
    most: int | None = None
    finish: Callable[[], Awaitable[None]] | None = None
    draw: Callable[[Block], Awaitable[Block | None]] | None = None
    show: Show | None = None
    stop: Callable[[], Awaitable[bool]] | None = None


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
    lane = f"answer {sha256(response_url.encode()).hexdigest()[:8]}"  # it is logged, and who has the address may post

    async def post(message: Message) -> None:
        response = await client.send(
            text=message.text,
            blocks=[dict(block) for block in message.blocks] or None,
            response_type="ephemeral",
            replace_original=False,
            unfurl_links=False,
            unfurl_media=False,
        )
        if error := webhook_error(response):
            raise error

    async def send(message: Message) -> None:
        await pace.post(lane, lambda: post(message))

    return Outlet(send, text_limit=12_000, most=2)


def either(first: Outlet, second: Outlet) -> Outlet:
    """The first way while it works, then the second: a ``response_url`` ends after half an hour."""

    async def send(message: Message) -> None:
        try:
            await first.send(message)
        except SpentError:
            await second.send(message)

    return Outlet(send, text_limit=min(first.text_limit, second.text_limit), most=first.most)
