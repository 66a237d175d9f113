"""Whatever was acknowledged is answered, once, in its thread's order; also when the process is killed in between."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from collections.abc import Iterator
from dataclasses import replace
from multiprocessing.process import BaseProcess
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

from bot.audience.policy import Policy
from bot.memory import Memory, open_memory
from bot.memory.inbox import Inbox
from bot.model import Answer, Question
from bot.slack.serve import serve
from bot.slack.tickets.people import People
from bot.slack.work.standing import REPEATED
from tests.processes import PROCESSES
from tests.slack_server import BOT, Trouble, events
from tests.slack_server.running import no_company, running, slack_server
from tests.slack_server.samples import answer
from tests.slack_server.server import APP_TOKEN, BOT_TOKEN

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore::DeprecationWarning")]


@pytest.fixture
def memory(memory_url: str) -> Iterator[Memory]:
    """A memory in each kind of database."""
    opened = open_memory(memory_url)
    yield opened
    opened.close()


async def echo(question: Question) -> Answer:
    return answer(question, body=question.text)


def inbox(memory: Memory, holder: str, lease: float = 30) -> Inbox:
    return Inbox(memory.engine, holder, lease)


def put(box: Inbox, ticket: str, *, thread: str = "1.0", keys: tuple[str, ...] = ()) -> bool:
    return box.take(
        ticket,
        keys or (ticket,),
        channel="C1",
        thread=thread,
        user="U1",
        source=f"message:{ticket}",
        work={"text": ticket},
    )


def test_any_key_seen_before_makes_it_the_same_question(memory: Memory) -> None:
    box = inbox(memory, "here:1:1")
    assert put(box, "a", keys=("event:1", "message:1"))
    assert not put(box, "b", keys=("event:2", "message:1"))
    assert not put(box, "c", keys=("event:2", "message:2"))
    assert put(box, "d", keys=("event:3", "message:3"))


def test_a_thread_is_worked_on_in_order_by_one_process_at_a_time(memory: Memory) -> None:
    one, other = inbox(memory, "far:1:1"), inbox(memory, "away:1:1")
    put(one, "first")
    put(other, "second")
    entry = one.next("C1", "1.0")
    assert entry is not None
    assert getattr(entry, "ticket", None) == "first"
    assert not hasattr(other.next("C1", "1.0"), "ticket")
    one.close("first")
    assert getattr(other.next("C1", "1.0"), "ticket", None) == "second"


def test_a_lease_that_ran_out_is_taken_over_and_a_live_one_is_not(memory: Memory) -> None:
    gone, here = inbox(memory, "far:1:1", lease=-1), inbox(memory, "here:1:1")
    put(gone, "left")
    gone.next("C1", "1.0")
    live = inbox(memory, "far:2:2")
    put(live, "held", thread="2.0")
    live.next("C1", "2.0")
    assert here.abandoned() == [("C1", "1.0")]
    entry = here.next("C1", "1.0")
    assert getattr(entry, "resumed", None) is True


def test_a_process_of_this_machine_that_is_gone_is_not_waited_for(memory: Memory) -> None:
    import socket

    dead = PROCESSES.Process(target=int)
    dead.start()
    dead.join()
    put(inbox(memory, f"{socket.gethostname()}:{dead.pid}:x"), "left")
    assert inbox(memory, "here:1:1").abandoned() == [("C1", "1.0")]


def test_what_was_released_is_taken_over_at_once(memory: Memory) -> None:
    old, new = inbox(memory, "far:1:1"), inbox(memory, "here:1:1")
    put(old, "left")
    assert new.abandoned() == []
    old.release()
    assert new.abandoned() == [("C1", "1.0")]


def test_nothing_of_a_question_that_is_done_stays_but_where_its_answer_stands(memory: Memory) -> None:
    box = inbox(memory, "here:1:1")
    put(box, "a")
    box.note_sent("a", ["1.5"])
    box.close("a")
    found = box.of_source("message:a")
    assert found is not None
    assert (found.state, found.sent) == ("done", ("1.5",))
    with memory.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT CAST(work AS TEXT) FROM inbox").scalar() == "{}"


async def test_an_edit_answers_in_place_of_the_first_answer() -> None:
    async with running(echo) as bot:
        question = events.message("win rate")
        await bot.slack.event(question)
        await bot.slack.replies(1)
        await bot.slack.event(events.edited(question, "loss rate"))
        await bot.slack.until(lambda: bot.slack.messages[0].edited)
        await bot.slack.event(events.edited(question | {"text": "loss rate"}, "churn"))
        await bot.slack.until(lambda: len(bot.slack.called("chat.update")) == 2)
    assert [one.text for one in bot.slack.messages] == ["churn"]


async def test_an_edit_while_the_answer_is_in_the_making_is_answered_instead() -> None:
    async def slow(question: Question) -> Answer:
        await asyncio.sleep(30 if question.text == "win rate" else 0)
        return answer(question, body=question.text)

    async with running(slow) as bot:
        question = events.message("win rate")
        await bot.slack.event(question)
        await bot.slack.event(events.edited(question, "loss rate"))
        await bot.slack.replies(1)
    assert [one.text for one in bot.slack.messages] == ["loss rate"]


async def test_a_shorter_answer_after_an_edit_leaves_nothing_of_the_longer_one() -> None:
    async def long_or_short(question: Question) -> Answer:
        return answer(question, body="word " * 5000 if question.text == "long" else "short")

    async with running(long_or_short) as bot:
        question = events.message("long")
        await bot.slack.event(question)
        await bot.slack.replies(2)
        await bot.slack.event(events.edited(question, "short"))
        await bot.slack.until(lambda: bot.slack.called("chat.delete"))
    assert [one.text for one in bot.slack.messages] == ["short"]


async def test_deleting_a_question_stops_the_work_on_it() -> None:
    async def slow(question: Question) -> Answer:
        await asyncio.sleep(30)
        return answer(question)

    async with running(slow) as bot:
        question = events.message("win rate")
        await bot.slack.event(question)
        await bot.slack.event(events.deleted(question))
        assert await bot.lanes.drain(2) == 0
    assert bot.slack.messages == []


async def test_a_question_taken_over_changes_the_answer_that_stands_there_already(memory: Memory) -> None:
    async with slack_server() as slack:
        async with running(echo, memory=memory, slack=slack, inbox=inbox(memory, "far:1:1", -1)) as bot:
            event = events.message("win rate")
            await slack.event(event)
            await slack.replies(1)
            assert await bot.lanes.drain(2) == 0
        _forget_that_it_is_done(memory)
        async with running(echo, memory=memory, slack=slack) as bot:
            await bot.desk.resume()
            await slack.until(lambda: slack.messages[0].edited)
    assert len(slack.messages) == 1
    assert REPEATED not in slack.messages[0]


async def test_where_the_thread_cannot_be_looked_at_a_second_answer_says_what_it_is(memory: Memory) -> None:
    async with slack_server() as slack:
        async with running(echo, memory=memory, slack=slack, inbox=inbox(memory, "far:1:1", -1)) as bot:
            await slack.event(events.mention(f"<@{BOT}> win rate"))
            await slack.replies(1)
            assert await bot.lanes.drain(2) == 0
        _forget_that_it_is_done(memory)
        async with running(echo, memory=memory, slack=slack) as bot:
            await bot.desk.resume()
            await slack.replies(2)
    assert [REPEATED in one for one in slack.messages] == [False, True]


async def test_a_question_is_answered_where_the_line_to_its_thread_goes_dead(memory: Memory) -> None:
    async with slack_server() as slack:
        async with running(echo, memory=memory, slack=slack, inbox=inbox(memory, "far:1:1", -1)) as bot:
            await slack.event(events.message("win rate"))
            await slack.replies(1)
            assert await bot.lanes.drain(2) == 0
        _forget_that_it_is_done(memory)
        slack.trouble("conversations.replies", *[Trouble(drops=True)] * 20)
        async with running(echo, memory=memory, slack=slack) as bot:
            await bot.desk.resume()
            await slack.replies(2)
            assert await bot.lanes.drain(5) == 0
    assert REPEATED in slack.messages[1]
    assert states(memory) == ["done"]


async def test_a_question_before_which_something_fails_is_told_to_have_failed_and_ends(
    memory: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def unknown(_: People) -> tuple[str, str]:
        raise RuntimeError("who the bot is cannot be had")

    async with slack_server() as slack, running(echo, memory=memory, slack=slack) as bot:
        monkeypatch.setattr(People, "me", unknown)
        await slack.event(events.message("win rate"))
        [said] = await slack.replies(1)
        assert await bot.lanes.drain(5) == 0
    assert "logged as" in said
    assert states(memory) == ["failed"]


def states(memory: Memory) -> list[str]:
    """How each question ended."""
    with memory.engine.connect() as connection:
        return [str(row[0]) for row in connection.exec_driver_sql("SELECT state FROM inbox")]


def _forget_that_it_is_done(memory: Memory) -> None:
    """As if the process had been killed after the answer was posted and before that was noted."""
    with memory.engine.begin() as connection:
        connection.exec_driver_sql(
            "UPDATE inbox SET state='working', sent='[]', work=(SELECT work FROM kept WHERE kept.id = ticket_id)"
        )


KEPT = "INSERT INTO kept VALUES (new.ticket_id, new.work);"
KEEPING = {
    "sqlite": [f"CREATE TRIGGER keep AFTER INSERT ON inbox BEGIN {KEPT} END"],
    "postgresql": [
        f"CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {KEPT} RETURN new; END $$",
        "CREATE TRIGGER keep AFTER INSERT ON inbox FOR EACH ROW EXECUTE FUNCTION keep()",
    ],
}


@pytest.fixture(autouse=True)
def _kept_work(memory: Memory) -> None:
    """What was taken is written down once more, so that a test can bring it back."""
    with memory.engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE kept (id TEXT, work JSON)")
        for statement in KEEPING[connection.dialect.name]:
            connection.exec_driver_sql(statement)


async def _never(question: Question) -> Answer:
    await asyncio.sleep(60)
    return answer(question, body=question.text)


def _serve(api_url: str, state_url: str, *, ends: bool) -> None:
    asyncio.run(
        serve(
            answer=echo if ends else _never,
            memory=open_memory(state_url),
            open_=no_company,
            policy=Policy(),
            bot_token=BOT_TOKEN,
            app_token=APP_TOKEN,
            api_url=api_url,
        )
    )


def _start(*args: Any, ends: bool) -> BaseProcess:
    process = PROCESSES.Process(target=_serve, args=args, kwargs={"ends": ends}, daemon=True)
    process.start()
    return process


async def test_acknowledged_questions_are_answered_once_and_in_order_after_a_kill(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'killed.sqlite3'}"
    async with slack_server() as slack:
        first = _start(slack.api_url, url, ends=False)
        await asyncio.wait_for(slack.link.connected.wait(), 30)
        root = events.message("first")
        wrapped = events.callback(root)
        assert (await slack.event(root, wrapped=wrapped)).acked_after is not None
        await slack.event(events.message("second", thread=root["ts"]))
        os.kill(int(first.pid or 0), signal.SIGKILL)
        first.join()
        slack.link.connected.clear()
        slack.link.sockets.clear()
        second = _start(slack.api_url, url, ends=True)
        await asyncio.wait_for(slack.link.connected.wait(), 30)
        await slack.event(root, wrapped=wrapped)  # Slack may send it once more
        await slack.event(events.message("third", thread=root["ts"]))
        replies = await slack.replies(3, thread=root["ts"], within=20)
        await asyncio.sleep(0.3)
        second.terminate()
        await asyncio.to_thread(second.join)
        assert [reply.text for reply in slack.messages] == ["first", "second", "third"]
        assert replies == slack.messages
        assert {reply.metadata is not None for reply in replies} == {True}


async def test_with_fifty_questions_in_flight_an_acknowledgement_takes_less_than_300_ms(
    memory: Memory,
) -> None:
    """The best of three runs: other processes may have the machine, and are not what is measured."""
    waits = [await _slowest_ack(memory)]
    while waits[-1] >= 0.3 and len(waits) < 3:
        waits.append(await _slowest_ack(memory))
    assert waits[-1] < 0.3, waits


async def _slowest_ack(memory: Memory) -> float:
    """How long the slowest acknowledgement took of forty questions, 20 ms apart, while fifty were in the making."""
    release = threading.Event()

    async def busy(question: Question) -> Answer:
        await asyncio.to_thread(release.wait, 20)  # as the engine does, it takes a thread
        return answer(question)

    async with running(busy, memory=memory) as bot:
        await asyncio.gather(*[bot.slack.event(events.message(f"question {n}")) for n in range(50)])
        arriving = []
        for number in range(40):
            arriving.append(asyncio.create_task(bot.slack.event(events.message(f"and {number}"))))
            await asyncio.sleep(0.02)
        more = await asyncio.gather(*arriving)
        release.set()
        await bot.slack.replies(90, within=60)
    assert all(one.attempts == 1 for one in more)
    return max(one.acked_after or 3.0 for one in more)


async def test_slack_down_for_a_moment_costs_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.slack.sending.meanings.SERVER_ERROR_WAIT", 0.0)
    async with running(echo) as bot:
        bot.slack.trouble("chat.postMessage", Trouble("fatal", status=502), Trouble("fatal", status=503))
        await bot.slack.event(events.message("win rate"))
        await bot.slack.replies(1)
    assert [one.text for one in bot.slack.messages] == ["win rate"]


async def test_a_command_whose_address_is_spent_is_answered_in_a_direct_message() -> None:
    async with running(echo) as bot:
        bot.slack.trouble("response_url", Trouble("used_url", status=404))
        start = monotonic()
        await bot.slack.command("win rate", user=events.BEN)
        [reply] = await bot.slack.replies(1)
    assert (reply.channel, reply.text) == (events.BENS, "win rate")
    assert monotonic() - start < 3
    assert replace(reply, only_for=None) == reply
