"""What users of other Slack data bots complained of: one named test for each, or why it cannot occur here."""

from __future__ import annotations

import asyncio
import json
import re
from dataclasses import replace
from functools import partial
from typing import Any

from bot.answer import Bot, answer
from bot.model import Answer, Question
from bot.playground.workspace import Message
from bot.slack.doctor import Tokens, look_at_slack
from bot.slack.layout.blocks import render
from bot.slack.layout.pages import pages
from bot.slack.sending.signs import shown, status
from bot.slack.tickets.before import CHARACTERS
from tests.conformance_index import unknown
from tests.slack_server import BOT, events
from tests.slack_server.running import running
from tests.slack_server.samples import answer as sample
from tests.slack_server.samples import recommendation
from tests.slack_server.server import APP_TOKEN, BOT_TOKEN

HELD: dict[int, str] = {
    1: "test_slack_faults.py::test_an_event_whose_acknowledgement_is_lost_comes_again_and_is_answered_once",
    2: "test_complaints.py::test_02_one_question_gets_one_message_and_nothing_in_between",
    3: "test_slack_faults.py::test_a_message_that_comes_as_two_kinds_of_events_is_answered_once",
    4: "test_slack_live.py::test_prose_streams_and_the_whole_answer_takes_its_place",
    5: "test_slack_surfaces.py::test_two_messages_in_a_thread_are_answered_in_order",
    6: "test_slack_durability.py::test_with_fifty_questions_in_flight_an_acknowledgement_takes_less_than_300_ms",
    7: "test_slack_delivery.py::test_a_long_answer_arrives_whole_in_several_messages_of_the_same_thread",
    8: "test_complaints.py::test_08_a_long_answer_arrives_to_its_last_word_with_nothing_else_said",
    9: "test_slack_blocks.py::test_whatever_an_answer_says_slack_takes_it_and_nothing_of_it_is_lost",
    10: "test_complaints.py::test_10_no_block_is_ever_empty",
    11: "test_complaints.py::test_11_no_picture_is_fetched_from_an_address",
    12: "test_slack_delivery.py::test_a_workspace_without_tables_gets_the_same_rows_in_monospace",
    13: "test_complaints.py::test_13_and_14_answering_lists_no_channels_and_reads_no_history",
    14: "test_complaints.py::test_13_and_14_answering_lists_no_channels_and_reads_no_history",
    15: "test_slack_parity.py::test_every_surface_gives_the_same_list_and_the_same_numbers",
    16: "test_slack_surfaces.py::test_a_direct_message_starts_a_thread_and_is_answered_in_it",
    17: "test_slack_clicks.py::test_sharing_checks_everybody_and_happens_once",
    18: "test_slack_audience.py::test_a_policy_is_looked_at_before_anything_is_computed",
    19: "test_slack_clicks.py::test_sources_are_read_with_the_rights_of_who_opens_them",
    20: "test_slack_audience.py::test_a_private_value_of_a_mention_at_the_top_is_shown_where_it_is_seen",
    21: "test_slack_audience.py::test_a_refusal_goes_to_the_asker_alone",
    22: "test_slack_follow.py::test_called_into_a_thread_the_bot_knows_what_was_spoken_of_where_it_may_read_it",
    23: "test_complaints.py::test_23_a_long_talk_is_read_in_part_without_bots_and_lacking_scopes_are_named",
    24: "test_complaints.py::test_24_a_conversation_can_be_started_anew",
    25: "test_complaints.py::test_25_a_question_back_has_a_button_for_each_reading_and_waits",
    26: "test_slack_surfaces.py::test_a_mention_with_nothing_else_asks_for_help",
    27: "test_narrate.py::test_invented_numbers_are_refused_and_plain_sentences_take_their_place",
    28: "test_complaints.py::test_28_no_metric_has_two_values_in_one_answer",
    29: "test_slack_surfaces.py::test_what_is_wrong_with_the_warehouse_is_for_the_log_and_not_for_the_channel",
    30: "test_complaints.py::test_30_the_same_question_gets_the_same_answer_again",
    31: "test_slack_parity.py::test_every_surface_gives_the_same_list_and_the_same_numbers",
    32: "test_complaints.py::test_32_no_button_leads_out_of_slack",
    33: "test_complaints.py::test_33_a_question_that_was_broken_off_spoils_none_after_it",
    34: "test_complaints.py::test_34_a_status_is_shown_again_before_it_ends_and_none_stays_behind",
    35: "test_complaints.py::test_35_a_definition_in_slack_is_the_catalogs",
    36: "test_complaints.py::test_36_lists_are_balanced_whatever_was_said_and_what_was_taught_sticks",
}


STATUS_LASTS = 120
"""Seconds after which Slack takes a status away by itself."""


async def recommendation_later(question: Question) -> Answer:
    await asyncio.sleep(0.5)
    return recommendation(question)


def at(bot: Bot, **more: Any) -> Any:
    return running(partial(answer, bot=bot), memory=bot.memory, open_=partial(bot.open, None), **more)


def test_every_complaint_has_its_test_or_its_reason() -> None:
    assert sorted(HELD) == list(range(1, 37))
    assert unknown(HELD) == []


async def test_02_one_question_gets_one_message_and_nothing_in_between() -> None:
    async def slow(question: Question) -> Answer:
        await asyncio.sleep(0.2)
        return recommendation(question)

    async with running(slow, sign_after=0) as bot:
        await bot.slack.event(events.message("top 15"))
        await bot.slack.replies(1)
        assert await bot.lanes.drain(2) == 0
    assert len(bot.slack.messages) == 1
    assert len(bot.slack.called("chat.postMessage")) == 1


async def test_08_a_long_answer_arrives_to_its_last_word_with_nothing_else_said() -> None:
    sentences = [f"This is sentence number {number}." for number in range(1, 601)]

    async def long(question: Question) -> Answer:
        return sample(question, title="The answer", body=" ".join([*sentences, "That is the end."]))

    async with running(long, sign_after=0) as bot:
        for lacking in (set[str](), {"section", "header", "context", "actions", "context_actions"}):
            bot.slack.lacking = lacking
            event = events.message("everything")
            await bot.slack.event(event)
            assert await bot.lanes.drain(10) == 0
            seen = bot.slack.seen(thread=event["ts"])
            said = "\n".join(json.dumps(one.blocks) if one.blocks else one.text for one in seen)
            assert said.index("The answer") < said.index("sentence number 1.")
            assert re.findall(r"sentence number (\d+)\.", said) == [str(n) for n in range(1, 601)]
            assert "That is the end." in said


def test_10_no_block_is_ever_empty() -> None:
    blank = sample(Question("x"), title=" ", body="\n \n")
    for one in (blank, sample(Question("x"), title="", body=""), recommendation(Question("x"), body=" ")):
        for message in pages(render(one)):
            assert message.text.strip()
            assert message.blocks
            assert '"text": ""' not in json.dumps(message.blocks)


async def test_11_no_picture_is_fetched_from_an_address(demo_bot: Bot) -> None:
    async with at(demo_bot) as bot:
        await bot.slack.event(events.message("win rate by month"))
        [reply] = await bot.slack.replies(1, within=30)
    assert "data_visualization" in json.dumps(reply.blocks)
    assert "image" not in json.dumps(reply.blocks)


async def test_13_and_14_answering_lists_no_channels_and_reads_no_history(demo_bot: Bot) -> None:
    async with at(demo_bot) as bot:
        first = events.mention(f"<@{BOT}> top 15 metrics for a CRO")
        await bot.slack.event(first)
        await bot.slack.event(events.mention(f"<@{BOT}> only 10 of those", thread=first["ts"]))
        await bot.slack.replies(4, within=30)
    called = {call.method for call in bot.slack.calls}
    assert not called & {"conversations.list", "conversations.history", "conversations.replies", "users.list"}


async def test_23_a_long_talk_is_read_in_part_without_bots_and_lacking_scopes_are_named() -> None:
    asked: list[Question] = []

    async def told(question: Question) -> Answer:
        asked.append(question)
        return sample(question)

    async with running(told) as bot:
        bot.slack.scopes |= {"channels:history"}
        root = events.message("our NRR is fine", channel=events.SALES)
        await bot.slack.event(root)
        for number in range(40):
            talk = f"{number}: {'the win rate worries me ' * 10}"
            bot.slack.workspace.put(
                Message(events.SALES, events.new_ts(), talk, thread=root["ts"], user=events.BEN)
            )
        for user in (events.ROBOT, BOT):
            beep = Message(events.SALES, events.new_ts(), "beep: churn!", thread=root["ts"], user=user)
            bot.slack.workspace.put(replace(beep, subtype="bot_message") if user == events.ROBOT else beep)
        await bot.slack.event(events.mention(f"<@{BOT}> by segment", thread=root["ts"]))
        assert await bot.lanes.drain(10) == 0
        bot.slack.scopes -= {"groups:read"}
        found = {
            one.what: one
            async for one in look_at_slack(Tokens(BOT_TOKEN, APP_TOKEN, ""), bot.slack.api_url, http=False)
        }
        bot.slack.scopes |= {"groups:read"}
    [question] = asked
    assert "39: the win rate worries me" in question.before
    assert "beep" not in question.before
    assert len(question.before) <= CHARACTERS < 40 * 200
    assert (found["scopes"].state, found["scopes"].says) == ("missing", "lacking groups:read")
    assert "--manifest" in found["scopes"].remedy


async def test_24_a_conversation_can_be_started_anew(demo_bot: Bot) -> None:
    async with at(demo_bot) as bot:
        await bot.slack.command("top 15 metrics for a CRO")
        await bot.slack.replies(1, within=30)
        conversation = (events.SALES, f"/metrics:{events.ANN}")
        assert demo_bot.memory.lists(*conversation).shown
        await bot.slack.command("new")
        _, told = await bot.slack.replies(2, within=30)
    assert "new conversation" in told
    assert demo_bot.memory.lists(*conversation).shown == []
    assert demo_bot.memory.last_request(*conversation) is None


async def test_25_a_question_back_has_a_button_for_each_reading_and_waits(demo_bot: Bot) -> None:
    async with at(demo_bot) as bot:
        await bot.slack.event(events.message("turnover"))
        [reply] = await bot.slack.replies(1, within=30)
    labels = [one["text"]["text"] for b in reply.blocks if b["type"] == "actions" for one in b["elements"]]
    assert "Which one do you mean?" in reply.text
    assert len(labels) >= 2
    assert not any(block["type"] == "table" for block in reply.blocks)


async def test_28_no_metric_has_two_values_in_one_answer(demo_bot: Bot) -> None:
    finished = await answer(Question("top 15 metrics for a CRO"), demo_bot)
    assert finished.scorecard is not None
    names = [row.metric.id for row in finished.scorecard.rows]
    assert len(names) == len(set(names))
    figures = {f"{row.value.value:.1f}" for row in finished.scorecard.rows if row.value.value is not None}
    said = re.findall(r"(\d+\.\d) %", finished.body)
    targets = {
        f"{row.target.value:.1f}" for row in finished.scorecard.rows if row.target and row.target.value
    }
    changes = {f"{abs(row.change):.1f}" for row in finished.scorecard.rows if row.change is not None}
    assert set(said) <= figures | targets | changes


async def test_30_the_same_question_gets_the_same_answer_again(demo_bot: Bot) -> None:
    first = await answer(Question("top 15 metrics for a CRO", thread="1"), demo_bot)
    again = await answer(Question("top 15 metrics for a CRO", thread="2"), demo_bot)
    assert (first.scorecard, first.body, first.notes) == (again.scorecard, again.body, again.notes) or (
        first.body == again.body and _rows(first) == _rows(again)
    )


def _rows(finished: Answer) -> list[tuple[Any, ...]]:
    assert finished.scorecard is not None
    return [(row.metric.id, row.value.value, row.change) for row in finished.scorecard.rows]


async def test_32_no_button_leads_out_of_slack(demo_bot: Bot) -> None:
    async with at(demo_bot) as bot:
        await bot.slack.event(events.message("top 15 metrics for a CRO"))
        [reply] = await bot.slack.replies(1, within=30)
    assert '"url"' not in json.dumps(reply.blocks)


async def test_33_a_question_that_was_broken_off_spoils_none_after_it() -> None:
    async def first_never(question: Question) -> Answer:
        await asyncio.sleep(60 if question.text == "first" else 0)
        return sample(question, body=question.text)

    async with running(first_never) as bot:
        first = events.message("first")
        await bot.slack.event(first)
        await bot.slack.event(events.message("second", thread=first["ts"]))
        await bot.slack.event(events.deleted(first))
        [reply] = await bot.slack.replies(1)
    assert reply.text == "second"


async def test_34_a_status_is_shown_again_before_it_ends_and_none_stays_behind() -> None:
    async with running(recommendation_later) as bot:
        event = events.message("top 15")
        where = {"channel": events.DM, "thread": event["ts"], "ts": event["ts"]}
        await bot.slack.event(event)
        sign = status(bot.desk.client, **where, after=0)
        assert sign.every is not None
        assert sign.every < STATUS_LASTS
        async with shown(replace(sign, every=0.05)):
            await bot.slack.until(lambda: len(bot.slack.called("assistant.threads.setStatus")) >= 3)
            assert bot.slack.status
        await bot.slack.replies(1)
        assert await bot.lanes.drain(5) == 0
        assert bot.slack.status == {}
        assert not any(one.text.startswith("Still") for one in bot.slack.messages)
        assert set(bot.slack.workspace.sessions.values()) == {"active"}


async def test_35_a_definition_in_slack_is_the_catalogs(demo_bot: Bot) -> None:
    metric = demo_bot.open(None).catalog.metric("win_rate")
    async with at(demo_bot) as bot:
        await bot.slack.event(events.message("what is win rate?"))
        [reply] = await bot.slack.replies(1, within=30)
    assert f"{metric.name} = {metric.formula}." in reply.text


async def test_36_lists_are_balanced_whatever_was_said_and_what_was_taught_sticks(demo_bot: Bot) -> None:
    async with at(demo_bot) as bot:
        for number, text in enumerate(("forget the people metrics", "top 10 metrics for a CRO"), 1):
            await bot.slack.event(events.message(text))
            await bot.slack.replies(number, within=30)
    [table] = [block for block in bot.slack.messages[-1].blocks if block["type"] == "table"]
    sides = [row[2]["text"] for row in table["rows"][1:]]
    assert min(sides.count("business"), sides.count("people")) >= 3
    async with at(demo_bot) as bot:
        lesson = events.message("Always include ramp time for our CRO")
        await bot.slack.event(lesson)
        await bot.slack.event(events.message("yes", thread=lesson["ts"]))
        assert await bot.lanes.drain(20) == 0
    async with at(demo_bot) as bot:  # another process, other threads
        for number, text in enumerate(("top 5 metrics for a CRO", "forget it", "top 5 metrics for a CRO"), 1):
            await bot.slack.event(events.message(text))
            replies = await bot.slack.replies(number, within=30)
    for reply in (replies[0], replies[2]):
        [table] = [block for block in reply.blocks if block["type"] == "table"]
        assert any("Ramp time" in json.dumps(row) for row in table["rows"])
        sides = [row[2]["text"] for row in table["rows"][1:]]
        assert min(sides.count("business"), sides.count("people")) >= 2
