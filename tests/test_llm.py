from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator

import pytest

from bot.llm import Breaker, Completion, ModelUnavailable, OpenAIModel, endpoint
from prompts import render
from tests import model_server as fake
from tests.model_server import ModelServer

SCHEMA = {"type": "object", "properties": {}, "additionalProperties": False}


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with ModelServer() as running:
        yield running


async def ask(model: OpenAIModel, schema: dict[str, object] | None = SCHEMA) -> Completion:
    return await model.complete(system="s", user="u", schema=schema, max_tokens=50)


async def reason(model: OpenAIModel) -> str:
    with pytest.raises(ModelUnavailable) as caught:
        await ask(model)
    return caught.value.reason


async def test_a_whole_answer_comes_with_what_it_took(server: ModelServer) -> None:
    server.say('{"a": 1}')
    told = await ask(OpenAIModel("fake", base_url=server.url))
    assert told == Completion('{"a": 1}', 120, 30)
    assert told.read() == {"a": 1}


async def test_the_request_is_plain_chat_completions_with_a_strict_schema(server: ModelServer) -> None:
    server.say("{}")
    await ask(OpenAIModel("fake", base_url=server.url))
    (request,) = server.requests
    assert request["path"] == "/v1/chat/completions"
    assert request["key"] == "Bearer none"
    assert [message["role"] for message in request["messages"]] == ["system", "user"]
    assert request["response_format"]["json_schema"] == {"name": "answer", "strict": True, "schema": SCHEMA}
    assert (request["max_tokens"], request["temperature"]) == (50, 0)
    assert not {"tools", "n", "stream", "max_completion_tokens"} & set(request)


async def test_without_a_schema_none_is_asked_for(server: ModelServer) -> None:
    server.say("hello")
    await ask(OpenAIModel("fake", base_url=server.url), None)
    assert "response_format" not in server.requests[0]


@pytest.mark.parametrize("empty", ["", "  ", None])
def test_an_empty_base_url_means_openai_and_its_words(empty: str | None) -> None:
    model = OpenAIModel("m", api_key="k", base_url=empty)
    assert model._url == "https://api.openai.com/v1"
    assert str(model._client.base_url).startswith("https://api.openai.com/v1")
    assert model._words(9) == {"max_completion_tokens": 9}


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        (fake.HTML, "no completion"),
        (fake.NO_CHOICES, "no completion"),
        (fake.NULL_CHOICES, "no completion"),
        (fake.EMPTY_OBJECT, "no completion"),
        (fake.raw({"choices": [{}]}), "answer"),
        (fake.raw({"choices": "no"}), "no completion"),
        (fake.BROKEN_BODY, "unreadable"),
        (fake.EMPTY_BODY, "unreadable"),
        (fake.NULL_CONTENT, "nothing"),
        (fake.completion("  "), "nothing"),
        (fake.REFUSAL, "refused"),
        (fake.CUT_BY_LENGTH, "in the middle"),
        (fake.FILTERED, "in the middle"),
        (fake.UNFINISHED, "in the middle"),
        (fake.STREAM_CUT, "answered with"),
        (fake.cut(fake.completion("{}")), "could not be reached"),
        (fake.error(500), "error 500"),
        (fake.error(400), "error 400"),
        (fake.error(401), "key"),
        (fake.error(404), "under the name 'fake'"),
        (fake.error(429, retry_after="0"), "limit"),
    ],
)
async def test_every_fault_is_the_same_event_with_its_own_reason(
    server: ModelServer, reply: fake.Reply, why: str
) -> None:
    server.reply(reply)
    told = await reason(OpenAIModel("fake", base_url=server.url, deadline=4))
    assert why in told
    assert "sk-123" not in told


async def test_a_passing_fault_is_retried_once(server: ModelServer) -> None:
    server.reply(fake.error(500), fake.completion("{}"))
    assert (await ask(OpenAIModel("fake", base_url=server.url))).text == "{}"
    assert len(server.requests) == 2


async def test_the_deadline_bounds_the_whole_call(server: ModelServer) -> None:
    server.reply(fake.slow(fake.completion("{}"), 3))
    began = time.monotonic()
    assert (
        await reason(OpenAIModel("fake", base_url=server.url, deadline=0.4))
        == "the language model took longer than 0.4 seconds"
    )
    assert time.monotonic() - began < 2


async def test_a_long_retry_after_does_not_outlast_the_deadline(server: ModelServer) -> None:
    server.reply(fake.error(429, retry_after="30"))
    assert "longer" in await reason(OpenAIModel("fake", base_url=server.url, deadline=0.4))


async def test_a_dead_endpoint_is_left_alone_for_a_minute() -> None:
    now = [0.0]
    model = OpenAIModel("fake", base_url="http://127.0.0.1:9/v1", breaker=Breaker(clock=lambda: now[0]))
    assert await reason(model) == "the language model could not be reached"
    assert "is not asked again" in await reason(model)
    now[0] = 61
    assert await reason(model) == "the language model could not be reached"


async def test_an_answer_that_is_merely_nonsense_does_not_trip_the_breaker(server: ModelServer) -> None:
    server.reply(fake.HTML, fake.completion("{}"))
    model = OpenAIModel("fake", base_url=server.url)
    await reason(model)
    assert (await ask(model)).text == "{}"


async def test_who_stops_waiting_is_not_held_up(server: ModelServer) -> None:
    server.reply(fake.slow(fake.completion("{}"), 3))
    task = asyncio.create_task(ask(OpenAIModel("fake", base_url=server.url)))
    await asyncio.sleep(0.2)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_tests_cannot_call_a_real_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(endpoint, "ALLOW_REAL_CALLS", False)
    with pytest.raises(RuntimeError, match=r"api\.openai\.com"):
        await ask(OpenAIModel("m", api_key="k"))


@pytest.mark.parametrize("text", ["", "nope", "[]", "null", "3", '{"a": ', "[" * 5000])
def test_what_is_no_object_is_no_answer(text: str) -> None:
    with pytest.raises(ModelUnavailable, match="form"):
        Completion(text).read()


def test_a_prompt_takes_exactly_its_fields_and_fills_them_once() -> None:
    with pytest.raises(ValueError, match="takes the fields"):
        render("narrate", role="x")
    fields = {
        "roles": "R",
        "dimensions": "D",
        "metrics": "M",
        "shown": "none",
        "question": "{{metrics}} {{x}}",
    }
    read = render("read", **fields)
    assert "{{metrics}} {{x}}" in read.user
    assert "{{" not in read.system
    assert read.system == render("read", **{**fields, "question": "other", "shown": "win_rate"}).system
