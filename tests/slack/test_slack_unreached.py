"""Where Slack cannot be reached for who somebody is, the most careful audience is assumed, and only for that time."""

from __future__ import annotations

from time import monotonic

from bot.answer import Bot
from bot.slack.tickets.people import BRIEFLY, KEPT
from tests.slack.clicked import at
from tests.slack_server import BOT, Trouble, events

DEAD = [Trouble(drops=True)] * 20
"""For good: clients try again."""


async def test_a_question_is_answered_carefully_while_slack_does_not_say_who_asks(demo_bot: Bot) -> None:
    async with at(demo_bot) as bot:
        bot.slack.trouble("users.info", *DEAD)
        await bot.slack.event(events.message("engagement index"))
        [careful] = await bot.slack.replies(1, within=20)
        assert await bot.lanes.drain(5) == 0
        bot.slack.trouble_is_over("users.info")
        bot.desk.path.people._seen.clear()  # a moment later
        await bot.slack.event(events.message("engagement index"))
        _, plain = await bot.slack.replies(2, within=20)
    assert "I cannot tell whether you are a member here" in careful
    assert "logged as" not in careful
    assert "not shown here" not in plain


async def test_a_member_is_a_stranger_no_longer_than_slack_is_busy(demo_bot: Bot) -> None:
    async with at(demo_bot) as bot:
        people = bot.desk.path.people
        bot.slack.trouble("users.info", *[Trouble("ratelimited", 429)] * 20)
        assert (await people.viewer(events.ANN)).kind == "unknown"
        since, _ = people._seen[f"user:{events.ANN}"]
        assert monotonic() - since > KEPT - BRIEFLY - 1  # not for the five minutes of what Slack said
        bot.slack.trouble_is_over("users.info")
        people._seen[f"user:{events.ANN}"] = (since - BRIEFLY, people._seen[f"user:{events.ANN}"][1])
        assert (await people.viewer(events.ANN)).kind == "member"


async def test_a_channel_of_which_slack_says_nothing_gets_no_values(demo_bot: Bot) -> None:
    async with at(demo_bot) as bot:
        bot.slack.trouble("conversations.info", *DEAD)
        await bot.slack.event(events.mention(f"<@{BOT}> win rate last quarter"))
        first = (await bot.slack.replies(1, within=20))[0]
        assert await bot.lanes.drain(5) == 0
    assert "not shown here" in first


async def test_who_the_bot_is_stays_known_while_slack_is_gone(demo_bot: Bot) -> None:
    async with at(demo_bot) as bot:
        people = bot.desk.path.people
        known = await people.me()
        people._seen["me"] = (float("-inf"), known)
        bot.slack.trouble("auth.test", *DEAD)
        assert await people.me() == known
