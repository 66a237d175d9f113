from __future__ import annotations

import asyncio
from itertools import pairwise
from time import monotonic

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.model import Question
from bot.slack.layout.blocks import render
from bot.slack.layout.pages import Message
from bot.slack.layout.written import said
from bot.slack.sending.delivery import deliver
from bot.slack.sending.meanings import RejectedError
from bot.slack.sending.outlets import Outlet, to_asker
from bot.slack.sending.pace import Pace, TryLaterError
from bot.slack.sending.threads import in_thread
from tests.slack_server import SALES, Posted, SlackServer, Trouble
from tests.slack_server.running import slack_server
from tests.slack_server.samples import recommendation
from tests.slack_server.server import BOT_TOKEN

ANSWER = render(recommendation(Question("top 15")))
LONG = render(recommendation(Question("top 15"), body="A sentence of the answer. " * 1500))


def thread_of(slack: SlackServer, pace: Pace | None = None) -> Outlet:
    client = AsyncWebClient(token=BOT_TOKEN, base_url=slack.api_url)
    return in_thread(client, pace or Pace(interval=0), channel=SALES, thread="1.000001")


def kinds(posted: Posted) -> list[str]:
    return [block["type"] for block in posted.blocks]


async def test_a_workspace_without_tables_gets_the_same_rows_in_monospace() -> None:
    async with slack_server() as slack:
        slack.lacking = {"table"}
        await deliver(thread_of(slack), ANSWER)
        [posted] = slack.messages
    assert kinds(posted)[:2] == ["header", "section"]
    assert all(f"Metric number {n}" in posted for n in range(1, 16))


@pytest.mark.parametrize("code", ["invalid_blocks", "msg_blocks_too_long"])
async def test_blocks_that_are_refused_to_the_last_arrive_as_text(code: str) -> None:
    async with slack_server() as slack:
        slack.trouble("chat.postMessage", *[Trouble(code)] * 3)
        await deliver(thread_of(slack), ANSWER)
        [posted] = slack.messages
    assert posted.blocks == []
    assert posted.text.startswith("*Top 15 for a Chief Revenue Officer*")
    assert "Metric number 15" in posted.text
    assert "Only 10 of those" in posted.text


async def test_a_long_answer_arrives_whole_in_several_messages_of_the_same_thread() -> None:
    async with slack_server() as slack:
        await deliver(thread_of(slack), LONG)
        posted = list(slack.messages)
    assert len(posted) > 2
    assert {one.thread for one in posted} == {"1.000001"}
    words = sum(str(one.blocks).count("sentence") for one in posted)
    assert words == 1500


async def test_a_long_answer_refused_as_blocks_still_arrives_whole() -> None:
    async with slack_server() as slack:
        slack.lacking = {"table", "section", "header", "context", "actions", "context_actions"}
        await deliver(thread_of(slack), LONG)
        posted = list(slack.messages)
    assert all(one.blocks == [] and len(one.text) <= 4_000 for one in posted)
    assert sum(one.text.count("sentence") for one in posted) == 1500


async def test_a_message_that_breaks_a_limit_is_never_sent_as_it_is(caplog: pytest.LogCaptureFixture) -> None:
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    broken = {"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3001}}
    await deliver(Outlet(send), [broken])
    assert [message.blocks for message in sent] == [()]
    assert "at most 3000 characters" in caplog.text


async def test_the_asker_gets_few_messages_and_is_told_where_the_rest_is() -> None:
    async with slack_server() as slack:
        command = slack.typed("top 15")
        outlet = to_asker(command["response_url"], Pace(interval=0))
        await deliver(outlet, LONG)
        posted = list(slack.messages)
    assert 1 <= len(posted) <= 3
    assert {one.only_for for one in posted} == {command["user_id"]}
    assert "ask me in a direct message for all of it" in posted[-1]


async def test_the_asker_gets_text_where_blocks_are_refused() -> None:
    async with slack_server() as slack:
        outlet = to_asker(slack.typed("top 15")["response_url"], Pace(interval=0))
        slack.trouble("response_url", *[Trouble("invalid_blocks")] * 3)
        await deliver(outlet, ANSWER)
        [posted] = slack.messages
    assert posted.blocks == []
    assert "Metric number 15" in posted.text


async def test_the_address_at_which_the_asker_is_answered_is_not_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with slack_server() as slack:
        url = slack.typed("top 15")["response_url"]
        slack.trouble("response_url", Trouble("ratelimited", status=429, retry_after=1))
        await deliver(to_asker(url, Pace(interval=0)), ANSWER)
    assert "rate limit" in caplog.text
    assert url not in caplog.text
    assert "http" not in caplog.text


async def test_retry_after_is_kept_and_no_text_is_lost() -> None:
    async with slack_server() as slack:
        slack.trouble("chat.postMessage", Trouble("ratelimited", status=429, retry_after=1))
        start = monotonic()
        await deliver(thread_of(slack), ANSWER)
        assert monotonic() - start >= 1
        assert len(slack.messages) == 1
        assert slack.violations == []


async def test_a_channel_that_has_to_wait_holds_up_no_other() -> None:
    pace, seen = Pace(interval=0), list[str]()
    limited = iter([TryLaterError(0.3, "rate limit")])

    async def busy() -> None:
        for error in limited:
            raise error
        seen.append("busy")

    async def free() -> None:
        seen.append("free")

    await asyncio.gather(pace.post("C1", busy), pace.post("C2", free))
    assert seen == ["free", "busy"]


async def test_messages_to_one_channel_keep_their_distance() -> None:
    pace, at = Pace(interval=0.1), list[float]()

    async def call() -> None:
        at.append(monotonic())

    await asyncio.gather(*[pace.post("C1", call) for _ in range(3)])
    assert min(later - earlier for earlier, later in pairwise(at)) >= 0.09


async def test_slack_asking_to_wait_for_ever_is_an_error_in_the_end() -> None:
    async def never() -> None:
        raise TryLaterError(0, "rate limit")

    with pytest.raises(TryLaterError):
        await Pace(interval=0, tries=3).post("C1", never)


async def test_an_error_on_slacks_side_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.slack.sending.meanings.SERVER_ERROR_WAIT", 0.0)
    async with slack_server() as slack:
        slack.trouble("chat.postMessage", Trouble("internal_error", status=503), Trouble("fatal", status=500))
        await deliver(thread_of(slack), said("hello"))
        assert [one.text for one in slack.messages] == ["hello"]


async def test_a_channel_the_bot_is_not_in_is_an_error_and_not_tried_in_simpler_forms() -> None:
    async with slack_server() as slack:
        slack.trouble("chat.postMessage", Trouble("not_in_channel"))
        with pytest.raises(SlackApiError):
            await deliver(thread_of(slack), ANSWER)
        assert slack.messages == []


async def test_text_that_is_refused_is_an_error() -> None:
    async with slack_server() as slack:
        slack.trouble("chat.postMessage", *[Trouble("invalid_blocks")] * 4)
        with pytest.raises(RejectedError):
            await deliver(thread_of(slack), ANSWER)
