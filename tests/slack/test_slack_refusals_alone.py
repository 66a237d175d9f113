"""Whatever is refused because of who may see or do it is told to the asker alone."""

from __future__ import annotations

import pytest

from bot.answer import Bot
from bot.slack.work.serving import ANSWERED_ALONE
from tests.slack.clicked import at
from tests.slack_server import ANN, BOT, SALES, events

REFUSED = {
    "win rate by owner": "names persons",
    "why did win rate change by owner?": "names persons",
    "what is the salary of John Smith?": "person",
    "Never show bounce rate, for the whole workspace": "needs an admin",
}


@pytest.mark.parametrize("text", REFUSED)
async def test_a_refusal_about_persons_or_rights_is_seen_by_nobody_else(demo_bot: Bot, text: str) -> None:
    async with at(demo_bot) as bot:
        await bot.slack.event(events.mention(f"<@{BOT}> {text}"))
        note, reply = await bot.slack.replies(2, within=20)
    assert (note.only_for, note.text) == (None, ANSWERED_ALONE)
    assert reply.only_for == ANN
    assert reply.channel == SALES
    assert REFUSED[text] in reply
