"""A model's endpoint that was made to do harm gets no question that was not for it, and no memory of ours."""

from __future__ import annotations

import gzip
import json
import logging
from collections.abc import Iterator
from contextlib import suppress

import pytest

from bot.llm import ModelUnavailable, OpenAIModel
from bot.llm.bounds import MOST
from tests import model_server as fake
from tests.model_server import ModelServer, Reply

ENDLESS = b'{"x": "' + b"a" * (2 * MOST)
STREAM = "text/event-stream"


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with ModelServer() as running:
        yield running


async def told(server: ModelServer, *, stream: bool) -> str:
    """Why there is no answer."""
    model = OpenAIModel("fake", "sk-123", server.url, deadline=5)
    try:
        if stream:
            async for _ in model.stream(system="s", user="u", schema=None, max_tokens=9):
                pass
        else:
            await model.complete(system="s", user="u", schema=None, max_tokens=9)
    except ModelUnavailable as unavailable:
        return unavailable.reason
    return ""


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_question_goes_to_no_host_but_the_one_that_was_named(
    server: ModelServer, status: int, stream: bool
) -> None:
    with ModelServer() as other:
        other.reply(fake.completion("{}"))
        to = f"{other.url}/chat/completions".replace("127.0.0.1", "localhost")
        server.reply(Reply(b"", status, headers={"Location": to}))
        assert f"error {status}" in await told(server, stream=stream)
        assert other.requests == []


@pytest.mark.parametrize(
    "reply",
    [
        Reply(ENDLESS),
        Reply(ENDLESS, content_type=STREAM),
        Reply((b": " + b"still here " * 2_000 + b"\n\n") * 400, content_type=STREAM),
        Reply(gzip.compress(ENDLESS), headers={"Content-Encoding": "gzip"}),
        Reply(gzip.compress(ENDLESS), headers={"Content-Encoding": "GZIP"}, content_type=STREAM),
    ],
    ids=["body", "line", "comments", "gzip", "stream of gzip"],
)
async def test_what_does_not_come_to_an_end_is_not_kept(server: ModelServer, reply: Reply) -> None:
    server.reply(reply)
    stream = reply.content_type == STREAM
    assert "did not come to an end" in await told(server, stream=stream)


async def test_json_that_is_nested_without_end_is_no_answer(server: ModelServer) -> None:
    deep = b"[" * 100_000 + b"]" * 100_000
    server.reply(Reply(b'{"choices": ' + deep + b"}"))
    assert "unreadable" in await told(server, stream=False)
    server.say(deep.decode())
    model = OpenAIModel("fake", base_url=server.url)
    with pytest.raises(ModelUnavailable, match="form that was asked for"):
        (await model.complete(system="s", user="u", schema=None, max_tokens=9)).read()


@pytest.mark.parametrize("count", [10**30, -1, 1.5, "many", None, [1], float("inf")])
async def test_a_count_of_tokens_that_cannot_be_counts_for_nothing(
    server: ModelServer, count: object
) -> None:
    whole = json.loads(fake.completion("{}").body)
    server.reply(fake.raw({**whole, "usage": {"prompt_tokens": count, "completion_tokens": count}}))
    model = OpenAIModel("fake", base_url=server.url)
    took = await model.complete(system="s", user="u", schema=None, max_tokens=9)
    assert (took.text, took.input_tokens, took.output_tokens) == ("{}", 0, 0)


async def test_a_password_in_the_endpoints_address_is_in_no_log(
    server: ModelServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    for reply in (fake.completion("{}"), Reply(b"", 500), Reply(b"no json")):
        server.reply(reply)
        address = server.url.replace("http://", "http://gateway:swordfish@")
        with suppress(ModelUnavailable):
            model = OpenAIModel("fake", "sk-123", address, deadline=5)
            await model.complete(system="s", user="u", schema=None, max_tokens=9)
    assert len(server.requests) >= 3
    assert "swordfish" not in caplog.text
    assert "sk-123" not in caplog.text
