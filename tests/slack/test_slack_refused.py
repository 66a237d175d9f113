"""Who may not ask is refused on every surface, alone, before anything is computed."""

from __future__ import annotations

import json
import re
from functools import partial
from typing import Any

from bot.answer import Bot, answer
from bot.audience.policy import Policy, Rule
from bot.model import Answer, Question
from bot.playground import clicks, payloads
from tests.slack.clicked import FILLED, find, modal
from tests.slack_server import ANN, BEN, BOT, SALES, events
from tests.slack_server.running import running

TOP = f"<@{BOT}> top 15 metrics for a CRO"
NOT_BEN = Policy(rules=[Rule(who=[BEN], ask=False)])
FIGURE = re.compile(r"\d %")


async def test_who_may_not_ask_gets_no_figure_on_any_surface_and_nothing_is_computed(demo_bot: Bot) -> None:
    computed: list[str] = []

    async def watched(question: Question) -> Answer:
        if not question.channel.startswith("home:"):  # the page asks for itself, and is refused on the way
            computed.append(question.user)
        return await answer(question, demo_bot)

    opened = partial(demo_bot.open, None)
    async with running(watched, memory=demo_bot.memory, open_=opened, policy=NOT_BEN) as bot:
        root = events.mention(TOP)
        await bot.slack.event(root)
        public, alone = await bot.slack.replies(2, within=20)
        assert FIGURE.search(json.dumps(public.blocks))
        until_now = list(computed)

        async def as_ben(kind: str, **more: Any) -> None:
            ben = bot.slack.workspace.people[BEN]
            trigger = bot.slack.passes.trigger(BEN)
            assert await bot.slack.interact(payloads.interaction(kind, ben, trigger_id=trigger, **more))

        direct = events.message("top 15 metrics for a CRO", user=BEN, channel=events.BENS)
        await bot.slack.event(direct)
        await bot.slack.event(events.edited(direct, "win rate"))
        await bot.slack.event(events.message("only 10", user=BEN, channel=events.BENS, thread=direct["ts"]))
        await bot.slack.event(events.mention(TOP, user=BEN))
        await bot.slack.event(events.mention(f"<@{BOT}> only 10 of those", user=BEN, thread=root["ts"]))
        await bot.slack.event(events.mention(TOP, user=BEN, channel=events.PRIVATE))
        await bot.slack.event(events.mention(TOP, user=BEN, channel=events.GROUP))
        for words in ("top 15 metrics for a CRO", "check", "list", "coach always include csat"):
            await bot.slack.command(words, user=BEN)
        for label in ("Only 10", "Net revenue retention by month", "Sources"):
            where = find(public.blocks, label)
            assert await clicks.click(bot.slack, BEN, SALES, public.ts, where)
        sources = await modal(bot, BEN, "may not ask")
        await as_ben(
            "message_action",
            callback_id="explain_message",
            response_url=bot.slack.response_url(BEN, SALES),
            channel={"id": SALES, "name": "sales"},
            message_ts="1.0",
            message={"type": "message", "user": ANN, "ts": "1.0", "text": "our win rate and NRR"},
        )
        await as_ben("shortcut", callback_id="ask_metrics")
        form = await modal(bot, BEN, "How many")
        assert await clicks.submit(bot.slack, BEN, form["id"], FILLED) == {}
        await bot.slack.event(events.home_opened("home", user=BEN))
        await bot.slack.until(lambda: BEN in bot.slack.workspace.homes, within=20)
        assert await bot.lanes.drain(20) == 0
        told = [one for one in bot.slack.messages if one is not public and one is not alone]
        home = json.dumps(bot.slack.workspace.homes[BEN].body, ensure_ascii=False)
    assert len(told) >= 14
    assert not any(FIGURE.search(f"{one.text} {json.dumps(one.blocks)}") for one in told)
    assert not FIGURE.search(sources["text"])
    assert not FIGURE.search(home)
    in_channels = [one for one in told if one.channel != events.BENS and one.only_for is None]
    assert {one.text for one in in_channels} == {"I answered that to who asked, alone."}
    assert "may not ask" in home
    assert computed == until_now, "it was asked, and refused only then"
