"""Who taught and retired a rule, as its readers know them: a name in Slack, you, the plain id in the terminal."""

from __future__ import annotations

import json
from dataclasses import replace

from bot.answer import Bot, answer
from bot.memory.coached import retire, rules
from bot.model import Question
from tests.slack.clicked import at
from tests.slack.test_slack_owed import taught
from tests.slack_server import ANN, BEN, BOT, events

ASKED = f"<@{BOT}> coach history"


async def test_people_are_names_that_notify_nobody_in_a_channel_and_you_where_one_reads_alone(
    demo_bot: Bot,
) -> None:
    first = taught(demo_bot.memory, ANN, events.SALES, "channel")
    second = taught(demo_bot.memory, BEN, events.SALES, "workspace", "win_rate")
    assert retire(demo_bot.memory, first, BEN)
    async with at(demo_bot) as bot:
        await bot.slack.event(events.mention(ASKED))
        [channel] = await bot.slack.replies(1, within=20)
        await bot.slack.event(events.message("coach list", user=BEN, channel=events.BENS))
        *_, direct = await bot.slack.replies(2, within=20)
        await bot.slack.event(events.home_opened("home", user=BEN))
        await bot.slack.until(lambda: BEN in bot.slack.workspace.homes, within=30)
        home = json.dumps(bot.slack.workspace.homes[BEN].body)
    shown = json.dumps(channel.blocks)
    assert "By ann on" in shown
    assert "Retired by ben on" in shown
    assert "@" not in shown
    assert ANN not in shown
    assert "By you on" in direct
    assert BEN not in direct.text
    assert "By you on" in home
    assert second in direct


async def test_a_name_is_written_as_it_is_and_notifies_nobody_whatever_it_says(demo_bot: Bot) -> None:
    taught(demo_bot.memory, ANN, events.SALES, "channel")
    taught(demo_bot.memory, "U0GONE", events.SALES, "workspace", "win_rate")
    async with at(demo_bot) as bot:
        bot.slack.workspace.people[ANN] = replace(
            bot.slack.workspace.people[ANN], name=r"<!here> @channel \1\nO"
        )
        await bot.slack.event(events.mention(f"<@{BOT}> coach list", user=BEN))
        [said] = await bot.slack.replies(1, within=20)
    [listed] = [block["text"]["text"] for block in said.blocks if "By" in json.dumps(block)]
    assert "By &lt;!here&gt; ＠channel \\1\\nO on" in listed
    assert "By `U0GONE` on" in listed


async def test_whoever_stores_a_rule_is_told_that_it_is_theirs(demo_bot: Bot) -> None:
    async with at(demo_bot) as bot:
        first = events.message("never show bounce rate for me")
        await bot.slack.event(first)
        await bot.slack.event(events.message("yes", thread=first["ts"]))
        *_, stored = await bot.slack.replies(2, within=20)
    assert "Stored for you on" in stored
    assert rules(demo_bot.memory)


async def test_words_that_look_like_a_name_mention_nobody(demo_bot: Bot) -> None:
    async with at(demo_bot) as bot:
        first = events.message(f"never show bounce rate for me, said by @{BEN} on 2025-01-01")
        await bot.slack.event(first)
        await bot.slack.event(events.message("yes", thread=first["ts"]))
        await bot.slack.event(events.message("coach list"))
        assert await bot.lanes.drain(20) == 0
    assert all(f"<@{BEN}>" not in json.dumps(one.blocks) for one in bot.slack.messages)


async def test_in_the_terminal_the_id_is_plain(demo_bot: Bot) -> None:
    taught(demo_bot.memory, ANN, "", "workspace")
    told = await answer(Question("coach list", user="ops", channel="terminal", operator=True), demo_bot)
    assert f"By {ANN} on" in told.body
