from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import Any, Self

import pytest
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.playground import acts, clicks
from bot.playground.acts import ImpossibleError
from bot.playground.blocks import refusal
from bot.playground.workspace import Message
from tests.slack_server import ANN, BEN, DM, SALES, SlackServer
from tests.slack_server.second_opinion import objections
from tests.slack_server.server import APP_TOKEN, BOT_TOKEN

EVERY_SCOPE = {
    "chat:write", "assistant:write", "reactions:write", "commands", "im:history", "im:write", "im:read", "files:write",
    "channels:history", "channels:read", "users:read", "usergroups:read", "team:read", "app_mentions:read",
}  # fmt: skip
ROOT = "1700000000.000001"


def server(**options: Any) -> SlackServer:
    subscribed = {"app_mention", "message.im", "app_home_opened", "agent_session_stopped"}
    return SlackServer(**{"scopes": EVERY_SCOPE, "subscribed": subscribed} | options)


def client(slack: SlackServer) -> AsyncWebClient:
    return AsyncWebClient(token=BOT_TOKEN, base_url=slack.api_url)


async def code(call: Awaitable[Any]) -> str:
    """The code with which Slack refuses a call."""
    with pytest.raises(SlackApiError) as refused:
        await call
    return str(refused.value.response["error"])


def text(words: str, kind: str = "plain_text") -> dict[str, str]:
    return {"type": kind, "text": words}


def section(words: str) -> dict[str, Any]:
    return {"type": "section", "text": text(words, "mrkdwn")}


def button(name: str, **more: Any) -> dict[str, Any]:
    return {"type": "button", "action_id": name, "text": text(name)} | more


def modal(*blocks: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "modal", "title": text("Sources"), "blocks": list(blocks)} | more


# Streams


async def test_a_stream_grows_and_ends_as_one_message() -> None:
    async with server() as slack:
        api = client(slack)
        stream = await api.chat_stream(channel=DM, thread_ts=ROOT, buffer_size=1)
        await stream.append(markdown_text="Win rate is ")
        assert slack.messages[0].streaming
        await stream.append(markdown_text="**62.1 %**.")
        await stream.stop(blocks=[section("Sources")])
        [message] = slack.messages
    assert message.text == "Win rate is **62.1 %**."
    assert [block["type"] for block in message.blocks] == ["markdown", "section"]
    assert not message.streaming


async def test_a_stream_that_was_stopped_or_ran_out_takes_no_more() -> None:
    async with server() as slack:
        api = client(slack)
        started = await api.chat_startStream(channel=DM, thread_ts=ROOT, markdown_text="a")
        assert (
            await code(api.chat_update(channel=DM, ts=started["ts"], text="b")) == "streaming_state_conflict"
        )
        slack.streams.life = -1
        late = api.chat_appendStream(channel=DM, ts=started["ts"], markdown_text="b")
        assert await code(late) == "message_not_in_streaming_state"
        assert not slack.messages[0].streaming
        await api.chat_update(channel=DM, ts=started["ts"], text="the whole answer")
        assert slack.messages[0].text == "the whole answer"
        again = api.chat_stopStream(channel=DM, ts=started["ts"])
        assert await code(again) == "message_not_in_streaming_state"


async def test_a_stream_in_a_channel_names_for_whom_it_is() -> None:
    async with server() as slack:
        api = client(slack)
        there: dict[str, Any] = {"channel": SALES, "thread_ts": ROOT, "markdown_text": "a"}
        assert await code(api.chat_startStream(**there)) == "missing_recipient_team_id"
        assert (
            await code(api.chat_startStream(**there, recipient_team_id="T0TEAM"))
            == "missing_recipient_user_id"
        )
        await api.chat_startStream(**there, recipient_team_id="T0TEAM", recipient_user_id=ANN)


async def test_a_stream_refuses_too_much_at_once_and_text_beside_chunks() -> None:
    async with server() as slack:
        api = client(slack)
        here: dict[str, Any] = {"channel": DM, "thread_ts": ROOT}
        assert await code(api.chat_startStream(**here, markdown_text="x" * 12_001)) == "msg_too_long"
        both = api.chat_startStream(
            **here, markdown_text="x", chunks=[{"type": "markdown_text", "text": "y"}]
        )
        assert await code(both) == "markdown_text_conflict"


async def test_tasks_of_a_stream_show_as_a_plan_that_is_kept_up_to_date() -> None:
    async with server() as slack:
        api = client(slack)
        task = {"type": "task_update", "id": "1", "title": "Reading", "status": "in_progress"}
        started = await api.chat_startStream(
            channel=DM, thread_ts=ROOT, task_display_mode="plan", chunks=[task]
        )
        await api.chat_appendStream(channel=DM, ts=started["ts"], chunks=[task | {"status": "complete"}])
        [plan] = slack.messages[0].blocks
    assert [one["status"] for one in plan["tasks"]] == ["complete"]


# Blocks


@pytest.mark.parametrize(
    "blocks",
    [
        [section("x" * 3001)],
        [{"type": "header", "text": text("")}],
        [{"type": "header", "text": text("bold", "mrkdwn")}],
        [{"type": "actions", "elements": [button(str(n)) for n in range(26)]}],
        [{"type": "actions", "elements": [button("x", style="loud")]}],
        [{"type": "context", "elements": []}],
        [{"type": "divider", "colour": "red"}],
        [{"type": "carousel", "elements": []}],
        [section("one"), *[{"type": "divider"}] * 50],
        [{"type": "table", "rows": [[{"type": "raw_text", "text": "a"}]]}] * 2,
        [{"type": "data_table", "caption": "c", "rows": [[{"type": "raw_text", "text": "a"}]]}],
        [{"type": "task_card", "task_id": "1", "title": "t", "status": "pending"}],
        [{"type": "markdown", "text": "x" * 12_001}],
        [{"type": "input", "label": text("a"), "element": button("b")}],
        [{"type": "image", "image_url": "https://example.com/a.png"}],
        [section("one") | {"block_id": "a"}, section("two") | {"block_id": "a"}],
        [{"type": "alert", "text": text("only in modals")}],
    ],
)
def test_blocks_that_slack_would_not_show_in_a_message_are_refused(blocks: list[dict[str, Any]]) -> None:
    assert refusal(blocks) is not None


def chart(**more: Any) -> dict[str, Any]:
    points = [{"label": "Jan", "value": 1}, {"label": "Feb", "value": -2.5}]
    drawn: dict[str, Any] = {"type": "line", "series": [{"name": "NRR", "data": points}]}
    drawn |= {"axis_config": {"categories": ["Jan", "Feb"]}}
    return {"type": "data_visualization", "title": "NRR", "chart": drawn | more}


@pytest.mark.parametrize(
    "wrong",
    [
        {"series": []},
        {"series": [{"name": "NRR", "data": [{"label": "Jan", "value": 1}]}]},
        {"axis_config": {"categories": ["Jan", "Jan"]}},
        {"type": "radar"},
        {"axis_config": {"categories": ["a category of far too many characters", "Feb"]}},
    ],
)
def test_charts_are_judged_alike_by_our_rules_and_by_another_reader(wrong: dict[str, Any]) -> None:
    assert refusal([chart()]) is None
    assert objections([chart()]) == []
    assert refusal([chart(**wrong)]) is not None
    if "type" not in wrong:
        assert objections([chart(**wrong)]) != []


def test_a_surface_takes_only_its_own_kinds_of_blocks() -> None:
    table = {"type": "table", "rows": [[{"type": "raw_text", "text": "a"}]]}
    alert = {"type": "alert", "text": text("careful")}
    assert refusal([table], (), "home") is None
    assert refusal([table], (), "modal") is not None
    assert refusal([alert], (), "modal") is None
    assert objections([table], "modal") != []


# Messages


async def test_a_message_is_changed_and_deleted_by_who_wrote_it_only() -> None:
    async with server() as slack:
        api = client(slack)
        slack.workspace.put(Message(DM, ROOT, "mine", user=ANN))
        assert await code(api.chat_update(channel=DM, ts=ROOT, text="x")) == "cant_update_message"
        assert await code(api.chat_delete(channel=DM, ts=ROOT)) == "cant_delete_message"
        own = await api.chat_postMessage(channel=DM, text="a")
        await api.chat_update(channel=DM, ts=own["ts"], text="b")
        assert [one.text for one in slack.messages] == ["b"]
        await api.chat_delete(channel=DM, ts=own["ts"])
        assert slack.messages == []


async def test_an_ephemeral_message_reaches_one_person_in_the_channel() -> None:
    async with server() as slack:
        api = client(slack)
        await api.chat_postEphemeral(channel=SALES, user=BEN, text="for you")
        [message] = slack.messages
        assert [slack.workspace.sees(one, message) for one in (ANN, BEN)] == [False, True]
        outside = api.chat_postEphemeral(channel=DM, user=BEN, text="not here")
        assert await code(outside) == "user_not_in_channel"


async def test_metadata_comes_back_with_the_thread_to_who_asks_for_it() -> None:
    async with server() as slack:
        api = client(slack)
        slack.workspace.put(Message(SALES, ROOT, "top 15?", user=ANN))
        noted = {"event_type": "answer", "event_payload": {"id": "a1"}}
        await api.chat_postMessage(channel=SALES, thread_ts=ROOT, text="here", metadata=noted)
        replies = await api.conversations_replies(channel=SALES, ts=ROOT, include_all_metadata=True)
        without = await api.conversations_replies(channel=SALES, ts=ROOT)
        unknown = api.conversations_replies(channel=SALES, ts="1.000000")
        assert await code(unknown) == "thread_not_found"
    assert [one.get("metadata") for one in replies["messages"]] == [None, noted]
    assert all("metadata" not in one for one in without["messages"])


async def test_a_scope_that_the_app_has_not_is_missed_for_the_kind_of_channel_it_is_about() -> None:
    async with server(scopes={"im:history"}) as slack:
        api = client(slack)
        slack.workspace.put(Message(DM, ROOT, "hello", user=ANN))
        await api.conversations_replies(channel=DM, ts=ROOT)
        with pytest.raises(SlackApiError) as refused:
            await api.conversations_replies(channel=SALES, ts=ROOT)
    assert refused.value.response["needed"] == "channels:history"


async def test_a_file_is_announced_sent_and_shown() -> None:
    async with server() as slack:
        api = client(slack)
        await api.files_upload_v2(channel=DM, filename="chart.png", content=b"\x89PNG...", alt_txt="a chart")
        [message] = slack.messages
        early = await api.files_getUploadURLExternal(filename="a.csv", length=3)
        unsent = api.files_completeUploadExternal(files=[{"id": early["file_id"]}], channel_id=DM)
        assert await code(unsent) == "file_not_found"
    assert [(one["name"], one["alt_txt"]) for one in message.files] == [("chart.png", "a chart")]


# What expires


async def test_a_trigger_opens_one_modal_and_only_for_three_seconds() -> None:
    async with server() as slack:
        api, now = client(slack), [100.0]
        slack.passes.now = lambda: now[0]
        trigger = slack.passes.trigger(ANN)
        await api.views_open(trigger_id=trigger, view=modal(section("one")))
        assert (
            await code(api.views_open(trigger_id=trigger, view=modal(section("two"))))
            == "exchanged_trigger_id"
        )
        late = slack.passes.trigger(ANN)
        now[0] += 3.1
        assert await code(api.views_open(trigger_id=late, view=modal(section("two")))) == "expired_trigger_id"
    assert [view.body["blocks"] for view in slack.workspace.modals[ANN]] == [[section("one")]]


async def test_modals_stack_three_deep_and_a_stale_one_is_not_overwritten() -> None:
    async with server() as slack:
        api = client(slack)
        opened = await api.views_open(trigger_id=slack.passes.trigger(ANN), view=modal(section("1")))
        for words in ("2", "3"):
            await api.views_push(trigger_id=slack.passes.trigger(ANN), view=modal(section(words)))
        fourth = api.views_push(trigger_id=slack.passes.trigger(ANN), view=modal(section("4")))
        assert await code(fourth) == "push_limit_reached"
        view = opened["view"]
        await api.views_update(view_id=view["id"], hash=view["hash"], view=modal(section("new")))
        stale = api.views_update(view_id=view["id"], hash=view["hash"], view=modal(section("newer")))
        assert await code(stale) == "hash_conflict"


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": text("a title of more than 24 characters")},
        {"blocks": [{"type": "data_table", "caption": "c", "rows": []}]},
        {
            "blocks": [
                {
                    "type": "input",
                    "label": text("a"),
                    "element": {"type": "plain_text_input", "action_id": "a"},
                }
            ]
        },
        {"private_metadata": "x" * 3001},
        {"colour": "red"},
    ],
)
async def test_a_modal_that_slack_would_not_show_is_refused(wrong: dict[str, Any]) -> None:
    async with server() as slack:
        opening = client(slack).views_open(
            trigger_id=slack.passes.trigger(ANN), view=modal(section("a")) | wrong
        )
        assert await code(opening) == "invalid_arguments"
        assert slack.workspace.modals == {}


async def test_a_response_address_works_five_times_and_for_half_an_hour() -> None:
    async with server() as slack:
        now = [100.0]
        slack.passes.now = lambda: now[0]
        hook = AsyncWebhookClient(slack.response_url(ANN, SALES))
        statuses = [(await hook.send(text=str(n))).status_code for n in range(6)]
        later = AsyncWebhookClient(slack.response_url(ANN, SALES))
        now[0] += 30 * 60 + 1
        late = await later.send(text="late")
    assert statuses == [200] * 5 + [404]
    assert (late.status_code, late.body) == (404, "expired_url")
    assert {one.only_for for one in slack.messages} == {ANN}


async def test_a_response_may_replace_or_delete_what_was_clicked() -> None:
    async with server() as slack:
        await client(slack).chat_postEphemeral(channel=SALES, user=ANN, text="private")
        ts = slack.messages[0].ts
        await AsyncWebhookClient(slack.response_url(ANN, SALES, ts=ts)).send(
            text="shared", replace_original=True
        )
        assert [(one.ts, one.text, one.only_for) for one in slack.messages] == [(ts, "shared", ANN)]
        await AsyncWebhookClient(slack.response_url(ANN, SALES, ts=ts)).send(delete_original=True)
        assert slack.messages == []


# What people do


class Interactive:
    """An app of a few listeners that keeps what it was sent."""

    def __init__(self, slack: SlackServer, answer: dict[str, Any] | None = None) -> None:
        from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler

        self.bodies: list[dict[str, Any]] = []
        self.app = AsyncApp(token=BOT_TOKEN, client=client(slack))
        self.answer = answer or {}
        for register in (self.app.action("go"), self.app.view("form"), self.app.shortcut("ask"),
                         self.app.event("app_home_opened"), self.app.event("agent_session_stopped"),
                         self.app.event("message"), self.app.event("app_mention")):  # fmt: skip
            register(self.heard)
        self.handler = AsyncSocketModeHandler(self.app, APP_TOKEN)

    async def heard(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        self.bodies.append(body)
        await ack(**(self.answer if body["type"] == "view_submission" else {}))

    async def __aenter__(self) -> Self:
        await self.handler.connect_async()  # type: ignore[no-untyped-call]
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.handler.close_async()  # type: ignore[no-untyped-call]


async def test_a_click_tells_the_app_what_where_by_whom_and_lets_it_answer() -> None:
    async with server() as slack, Interactive(slack) as app:
        actions = {"type": "actions", "block_id": "b", "elements": [button("go", value="a1")]}
        posted = await client(slack).chat_postMessage(
            channel=SALES, text="x", blocks=[actions], thread_ts=ROOT
        )
        assert await clicks.click(slack, BEN, SALES, posted["ts"], {"block_id": "b", "action_id": "go"})
        [body] = app.bodies
        assert body["actions"][0]["value"] == "a1"
        assert (body["user"]["id"], body["channel"]["id"], body["message"]["ts"]) == (
            BEN,
            SALES,
            posted["ts"],
        )
        assert body["container"]["thread_ts"] == ROOT
        opened = await client(slack).views_open(trigger_id=body["trigger_id"], view=modal(section("receipt")))
        assert opened["ok"]
        answered = await AsyncWebhookClient(body["response_url"]).send(text="done")
        assert answered.status_code == 200


async def test_nobody_clicks_what_they_do_not_see() -> None:
    async with server() as slack:
        actions = {"type": "actions", "block_id": "b", "elements": [button("go")]}
        shown = await client(slack).chat_postEphemeral(channel=SALES, user=BEN, text="x", blocks=[actions])
        for who, action in ((ANN, "go"), (BEN, "other")):
            chosen = {"block_id": "b", "action_id": action}
            with pytest.raises(ImpossibleError):
                await clicks.click(slack, who, SALES, shown["message_ts"], chosen)


FORM = modal(
    {
        "type": "input",
        "block_id": "role",
        "label": text("Role"),
        "element": {"type": "plain_text_input", "action_id": "r"},
    },
    submit=text("Ask"),
    callback_id="form",
)
FILLED = {"role": {"r": {"type": "plain_text_input", "value": "cro"}}}


@pytest.mark.parametrize(
    ("answer", "result", "left"),
    [
        ({}, {}, 0),
        (
            {"response_action": "errors", "errors": {"role": "No such role"}},
            {"errors": {"role": "No such role"}},
            1,
        ),
        ({"response_action": "push", "view": modal(section("more"))}, {}, 2),
        ({"response_action": "clear"}, {}, 0),
    ],
)
async def test_a_form_is_taken_or_sent_back(
    answer: dict[str, Any], result: dict[str, Any], left: int
) -> None:
    async with server() as slack, Interactive(slack, answer) as app:
        opened = await client(slack).views_open(trigger_id=slack.passes.trigger(ANN), view=FORM)
        view = opened["view"]["id"]
        assert (await clicks.submit(slack, ANN, view, {})) == {"errors": {"role": clicks.MISSING}}
        assert app.bodies == []
        assert await clicks.submit(slack, ANN, view, FILLED) == result
        assert app.bodies[0]["view"]["state"]["values"] == FILLED
    assert len(slack.workspace.modals[ANN]) == left
    assert slack.violations == []


async def test_errors_for_what_is_no_input_are_a_violation() -> None:
    answer = {"response_action": "errors", "errors": {"nowhere": "x"}}
    async with server() as slack, Interactive(slack, answer):
        opened = await client(slack).views_open(trigger_id=slack.passes.trigger(ANN), view=FORM)
        await clicks.submit(slack, ANN, opened["view"]["id"], FILLED)
    assert "no inputs" in slack.violations[0]


async def test_shortcuts_home_and_stop_reach_the_app() -> None:
    async with server() as slack, Interactive(slack) as app:
        assert await acts.shortcut(slack, ANN, "ask")
        await acts.open_home(slack, ANN, "home")
        started = await client(slack).chat_startStream(channel=DM, thread_ts=ROOT, markdown_text="a")
        await acts.stop(slack, ANN, DM, ROOT)
        await asyncio.sleep(0.05)
    assert app.bodies[0]["trigger_id"] in slack.passes.triggers
    assert [body["event"]["type"] for body in app.bodies[1:]] == ["app_home_opened", "agent_session_stopped"]
    assert app.bodies[2]["event"]["streaming_message_ts"] == [started["ts"]]


async def test_events_come_only_to_who_subscribed_and_may_hear_of_them_and_messages_before_mentions() -> None:
    everything = {"app_mention", "message.im", "message.channels"}
    async with server(subscribed=everything) as slack, Interactive(slack):
        await acts.say(slack, ANN, SALES, "<@U0BOT> win rate")
        await acts.open_home(slack, ANN, "home")
        slack.scopes -= {"channels:history"}
        await acts.say(slack, ANN, SALES, "<@U0BOT> win rate")
    kinds = [one.payload["event"]["type"] for one in slack.link.deliveries]
    assert kinds == ["message", "app_mention", "app_mention"]
