"""Run the app over Socket Mode or HTTP: who am I first, then listen, then finish what was begun."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from time import monotonic

import aiohttp
from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.audience.policy import Policy
from bot.memory import Memory
from bot.model import Answer, Question
from bot.settings import DAYS
from bot.slack.app import SLACK, build_app
from bot.slack.sending.meanings import code_of
from bot.slack.work.house import DRAIN, at_work
from bot.slack.work.serving import Live
from metrics.engine import Engine
from metrics.errors import UserError

log = logging.getLogger(__name__)

LOST = 120.0
"""Seconds without a connection after which a new process may do better than this one."""
REMEDIES = {
    "SLACK_BOT_TOKEN": "copy the Bot User OAuth Token (xoxb-) from OAuth & Permissions of your app",
    "SLACK_SIGNING_SECRET": "copy the Signing Secret from Basic Information of your app",
    "SLACK_APP_TOKEN": "make an App-Level Token (xapp-, connections:write) in Basic Information of your app",
}
PASSING = ("ratelimited", "internal_error", "fatal_error", "service_unavailable", None)
"""What Slack answers when nothing is wrong with the token."""
PATH = "/slack/events"
"""Where Slack sends everything over HTTP."""
POLL = 1.0
"""Seconds between two looks at the connection."""


async def serve(
    *,
    answer: Callable[[Question], Awaitable[Answer]],
    memory: Memory,
    open_: Callable[[], Engine],
    policy: Policy,
    live: Live | None = None,
    bot_token: str,
    app_token: str,
    api_url: str = SLACK,
    days: int = DAYS,
    stop: asyncio.Event | None = None,
    drain: float = DRAIN,
) -> None:
    """Answer questions over Socket Mode until SIGTERM, SIGINT or ``stop``; then finish those under way.

    Raises:
        UserError: Slack cannot be reached or refuses a token.
        ConnectionError: the connection was lost and did not come back.
    """
    app, desk = build_app(
        answer=answer, memory=memory, open_=open_, policy=policy, live=live, token=bot_token, api_url=api_url
    )
    handler = await _handler(app, app_token)
    async with at_work(desk, stop or asyncio.Event(), drain, days) as ended:
        connecting = asyncio.create_task(handler.connect_async())  # type: ignore[no-untyped-call]  # Bolt types it not
        try:
            await _watch(handler, ended)
        finally:
            connecting.cancel()
            await handler.close_async()  # type: ignore[no-untyped-call]  # nor this


async def serve_http(
    *,
    answer: Callable[[Question], Awaitable[Answer]],
    memory: Memory,
    open_: Callable[[], Engine],
    policy: Policy,
    live: Live | None = None,
    bot_token: str,
    signing_secret: str,
    host: str,
    port: int,
    api_url: str = SLACK,
    days: int = DAYS,
    stop: asyncio.Event | None = None,
    drain: float = DRAIN,
) -> None:
    """The same for events that Slack sends over HTTP, at ``/slack/events``; what it did not sign is refused.

    Raises:
        UserError: Slack cannot be reached or refuses the token, or the port is taken.
    """
    app, desk = build_app(
        answer=answer,
        memory=memory,
        open_=open_,
        policy=policy,
        live=live,
        token=bot_token,
        api_url=api_url,
        signing_secret=signing_secret,
    )
    await _asked(app, "SLACK_BOT_TOKEN", app.client.auth_test)
    runner = web.AppRunner(app.web_app(path=PATH, port=port))
    await runner.setup()
    async with at_work(desk, stop or asyncio.Event(), drain, days) as ended:
        try:
            await web.TCPSite(runner, host, port).start()
            log.info("Listening at http://%s:%d%s", host, port, PATH)
            await ended.wait()
        except OSError as error:
            raise UserError(f"Port {port} of {host} cannot be used: choose another with --port.") from error
        finally:
            await runner.cleanup()


async def _handler(app: AsyncApp, app_token: str) -> AsyncSocketModeHandler:
    """Both tokens tried, before the handler tries for ever; its first address is the one they gave."""
    who = await _asked(app, "SLACK_BOT_TOKEN", app.client.auth_test)
    link = await _asked(app, "SLACK_APP_TOKEN", lambda: app.client.apps_connections_open(app_token=app_token))
    await _warm(app)
    handler = AsyncSocketModeHandler(app, app_token)
    handler.client.wss_uri = link["url"]
    log.info("Listening as %s in %s", who.get("user"), who.get("team"))
    return handler


async def _asked(
    app: AsyncApp, token: str, call: Callable[[], Awaitable[AsyncSlackResponse]]
) -> AsyncSlackResponse:
    try:
        return await call()
    except SlackApiError as error:
        code = code_of(error)
        remedy = "try again in a minute" if not code or code in PASSING else REMEDIES[token]
        raise UserError(f"Slack refuses {token} ({code or 'without a reason'}): {remedy}.") from error
    except (aiohttp.ClientError, TimeoutError) as error:
        raise UserError(
            f"Slack cannot be reached at {app.client.base_url}: check the network and SLACK_API_URL."
        ) from error


async def _warm(app: AsyncApp) -> None:
    """Let Bolt ask who it is now, rather than while the first question waits for its acknowledgement."""
    body = {"type": "event_callback", "event": {"type": "warm_up"}}
    await app.async_dispatch(AsyncBoltRequest(mode="socket_mode", body=body))


async def _watch(handler: AsyncSocketModeHandler, stop: asyncio.Event) -> None:
    seen = monotonic()
    while not stop.is_set():
        if await handler.client.is_connected():
            seen = monotonic()
        elif monotonic() - seen > LOST:
            raise ConnectionError(f"no connection to Slack for {LOST:.0f} s")
        try:
            await asyncio.wait_for(stop.wait(), timeout=POLL)
        except TimeoutError:
            continue
