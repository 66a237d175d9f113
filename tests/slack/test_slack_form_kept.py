"""A form that was acknowledged is answered, whatever Slack or the process does after that."""

from __future__ import annotations

from bot.answer import Bot
from bot.memory.inbox import Inbox
from bot.playground import clicks
from bot.slack.tickets.ticket import Ticket
from tests.slack.clicked import FILLED, at, opened_form
from tests.slack_server import ANN, DM, Trouble

PICKED = {"role": "chief_revenue_officer", "count": "10", "period": "last quarter", "team": ""}


async def test_a_form_whose_message_slack_turns_away_at_first_is_answered_all_the_same(demo_bot: Bot) -> None:
    async with at(demo_bot) as bot:
        form = await opened_form(bot)
        bot.slack.trouble("chat.postMessage", Trouble(status=503))
        assert await clicks.submit(bot.slack, ANN, form["id"], FILLED) == {}
        asked, reply = await bot.slack.replies(2, within=20)
    assert asked.text == "You asked: Top 10 metrics for the Chief Revenue Officer last quarter"
    assert (reply.channel, reply.thread) == (DM, asked.ts)


async def test_a_form_is_kept_before_it_is_acknowledged(demo_bot: Bot) -> None:
    async with at(demo_bot) as bot:
        form = await opened_form(bot)
        bot.slack.trouble("chat.postMessage", Trouble(status=429, retry_after=1))
        assert await clicks.submit(bot.slack, ANN, form["id"], FILLED) == {}
        assert bot.desk.inbox.open_in(ANN, f"view:{form['id']}")
        await bot.slack.replies(2, within=20)


async def test_a_form_that_a_killed_process_kept_is_answered_by_the_next_one(demo_bot: Bot) -> None:
    ticket = Ticket(text="help", user=ANN, channel=ANN, thread="view:V1", form=PICKED)
    gone = Inbox(demo_bot.memory.engine, "far:1:1", lease=-1)
    where = {"channel": ticket.channel, "thread": ticket.thread, "user": ANN, "source": ""}
    assert gone.take(ticket.id, ["view:V1"], **where, work=ticket.work())
    gone.next(ticket.channel, ticket.thread)
    async with at(demo_bot) as bot:
        await bot.desk.resume()
        asked, reply = await bot.slack.replies(2, within=20)
    assert "Top 10 metrics" in asked
    assert reply.thread == asked.ts
