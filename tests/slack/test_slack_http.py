"""The same bot over signed HTTP: what Slack did not sign, or signed too long ago, is refused."""

from __future__ import annotations

import asyncio
import json
import socket
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlencode

import aiohttp
import pytest
from slack_sdk.signature import SignatureVerifier

from bot.audience.policy import Policy
from bot.memory import Memory
from bot.model import Answer, Question
from bot.slack.serve import PATH, serve_http
from metrics.errors import UserError
from tests.slack_server import ANN, SALES, SlackServer, events
from tests.slack_server.running import no_company, slack_server
from tests.slack_server.samples import answer
from tests.slack_server.server import BOT_TOKEN

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"


async def echo(question: Question) -> Answer:
    return answer(question, body=question.text)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@asynccontextmanager
async def serving(memory: Memory) -> AsyncIterator[tuple[SlackServer, str]]:
    async with slack_server() as slack:
        port, stop = free_port(), asyncio.Event()
        task = asyncio.create_task(
            serve_http(
                answer=echo, memory=memory, open_=no_company, policy=Policy(), bot_token=BOT_TOKEN,
                signing_secret=SECRET, host="127.0.0.1", port=port, api_url=slack.api_url, stop=stop,
            )
        )  # fmt: skip
        url = f"http://127.0.0.1:{port}{PATH}"
        for _ in range(100):
            await asyncio.sleep(0.05)
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                continue
            writer.close()
            break
        yield slack, url
        stop.set()
        await asyncio.wait_for(task, 10)


async def send(
    url: str, body: str, *, secret: str = SECRET, age: int = 0, kind: str = "application/json"
) -> tuple[int, str]:
    stamp = str(int(time.time()) - age)
    signature = SignatureVerifier(secret).generate_signature(timestamp=stamp, body=body) or ""
    headers = {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": signature, "Content-Type": kind}
    async with aiohttp.ClientSession() as session, session.post(url, data=body, headers=headers) as got:
        return got.status, await got.text()


async def test_a_signed_event_is_answered(memory: Memory) -> None:
    async with serving(memory) as (slack, url):
        event = events.message("win rate")
        status, _ = await send(url, json.dumps(events.callback(event)))
        [reply] = await slack.replies(1)
    assert (status, reply.text, reply.thread) == (200, "win rate", event["ts"])


async def test_a_signed_command_is_answered_to_the_asker(memory: Memory) -> None:
    async with serving(memory) as (slack, url):
        command = slack.typed("win rate", user=ANN, channel=SALES)
        status, _ = await send(url, urlencode(command), kind="application/x-www-form-urlencoded")
        [reply] = await slack.replies(1)
    assert (status, reply.only_for) == (200, ANN)


@pytest.mark.parametrize(("secret", "age"), [("another", 0), (SECRET, 400)])
async def test_a_wrong_or_a_stale_signature_is_refused(memory: Memory, secret: str, age: int) -> None:
    async with serving(memory) as (slack, url):
        body = json.dumps(events.callback(events.message("win rate")))
        status, _ = await send(url, body, secret=secret, age=age)
        await asyncio.sleep(0.2)
        assert (status, slack.messages) == (401, [])


async def test_slack_verifies_the_address(memory: Memory) -> None:
    async with serving(memory) as (_, url):
        status, text = await send(url, json.dumps({"type": "url_verification", "challenge": "c1"}))
    assert (status, "c1" in text) == (200, True)


async def test_a_port_that_is_taken_is_said_in_one_sentence(memory: Memory) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        async with slack_server() as slack:
            with pytest.raises(UserError, match="--port"):
                await serve_http(
                    answer=echo, memory=memory, open_=no_company, policy=Policy(), bot_token=BOT_TOKEN,
                    signing_secret=SECRET, host="127.0.0.1", port=taken.getsockname()[1], api_url=slack.api_url,
                )  # fmt: skip
