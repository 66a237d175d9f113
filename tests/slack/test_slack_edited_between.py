"""A question that was edited keeps its place in the conversation: what came after it still is what is pointed at."""

from __future__ import annotations

from bot.answer import Bot
from tests.slack.clicked import at
from tests.slack_server import events


async def test_a_follow_up_points_at_the_last_list_of_the_thread_and_not_at_one_that_was_edited_since(
    demo_bot: Bot,
) -> None:
    first = events.message("top 15 metrics for a CRO")
    fewer = events.message("only 5 of those", thread=first["ts"])
    async with at(demo_bot) as bot:
        for event in (first, fewer, events.edited(first, "top 15 metrics for a CHRO")):
            await bot.slack.event(event)
            assert await bot.lanes.drain(20) == 0
        shown = demo_bot.memory.lists(first["channel"], first["ts"]).shown
        await bot.slack.event(events.message("only 3 of those", thread=first["ts"]))
        assert await bot.lanes.drain(20) == 0
        *_, last = demo_bot.memory.lists(first["channel"], first["ts"]).shown
    assert [len(one) for one in shown] == [15, 5]
    assert len(last) == 3
    assert set(last) <= set(shown[1])
    assert not set(shown[1]) <= set(shown[0])


async def test_an_edited_question_is_read_by_what_came_before_it(demo_bot: Bot) -> None:
    first = events.message("top 10 metrics for a CRO")
    other = events.message("top 10 metrics for a CHRO", thread=first["ts"])
    later = events.message("top 12 metrics for a CFO", thread=first["ts"])
    async with at(demo_bot) as bot:
        for event in (first, other, later, events.edited(other, "only 4 of those")):
            await bot.slack.event(event)
            assert await bot.lanes.drain(20) == 0
    shown = demo_bot.memory.lists(first["channel"], first["ts"]).shown
    assert [len(one) for one in shown] == [10, 4, 12]
    assert set(shown[1]) <= set(shown[0])
