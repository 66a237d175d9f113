from __future__ import annotations

import asyncio
import threading
from typing import Any

import pytest
from slack_bolt.async_app import AsyncAck

from bot.memory import Memory
from bot.memory.inbox import Inbox
from bot.model import Answer, Question
from tests.slack_server import BOT, SALES, Trouble, events
from tests.slack_server.running import running, slack_server
from tests.slack_server.samples import answer, recommendation


async def echo(question: Question) -> Answer:
    return answer(question, body=question.text)


async def test_the_same_event_delivered_twice_is_answered_once() -> None:
    async with running(echo) as bot:
        wrapped = events.callback(events.message("win rate"))
        event = wrapped["event"]
        await asyncio.gather(*[bot.slack.event(event, wrapped=wrapped) for _ in range(3)])
        assert await bot.lanes.drain(2) == 0
    assert len(bot.slack.seen(thread=event["ts"])) == 1


async def test_an_event_whose_acknowledgement_is_lost_comes_again_and_is_answered_once() -> None:
    async with slack_server(ack_limit=0.3) as slack, running(echo, slack=slack) as bot:
        slack.link.lose_acks = 2
        delivery = await slack.event(events.mention(f"<@{BOT}> win rate"))
        assert await bot.lanes.drain(2) == 0
    assert delivery.attempts == 3
    assert len(slack.messages) == 1


async def test_a_message_that_comes_as_two_kinds_of_events_is_answered_once() -> None:
    async with running(echo) as bot:
        mention = events.mention(f"<@{BOT}> win rate")
        as_message = mention | {"type": "message", "channel_type": "im"}
        await asyncio.gather(bot.slack.event(as_message), bot.slack.event(mention))
        assert await bot.lanes.drain(2) == 0
    assert len(bot.slack.messages) == 1


async def test_two_bots_on_two_sockets_give_one_answer(memory: Memory) -> None:
    async with (
        slack_server() as slack,
        running(echo, slack=slack, memory=memory) as one,
        running(echo, slack=slack, memory=memory) as other,
    ):
        assert len(slack.link.sockets) == 2
        for number in range(4):
            wrapped = events.callback(events.mention(f"<@{BOT}> question {number}"))
            await asyncio.gather(*[slack.event(wrapped["event"], wrapped=wrapped) for _ in range(2)])
        assert await one.lanes.drain(2) == 0
        assert await other.lanes.drain(2) == 0
    assert len(slack.messages) == 4


async def test_a_question_that_comes_again_after_a_restart_is_not_answered_again(memory: Memory) -> None:
    wrapped = events.callback(events.mention(f"<@{BOT}> win rate"))
    async with slack_server() as slack:
        for _ in range(2):
            async with running(echo, slack=slack, memory=memory):
                await slack.event(wrapped["event"], wrapped=wrapped)
    assert len(slack.messages) == 1


async def test_the_same_command_twice_is_answered_once() -> None:
    async with running(echo) as bot:
        command = bot.slack.typed("win rate")
        await asyncio.gather(*[bot.slack.link.deliver("slash_commands", command) for _ in range(2)])
        assert await bot.lanes.drain(2) == 0
    assert len(bot.slack.messages) == 1


async def test_events_nobody_listens_to_are_acknowledged_the_first_time() -> None:
    async with running(echo) as bot:
        for event in (
            {"type": "reaction_added", "user": events.ANN, "item": {"channel": SALES}, "event_ts": "1.1"},
            {"type": "member_joined_channel", "user": events.ANN, "channel": SALES, "event_ts": "1.2"},
            {"type": "app_context_changed", "user": events.ANN, "event_ts": "1.3"},
            {"type": "agent_session_stopped", "channel": SALES, "thread_ts": "1.0", "event_ts": "1.4"},
        ):
            delivery = await bot.slack.event(event)
            assert delivery.attempts == 1
    assert bot.slack.messages == []


async def test_a_listener_that_fails_right_after_its_ack_does_not_lose_it() -> None:
    async with running(echo) as bot:

        async def boom(ack: AsyncAck) -> None:
            await ack()
            raise RuntimeError("right after the ack")

        bot.app.command("/boom")(boom)
        for _ in range(3):
            delivery = await bot.slack.link.deliver(
                "slash_commands", bot.slack.typed("x") | {"command": "/boom"}
            )
            assert delivery.acked_after is not None
            assert delivery.acked_after < 1


async def test_fifty_questions_in_flight_are_all_acknowledged_before_slack_would_send_them_again() -> None:
    async def busy(question: Question) -> Answer:
        await asyncio.sleep(0.5)
        return recommendation(question)

    async with running(busy) as bot:
        asked: list[Any] = [events.message(f"question {n}") for n in range(25)]
        deliveries = await asyncio.gather(
            *[bot.slack.event(event) for event in asked],
            *[bot.slack.command(f"question {n}", user=f"U{n}") for n in range(25)],
        )
        await bot.slack.replies(50, within=20)
    assert all(one.acked_after is not None and one.attempts == 1 for one in deliveries)


async def test_a_slow_memory_does_not_hold_up_acknowledgements_for_long(
    memory: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Slow(Inbox):
        def take(self, *args: Any, **more: Any) -> bool:
            assert acknowledged.wait(5)
            return super().take(*args, **more)

    acknowledged = threading.Event()
    monkeypatch.setattr("bot.slack.work.desk.KEPT_BY", 0.2)
    async with running(echo, memory=memory, inbox=Slow(memory.engine, "me:1:1")) as bot:
        delivery = await bot.slack.event(events.message("win rate"))
        acknowledged.set()
        assert delivery.attempts == 1
        await bot.slack.replies(1)


async def test_a_memory_that_is_down_is_told_with_an_id(memory: Memory) -> None:
    class Down(Inbox):
        def take(self, *args: Any, **_: Any) -> bool:
            raise OSError(f"disk full at {args}")

    async with running(echo, memory=memory, inbox=Down(memory.engine, "me:1:1")) as bot:
        await bot.slack.event(events.message("win rate"))
        [reply] = await bot.slack.replies(1)
    assert "logged as" in reply
    assert "disk full" not in reply


@pytest.mark.parametrize("polite", [True, False])
async def test_the_bot_comes_back_after_a_disconnect_and_answers(polite: bool) -> None:
    async with running(echo) as bot:
        before = bot.slack.link.sockets[0]
        await (bot.slack.link.ask_to_reconnect() if polite else bot.slack.link.hang_up())
        await bot.slack.link.reconnected(before)
        await bot.slack.event(events.message("still there?"))
        await bot.slack.replies(1)


async def test_a_rate_limit_delays_answers_and_loses_none() -> None:
    async with running(echo) as bot:
        bot.slack.trouble("chat.postMessage", Trouble("ratelimited", status=429, retry_after=1))
        root = events.mention(f"<@{BOT}> first")
        await bot.slack.event(root)
        await bot.slack.event(events.mention(f"<@{BOT}> second", thread=root["ts"]))
        replies = await bot.slack.replies(2)
    assert [reply.text for reply in replies] == ["first", "second"]


async def test_an_answer_that_cannot_be_posted_is_logged_and_the_next_one_arrives(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with running(echo) as bot:
        bot.slack.trouble("chat.postMessage", *[Trouble("is_archived")] * 2)
        root = events.mention(f"<@{BOT}> first")
        await bot.slack.event(root)
        await bot.slack.event(events.mention(f"<@{BOT}> second", thread=root["ts"]))
        [reply] = await bot.slack.replies(1)
    assert reply.text == "second"
    assert "is_archived" in caplog.text
