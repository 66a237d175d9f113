"""An answer that a model words is read while it is written; then the whole answer stands in its place."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from time import monotonic
from typing import Any

import pytest

from bot.answer import Bot, answer
from bot.leading import Show
from bot.llm import OpenAIModel
from bot.memory import Memory
from bot.memory.inbox import Inbox
from bot.model import Answer, Question
from bot.playground import payloads
from bot.slack.sending.pace import Pace
from tests import model_server as fake
from tests.slack_server import ANN, BEN, BOT, DM, SALES, Trouble, events
from tests.slack_server.running import running, slack_server
from tests.slack_server.samples import recommendation
from tests.slack_server.server import SlackServer

FIRST, SECOND = "Win rate is 62.1 % [1].", "Turnover is 3.1 % [2]."
BOTH = f"{FIRST} {SECOND}"


async def nothing_live(question: Question) -> Answer:
    return recommendation(question, body=BOTH)


class Writing:
    """An answer of two sentences. The second waits until Slack was told the first, and the end for ``then``."""

    def __init__(self, slack: SlackServer, then: Callable[[], Any] | None = None) -> None:
        self.slack, self.then = slack, then

    async def __call__(self, question: Question, show: Show) -> Answer:
        await show(FIRST)
        await self.slack.until(lambda: self.slack.called("chat.startStream"))
        await show(BOTH)
        if self.then is not None:
            await self.then()
        return recommendation(question, body=BOTH)


def shows(slack: SlackServer, text: str) -> bool:
    return any(text in one.text for one in slack.messages)


async def asked(slack: SlackServer) -> dict[str, Any]:
    event = events.message("top 15")
    await slack.event(event)
    return event


async def test_prose_streams_and_the_whole_answer_takes_its_place() -> None:
    async with slack_server() as slack:

        async def both() -> None:
            await slack.until(lambda: shows(slack, SECOND))

        writing = Writing(slack, both)
        async with running(nothing_live, live=writing, slack=slack) as bot:
            event = await asked(slack)
            assert await bot.lanes.drain(5) == 0
        [one] = slack.messages
    assert (one.thread, one.streaming) == (event["ts"], False)
    assert [block["type"] for block in one.blocks][:3] == ["header", "table", "section"]
    assert BOTH in one
    assert one.metadata is not None
    made = [call.method for call in slack.calls if call.method.startswith("chat.")]
    assert made == ["chat.startStream", "chat.appendStream", "chat.stopStream", "chat.update"]


async def test_where_a_workspace_has_no_streams_the_message_is_posted_and_changed() -> None:
    async with slack_server() as slack:
        slack.lacking = {"chat.startStream"}
        writing = Writing(slack, lambda: slack.until(lambda: len(slack.called("chat.update")) == 1))
        async with running(nothing_live, live=writing, slack=slack) as bot:
            await asked(slack)
            assert await bot.lanes.drain(5) == 0
        [one] = slack.messages
    assert [block["type"] for block in one.blocks][:3] == ["header", "table", "section"]
    assert len(slack.called("chat.postMessage")) == 1


@pytest.mark.parametrize("lacking", [set[str](), {"chat.startStream"}])
async def test_stop_leaves_what_was_read_and_says_so_within_a_second(lacking: set[str]) -> None:
    async with slack_server() as slack:
        slack.lacking = lacking
        writing = Writing(slack, lambda: asyncio.sleep(30))
        async with running(nothing_live, live=writing, slack=slack) as bot:
            event = await asked(slack)
            await slack.until(lambda: shows(slack, SECOND))
            since = monotonic()
            await slack.event(payloads.stopped(ANN, DM, event["ts"], [], events.new_ts()))
            await slack.until(lambda: shows(slack, "Stopped"), within=1)
            assert monotonic() - since < 1
            assert await bot.lanes.drain(2) == 0
        [one] = slack.messages
    assert (one.streaming, BOTH in one, [b["type"] for b in one.blocks if b["type"] == "table"]) == (
        False,
        True,
        [],
    )


@pytest.mark.parametrize(
    ("method", "trouble"),
    [
        ("chat.startStream", Trouble("ratelimited", status=429, retry_after=30)),
        ("chat.startStream", Trouble("fatal_error", status=500)),
        ("chat.appendStream", Trouble("message_not_in_streaming_state")),
        ("chat.appendStream", Trouble("ratelimited", status=429, retry_after=30)),
        ("chat.stopStream", Trouble("message_not_found")),
    ],
)
async def test_whatever_becomes_of_the_stream_the_answer_arrives_whole_and_at_once(
    method: str, trouble: Trouble
) -> None:
    async with slack_server() as slack:
        slack.trouble(method, trouble)
        writing = Writing(slack, lambda: slack.until(lambda: slack.called(method), 0.2))
        if method == "chat.stopStream":
            writing.then = None
        async with running(nothing_live, live=writing, slack=slack) as bot:
            await asked(slack)
            assert await bot.lanes.drain(5) == 0
        *_, last = slack.messages
    assert [block["type"] for block in last.blocks][:3] == ["header", "table", "section"]
    assert len(slack.messages) == (2 if method == "chat.stopStream" else 1)


async def test_a_failure_in_the_middle_is_said_in_place_of_what_was_read() -> None:
    async def breaks() -> None:
        raise RuntimeError("a secret")

    async with slack_server() as slack:
        writing = Writing(slack, breaks)
        async with running(nothing_live, live=writing, slack=slack) as bot:
            await asked(slack)
            assert await bot.lanes.drain(5) == 0
        [one] = slack.messages
    assert "logged as" in one.text
    assert FIRST not in one


async def test_an_edit_while_the_prose_grows_is_answered_in_its_place() -> None:
    async with slack_server() as slack:
        hanging = Writing(slack, lambda: asyncio.sleep(30))

        async def live(question: Question, show: Show) -> Answer:
            return await hanging(question, show)

        async with running(nothing_live, live=live, slack=slack) as bot:
            event = await asked(slack)
            await slack.until(lambda: shows(slack, SECOND))
            await slack.event(events.edited(event, "top 10"))
            await slack.until(lambda: any(one.edited for one in slack.messages))
            assert await bot.lanes.drain(2) == 0
        [one] = slack.messages
    assert [block["type"] for block in one.blocks][:3] == ["header", "table", "section"]


async def test_what_a_killed_process_left_streaming_becomes_the_answer(memory: Memory) -> None:
    async with slack_server() as slack:
        never = Writing(slack, lambda: asyncio.sleep(30))
        left = Inbox(memory.engine, "far:1:1", lease=-1)
        async with running(nothing_live, live=never, slack=slack, memory=memory, inbox=left) as bot:
            await asked(slack)
            await slack.until(lambda: shows(slack, SECOND))
            await bot.lanes.drain(0)  # it ends unfinished, as if it had been killed
        [standing] = slack.messages
        assert standing.streaming
        async with running(nothing_live, live=never, slack=slack, memory=memory) as bot:
            await bot.desk.resume()
            assert await bot.lanes.drain(5) == 0
        [one] = slack.messages
    assert (one.ts, one.streaming) == (standing.ts, False)
    assert [block["type"] for block in one.blocks][:3] == ["header", "table", "section"]


class Forgetful(Inbox):
    """An inbox whose process is killed when it should note which message it began."""

    def note_sent(self, ticket: str, sent: Iterable[str]) -> None:
        del ticket, sent
        killed.wait(5)


killed = threading.Event()


@pytest.mark.parametrize("place", [DM, SALES])
async def test_a_message_begun_and_never_noted_becomes_the_answer(memory: Memory, place: str) -> None:
    killed.clear()
    async with slack_server() as slack:
        slack.scopes |= {"channels:history"}
        never = Writing(slack, lambda: asyncio.sleep(30))
        dying = Forgetful(memory.engine, "far:1:1", lease=-1)
        event = events.message("top 15") if place == DM else events.mention(f"<@{BOT}> top 15")
        async with running(nothing_live, live=never, slack=slack, memory=memory, inbox=dying) as bot:
            await slack.event(event)
            await slack.until(lambda: slack.called("chat.startStream"))
            await bot.lanes.drain(0)
            killed.set()
        [standing] = slack.messages
        assert (standing.streaming, standing.metadata) == (True, None)
        async with running(nothing_live, slack=slack, memory=memory) as bot:
            await bot.desk.resume()
            assert await bot.lanes.drain(5) == 0
        [one] = slack.messages
    assert (one.ts, one.streaming) == (standing.ts, False)
    assert one.metadata is not None
    assert [block["type"] for block in one.blocks][:3] == ["header", "table", "section"]


async def test_a_kill_before_the_message_began_touches_no_other_message(memory: Memory) -> None:
    async with slack_server() as slack:
        root = events.message("first")
        async with running(nothing_live, slack=slack, memory=memory) as bot:
            await slack.event(root)
            await slack.replies(1)
        dying = Inbox(memory.engine, "far:1:1", lease=-1)
        slack.trouble("chat.startStream", Trouble(slow=30))
        async with running(nothing_live, live=Writing(slack), slack=slack, memory=memory, inbox=dying) as bot:
            await slack.event(events.message("second", thread=root["ts"]))
            await asyncio.sleep(0.3)
            await bot.lanes.drain(0)
        async with running(nothing_live, slack=slack, memory=memory) as bot:
            await bot.desk.resume()
            assert await bot.lanes.drain(5) == 0
        first, second = slack.messages
    assert {first.thread, second.thread} == {root["ts"]}
    assert not first.edited


async def test_what_streams_where_the_bot_may_not_look_is_ended_and_told_to_be_there_twice(
    memory: Memory,
) -> None:
    async with slack_server() as slack:
        never = Writing(slack, lambda: asyncio.sleep(30))
        left = Inbox(memory.engine, "far:1:1", lease=-1)
        async with running(nothing_live, live=never, slack=slack, memory=memory, inbox=left) as bot:
            await slack.event(events.mention(f"<@{BOT}> top 15"))
            await slack.until(lambda: shows(slack, SECOND))
            await bot.lanes.drain(0)
        async with running(nothing_live, slack=slack, memory=memory) as bot:
            await bot.desk.resume()
            assert await bot.lanes.drain(5) == 0
        [one] = slack.messages
    assert not one.streaming
    assert "may stand here twice" in one


async def test_prose_streams_in_channels_for_who_asked_and_the_whole_answer_takes_its_place() -> None:
    async with slack_server() as slack:

        async def both() -> None:
            await slack.until(lambda: shows(slack, SECOND))

        async with running(nothing_live, live=Writing(slack, both), slack=slack) as bot:
            event = events.mention(f"<@{BOT}> top 15", user=BEN)
            await slack.event(event)
            assert await bot.lanes.drain(5) == 0
        [one] = slack.messages
    [call] = slack.called("chat.startStream")
    assert (call.args["recipient_team_id"], call.args["recipient_user_id"]) == (events.TEAM, BEN)
    assert (one.channel, one.thread, one.streaming) == (SALES, event["ts"], False)
    assert [block["type"] for block in one.blocks][:3] == ["header", "table", "section"]


async def test_where_a_channel_has_no_streams_the_message_is_posted_and_changed() -> None:
    async with slack_server() as slack:
        slack.lacking = {"chat.startStream"}
        writing = Writing(slack, lambda: slack.until(lambda: len(slack.called("chat.update")) == 1))
        async with running(nothing_live, live=writing, slack=slack) as bot:
            await slack.event(events.mention(f"<@{BOT}> top 15"))
            assert await bot.lanes.drain(5) == 0
        [one] = slack.messages
    assert [block["type"] for block in one.blocks][:3] == ["header", "table", "section"]


async def test_a_stream_in_a_channel_holds_up_no_other_answer_there() -> None:
    async with slack_server() as slack:
        words = [f"Sentence {n}." for n in range(6)]

        async def live(question: Question, show: Show) -> Answer:
            if question.text == "other":
                return recommendation(question)
            for count in range(1, len(words) + 1):
                await show(" ".join(words[:count]))
                await asyncio.sleep(0.15)
            return recommendation(question, body=" ".join(words))

        pace = Pace(interval=0.3)
        async with running(nothing_live, live=live, slack=slack, pace=pace) as bot:
            await slack.event(events.mention(f"<@{BOT}> top 15"))
            await slack.until(lambda: slack.called("chat.appendStream"))
            since = monotonic()
            await slack.event(events.mention(f"<@{BOT}> other"))
            await slack.until(lambda: slack.called("chat.postMessage"))
            assert monotonic() - since < 0.8
            assert await bot.lanes.drain(10) == 0


@pytest.mark.parametrize("user", [events.GUEST, events.STRANGER])
async def test_nothing_streams_for_guests_and_strangers_nor_for_commands_and_overheard_words(
    user: str,
) -> None:
    async def live(question: Question, show: Show) -> Answer:
        await show(FIRST)
        raise AssertionError(question.text)

    async with running(nothing_live, live=live) as bot:
        slack = bot.slack
        slack.scopes |= {"channels:history"}
        slack.workspace.channels[SALES] = replace(
            slack.workspace.channels[SALES], members=(ANN, BEN, user, BOT)
        )
        root = events.mention(f"<@{BOT}> top 15", user=user)
        await slack.event(root)
        await slack.command("top 15")
        await slack.replies(2)
        await slack.event(events.message("only 10 of those", channel=SALES, thread=root["ts"]))
        await slack.replies(3)
    assert slack.called("chat.startStream") == []


@pytest.fixture
def model() -> Iterator[fake.ModelServer]:
    with fake.ModelServer() as running_server:
        yield running_server


def worded_by(model: fake.ModelServer, bot: Bot, sentences: list[str]) -> Any:
    """The bot in Slack with a model that says these sentences bit by bit."""
    model.reply(replace(fake.streamed(json.dumps({"sentences": sentences}), size=12), trickle=0.02))
    bot_with = replace(bot, model=OpenAIModel("fake", base_url=model.url, deadline=5))
    return running(
        partial(answer, bot=bot_with),
        live=lambda question, show: answer(question, bot_with, show),
        memory=bot_with.memory,
        open_=partial(bot_with.open, None),
    )


async def test_every_text_on_the_way_has_passed_the_checks(demo_bot: Bot, model: fake.ModelServer) -> None:
    sentences = ["Win rate is at [win_rate.value].", "Turnover doubled to 73 %.", "Coaching helps a lot."]
    async with worded_by(model, demo_bot, sentences) as bot:
        await bot.slack.event(events.message("top 15 metrics for a CRO"))
        assert await bot.lanes.drain(20) == 0
        [one] = bot.slack.messages
    on_the_way = [call.args["markdown_text"] for call in bot.slack.called("chat.startStream")]
    assert on_the_way == ["Win rate is at 27.4 % [3]."]
    assert all("73 %" not in json.dumps(call.args) for call in bot.slack.calls)
    assert any("Worded by fake" in json.dumps(block) for block in one.blocks)


async def test_what_streams_in_a_channel_holds_no_value_about_people(
    demo_bot: Bot, model: fake.ModelServer
) -> None:
    sentences = ["Win rate is at [win_rate.value].", "Turnover is at [regretted_turnover_rate.value]."]
    async with worded_by(model, demo_bot, sentences) as bot:
        await bot.slack.event(events.mention(f"<@{BOT}> top 15 metrics for a CRO"))
        assert await bot.lanes.drain(20) == 0
    grown = [
        call.args for name in ("chat.startStream", "chat.appendStream") for call in bot.slack.called(name)
    ]
    assert grown
    assert "Win rate is at 27.4 %" in grown[0]["markdown_text"]
    assert all("Turnover" not in one["markdown_text"] for one in grown)
