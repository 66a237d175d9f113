"""An answer that nobody saw is remembered by nobody: where its question was stopped, nothing points back at it."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from bot.answer import Bot, answer
from bot.memory import Memory
from bot.memory.inbox import STOPPED, Inbox
from bot.model import Answer, Question
from tests.slack_server import DM, events
from tests.slack_server.running import running

QUESTION = Question("win rate last quarter", user="U1", channel="D1", thread="T1", use_model=False)


@dataclass(frozen=True)
class Slow(Memory):
    """A memory that takes its time to write an answer down."""

    writing: threading.Event = field(default_factory=threading.Event)
    free: threading.Event = field(default_factory=threading.Event)

    def remember(self, *args: Any, **more: Any) -> None:
        self.writing.set()
        self.free.wait(10)
        super().remember(*args, **more)


async def test_what_is_stopped_while_it_is_written_down_is_taken_back(demo_bot: Bot, memory: Memory) -> None:
    slow = Slow(memory.engine)
    task = asyncio.create_task(answer(QUESTION, replace(demo_bot, memory=slow)))
    await asyncio.to_thread(slow.writing.wait, 10)
    task.cancel()
    await asyncio.sleep(0.05)
    slow.free.set()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert memory.last_request("D1", "T1") is None
    assert memory.lists("D1", "T1").shown == []


async def test_what_is_seen_is_remembered(demo_bot: Bot, memory: Memory) -> None:
    found = await answer(QUESTION, replace(demo_bot, memory=memory))
    assert memory.last_request("D1", "T1") is not None
    assert memory.answer(found.answer_id)
    memory.retract([found.answer_id])
    assert memory.last_request("D1", "T1") is None
    assert memory.answer(found.answer_id) is None


async def test_an_answer_that_was_finished_and_not_given_is_forgotten(demo_bot: Bot, memory: Memory) -> None:
    """Another process was told to stop between the end of the work and the delivery."""
    bound = replace(demo_bot, memory=memory)

    async def stopped_late(question: Question) -> Answer:
        found = await answer(question, bound)
        other = Inbox(memory.engine, "far:1:1")
        for ticket in other.open_in(DM, question.thread):
            other.close(ticket, STOPPED)
        return found

    async with running(stopped_late, memory=memory) as bot:
        question = events.message("win rate last quarter")
        await bot.slack.event(question)
        assert await bot.lanes.drain(10) == 0
    assert memory.last_request(DM, question["ts"]) is None
