"""Who may change what was taught, and what everybody is owed: to be forgotten, and to be told how."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from bot.answer import Bot, answer
from bot.audience.policy import Policy, Rule
from bot.coaching.rules import Exclude, record_of
from bot.memory import Memory
from bot.memory.coached import Kept, Scope, Spot, keep, propose
from bot.memory.coached import rules as coached_rules
from bot.memory.metadata import metadata
from bot.memory.retention import forget
from bot.memory.slack_store import role_of, set_role
from bot.model import Question
from bot.playground.workspace import Person
from tests.slack.clicked import at, press
from tests.slack_server import ANN, BEN, BOT, DM, SALES, events
from tests.slack_server.running import Running

GONE = "U0GONE"
"""Somebody of whom Slack says that they are no member any more."""
OUTSIDERS = [events.GUEST, events.STRANGER, GONE]
WORDS = "never show bounce rate, Ben thinks it is daft"
REFUSED = Policy(rules=[Rule(who=[ANN], ask=False), Rule()])


def taught(memory: Memory, user: str, channel: str, scope: Scope, metric: str = "bounce_rate") -> str:
    """A rule that somebody taught before."""
    spot = Spot(user, channel, "1")
    waiting = propose(memory, spot, record_of(Exclude(metrics=(metric,))), scope, WORDS)
    kept = keep(memory, waiting, spot, "Northbeam", judged=[one.id for one in coached_rules(memory)])
    assert isinstance(kept, Kept)
    return kept.id


def let_in(bot: Running) -> None:
    """All of them in both channels."""
    workspace = bot.slack.workspace
    workspace.people[GONE] = Person(GONE, "gone", gone=True)
    for name in (SALES, events.SHARED):
        channel = workspace.channels[name]
        workspace.channels[name] = replace(channel, members=(ANN, BEN, BOT, *OUTSIDERS))


async def said_to(bot: Running, event: dict[str, Any]) -> tuple[list[str], list[str]]:
    """What everybody and what only the asker is told."""
    before = len(bot.slack.messages)
    await bot.slack.event(event)
    assert await bot.lanes.drain(20) == 0
    told = bot.slack.messages[before:]
    whole = [(one.only_for, one.text + json.dumps(one.blocks, ensure_ascii=False)) for one in told]
    assert {who for who, _ in whole} <= {None, event["user"]}
    return [text for who, text in whole if not who], [text for who, text in whole if who]


@pytest.mark.parametrize("user", OUTSIDERS)
@pytest.mark.parametrize("channel", [SALES, events.SHARED])
async def test_who_is_no_member_teaches_a_channel_nothing_and_is_told_why_alone(
    demo_bot: Bot, user: str, channel: str
) -> None:
    async with at(demo_bot) as bot:
        let_in(bot)
        words = f"<@{BOT}> coach never show bounce rate in this channel"
        public, alone = await said_to(bot, events.mention(words, user=user, channel=channel))
    assert coached_rules(demo_bot.memory) == []
    assert not any("Shall I store" in one for one in (*public, *alone))
    [why] = alone
    assert (
        ("You are a guest here" in why) if user == events.GUEST else "Only members of this workspace" in why
    )
    assert not any("guest" in one or "member" in one for one in public)


@pytest.mark.parametrize("user", OUTSIDERS)
@pytest.mark.parametrize("scope", ["channel", "workspace"])
async def test_who_is_no_member_retires_nothing_even_when_named_as_an_admin(
    demo_bot: Bot, user: str, scope: Scope
) -> None:
    rule = taught(demo_bot.memory, ANN, SALES, scope)
    named = replace(demo_bot, admins=frozenset({user}))
    async with at(named) as bot:
        let_in(bot)
        public, alone = await said_to(bot, events.mention(f"<@{BOT}> coach retire {rule}", user=user))
        listed, _ = await said_to(bot, events.mention(f"<@{BOT}> coach list", user=user))
    assert [one.retired_by for one in coached_rules(demo_bot.memory)] == [None]
    assert len(alone) == 1
    assert rule not in "".join(public)
    assert f"Retire {rule}" not in "".join(listed)
    assert ("Ben thinks" in "".join(listed)) == (user == events.GUEST)


async def test_a_guest_teaches_for_themselves_alone_and_can_undo_it(demo_bot: Bot) -> None:
    async with at(demo_bot) as bot:
        let_in(bot)
        asked = events.mention(f"<@{BOT}> coach never show bounce rate", user=events.GUEST)
        public, _ = await said_to(bot, asked)
        assert "It would hold for you, wherever you ask" in "".join(public)
        [proposed] = bot.slack.messages
        await press(bot, proposed, "Yes", user=events.GUEST)
        assert await bot.lanes.drain(20) == 0
        [kept] = coached_rules(demo_bot.memory)
        assert (kept.scope, kept.of) == ("user", events.GUEST)
        await said_to(bot, events.mention(f"<@{BOT}> coach retire {kept.id}", user=events.GUEST))
    assert coached_rules(demo_bot.memory) == []


async def test_a_yes_counts_as_what_somebody_is_now_and_not_as_what_they_were(demo_bot: Bot) -> None:
    async with at(demo_bot) as bot:
        await said_to(bot, events.mention(f"<@{BOT}> coach never show bounce rate", user=BEN))
        [proposed] = bot.slack.messages
        people = bot.slack.workspace.people
        people[BEN] = replace(people[BEN], guest=True)
        bot.desk.path.people._seen.clear()
        await press(bot, proposed, "Yes", user=BEN)
        assert await bot.lanes.drain(20) == 0
        told = bot.slack.messages[-1]
    assert coached_rules(demo_bot.memory) == []
    assert (told.only_for, "You are a guest here" in told) == (BEN, True)


@pytest.mark.parametrize("words", ["forget me", "Please forget me!", "forget me please"])
@pytest.mark.parametrize("where", ["direct", "mention", "thread", "command"])
async def test_who_may_not_ask_is_forgotten_all_the_same(demo_bot: Bot, where: str, words: str) -> None:
    set_role(demo_bot.memory.engine, ANN, "chief_revenue_officer")
    async with at(demo_bot, policy=REFUSED) as bot:
        await say(bot, where, words)
        assert await bot.lanes.drain(20) == 0
        told = bot.slack.messages
    assert any("I erased what I kept of you" in one for one in told)
    assert role_of(demo_bot.memory.engine, ANN) is None


@pytest.mark.parametrize("where", ["direct", "mention", "thread", "command"])
async def test_who_may_not_ask_gets_help_that_says_what_is_left_to_them(demo_bot: Bot, where: str) -> None:
    async with at(demo_bot, policy=REFUSED) as bot:
        await say(bot, where, "help")
        assert await bot.lanes.drain(20) == 0
        told = "\n".join(one.text + json.dumps(one.blocks) for one in bot.slack.messages)
        await said_to(bot, events.message("win rate"))
    assert "forget me" in told
    assert "You may not ask me here" in told
    assert "27.4" not in "".join(one.text + json.dumps(one.blocks) for one in bot.slack.messages)


async def say(bot: Running, where: str, words: str) -> None:
    """The same words on each surface."""
    if where == "command":
        await bot.slack.command(words, user=ANN)
    elif where == "direct":
        await bot.slack.event(events.message(words))
    else:
        first = events.mention(f"<@{BOT}> {words}")
        await bot.slack.event(first)
        if where == "thread":
            await bot.slack.event(events.mention(f"<@{BOT}> {words}", thread=first["ts"]))


@pytest.mark.parametrize("asked", ["coach list", "coach history"])
async def test_what_others_were_shown_keeps_no_word_of_who_is_forgotten(demo_bot: Bot, asked: str) -> None:
    rule = taught(demo_bot.memory, BEN, DM, "workspace")
    shown = await answer(Question(asked, user=ANN, channel=DM, thread="1"), demo_bot)
    assert "Ben thinks" in shown.body
    assert BEN in shown.body
    forget(demo_bot.memory.engine, BEN)
    kept = demo_bot.memory.answer(shown.answer_id)
    assert kept
    assert rule in kept["text"]
    with demo_bot.memory.engine.connect() as connection:
        for table in metadata.sorted_tables:
            rows = str(connection.execute(select(table)).all())
            assert "Ben thinks" not in rows
            assert BEN not in rows
    again = await answer(Question(asked, user=ANN, channel=DM, thread="2"), demo_bot)
    assert rule in again.body
    assert "“”" not in again.body
