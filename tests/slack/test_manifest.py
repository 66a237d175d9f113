from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp

from bot.audience.policy import Policy, Rule
from bot.memory import Memory
from bot.model import Answer, Question
from bot.slack.app import build_app
from bot.slack.manifest import manifest as other_manifest
from bot.slack.surfaces.pane import PROMPTS
from tests.slack_server import BOT, Trouble, events
from tests.slack_server.running import manifest, no_company, running
from tests.slack_server.samples import answer, trend


async def echo(question: Question) -> Answer:
    return answer(question)


@pytest.fixture
def registered(monkeypatch: pytest.MonkeyPatch, memory: Memory) -> dict[str, list[Any]]:
    """What the app registers with Bolt, by kind of listener."""
    seen: dict[str, list[Any]] = {}
    for kind in ("event", "command", "action", "shortcut", "view", "options", "function"):
        original: Callable[..., Any] = getattr(AsyncApp, kind)

        def record(app: AsyncApp, what: Any, kind: str = kind, then: Any = original, **more: Any) -> Any:
            seen.setdefault(kind, []).append(what)
            return then(app, what, **more)

        monkeypatch.setattr(AsyncApp, kind, record)
    build_app(answer=echo, memory=memory, open_=no_company, policy=Policy(), token="xoxb-test")
    return seen


def test_the_manifest_subscribes_to_the_events_that_the_app_listens_to(
    registered: dict[str, list[Any]],
) -> None:
    *named, last = registered["event"]
    older = other_manifest(assistant_view=True)["settings"]["event_subscriptions"]["bot_events"]
    subscribed = {*manifest()["settings"]["event_subscriptions"]["bot_events"], *older}
    assert {name.partition(".")[0] for name in subscribed} == set(named)
    assert last.pattern == ".*"


def test_the_manifest_has_the_commands_that_the_app_listens_to(registered: dict[str, list[Any]]) -> None:
    commands = manifest()["features"]["slash_commands"]
    assert [one["command"] for one in commands] == registered["command"]
    assert all(one["should_escape"] for one in commands)


def test_nothing_is_interactive_that_nobody_listens_to(registered: dict[str, list[Any]]) -> None:
    interactive = manifest()["settings"]["interactivity"]["is_enabled"]
    assert interactive == bool({"action", "shortcut", "view", "options"} & set(registered))


async def test_the_manifest_asks_for_the_scopes_that_are_used_and_no_other() -> None:
    async def sluggish(question: Question) -> Answer:
        await asyncio.sleep(0.1)
        return trend(question) if question.text == "trend" else answer(question)

    policy = Policy(rules=[Rule(who=["S0HR"])])
    async with running(sluggish, sign_after=0, policy=policy) as bot:
        bot.slack.trouble("assistant.threads.setStatus", Trouble("unknown_method"))
        await bot.slack.event(events.message("win rate"))
        await bot.slack.event(events.mention(f"<@{BOT}> win rate"))
        await bot.slack.event(events.home_opened("messages"))
        for channel in (events.PRIVATE, events.GROUP):
            await bot.slack.event(events.mention(f"<@{BOT}> win rate", channel=channel))
        await bot.slack.command("win rate")
        await bot.slack.replies(5)
        await bot.slack.until(lambda: bot.slack.called("assistant.threads.setSuggestedPrompts"))
        bot.slack.lacking = {"data_visualization"}
        await bot.slack.event(events.message("trend"))
        await bot.slack.until(lambda: bot.slack.called("files.completeUploadExternal"))
    assert bot.slack.used_scopes == set(manifest()["oauth_config"]["scopes"]["bot"])


def test_the_prompts_of_the_manifest_are_those_that_the_app_sets() -> None:
    assert manifest()["features"]["agent_view"]["suggested_prompts"] == list(PROMPTS)
    assert 1 <= len(PROMPTS) <= 4


def test_the_manifest_keeps_slacks_limits() -> None:
    asked = manifest()
    shown, features = asked["display_information"], asked["features"]
    assert len(shown["name"]) <= 35
    assert len(shown["description"]) <= 140
    assert 174 <= len(shown["long_description"]) <= 4000
    assert len(features["bot_user"]["display_name"]) <= 80
    assert len(features["agent_view"]["agent_description"]) <= 300
    assert asked["settings"]["socket_mode_enabled"]


def test_a_workspace_that_knows_no_agent_view_gets_the_older_pane_and_its_events() -> None:
    made = other_manifest(assistant_view=True)
    events_of = made["settings"]["event_subscriptions"]["bot_events"]
    assert "agent_view" not in made["features"]
    assert set(made["features"]["assistant_view"]) == {"assistant_description", "suggested_prompts"}
    assert {"assistant_thread_started", "assistant_thread_context_changed", "message.im"} <= set(events_of)
    assert not {"app_context_changed", "agent_session_stopped"} & set(events_of)
    assert "assistant:write" in made["oauth_config"]["scopes"]["bot"]


def test_the_manifest_is_of_the_current_pane_and_asks_for_its_events() -> None:
    """A session that is processing without ``agent_session_stopped`` would have no Stop button."""
    asked = manifest()
    assert "assistant_view" not in asked["features"]
    assert {"app_home_opened", "app_context_changed", "agent_session_stopped", "message.im"} <= set(
        asked["settings"]["event_subscriptions"]["bot_events"]
    )
    assert asked["features"]["app_home"]["messages_tab_enabled"]
    assert not asked["features"]["app_home"]["messages_tab_read_only_enabled"]


def test_the_manifest_has_the_shortcuts_that_the_app_listens_to(registered: dict[str, list[Any]]) -> None:
    assert [one["callback_id"] for one in manifest()["features"]["shortcuts"]] == registered["shortcut"]
