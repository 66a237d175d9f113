"""The unmodified app and Slack's own Socket Mode client, running against the server."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from importlib.resources import files
from tempfile import TemporaryDirectory
from typing import Any

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp

from bot.audience.policy import Policy
from bot.memory import Memory, open_memory
from bot.memory.inbox import Inbox
from bot.model import Answer, Question
from bot.slack.app import build_app
from bot.slack.desk import Desk
from bot.slack.lanes import Lanes
from bot.slack.pace import Pace
from bot.slack.serving import Live
from metrics.engine import Engine
from metrics.errors import CompanyError
from tests.slack_server.server import APP_TOKEN, BOT_TOKEN, SlackServer

Ask = Callable[[Question], Awaitable[Answer]]


@dataclass
class Running:
    """A bot that runs, its app and its handler."""

    slack: SlackServer
    app: AsyncApp
    handler: AsyncSocketModeHandler
    lanes: Lanes
    desk: Desk


def manifest() -> dict[str, Any]:
    """The manifest that ships with the bot."""
    read: dict[str, Any] = json.loads(files("bot.slack").joinpath("manifest.json").read_text())
    return read


def slack_server(**options: Any) -> SlackServer:
    """A server with the workspace's rights as the manifest asks for them."""
    asked = manifest()
    return SlackServer(
        scopes=set(asked["oauth_config"]["scopes"]["bot"]),
        subscribed=set(asked["settings"]["event_subscriptions"]["bot_events"]),
        **options,
    )


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
) -> AsyncIterator[Running]:
    """Run the bot; at the end, everything has to be done and no rule of Slack broken."""
    async with AsyncExitStack() as stack:
        server = await stack.enter_async_context(slack_server()) if slack is None else slack
        lanes = Lanes()
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
            lanes=lanes,
            pace=pace or Pace(interval=0),
            patience=patience,
            sign_after=sign_after,
        )
        handler = AsyncSocketModeHandler(app, APP_TOKEN, ping_interval=1)
        await handler.connect_async()  # type: ignore[no-untyped-call]
        try:
            yield Running(server, app, handler, lanes, desk)
            assert await lanes.drain(5) == 0
        finally:
            await lanes.drain(0)
            await server.quiet()
            await handler.close_async()  # type: ignore[no-untyped-call]
        assert server.violations == [], server.violations
