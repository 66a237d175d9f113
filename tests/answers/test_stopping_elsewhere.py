"""Stop, an edit and a deletion end the work on a question whenever they come, in whichever process."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

from bot.memory import Memory
from bot.memory.inbox import STOPPED, Inbox
from bot.model import Answer, Question
from bot.playground import payloads
from bot.slack.sending.growing import STOPPED_SAID
from tests.slack_server import ANN, BEN, BOT, DM, SALES, Trouble, events
from tests.slack_server.running import Running, running, slack_server
from tests.slack_server.samples import answer


class Slow:
    """An answer that is given when it is let go."""

    def __init__(self) -> None:
        self.begun, self.free = asyncio.Event(), asyncio.Event()

    async def __call__(self, question: Question) -> Answer:
        self.begun.set()
        await self.free.wait()
        return answer(question, body=question.text)


async def worked_on(bot: Running, slow: Slow) -> str:
    """The thread of a question whose answer has begun."""
    question = events.message("win rate")
    await bot.slack.event(question)
    await slow.begun.wait()
    return str(question["ts"])


def stopped_elsewhere(memory: Memory, thread: str) -> None:
    """Another process is told to stop what is worked on in a thread."""
    other = Inbox(memory.engine, "far:1:1")
    for ticket in other.open_in(DM, thread):
        other.close(ticket, STOPPED)


async def test_an_answer_that_another_process_was_told_to_stop_is_not_given(memory: Memory) -> None:
    """Slack sends an event to one of the processes, not to the one that works on the question."""
    slow = Slow()
    async with running(slow, memory=memory) as bot:
        stopped_elsewhere(memory, await worked_on(bot, slow))
        slow.free.set()
        assert await bot.lanes.drain(5) == 0
        assert [one.text for one in bot.slack.messages] == [STOPPED_SAID]


async def test_the_work_on_what_another_process_ended_is_ended_at_the_next_look(memory: Memory) -> None:
    slow = Slow()
    async with running(slow, memory=memory) as bot:
        thread = await worked_on(bot, slow)
        await bot.desk.let_go()
        assert not bot.lanes.idle
        stopped_elsewhere(memory, thread)
        await bot.desk.let_go()
        assert await bot.lanes.drain(2) == 0
        assert [one.text for one in bot.slack.messages] == [STOPPED_SAID]


async def test_a_question_that_is_deleted_before_the_work_on_it_begins_is_not_answered(
    memory: Memory,
) -> None:
    slow = Slow()
    slow.free.set()
    async with slack_server() as slack:
        slack.trouble("users.info", Trouble(slow=0.5))
        async with running(slow, memory=memory, live=lambda question, _: slow(question), slack=slack) as bot:
            question = events.mention(f"<@{BOT}> win rate")
            await slack.event(question)
            await asyncio.sleep(0.2)
            await slack.event(events.deleted(question))
            assert await bot.lanes.drain(5) == 0
        assert slack.messages == []


async def test_one_line_says_that_all_questions_of_a_thread_were_stopped_and_an_edit_is_answered_in_its_place(
    memory: Memory,
) -> None:
    slow = Slow()
    async with running(slow, memory=memory) as bot:
        question = events.message("win rate")
        await bot.slack.event(question)
        await slow.begun.wait()
        await bot.slack.event(events.message("and churn?", thread=question["ts"]))
        await bot.slack.event(payloads.stopped(ANN, DM, question["ts"], [], events.new_ts()))
        assert await bot.lanes.drain(5) == 0
        [line] = bot.slack.messages
        assert (line.text, line.thread) == (STOPPED_SAID, question["ts"])
        assert bot.slack.status == {}
        slow.free.set()
        await bot.slack.event(events.edited(question, "ramp time"))
        assert await bot.lanes.drain(5) == 0
        [again] = bot.slack.messages
    assert again.ts == line.ts
    assert "ramp time" in again.text


async def test_stop_ends_the_work_for_who_pressed_it_and_for_nobody_else(memory: Memory) -> None:
    slow = Slow()
    async with running(slow, memory=memory) as bot:
        question = events.mention(f"<@{BOT}> win rate")
        await bot.slack.event(question)
        await slow.begun.wait()
        await bot.slack.event(payloads.stopped(BEN, SALES, question["ts"], [], events.new_ts()))
        await asyncio.sleep(0.2)
        slow.free.set()
        [said] = await bot.slack.replies(1)
    assert "win rate" in said


async def test_no_answer_in_the_making_holds_up_an_acknowledgement_or_a_lease(memory: Memory) -> None:
    """All threads for answers wait for a slow warehouse."""
    free, slow = threading.Event(), Slow()
    slow.free.set()
    async with running(slow, memory=memory) as bot:
        question = events.mention(f"<@{BOT}> win rate")
        await bot.slack.event(question)
        await bot.slack.replies(1)
        loop = asyncio.get_running_loop()
        loop.set_default_executor(ThreadPoolExecutor(1))
        waiting = loop.run_in_executor(None, free.wait)
        async with asyncio.timeout(3):
            await bot.slack.event(events.edited(question, f"<@{BOT}> churn"))
            await bot.slack.event(events.message("and turnover?", channel=SALES, thread=question["ts"]))
            await bot.desk.resume()
        free.set()
        await waiting
