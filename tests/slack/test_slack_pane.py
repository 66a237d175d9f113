"""The agent pane: its prompts fit who looks, and what they look at, without any policy."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from bot.answer import Bot, answer
from bot.audience.policy import Policy, Rule
from bot.memory.slack_store import set_role
from bot.model import Question
from bot.playground import payloads
from bot.playground.workspace import BOT, Channel
from bot.reading.names.titles import role_of_place, role_of_title
from bot.slack.surfaces.pane import ABOUT, PROMPTS
from metrics.engine import Engine
from tests.slack.clicked import at
from tests.slack_server import ANN, DM, SALES, events
from tests.slack_server.running import Running


async def offered(bot: Running, event: dict[str, Any]) -> list[str]:
    """The titles of the prompts after an event."""
    before = len(bot.slack.called("assistant.threads.setSuggestedPrompts"))
    await bot.slack.event(event)
    await bot.slack.until(
        lambda: len(bot.slack.called("assistant.threads.setSuggestedPrompts")) > before, within=10
    )
    return [one["title"] for one in bot.slack.workspace.prompts[DM]["prompts"]]


def channel(bot: Running, name: str, topic: str = "") -> str:
    made = Channel(f"C0{name.upper()}", name, "channel", (ANN, BOT), topic)
    bot.slack.workspace.channels[made.id] = made
    return made.id


async def test_the_prompts_fit_the_title_until_somebody_says_their_role(demo_bot: Bot) -> None:
    async with at(demo_bot) as bot:
        ann = bot.slack.workspace.people[ANN]
        bot.slack.workspace.people[ANN] = replace(ann, title="Chief People Officer")
        by_title = await offered(bot, events.home_opened("messages"))
        await asyncio.to_thread(set_role, demo_bot.memory.engine, ANN, "cfo")
        by_role = await offered(bot, events.home_opened("messages"))
    assert by_title[0] == "Metrics for the Chief Human Resources Officer"
    assert by_role[0] == "Metrics for the Chief Financial Officer"


async def test_the_prompts_follow_what_somebody_looks_at(demo_bot: Bot) -> None:
    async with at(demo_bot) as bot:
        await offered(bot, events.home_opened("messages"))
        for name, topic, role in (
            ("cfo-office", "", "Chief Financial Officer"),
            ("board", "For the CHRO and the auditors", "Chief Human Resources Officer"),
        ):
            place = channel(bot, name, topic)
            shown = await offered(bot, payloads.context_changed(ANN, place, events.new_ts()))
            assert shown[0] == f"Metrics for the {role}"
        shown = await offered(bot, payloads.context_changed(ANN, channel(bot, "random"), events.new_ts()))
        assert shown[0] == "Fifteen for the CRO"


async def test_ones_own_role_stands_before_that_of_the_channel(demo_bot: Bot) -> None:
    async with at(demo_bot) as bot:
        await asyncio.to_thread(set_role, demo_bot.memory.engine, ANN, "ceo")
        await offered(bot, events.home_opened("messages"))
        shown = await offered(bot, payloads.context_changed(ANN, SALES, events.new_ts()))
    assert shown[0] == "Metrics for the Chief Executive Officer"
    assert "Sales" in shown[1] or "Revenue" in shown[1]
    assert len(shown) == 4


async def test_no_role_is_offered_that_may_not_be_asked_for(demo_bot: Bot) -> None:
    policy = Policy(rules=[Rule(roles=["cfo"])])
    async with at(demo_bot, policy=policy) as bot:
        await asyncio.to_thread(set_role, demo_bot.memory.engine, ANN, "chro")
        shown = await offered(bot, events.home_opened("messages"))
    assert "Metrics for the Chief Human Resources Officer" not in shown
    assert not any("CRO" in one or "VP Sales" in one for one in shown)


async def test_nobody_is_offered_two_prompts_for_one_role(demo_bot: Bot) -> None:
    async with at(demo_bot) as bot:
        await asyncio.to_thread(set_role, demo_bot.memory.engine, ANN, "chief_revenue_officer")
        shown = await offered(bot, events.home_opened("messages"))
    assert shown[0] == "Metrics for the Chief Revenue Officer"
    assert not any("CRO" in one for one in shown)
    assert len(shown) == 4


async def test_each_prompt_asks_what_its_title_says(demo_bot: Bot) -> None:
    for prompt, role in zip(PROMPTS, ABOUT, strict=True):
        finished = await answer(Question(prompt["message"]), demo_bot)
        assert finished.request.role == role
        assert bool(role) == (finished.scorecard is not None)
    numbers = {"Fifteen": "15", "Ten": "10"}
    for prompt in PROMPTS[:2]:
        assert numbers[prompt["title"].split()[0]] in prompt["message"].split()


@pytest.mark.parametrize("kind", ["assistant_thread_started", "assistant_thread_context_changed"])
async def test_the_older_pane_is_offered_the_same_in_its_thread(demo_bot: Bot, kind: str) -> None:
    async with at(demo_bot) as bot:
        place = channel(bot, "engineering")
        pane = {"user_id": ANN, "channel_id": DM, "thread_ts": "1.0", "context": {"channel_id": place}}
        shown = await offered(bot, {"type": kind, "assistant_thread": pane, "event_ts": events.new_ts()})
        [call] = bot.slack.called("assistant.threads.setSuggestedPrompts")
    assert call.args["thread_ts"] == "1.0"
    assert shown[0] == "Metrics for the Chief Technology Officer"


def test_titles_and_places_speak_of_roles_or_of_none(demo_engine: Engine) -> None:
    catalog = demo_engine.catalog
    titles = {
        "Chief Revenue Officer": "chief_revenue_officer",
        "CHRO": "chro",
        "VP of Sales, EMEA": "vp_sales",
        "Account Executive": None,
        "Consultant from outside": None,
        "": None,
        "<!channel> `rm -rf`": None,
    }
    places = {
        ("finance", ""): "cfo",
        ("people-team", ""): "chro",
        ("x", "pipeline and the people who carry it"): None,
        ("random", ""): None,
        ("", ""): None,
        ("x", "lunch and birthdays"): None,
    }
    assert {title: role_of_title(title, catalog) for title in titles} == titles
    assert {place: role_of_place(*place, catalog) for place in places} == places
