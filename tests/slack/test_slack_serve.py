from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from tempfile import mkdtemp
from typing import Any

import pytest

from bot.audience.policy import Policy
from bot.memory import Memory, open_memory
from bot.model import Answer, Question
from bot.slack.app import build_app
from bot.slack.serve import serve
from metrics.errors import UserError
from tests.slack_server import SlackServer, Trouble, events
from tests.slack_server.running import no_company, slack_server
from tests.slack_server.samples import answer
from tests.slack_server.server import APP_TOKEN, BOT_TOKEN


async def sluggish(question: Question) -> Answer:
    await asyncio.sleep(0.3)
    return answer(question)


def options(slack: SlackServer, **more: Any) -> dict[str, Any]:
    return {
        "answer": sluggish,
        "memory": open_memory(f"sqlite:///{mkdtemp()}/memory.sqlite3"),
        "open_": no_company,
        "policy": Policy(),
        "bot_token": BOT_TOKEN,
        "app_token": APP_TOKEN,
        "api_url": slack.api_url,
    } | more


@asynccontextmanager
async def serving(**more: Any) -> AsyncIterator[tuple[SlackServer, asyncio.Task[None]]]:
    async with slack_server() as slack:
        task = asyncio.create_task(serve(**options(slack, **more)))
        await asyncio.wait_for(slack.link.connected.wait(), 20)
        yield slack, task
        await asyncio.wait_for(task, 20)


async def test_questions_under_way_are_finished_after_sigterm() -> None:
    async with serving() as (slack, task):
        await slack.event(events.message("win rate"))
        os.kill(os.getpid(), signal.SIGTERM)
        await asyncio.wait_for(task, 20)
        assert len(slack.messages) == 1
        assert slack.link.sockets == []


async def test_what_takes_longer_than_the_drain_is_ended_and_counted(
    caplog: pytest.LogCaptureFixture,
) -> None:
    stop = asyncio.Event()
    async with serving(stop=stop, drain=0.05) as (slack, _):
        await slack.event(events.message("win rate"))
        stop.set()
    assert "1 questions were left for the next process" in caplog.text


async def test_who_the_bot_is_is_asked_before_the_first_event() -> None:
    stop = asyncio.Event()
    async with serving(stop=stop) as (slack, _):
        before = len(slack.called("auth.test"))
        await slack.event(events.message("win rate"))
        await slack.replies(1)
        stop.set()
    assert len(slack.called("auth.test")) == before > 0


@pytest.mark.parametrize("token", ["bot_token", "app_token"])
async def test_a_wrong_token_ends_it_at_once_with_a_remedy(token: str) -> None:
    async with slack_server() as slack:
        with pytest.raises(UserError, match=f"SLACK_{token.upper()} .invalid_auth.: "):
            await asyncio.wait_for(serve(**options(slack, **{token: "xoxb-wrong"})), 5)


async def test_a_connection_that_does_not_come_back_ends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.slack.serve.POLL", 0.1)
    monkeypatch.setattr("bot.slack.serve.LOST", 0.3)
    async with slack_server() as slack:
        task = asyncio.create_task(serve(**options(slack)))
        await asyncio.wait_for(slack.link.connected.wait(), 20)
    with pytest.raises(ConnectionError):
        await asyncio.wait_for(task, 15)


async def test_a_slack_that_has_a_moment_is_not_blamed_on_the_token() -> None:
    async with slack_server() as slack:
        slack.trouble("auth.test", Trouble("ratelimited", status=429, retry_after=1))
        with pytest.raises(UserError, match="try again in a minute"):
            await serve(**options(slack))


async def test_a_slack_that_is_not_there_is_said_in_one_sentence() -> None:
    async with slack_server() as slack:
        nowhere = options(slack, api_url="http://127.0.0.1:9/api")
        with pytest.raises(UserError, match=r"cannot be reached at http://127\.0\.0\.1:9/api/: check"):
            await asyncio.wait_for(serve(**nowhere), 5)


def test_credentials_of_another_kind_in_the_environment_are_pointed_out(
    monkeypatch: pytest.MonkeyPatch, memory: Memory
) -> None:
    monkeypatch.setenv("SLACK_CLIENT_ID", "1")
    monkeypatch.setenv("SLACK_CLIENT_SECRET", "2")
    with pytest.raises(UserError, match="unset them"):
        build_app(answer=sluggish, memory=memory, open_=no_company, policy=Policy(), token=BOT_TOKEN)
