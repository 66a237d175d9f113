from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from bot.answer import LONGEST
from bot.llm import (
    Breaker,
    Completion,
    Lead,
    ModelUnavailable,
    NotAsked,
    OpenAIModel,
    StreamingModel,
    endpoint,
)
from bot.reading.with_model import read_with_model
from metrics.calendar.periods import Calendar
from metrics.load import load_catalog
from prompts import render
from tests import model_server as fake
from tests.evals.tokens import tokens
from tests.model_server import ModelServer

OPEN = "how good are we at bringing new folks up to speed"
"""The reader alone is not sure of it, so that a model is asked."""
SCHEMA = {"type": "object", "properties": {}, "additionalProperties": False}


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with ModelServer() as running:
        yield running


async def ask(model: OpenAIModel | Lead, schema: dict[str, object] | None = SCHEMA) -> Completion:
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


async def test_a_fault_that_lasts_is_retried_no_second_time(server: ModelServer) -> None:
    server.reply(fake.error(500))
    assert "error 500" in await reason(OpenAIModel("fake", base_url=server.url))
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


async def test_a_call_that_somebody_stopped_was_a_call(server: ModelServer) -> None:
    server.reply(fake.slow(fake.completion("{}"), 3))
    lead = Lead(OpenAIModel("fake", base_url=server.url), seconds=20)
    task = asyncio.create_task(ask(lead))
    await asyncio.sleep(0.2)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert lead.calls == 1


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


TEXT = '{"sentences": ["Win rate is at [win_rate.value]."]}'


async def read(model: StreamingModel) -> list[Completion]:
    return [so_far async for so_far in model.stream(system="s", user="u", schema=SCHEMA, max_tokens=50)]


async def test_a_stream_grows_and_ends_whole_with_what_it_took(server: ModelServer) -> None:
    server.reply(fake.streamed(TEXT))
    seen = await read(OpenAIModel("fake", base_url=server.url))
    assert seen[-1] == Completion(TEXT, 120, 30)
    assert all(later.text.startswith(sooner.text) for sooner, later in pairwise(seen))
    assert len(seen) > 3
    assert server.requests[0]["stream"]
    assert server.requests[0]["stream_options"] == {"include_usage": True}


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        (fake.HTML, "in the middle"),
        (fake.EMPTY_OBJECT, "in the middle"),
        (fake.EMPTY_BODY, "in the middle"),
        (fake.completion(TEXT), "in the middle"),  # a server that does not know how to stream
        (fake.STREAM_CUT, "in the middle"),
        (fake.streamed(TEXT, finish=None), "in the middle"),
        (fake.streamed(TEXT, finish="length"), "in the middle"),
        (fake.streamed("", finish="content_filter"), "in the middle"),
        (fake.streamed(""), "nothing"),
        (fake.streamed(TEXT, ending=b"data: {broken\n\n"), "unreadable"),
        (fake.streamed(TEXT, ending=b'data: {"error": {"message": "secret sk-123"}}\n\n'), "unreadable"),
        (fake.cut(fake.streamed(TEXT)), "could not be reached"),
        (fake.streamed("x" * 30_000, size=1000), "come to an end"),
        (fake.error(500), "error 500"),
        (fake.error(401), "key"),
    ],
)
async def test_a_stream_that_breaks_off_is_the_same_event(
    server: ModelServer, reply: fake.Reply, why: str
) -> None:
    server.reply(reply)
    with pytest.raises(ModelUnavailable) as caught:
        await read(OpenAIModel("fake", base_url=server.url, deadline=4))
    assert why in caught.value.reason
    assert "sk-123" not in caught.value.reason


async def test_the_deadline_bounds_a_stream_that_trickles(server: ModelServer) -> None:
    server.reply(replace(fake.streamed(TEXT), trickle=0.2))
    began = time.monotonic()
    with pytest.raises(ModelUnavailable, match=r"took longer than 0\.5 seconds"):
        await read(OpenAIModel("fake", base_url=server.url, deadline=0.5))
    assert time.monotonic() - began < 2


async def test_the_calls_of_an_answer_share_its_time(server: ModelServer) -> None:
    server.reply(fake.slow(fake.completion("{}"), 3))
    lead = Lead(OpenAIModel("fake", base_url=server.url), seconds=0.3)
    with pytest.raises(ModelUnavailable, match=r"longer than the 0.3 seconds that an answer may take"):
        await lead.complete(system="s", user="u", schema=SCHEMA, max_tokens=50)
    with pytest.raises(NotAsked, match="had taken its time already"):
        await lead.complete(system="s", user="u", schema=SCHEMA, max_tokens=50)
    assert lead.calls == 1


async def test_a_lead_counts_what_is_taken_by_whole_broken_and_streamed_calls(server: ModelServer) -> None:
    server.reply(fake.completion("{}"), fake.CUT_BY_LENGTH, fake.streamed(TEXT))
    lead = Lead(OpenAIModel("fake", base_url=server.url), seconds=20, most_calls=3)
    await lead.complete(system="s", user="u", schema=SCHEMA, max_tokens=50)
    with pytest.raises(ModelUnavailable):
        await lead.complete(system="s", user="u", schema=SCHEMA, max_tokens=50)
    assert (await read(lead))[-1].text == TEXT
    assert (lead.calls, lead.input_tokens, lead.output_tokens) == (3, 360, 90)


async def test_one_answer_asks_a_model_twice_at_most(server: ModelServer) -> None:
    server.reply(fake.completion("{}"))
    lead = Lead(OpenAIModel("fake", base_url=server.url), seconds=20)
    for _ in range(2):
        await lead.complete(system="s", user="u", schema=SCHEMA, max_tokens=50)
    with pytest.raises(NotAsked, match="as often as one answer may"):
        await lead.complete(system="s", user="u", schema=SCHEMA, max_tokens=50)
    with pytest.raises(NotAsked):
        await read(lead)
    assert len(server.requests) == lead.calls == 2


async def test_a_budget_that_is_used_up_ends_all_calls(server: ModelServer) -> None:
    server.reply(fake.completion("{}"))
    lead = Lead(OpenAIModel("fake", base_url=server.url), seconds=20, tokens_left=150)
    await lead.complete(system="s", user="u", schema=SCHEMA, max_tokens=50)
    with pytest.raises(NotAsked, match="used up this month's tokens"):
        await lead.complete(system="s", user="u", schema=SCHEMA, max_tokens=50)
    with pytest.raises(NotAsked):
        await read(lead)
    assert len(server.requests) == 1


async def test_a_reading_call_stays_small_beyond_a_prefix_that_never_changes(server: ModelServer) -> None:
    server.say("{}")
    model, catalog = OpenAIModel("fake", base_url=server.url), load_catalog()
    shown = [list(catalog.metrics)[:50]]
    for text in (OPEN, f"{OPEN} " * 20):
        await read_with_model(
            text[:LONGEST],
            model=model,
            catalog=catalog,
            calendar=Calendar(),
            as_of=date(2025, 11, 14),
            shown=shown,
        )
    first, second = server.requests
    assert first["messages"][0] == second["messages"][0]
    assert first["response_format"] == second["response_format"]
    assert max(tokens(request["messages"][1]["content"]) for request in server.requests) < 1500
