"""Where whole channels may be read: a thread goes on without mentions, and people may talk in it undisturbed."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from functools import partial

from bot.answer import Bot
from bot.answer import answer as ask
from bot.model import Answer, Question
from bot.playground.workspace import Message
from bot.slack.manifest import manifest
from bot.understood import OVERHEARD
from tests.slack.clicked import at
from tests.slack_server import BEN, BOT, SALES, Posted, events
from tests.slack_server.running import Running, running
from tests.slack_server.samples import answer, recommendation


async def either(question: Question) -> Answer:
    if "metrics" in question.text or "those" in question.text:
        return recommendation(question, count=3)
    return answer(question)  # of the kind "help": nothing it could read


async def test_a_follow_up_in_a_thread_of_ours_needs_no_mention_and_small_talk_gets_no_answer() -> None:
    async with running(either) as bot:
        root = events.mention(f"<@{BOT}> top metrics")
        await bot.slack.event(root)
        await bot.slack.replies(1)
        await bot.slack.event(events.message("thanks!", user=BEN, channel=SALES, thread=root["ts"]))
        await bot.slack.event(events.message("only 2 of those", user=BEN, channel=SALES, thread=root["ts"]))
        await bot.slack.replies(2)
        await bot.slack.event(events.message("top metrics", channel=SALES, thread="1.000001"))
        await bot.slack.event(events.message("top metrics", channel=SALES))
        assert await bot.lanes.drain(2) == 0
    assert [one.thread for one in bot.slack.messages] == [root["ts"]] * 2


async def test_no_status_stays_where_a_message_that_did_not_call_the_bot_gets_no_answer() -> None:
    async def slow(question: Question) -> Answer:
        await asyncio.sleep(0.2 if question.text == "lunch?" else 0)
        return await either(question)

    async with running(slow, sign_after=0.05) as bot:
        root = events.mention(f"<@{BOT}> top metrics")
        await bot.slack.event(root)
        await bot.slack.replies(1)
        await bot.slack.event(events.message("lunch?", channel=SALES, thread=root["ts"], kind="channel"))
        await bot.slack.until(lambda: bot.slack.status)
        assert await bot.lanes.drain(2) == 0
        assert len(bot.slack.messages) == 1
        assert bot.slack.status == {}


async def test_a_mention_that_comes_as_a_message_too_is_answered_once() -> None:
    async with running(either) as bot:
        root = events.mention(f"<@{BOT}> top metrics")
        await bot.slack.event(root)
        again = events.mention(f"<@{BOT}> only 2 of those", thread=root["ts"])
        await bot.slack.event(again | {"type": "message", "channel_type": "channel"})
        await bot.slack.event(again)
        await bot.slack.replies(2)
        assert await bot.lanes.drain(2) == 0
    assert len(bot.slack.messages) == 2


async def called_into_a_talk(bot: Running, question: str) -> Posted:
    """Two people speak of a metric in a thread; then one of them calls the bot into it."""
    root = events.message("our NRR is fine", channel=SALES)
    await bot.slack.event(root)
    worried = Message(SALES, events.new_ts(), "but the win rate worries me", thread=root["ts"], user=BEN)
    bot.slack.workspace.put(worried)
    beep = Message(SALES, events.new_ts(), "churn!", thread=root["ts"], user=events.ROBOT)
    bot.slack.workspace.put(replace(beep, subtype="bot_message"))
    await bot.slack.event(events.mention(f"<@{BOT}> {question}", thread=root["ts"]))
    [reply] = await bot.slack.replies(1, thread=root["ts"], within=20)
    return reply


async def test_called_into_a_thread_the_bot_knows_what_was_spoken_of_where_it_may_read_it(
    demo_bot: Bot,
) -> None:
    whole = partial(running, partial(ask, bot=demo_bot), memory=demo_bot.memory)
    async with whole(open_=partial(demo_bot.open, None)) as bot:
        bot.slack.scopes |= {"channels:history"}
        reply = await called_into_a_talk(bot, "by segment")
    assert "Win rate" in reply
    assert "Net revenue retention" in reply
    assert "hurn" not in reply
    assert OVERHEARD in reply


async def test_what_a_question_says_itself_is_not_put_down_to_the_talk_before_it(demo_bot: Bot) -> None:
    whole = partial(running, partial(ask, bot=demo_bot), memory=demo_bot.memory)
    async with whole(open_=partial(demo_bot.open, None)) as bot:
        bot.slack.scopes |= {"channels:history"}
        reply = await called_into_a_talk(bot, "gross margin last quarter")
    assert "Gross margin" in reply
    assert "Win rate" not in reply
    assert OVERHEARD not in reply


async def test_without_the_operators_leave_nothing_is_read_of_a_thread(demo_bot: Bot) -> None:
    whole = partial(running, partial(ask, bot=demo_bot), memory=demo_bot.memory)
    async with whole(open_=partial(demo_bot.open, None)) as bot:
        reply = await called_into_a_talk(bot, "by segment")
        assert bot.slack.called("conversations.replies") == []
    assert OVERHEARD not in reply
    assert not [block for block in reply.blocks if block["type"] == "table"]


def test_by_default_the_bot_hears_no_whole_channels() -> None:
    asked = manifest()
    scopes = asked["oauth_config"]["scopes"]["bot"]
    heard = asked["settings"]["event_subscriptions"]["bot_events"]
    assert not [one for one in scopes if one.endswith(":history") and one != "im:history"]
    assert [one for one in heard if one.startswith("message.")] == ["message.im"]


async def test_a_button_asks_what_stands_on_it_or_what_stands_behind_it() -> None:
    def shown(question: Question) -> Answer:
        return replace(recommendation(question, count=3), actions=(("For me", "keep it for me"),))

    async def choosing(question: Question) -> Answer:
        return shown(question) if question.text == "teach" else answer(question, body=question.text)

    from bot.playground import clicks

    async with running(choosing) as bot:
        await bot.slack.event(events.message("teach"))
        [reply] = await bot.slack.replies(1)
        block, element = next(iter(clicks.elements(reply.blocks)))
        assert element["text"]["text"] == "For me"
        where = {"block_id": block, "action_id": element["action_id"]}
        assert await clicks.click(bot.slack, events.ANN, reply.channel, reply.ts, where)
        *_, done = await bot.slack.replies(2)
    assert (done.text, done.thread) == ("keep it for me", reply.thread)


async def test_follow_ups_in_a_thread_keep_what_was_spoken_of(demo_bot: Bot) -> None:
    """The four of the issue, one after the other: a shorter list, a split, a reason, another year."""
    said = ("only 10 of those", "by region", "why 3?", "last year instead")
    async with at(demo_bot) as bot:
        root = events.message("top 15 metrics for a CTO in 2024")
        await bot.slack.event(root)
        for text in said:
            await bot.slack.event(events.message(text, thread=root["ts"]))
        first, fewer, split, reason, again = await bot.slack.replies(5, within=40)
    assert "Chief Technology Officer: Tavenbrook, 2024" in first
    assert "Top 10 metrics for the Chief Technology Officer: Tavenbrook, 2024" in fewer
    assert "2024 by department" in split
    assert "place 3" in reason
    assert "2025" in again.text
    assert "2024 by" not in again.text


async def test_a_why_in_between_loses_neither_the_period_nor_the_group_of_the_list(demo_bot: Bot) -> None:
    first = ("top 15 for a CRO in Q2 for EMEA", "why 3?", "only 10 of those", "why no people metrics?")
    then = ("always include NRR", "no", "thanks", "only 5", "why 2?", "last year instead")
    listed = []
    for text in (*first, *then):
        found = await ask(Question(text, user=BEN, channel="D0BEN", thread="why"), demo_bot)
        if found.scorecard:
            period, groups = found.request.period, dict(found.request.filters)
            listed.append((len(found.scorecard.rows), str(period), groups))
    emea = {"department": "Sales EMEA"}
    assert listed == [(15, "2025-Q2", emea), (10, "2025-Q2", emea), (5, "2025-Q2", emea), (5, "2025", emea)]


async def test_a_split_after_a_why_is_of_the_metric_asked_about_in_the_period_of_the_list(
    demo_bot: Bot,
) -> None:
    for text in ("top 15 for a CRO in Q2 for EMEA", "why 3?", "by segment"):
        found = await ask(Question(text, user=BEN, channel="D0BEN", thread="why split"), demo_bot)
    assert found.request.metrics == ("win_rate",)
    assert (str(found.request.period), dict(found.request.filters)) == (
        "2025-Q2",
        {"department": "Sales EMEA"},
    )


async def test_what_follows_a_definition_asks_for_the_value(demo_bot: Bot) -> None:
    for text in ("what is win rate?", "by segment", "last year instead"):
        found = await ask(Question(text, user=BEN, channel="D0BEN", thread="definition"), demo_bot)
    assert (found.kind, found.request.metrics, str(found.request.period)) == ("value", ("win_rate",), "2025")
    assert found.request.dimension == "segment"


async def test_a_list_that_was_split_in_between_keeps_its_role(demo_bot: Bot) -> None:
    titles = []
    for text in ("top 15 metrics for a CFO", "by region", "why 3?", "last year instead", "only 5 of those"):
        found = await ask(Question(text, user=BEN, channel="D0BEN", thread="split"), demo_bot)
        assert not [note for note in found.notes if "No role was named" in note]
        titles.append(found.title)
    assert titles[1].endswith("2025-Q4 by department")
    assert titles[3].startswith("Top 15 metrics for the Chief Financial Officer")
    assert titles[4].startswith("Top 5 metrics for the Chief Financial Officer")
