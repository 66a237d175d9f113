"""Where a workspace does not take Slack's own charts, a picture of the same chart is shown."""

from __future__ import annotations

import json
from functools import partial
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.answer import Bot, answer
from bot.model import Answer, Question
from bot.slack.layout.blocks import render
from bot.slack.layout.limits import ALT
from bot.slack.layout.picture import picture, told
from bot.slack.sending.delivery import deliver
from bot.slack.sending.lacks import KEPT, Lacks
from bot.slack.sending.outlets import Outlet, to_asker
from bot.slack.sending.pace import Pace
from bot.slack.sending.threads import in_thread
from tests.slack_server import BOT, DM, SALES, Posted, SlackServer, Trouble, events
from tests.slack_server.running import running, slack_server
from tests.slack_server.samples import trend
from tests.slack_server.server import BOT_TOKEN

PNG = b"\x89PNG\r\n\x1a\n"
ANSWER = render(trend(Question("win rate by month")))
CHART: dict[str, Any] = dict(next(block for block in ANSWER if block["type"] == "data_visualization"))


def thread_of(slack: SlackServer) -> Outlet:
    client = AsyncWebClient(token=BOT_TOKEN, base_url=slack.api_url)
    return in_thread(client, Pace(interval=0), channel=SALES, thread="1.000001")


def kinds(posted: Posted) -> list[str]:
    return [block["type"] for block in posted.blocks]


async def ask_trend(question: Question) -> Answer:
    return trend(question)


async def test_a_workspace_without_charts_is_shown_the_same_chart_as_a_picture() -> None:
    async with slack_server() as slack:
        slack.lacking = {"data_visualization"}
        await deliver(thread_of(slack), ANSWER)
        [posted] = slack.messages
        [file] = slack.workspace.files.values()
    image = next(block for block in posted.blocks if block["type"] == "image")
    assert kinds(posted)[:3] == ["header", "image", "table"]
    assert image["slack_file"] == {"id": file["id"]}
    assert file["content"].startswith(PNG)
    assert image["alt_text"] == (
        "Line chart of Win rate. Win rate: 2025-01 10, 2025-02 11, 2025-03 12, 2025-04 13, 2025-05 14, 2025-06 15."
    )


async def test_the_thumbs_stay_where_slack_names_the_chart_as_what_it_minds() -> None:
    async with slack_server() as slack:
        slack.lacking = {"data_visualization"}
        await deliver(thread_of(slack), ANSWER)
        [posted] = slack.messages
    assert kinds(posted)[-1] == "context_actions"


async def test_what_was_refused_once_is_not_sent_again_until_its_time_is_over() -> None:
    now = [0.0]
    lacks = Lacks(lambda: now[0])
    async with slack_server() as slack:
        slack.lacking = {"data_visualization"}
        for _ in range(3):
            await deliver(thread_of(slack), ANSWER, lacks)
        assert [call.reply["ok"] for call in slack.called("chat.postMessage")] == [False, True, True, True]
        now[0], slack.lacking = KEPT + 1, set()
        await deliver(thread_of(slack), ANSWER, lacks)
        assert kinds(slack.messages[-1])[:3] == ["header", "data_visualization", "table"]


async def test_a_refusal_without_a_reason_is_learnt_from_what_slack_takes_instead() -> None:
    lacks = Lacks()
    async with slack_server() as slack:
        slack.trouble("chat.postMessage", Trouble("invalid_blocks"))
        await deliver(thread_of(slack), ANSWER, lacks)
    assert lacks.kinds() == {"data_visualization", "context_actions"}


async def test_a_picture_that_slack_is_still_looking_at_is_sent_when_it_is_done(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.slack.sending.delivery.READY_AFTER", (0.01, 0.01, 0.01))
    async with slack_server() as slack:
        slack.lacking, slack.slow_files = {"data_visualization"}, 2
        await deliver(thread_of(slack), ANSWER)
        [posted] = slack.messages
        assert kinds(posted)[:3] == ["header", "image", "table"]
        assert len(slack.called("files.completeUploadExternal")) == 1


async def test_a_picture_that_slack_never_takes_costs_nothing_but_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.slack.sending.delivery.READY_AFTER", (0.01,))
    lacks = Lacks()
    async with slack_server() as slack:
        slack.lacking, slack.slow_files = {"data_visualization"}, 99
        await deliver(thread_of(slack), ANSWER, lacks)
        [posted] = slack.messages
    assert kinds(posted)[:2] == ["header", "table"]
    assert lacks.kinds() == {"data_visualization"}


@pytest.mark.parametrize("method", ["files.getUploadURLExternal", "files.completeUploadExternal"])
async def test_without_the_right_to_upload_the_table_says_it_all(method: str) -> None:
    async with slack_server() as slack:
        slack.lacking = {"data_visualization"}
        slack.trouble(method, Trouble("missing_scope"))
        await deliver(thread_of(slack), ANSWER)
        [posted] = slack.messages
    assert kinds(posted)[:2] == ["header", "table"]
    assert all(f"2025-0{month}" in posted for month in range(1, 7))


async def test_a_command_is_answered_without_a_picture_and_with_every_figure() -> None:
    async with slack_server() as slack:
        slack.lacking = {"data_visualization"}
        await deliver(to_asker(slack.typed("x")["response_url"], Pace(interval=0)), ANSWER)
        [posted] = slack.messages
        assert slack.workspace.files == {}
    assert all(f"{9 + month} %" in posted for month in range(1, 7))


async def test_a_bot_that_runs_learns_it_once_for_all_channels() -> None:
    async with slack_server() as slack:
        slack.lacking = {"data_visualization"}
        async with running(ask_trend, slack=slack) as bot:
            for event in (events.message("trend"), events.mention(f"<@{BOT}> trend")):
                await slack.event(event)
                assert await bot.lanes.drain(5) == 0
        refused = [call for call in slack.called("chat.postMessage") if not call.reply["ok"]]
    assert len(refused) == 1
    assert [kinds(posted)[1] for posted in slack.messages] == ["image", "image"]


async def test_what_the_channel_may_not_see_is_neither_drawn_nor_said_of_the_picture(demo_bot: Bot) -> None:
    question = "employee turnover by quarter, last 6 quarters"
    async with slack_server() as slack:
        slack.lacking = {"data_visualization"}
        async with running(
            partial(answer, bot=demo_bot),
            slack=slack,
            memory=demo_bot.memory,
            open_=partial(demo_bot.open, None),
        ) as bot:
            await slack.event(events.message(question, channel=DM))
            assert await bot.lanes.drain(20) == 0
            [drawn] = slack.workspace.files
            await slack.event(events.mention(f"<@{BOT}> {question}", channel=SALES))
            assert await bot.lanes.drain(20) == 0
    seen = [one for one in slack.messages if one.channel == SALES and one.only_for is None]
    assert seen
    assert all("image" not in kinds(one) for one in seen)
    assert list(slack.workspace.files) == [drawn]


async def test_two_metrics_are_two_charts_for_their_units_share_no_axis(demo_bot: Bot) -> None:
    finished = await answer(Question("win rate and revenue growth rate by month", thread="1"), demo_bot)
    drawn = [dict(block) for block in render(finished) if block["type"] == "data_visualization"]
    assert [one["title"] for one in drawn] == ["Win rate (%)", "Revenue growth rate (%)"]
    assert all(len(one["chart"]["series"]) == 1 for one in drawn)
    async with slack_server() as slack:
        slack.lacking = {"data_visualization"}
        await deliver(thread_of(slack), render(finished))
        assert kinds(slack.messages[0])[1:4] == ["section", "image", "image"]
        assert len(slack.workspace.files) == 2


async def test_three_metrics_are_three_pictures_where_charts_are_lacking(demo_bot: Bot) -> None:
    finished = await answer(Question("win rate, NRR and gross margin by month", thread="1"), demo_bot)
    lacks = Lacks()
    async with slack_server() as slack:
        slack.lacking = {"data_visualization"}
        await deliver(thread_of(slack), render(finished), lacks)
        first, second = slack.messages
        await deliver(thread_of(slack), render(finished), lacks)
        *_, whole = slack.messages
    assert kinds(first)[1:] == ["section", "image", "image"]
    assert kinds(second)[:2] == ["image", "table"]
    assert kinds(whole)[1:6] == ["section", "image", "image", "image", "table"]


def test_the_words_of_a_chart_keep_slacks_limit() -> None:
    labels = [f"a long label {n:04d}" for n in range(20)]
    series = [
        {"name": f"series {n}", "data": [{"label": one, "value": 123456.78} for one in labels]}
        for n in range(6)
    ]
    chart = {"type": "bar", "series": series, "axis_config": {"categories": labels}}
    words = told(CHART | {"chart": chart})
    assert len(words) == ALT
    assert picture(CHART | {"chart": chart}).startswith(PNG)


def test_a_dollar_sign_in_a_label_is_drawn_and_not_obeyed() -> None:
    labels = ["$a_b$", "\\frac{$", "<b>&amp;"]
    points = [{"label": one, "value": -1.5} for one in labels]
    for kind in ("line", "bar"):
        series = [{"name": name, "data": points} for name in ("$\\x", "$y$")]
        chart = {"type": kind, "series": series, "axis_config": {"categories": labels}}
        assert picture(CHART | {"title": "$\\undefined$", "chart": chart}).startswith(PNG)


def test_the_same_chart_is_the_same_picture() -> None:
    other = json.loads(json.dumps(CHART))
    other["chart"]["series"][0]["data"][0]["value"] = 99.0
    assert picture(CHART) == picture(CHART)
    assert picture(CHART) != picture(other)
