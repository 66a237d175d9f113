"""What stands around values that are not shown: the true reason, in a sentence that reads well, and a title."""

from __future__ import annotations

import json

from bot.answer import Bot
from bot.audience.policy import Policy, Rule
from tests.slack.clicked import at
from tests.slack_server import ANN, BOT, DM, SALES, events
from tests.slack_server.running import Running


async def mentioned(bot: Running, text: str, channel: str = SALES, user: str = ANN) -> list[str]:
    """What is said to a mention: to everybody, then to the asker alone."""
    before = len(bot.slack.messages)
    await bot.slack.event(events.mention(f"<@{BOT}> {text}", user=user, channel=channel))
    assert await bot.lanes.drain(20) == 0
    return [one.text for one in bot.slack.messages[before:]]


async def test_a_shared_channel_is_told_the_true_reason(demo_bot: Bot) -> None:
    async with at(demo_bot) as bot:
        [none] = await mentioned(bot, "win rate", events.SHARED)
    granted = Policy(rules=[Rule(where=[events.SHARED], show="open")])
    async with at(demo_bot, policy=granted) as bot:
        [some] = await mentioned(bot, "win rate", events.SHARED)
        [people] = await mentioned(bot, "attrition", events.SHARED)
    assert "1 value is not shown here. This channel is shared with another company, so values are" in none
    assert "values about people" not in none
    assert "not shown here" not in some
    assert "so values about people are never shown in it." in people


async def test_one_value_and_several_are_told_as_such(demo_bot: Bot) -> None:
    async with at(demo_bot) as bot:
        one, _ = await mentioned(bot, "attrition last quarter")
        split, _ = await mentioned(bot, "attrition by department")
        several, *_ = await mentioned(bot, "top 15 metrics for a CRO")
        guest, *_ = await mentioned(bot, "win rate", user=events.GUEST)
    assert "1 value is not shown here. Only who asked got it, alone." in one
    assert "These values are not shown here. Only who asked got them, alone." in split
    assert "every department: not shown here" in split
    assert " values are not shown here. Only who asked got them, alone." in several
    assert "not shown here. You are a guest here" in guest
    assert not any("all: not shown" in text or "here: You" in text for text in (one, split, several, guest))


async def test_what_nobody_may_see_is_not_said_to_be_shown_to_the_asker(demo_bot: Bot) -> None:
    async with at(demo_bot) as bot:
        [public] = await mentioned(bot, "compa-ratio")
    assert "1 value is not shown here. Nobody granted them to you" not in public
    assert "1 value is not shown here. Nobody granted it to you" in public
    assert "Only who asked" not in public


async def test_what_the_asker_alone_sees_says_which_question_it_is_of(demo_bot: Bot) -> None:
    async with at(demo_bot) as bot:
        await mentioned(bot, "top 15 metrics for a CRO")
        [alone] = [one for one in bot.slack.messages if one.only_for]
    assert alone.blocks[0]["type"] == "header"
    assert "Top 15 metrics for the Chief Revenue Officer" in alone.blocks[0]["text"]["text"]
    assert "Only you can see" not in json.dumps(alone.blocks)


async def test_a_thread_goes_on_with_the_list_as_it_was_last(demo_bot: Bot) -> None:
    async with at(demo_bot) as bot:
        first = events.message("top 15 metrics for the CRO")
        await bot.slack.event(first)
        for text in ("only 10", "why 3?", "last year instead", "by region"):
            await bot.slack.event(events.message(text, thread=first["ts"]))
        *_, why, year, split = await bot.slack.replies(5, thread=first["ts"], within=30)
    assert "at place 3" in why
    assert "Top 10 metrics for the Chief Revenue Officer: Tavenbrook, 2025*" in year
    [table] = [block for block in year.blocks if block["type"] == "table"]
    assert len(table["rows"]) == 11
    assert "A list is not split as a whole: this is Win rate, its number 3, by department" in split
    assert split.channel == DM
