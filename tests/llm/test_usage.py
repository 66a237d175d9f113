"""What the model took is recorded for each answer, summed by day, and ends at the month's budget."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.answer import Bot, answer
from bot.audience.rights import Rights
from bot.cli import main
from bot.leading import Limits
from bot.llm import OpenAIModel
from bot.memory import Memory, open_memory
from bot.memory.usage import Day
from bot.model import Question
from bot.settings import Settings
from metrics.errors import UserError
from tests import model_server as fake
from tests.model_server import ModelServer

LIST = "top 5 metrics for a VP Sales"


@pytest.fixture
def memory() -> Iterator[Memory]:
    opened = open_memory(os.environ["COUNTERPOISE_STATE_URL"])  # where the command looks, too
    yield opened
    opened.close()


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with ModelServer() as running:
        running.reply(fake.prose("Win rate is at [win_rate.value]."))
        yield running


def with_model(bot: Bot, server: ModelServer, limits: Limits = Limits()) -> Bot:  # noqa: B008 - frozen
    return replace(bot, model=OpenAIModel("fake", base_url=server.url), limits=limits)


def spend(memory: Memory, day: str, tokens: int, calls: int = 1) -> None:
    at = datetime.fromisoformat(f"{day}T23:59:00+00:00")
    memory.usage.spend("a", "fake", calls=calls, input_tokens=tokens, output_tokens=1, at=at)


def test_days_are_summed_in_utc_and_the_oldest_comes_first(memory: Memory) -> None:
    spend(memory, "2026-01-31", 10)
    spend(memory, "2026-02-01", 20, calls=2)
    spend(memory, "2026-02-01", 5)
    memory.usage.spend("b", "fake", calls=1, input_tokens=7, output_tokens=0,
                       at=datetime.fromisoformat("2026-02-02T01:00:00+02:00"))  # fmt: skip
    assert memory.usage.by_day(date(2026, 2, 1)) == [Day("2026-02-01", 0, 4, 32, 2)]
    assert [day.day for day in memory.usage.by_day(date(2026, 1, 1))] == ["2026-01-31", "2026-02-01"]
    assert memory.usage.tokens_since(date(2026, 2, 1)) == 34
    assert memory.usage.tokens_since(date(2027, 1, 1)) == 0


async def test_what_the_asker_alone_sees_of_an_answer_is_no_second_answer(demo_bot: Bot) -> None:
    rights = Rights(here="none", alone="people")
    found = await answer(Question("win rate", channel="C1", thread="1", rights=rights), demo_bot)
    assert found.alone is not None
    (today,) = demo_bot.memory.usage.by_day(datetime.now(UTC).date())
    assert today.answers == 1


async def test_an_answer_records_what_it_took_and_says_so(demo_bot: Bot, server: ModelServer) -> None:
    found = await answer(Question(LIST), with_model(demo_bot, server))
    assert found.model.used
    assert (found.model.calls, found.model.input_tokens, found.model.output_tokens) == (1, 120, 30)
    (today,) = demo_bot.memory.usage.by_day(datetime.now(UTC).date())
    assert (today.answers, today.calls, today.input_tokens, today.output_tokens) == (1, 1, 120, 30)


async def test_a_question_that_stays_open_takes_one_call_to_read_and_one_to_word(
    demo_bot: Bot, server: ModelServer
) -> None:
    reading = json.dumps(
        dict.fromkeys(("count", "period", "dimension")) | {"kind": "recommendation", "role": "vp_sales"}
    )
    server.reply(fake.completion(reading), fake.prose("Win rate is at [win_rate.value]."))
    found = await answer(Question("how should we steer the ship"), with_model(demo_bot, server))
    assert found.scorecard is not None
    assert found.scorecard.role == "vp_sales"
    assert (found.model.calls, found.model.input_tokens, len(server.requests)) == (2, 240, 2)


async def test_a_call_that_failed_is_recorded_all_the_same(demo_bot: Bot, server: ModelServer) -> None:
    server.reply(fake.CUT_BY_LENGTH)
    found = await answer(Question(LIST), with_model(demo_bot, server))
    assert (found.model.used, found.model.input_tokens) == (False, 120)
    assert demo_bot.memory.usage.tokens_since(datetime.now(UTC).date()) == 150


async def test_an_answer_that_cannot_be_given_has_been_paid_for(demo_bot: Bot, server: ModelServer) -> None:
    server.reply(
        fake.completion(json.dumps({"kind": "comparison", "metrics": ["arr"], "dimension": "owner"}))
    )
    with pytest.raises(UserError):
        await answer(Question("how do we fare per rep", channel="C1"), with_model(demo_bot, server))
    assert demo_bot.memory.usage.tokens_since(datetime.now(UTC).date()) == 150


async def test_over_the_months_budget_the_list_is_the_same_and_a_line_says_why(
    demo_bot: Bot, server: ModelServer
) -> None:
    bot = with_model(demo_bot, server, Limits(tokens_a_month=150))
    first, second = await answer(Question(LIST), bot), await answer(Question(LIST), bot)
    assert first.model.used
    assert (second.model.calls, second.model.fallback) == (
        0,
        "the language model has used up this month's tokens",
    )
    assert first.scorecard is not None
    assert second.scorecard is not None
    assert [(row.metric.id, row.value.value) for row in first.scorecard.rows] == [
        (row.metric.id, row.value.value) for row in second.scorecard.rows
    ]
    assert len(server.requests) == 1


async def test_words_are_shown_while_the_answer_is_made_and_it_begins_with_them(
    demo_bot: Bot, server: ModelServer
) -> None:
    seen: list[str] = []

    async def show(text: str) -> None:
        seen.append(text)

    server.reply(fake.streamed(json.dumps({"sentences": ["Win rate is at [win_rate.value]."]})))
    found = await answer(Question(LIST), with_model(demo_bot, server), show)
    assert found.model.used
    assert (found.model.calls, found.model.input_tokens) == (1, 120)
    assert seen[-1] == found.body
    assert all(found.body.startswith(text) for text in seen)
    assert re.match(r"Win rate is at \S+ %", seen[0])


def test_the_command_shows_the_days_and_the_budget(
    memory: Memory, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["usage"]) == 0
    assert capsys.readouterr().out == "Nothing was answered in the last 31 days.\n"
    today = datetime.now(UTC).date()
    spend(memory, today.isoformat(), 1234)
    monkeypatch.setenv("COUNTERPOISE_MODEL_TOKENS_A_MONTH", "5000")
    assert main(["usage"]) == 0
    told = capsys.readouterr().out
    assert re.search(rf"{today}\s+0\s+1\s+1,234\s+1\n", told)
    assert f"{today:%Y-%m}: 1,235 of 5,000 tokens." in told
    assert main(["usage", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "days": [
            {"day": today.isoformat(), "answers": 0, "calls": 1, "input_tokens": 1234, "output_tokens": 1}
        ],
        "month": {"month": f"{today:%Y-%m}", "tokens": 1235, "budget": 5000},
    }
    assert main(["usage", "--days", "0"]) == 2


@pytest.mark.parametrize("wrong", ["-3", "0", "many", "1.5"])
def test_a_budget_that_is_no_number_is_said_so(wrong: str) -> None:
    with pytest.raises(UserError, match="COUNTERPOISE_MODEL_TOKENS_A_MONTH"):
        _ = Settings(model_tokens=wrong).tokens_a_month
    with pytest.raises(UserError, match="COUNTERPOISE_MODEL_SECONDS"):
        _ = Settings(model_seconds=wrong).seconds_a_call
