from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web
from slack_bolt.async_app import AsyncAck, AsyncApp

from tests.slack_server import events
from tests.slack_server.running import slack_server
from tests.slack_server.server import BOT_TOKEN
from tests.slack_server.signed import SignedPosts

SECRET = "a-secret"


@asynccontextmanager
async def signed(**how: Any) -> AsyncIterator[tuple[SignedPosts, list[dict[str, Any]]]]:
    """Bolt's own HTTP server, what Slack posts to it, and what reached its listeners."""
    heard: list[dict[str, Any]] = []
    async with slack_server() as slack:
        app = AsyncApp(token=BOT_TOKEN, signing_secret=SECRET)
        app.client.base_url = slack.api_url

        async def listener(ack: AsyncAck, body: dict[str, Any]) -> None:
            await ack()
            heard.append(body)

        for register in (app.event("message"), app.command("/metrics"), app.shortcut("ask")):
            register(listener)
        runner = web.AppRunner(app.web_app(path="/slack/events"))
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        address = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
        yield SignedPosts(address, **{"secret": SECRET} | how), heard
        await runner.cleanup()


async def test_events_commands_and_interactions_arrive_signed() -> None:
    async with signed() as (posts, heard):
        shortcut = {
            "type": "shortcut",
            "callback_id": "ask",
            "team": {"id": "T0TEAM"},
            "user": {"id": events.ANN},
        }
        await posts.deliver("events_api", events.callback(events.message("win rate")))
        await posts.deliver("slash_commands", {"command": "/metrics", "text": "a & b", "team_id": "T0TEAM"})
        await posts.deliver("interactive", shortcut)
    assert posts.statuses == [200] * 3
    assert heard[1]["text"] == "a & b"
    assert [one.acked_after is not None for one in posts.deliveries] == [True] * 3


@pytest.mark.parametrize("how", [{"secret": "another"}, {"age": 301.0}, {"age": -360.0}])
async def test_what_slack_did_not_sign_just_now_is_refused(how: dict[str, Any]) -> None:
    async with signed(**how) as (posts, heard):
        delivery = await posts.deliver(
            "slash_commands", {"command": "/metrics", "text": "x", "team_id": "T0TEAM"}
        )
    assert posts.statuses == [401]
    assert delivery.acked_after is None
    assert heard == []


async def test_an_event_that_is_not_acknowledged_comes_three_times_more() -> None:
    async with signed(secret="another") as (posts, _):
        delivery = await posts.deliver("events_api", events.callback(events.message("win rate")))
    assert delivery.attempts == 4
