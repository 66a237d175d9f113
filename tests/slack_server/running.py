"""The unmodified app, running against the server over Slack's own Socket Mode client or over signed HTTP."""

from __future__ import annotations

import json
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from importlib.resources import files
from tempfile import TemporaryDirectory
from typing import Any, cast

from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp

from bot.audience.policy import Policy
from bot.memory import Memory, open_memory
from bot.memory.inbox import Inbox
from bot.model import Answer, Question
from bot.playground.link import Link
from bot.slack.app import build_app
from bot.slack.sending.pace import Pace
from bot.slack.serve import PATH
from bot.slack.work.desk import Desk
from bot.slack.work.lanes import Lanes
from bot.slack.work.serving import Live
from metrics.engine import Engine
from metrics.errors import CompanyError
from tests.slack_server.server import APP_TOKEN, BOT_TOKEN, SlackServer
from tests.slack_server.signed import SignedPosts

Ask = Callable[[Question], Awaitable[Answer]]


@dataclass
class Running:
    """A bot that runs, and its app."""

    slack: SlackServer
    app: AsyncApp
    lanes: Lanes
    desk: Desk


def manifest() -> dict[str, Any]:
    """The manifest that ships with the bot."""
    read: dict[str, Any] = json.loads(files("bot.slack").joinpath("manifest.json").read_text())
    return read


def slack_server(**options: Any) -> SlackServer:
    """A server with the workspace's rights as the manifest asks for them."""
    asked = manifest()
    server = SlackServer(
        scopes=set(asked["oauth_config"]["scopes"]["bot"]),
        subscribed=set(asked["settings"]["event_subscriptions"]["bot_events"]),
        **options,
    )
    server.manifest = asked
    return server


def no_company() -> Engine:
    """Where no company is needed there is none."""
    raise CompanyError("There is no company folder.")


@asynccontextmanager
async def running(
    answer: Ask,
    *,
    memory: Memory | None = None,
    inbox: Inbox | None = None,
    open_: Callable[[], Engine] = no_company,
    live: Live | None = None,
    policy: Policy | None = None,
    slack: SlackServer | None = None,
    pace: Pace | None = None,
    patience: float = 60,
    sign_after: float = 60,
    over_http: bool = False,
) -> AsyncIterator[Running]:
    """Run the bot; at the end, everything has to be done and no rule of Slack broken."""
    async with AsyncExitStack() as stack:
        server = await stack.enter_async_context(slack_server()) if slack is None else slack
        lanes, secret = Lanes(), secrets.token_hex(8) if over_http else None
        folder = stack.enter_context(TemporaryDirectory())
        app, desk = build_app(
            answer=answer,
            memory=memory or open_memory(f"sqlite:///{folder}/memory.sqlite3"),
            open_=open_,
            policy=policy or Policy(),
            live=live,
            inbox=inbox,
            token=BOT_TOKEN,
            api_url=server.api_url,
            signing_secret=secret,
            lanes=lanes,
            pace=pace or Pace(interval=0),
            patience=patience,
            sign_after=sign_after,
        )
        async with _signed(app, server, secret) if secret else _socket(app):
            try:
                yield Running(server, app, lanes, desk)
                assert await lanes.drain(5) == 0
            finally:
                await lanes.drain(0)
                await server.quiet()
        assert server.violations == [], server.violations


@asynccontextmanager
async def _socket(app: AsyncApp) -> AsyncIterator[None]:
    handler = AsyncSocketModeHandler(app, APP_TOKEN, ping_interval=1)
    await handler.connect_async()  # type: ignore[no-untyped-call]
    try:
        yield
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call]


@asynccontextmanager
async def _signed(app: AsyncApp, server: SlackServer, secret: str) -> AsyncIterator[None]:
    """Everything that the server sends arrives as a signed post in place of Socket Mode."""
    runner = web.AppRunner(app.web_app(path=PATH))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    server.link = cast("Link", SignedPosts(f"http://{host}:{port}{PATH}", secret))
    try:
        yield
    finally:
        await runner.cleanup()
