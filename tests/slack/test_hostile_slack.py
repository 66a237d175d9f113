"""Somebody in the workspace who wants more than is theirs: forged clicks, stale rights, and hostile text."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest

from bot.answer import Bot
from bot.audience.policy import Policy, Rule
from bot.memory.coached import rules as coached_rules
from bot.memory.retention import forget
from bot.playground import clicks, payloads
from bot.playground.methods import views
from tests.slack.clicked import at, explain, filled, find, modal, opened_form, press
from tests.slack_server import ANN, BEN, BOT, SALES, Posted, events
from tests.slack_server.running import Running

HR = "engagement index"
"""A value about people: to the asker alone in a channel."""
VALUES: list[Any] = [
    "", "no json", "null", "[]", "{}", "7", '"x"', '{"answer": null}', '{"ask": null}', '{"ask": {"a": []}, "in": 7}',
    '{"answer": "../../etc/passwd"}', '{"answer": "\' OR 1=1 --", "good": "yes"}', '{"key": null}',
    "[" * 100_000, '{"ask": "' + "x" * 100_000 + '"}', '{"ask": "\\ud800\\u0000 win rate"}', None, 5,
]  # fmt: skip
ACTIONS = (
    "ask:0",
    "ask:99",
    "sources",
    "sql",
    "share",
    "keep",
    "feedback",
    "home_taught:0",
    "nobody_knows_this",
)


def forged(bot: Running, action: str, value: Any, *, user: str = ANN, **more: Any) -> dict[str, Any]:
    """A click on a button that the bot never made."""
    shown = {"type": "message", "user": BOT, "ts": "1.0", "text": "", "blocks": []}
    place = payloads.on_message(bot.slack.workspace.channels[SALES], shown, ephemeral=False)
    return payloads.clicked(
        bot.slack.workspace.people[user],
        {"type": "button", "action_id": action, "block_id": "b", "value": value, "action_ts": "1.0"},
        trigger=bot.slack.passes.trigger(user),
        state={},
        place=place | more,
        url=bot.slack.response_url(user, SALES),
    )


def said(bot: Running) -> str:
    """Everything the bot said anywhere, and every call it made, as one text."""
    calls = [json.dumps(call.args, default=str, ensure_ascii=False) for call in bot.slack.calls]
    return "\n".join([*calls, *(json.dumps(one.blocks, ensure_ascii=False) for one in bot.slack.messages)])


@pytest.mark.parametrize("action", ACTIONS)
async def test_a_button_that_was_never_made_does_nothing_and_is_acknowledged(
    demo_bot: Bot, action: str
) -> None:
    async with at(demo_bot) as bot:
        late = [value for value in VALUES if not await bot.slack.interact(forged(bot, action, value))]
        await bot.lanes.drain(10)
        await bot.slack.event(events.message("win rate"))
        await bot.slack.until(lambda: any("27.4" in one for one in bot.slack.messages), within=20)
    assert late == []
    assert "Traceback" not in said(bot)


async def test_an_old_button_says_so_to_who_pressed_it(demo_bot: Bot) -> None:
    async with at(demo_bot) as bot:
        assert await bot.slack.interact(forged(bot, "ask:0", "an older version's words", user=BEN))
        assert await bot.slack.interact(forged(bot, "gone_with_version_1", None, user=BEN))
        told = await bot.slack.replies(2, within=5)
    assert {one.only_for for one in told} == {BEN}
    assert all("no longer know" in one.text for one in told)


async def test_what_one_person_was_shown_is_no_other_persons_to_share_or_keep(demo_bot: Bot) -> None:
    async with at(demo_bot) as bot:
        await bot.slack.event(events.mention(f"<@{BOT}> {HR}"))
        _, alone = await bot.slack.replies(2, within=20)
        value = json.loads(find_value(alone, "share"))
        figure = figure_of(alone)
        for action in ("share", "keep"):
            assert await bot.slack.interact(forged(bot, action, json.dumps(value), user=BEN))
            await bot.lanes.drain(5)
    for one in bot.slack.messages:
        assert one is alone or one.only_for == ANN or figure not in json.dumps(one.blocks) + one.text
    assert not any("Shared by" in one for one in bot.slack.messages)


@pytest.mark.parametrize("who", ["guest", "stranger", "gone"])
async def test_sharing_looks_at_people_as_they_are_now(demo_bot: Bot, who: str) -> None:
    async with at(demo_bot) as bot:
        await bot.slack.event(events.mention(f"<@{BOT}> win rate", user=BEN))
        await bot.slack.replies(1, within=20)  # by now it is known that Ben is a member
        await bot.slack.event(events.mention(f"<@{BOT}> {HR}"))
        *_, alone = await bot.slack.replies(3, within=20)
        changed: dict[str, Any] = {
            "guest": {"guest": True},
            "stranger": {"team": "T0OTHER"},
            "gone": {"gone": True},
        }
        people = bot.slack.workspace.people
        people[BEN] = replace(people[BEN], **changed[who])
        await press(bot, alone, "share")
        *_, told = await bot.slack.replies(4, within=10)
    assert (told.only_for, "Not shared" in told) == (ANN, True)
    assert not any("Shared by" in one for one in bot.slack.messages)


async def test_a_channel_that_another_company_joined_just_now_is_shared_with_no_more(demo_bot: Bot) -> None:
    async with at(demo_bot) as bot:
        await bot.slack.event(events.mention(f"<@{BOT}> {HR}"))
        _, alone = await bot.slack.replies(2, within=20)
        channels = bot.slack.workspace.channels
        channels[SALES] = replace(channels[SALES], shared=True)
        await press(bot, alone, "share")
        *_, told = await bot.slack.replies(3, within=10)
    assert (told.only_for, "another company" in told) == (ANN, True)


async def test_who_left_a_channel_shares_nothing_with_it(demo_bot: Bot) -> None:
    async with at(demo_bot) as bot:
        await bot.slack.event(events.mention(f"<@{BOT}> {HR}"))
        _, alone = await bot.slack.replies(2, within=20)
        channels = bot.slack.workspace.channels
        where = find(alone.blocks, "share")
        payload = forged(bot, "share", find_value(alone, "share"))
        channels[SALES] = replace(channels[SALES], members=(BEN, BOT))
        assert where
        assert await bot.slack.interact(payload)
        await bot.lanes.drain(5)
    assert not any("Shared by" in one for one in bot.slack.messages)


@pytest.mark.parametrize(
    "limit", [{"sides": ["business"]}, {"metrics": ["win_rate"]}, {"dimensions": ["sales"]}]
)
async def test_values_outside_somebodys_scope_are_not_shared_with_them(
    demo_bot: Bot, limit: dict[str, Any]
) -> None:
    policy = Policy(rules=[Rule(who=[BEN], see="people", **limit), Rule()])
    async with at(demo_bot, policy=policy) as bot:
        await bot.slack.event(events.mention(f"<@{BOT}> {HR}"))
        _, alone = await bot.slack.replies(2, within=20)
        await press(bot, alone, "share")
        *_, told = await bot.slack.replies(3, within=10)
    assert (told.only_for, "Not shared" in told, BEN in told) == (ANN, True, True)


async def test_a_list_that_somebody_may_not_ask_for_is_not_shared_with_them(demo_bot: Bot) -> None:
    policy = Policy(rules=[Rule(who=[BEN], see="people", roles=["chief_revenue_officer"]), Rule()])
    async with at(demo_bot, policy=policy) as bot:
        await bot.slack.event(events.mention(f"<@{BOT}> top 5 for a CHRO"))
        _, alone = await bot.slack.replies(2, within=20)
        await press(bot, alone, "share")
        *_, told = await bot.slack.replies(3, within=10)
    assert (told.only_for, "Not shared" in told, BEN in told) == (ANN, True, True)


@pytest.mark.parametrize(
    "changed", [{"guest": True}, {"team": "T0OTHER"}, {"gone": True}, {"bot": True}], ids=str
)
async def test_receipts_of_somebody_else_are_read_with_ones_own_rights(
    demo_bot: Bot, changed: dict[str, Any]
) -> None:
    async with at(demo_bot) as bot:
        people = bot.slack.workspace.people
        people[BEN] = replace(people[BEN], **changed)
        await bot.slack.event(events.mention(f"<@{BOT}> win rate"))
        await bot.slack.event(events.mention(f"<@{BOT}> {HR}"))
        answers = await bot.slack.replies(3, within=20)
        for one in answers:
            value = find_value(one, "sources")
            assert await bot.slack.interact(forged(bot, "sources", value, user=BEN))
            told = "I do not answer bots" if "bot" in changed else "not shown to you"
            shown = await modal(bot, BEN, told)
            assert not re.search(r"\d+ / \d+|n = \d|: \d+\.\d %", shown["text"])
            assert "SELECT" not in shown["text"]
            assert not list(clicks.elements(shown["blocks"]))


async def test_receipts_that_are_not_shown_do_not_tell_which_group_is_highest(demo_bot: Bot) -> None:
    async with at(demo_bot) as bot:
        await bot.slack.event(events.message("employee turnover rate by department"))
        [mine] = await bot.slack.replies(1, within=20)
        value = find_value(mine, "sources")
        assert await bot.slack.interact(forged(bot, "sources", value, user=events.GUEST))
        shown = await modal(bot, events.GUEST, "not shown to you")
    assert "Support" in json.dumps(mine.blocks)
    assert "Support" not in shown["text"]


async def test_the_sql_of_a_receipt_is_read_with_ones_own_rights(demo_bot: Bot) -> None:
    async with at(demo_bot) as bot:
        await bot.slack.event(events.mention(f"<@{BOT}> {HR}"))
        _, alone = await bot.slack.replies(2, within=20)
        await press(bot, alone, "sources")
        mine = await modal(bot, ANN, "counterpoise verify")
        key = next(value for value in buttons(mine["blocks"]) if "key" in value)
        people = bot.slack.workspace.people
        people[BEN] = replace(people[BEN], guest=True)
        await bot.slack.interact(forged(bot, "sources", find_value(alone, "sources"), user=BEN))
        theirs = await modal(bot, BEN, "counterpoise verify")
        view = bot.slack.workspace.modals[BEN][-1]
        place = {"view": views.view_json(view), "container": {"type": "view", "view_id": view.id}}
        assert await bot.slack.interact(forged(bot, "sql", key, user=BEN, **place))
        shown = await modal(bot, BEN, "This receipt is not shown to you")
    assert "SELECT" not in shown["text"] + theirs["text"]


async def test_a_yes_to_somebody_elses_lesson_stores_nothing(demo_bot: Bot) -> None:
    async with at(demo_bot) as bot:
        await bot.slack.event(events.mention(f"<@{BOT}> coach always include csat in this channel"))
        [proposed] = await bot.slack.replies(1, within=20)
        await press(bot, proposed, "Yes", user=BEN)
        *_, told = await bot.slack.replies(2, within=20)
        assert "Nothing is open" in told
        assert coached_rules(demo_bot.memory) == []
        await press(bot, proposed, "Yes")
        await bot.slack.replies(3, within=20)
        assert len(coached_rules(demo_bot.memory)) == 1
        await press(bot, proposed, "Yes")  # and again: an old button
        await bot.slack.replies(4, within=20)
    assert len(coached_rules(demo_bot.memory)) == 1


async def test_what_was_forgotten_is_read_and_shared_by_nobody(demo_bot: Bot) -> None:
    async with at(demo_bot) as bot:
        await bot.slack.event(events.mention(f"<@{BOT}> {HR}"))
        public, alone = await bot.slack.replies(2, within=20)
        forget(demo_bot.memory.engine, ANN)
        for one in (public, alone):
            assert await bot.slack.interact(forged(bot, "sources", find_value(one, "sources"), user=ANN))
            await modal(bot, ANN, "not kept any more")
        await press(bot, alone, "share")
        assert await bot.lanes.drain(10) == 0
    assert not any("Shared by" in one for one in bot.slack.messages)


@pytest.mark.parametrize(
    "message",
    [
        {},
        {"text": None, "blocks": None},
        {"text": "win rate", "bot_id": "B1", "subtype": "bot_message"},
        {"subtype": "tombstone", "text": "This message was deleted."},
        {"text": "<!channel> <@U0BEN> win rate <https://x.example|NRR>"},
        {"blocks": [{"type": "table", "rows": [[{"type": "raw_text", "text": "win rate"}]]}]},
        {"text": "a" * 40_000},
        {"text": 7, "blocks": 7},
    ],
    ids=range(8),
)
async def test_the_message_shortcut_bears_any_message(demo_bot: Bot, message: dict[str, Any]) -> None:
    async with at(demo_bot) as bot:
        await explain(bot, BEN, message)
        [told] = await bot.slack.replies(1, within=20)
    assert told.only_for == BEN
    assert "<!" not in told.text


async def test_a_form_that_was_changed_asks_what_was_offered_or_nothing(demo_bot: Bot) -> None:
    async with at(demo_bot) as bot:
        for values in (
            {"role": "not_a_role", "count": "5", "period": "year to date"},
            {"role": "chief_revenue_officer", "count": "10000", "period": "<!channel>"},
        ):
            form = await opened_form(bot)
            await clicks.submit(bot.slack, ANN, form["id"], filled(**values))
        told = [one.text for one in await bot.slack.replies(4, within=20)]
    posted = [call.args for call in bot.slack.calls if call.method == "chat.postMessage"]
    assert posted
    assert all(str(one.get("unfurl_links")).lower() in ("false", "0") for one in posted)
    assert "You asked: help" in told
    assert "You asked: Top 20 metrics for the Chief Revenue Officer last quarter" in told


def find_value(message: Posted, action: str) -> str:
    """What the button with this action id carries."""
    [value] = [one["value"] for _, one in clicks.elements(message.blocks) if one["action_id"] == action]
    return str(value)


def buttons(blocks: list[dict[str, Any]]) -> list[str]:
    """What all the buttons carry."""
    return [one["value"] for _, one in clicks.elements(blocks) if "value" in one]


def figure_of(message: Posted) -> str:
    """The first value in what one person was shown."""
    found = re.search(r": (\d+\.\d)", json.dumps(message.blocks))
    assert found
    return found[1]
