"""Stop gives up the query that runs in the warehouse, not only the wait for it."""

from __future__ import annotations

import asyncio
from contextlib import AbstractAsyncContextManager
from datetime import date
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

from bot.answer import Bot, answer
from bot.memory import Memory
from bot.model import Answer, Question
from bot.playground import payloads
from bot.slack.sending.growing import STOPPED_SAID
from metrics.calendar.periods import Calendar
from metrics.engine import Ask, Engine
from metrics.errors import StoppedError
from metrics.opening import open_company
from metrics.warehouse.stopping import WANTED, Stop
from tests.command import DEALS, company
from tests.slack_server import ANN, DM, events
from tests.slack_server.running import Running, running

Q1 = Calendar().quarter(2025, 1, fiscal=False)
AS_OF = date(2025, 6, 30)
ENDLESS = f"""
SELECT deals.* FROM ({DEALS}) AS deals
WHERE (SELECT count(*) FROM range(10000000) AS a(n), range(10000000) AS b(n)
       WHERE (a.n * b.n + amount_base) % 7 = 9) = 0
"""
"""Deals that DuckDB would look for through ten million times ten million rows."""


def busy(engine: Engine) -> bool:
    """Whether some thread is working on an answer: the engine is for one at a time."""
    free = engine.turn.acquire(blocking=False)
    if free:
        engine.turn.release()
    return not free


async def until(engine: Engine, *, at_work: bool, within: float) -> None:
    """Wait until some thread works on an answer, or none does."""
    for _ in range(int(within / 0.01)):
        if busy(engine) is at_work:
            return
        await asyncio.sleep(0.01)
    assert busy(engine) is at_work


def over(engine: Engine, memory: Memory, **given: Any) -> AbstractAsyncContextManager[Running]:
    """The bot in Slack over a company's engine, which says at once that it works."""
    bound = Bot(lambda _: engine, memory, None, lambda _zone: AS_OF)

    async def ask(question: Question) -> Answer:
        return await answer(question, bound)

    return running(ask, memory=memory, open_=lambda: engine, sign_after=0, **given)


async def endless(bot: Running, engine: Engine) -> dict[str, str]:
    """A question whose query runs for hours, once it does."""
    question = events.message("win rate in Q1 2025")
    await bot.slack.event(question)
    await bot.slack.until(lambda: bot.slack.workspace.sessions.get((DM, question["ts"])) == "processing")
    await until(engine, at_work=True, within=10)
    await asyncio.sleep(0.3)
    assert busy(engine)
    return question


async def test_stop_ends_the_query_that_runs_and_is_seen_within_a_second(
    tmp_path: Path, memory: Memory
) -> None:
    engine = open_company(company(tmp_path, opportunities=ENDLESS))
    async with over(engine, memory) as bot:
        question = await endless(bot, engine)
        begun = monotonic()
        await bot.slack.event(payloads.stopped(ANN, DM, question["ts"], [], events.new_ts()))
        await bot.slack.until(lambda: bot.slack.workspace.sessions[DM, question["ts"]] == "active", within=1)
        assert await bot.lanes.drain(1) == 0
        await until(engine, at_work=False, within=2)
        assert monotonic() - begun < 2
        assert bot.slack.status == {}
        assert [one.text for one in bot.slack.messages] == [STOPPED_SAID]


async def test_stop_is_heard_while_many_questions_wait_for_a_slow_warehouse(
    tmp_path: Path, memory: Memory
) -> None:
    """More of them than there are threads for answers."""
    engine = open_company(company(tmp_path, opportunities=ENDLESS))
    async with over(engine, memory) as bot:
        asked = [await endless(bot, engine) for _ in range(10)]
        sessions = bot.slack.workspace.sessions
        for question in reversed(asked):
            place = DM, question["ts"]
            await bot.slack.event(payloads.stopped(ANN, *place, [], events.new_ts()))
            await bot.slack.until(lambda place=place: sessions[place] == "active", within=1)  # type: ignore[misc]
        await until(engine, at_work=False, within=3)
        assert await bot.lanes.drain(5) == 0
    assert [one.text for one in bot.slack.messages] == [STOPPED_SAID] * len(asked)


async def test_a_question_that_is_deleted_or_takes_too_long_leaves_no_query_behind(
    tmp_path: Path, memory: Memory
) -> None:
    engine = open_company(company(tmp_path, opportunities=ENDLESS))
    async with over(engine, memory, patience=2) as bot:
        question = await endless(bot, engine)
        await bot.slack.event(events.deleted(question))
        await until(engine, at_work=False, within=2)
        await bot.slack.event(events.message("win rate in Q1 2025"))
        [told] = await bot.slack.replies(1, within=10)
        await until(engine, at_work=False, within=2)
    assert "logged as" in told


def test_nothing_is_asked_for_whom_nobody_waits_and_the_next_is_answered(tmp_path: Path) -> None:
    engine = open_company(company(tmp_path, opportunities=DEALS))
    stop = Stop()
    token = WANTED.set(stop)
    stop.ask()
    with pytest.raises(StoppedError):
        engine.compute([Ask("win_rate", Q1)], AS_OF)
    WANTED.reset(token)
    [values] = engine.compute([Ask("win_rate", Q1)], AS_OF)
    assert [value.n for value in values] == [3]
