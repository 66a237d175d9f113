"""The conversation that started it all (seeds/000): coached once, and the list does not fall back.

A coach asked a chatbot for a revenue officer's metrics, missed people management, got one list swapped for
the other, and the first list back in the end. Here the first answer is mixed, the question after the people
is answered with what is there and the rule, ten of those are ten of those, and the list stays.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bot.answer import Bot, answer
from bot.memory import Memory, open_memory
from metrics.balance import check
from metrics.balance.context import Context
from metrics.engine import Engine
from tests.command import counterpoise
from tests.slack_server import ANN, BEN, BOT, Posted, events
from tests.slack_server.running import Running, running, slack_server

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("demo_open")]

TOP_15 = "What are the top 15 metrics CROs should be tracking?"
WHY = "why aren't you including people management?"
ONLY_10 = "If you looked at both sets of metrics and could only choose 10 from those, what would they be?"


@dataclass(frozen=True)
class Told:
    """What an answer said, wherever it was asked."""

    names: list[str]
    text: str


def balanced(ids: list[str], engine: Engine, shown: list[str] | None = None) -> bool:
    """Whether every prefix of two or more keeps every rule of the kind that blocks."""
    for length in range(2, len(ids) + 1):
        context = Context(stage="growth", business_model="saas", shown=shown)
        results = check(engine.catalog, ids[:length], role="chief_revenue_officer", context=context)
        if not all(result.passed for result in results if result.severity == "block"):
            return False
        sides = {engine.catalog.metric(metric_id).side for metric_id in ids[:length]}
        if sides != {"business", "people"}:
            return False
    return True


def holds(first: Told, why: Told, ten: Told, again: Told, engine: Engine) -> None:
    """What must be true of the conversation."""
    ids = {metric.name: metric.id for metric in engine.catalog.metrics.values()}
    fifteen, chosen = [ids[name] for name in first.names], [ids[name] for name in ten.names]
    people = [name for name in first.names if engine.catalog.metric(ids[name]).side == "people"]
    assert len(fifteen) == 15
    assert len(people) >= 5
    assert why.names == []
    assert "Rule R01" in why.text
    assert all(name in why.text for name in people)
    assert "So the list stays as it is" in why.text
    assert len(chosen) == 10
    assert set(chosen) <= set(fifteen)
    assert balanced(fifteen, engine)
    assert balanced(chosen, engine, shown=fifteen)
    assert again.names == first.names


# In the terminal


def said(folder: Path, question: str, thread: str, user: str) -> Told:
    """One question in a process of its own, as far as memory goes."""
    given = ("--company", str(folder), "--thread", thread, "--user", user, "--json")
    found: dict[str, Any] = counterpoise("ask", question, *given).json
    return Told([row["name"] for row in found["metrics"]], found["text"].replace("\n", " "))


def test_in_the_terminal(demo_folder: Path, demo_engine: Engine) -> None:
    first = said(demo_folder, TOP_15, "one", "dave")
    why = said(demo_folder, WHY, "one", "dave")
    ten = said(demo_folder, ONLY_10, "one", "dave")
    again = said(demo_folder, TOP_15, "two", "patrick")
    holds(first, why, ten, again, demo_engine)


# Over Slack


@pytest.fixture
def state(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'slack.sqlite3'}"


def restarted(bot: Bot, state: str) -> Bot:
    """The bot as after a restart: it has what is on the disk, and nothing else."""
    memory: Memory = open_memory(state)
    return Bot(bot.open, memory, None, bot.today)


async def posted(slack: Running, text: str, user: str, thread: str | None = None) -> tuple[Told, str]:
    """What the bot posts after a mention, and the thread it is in."""

    def public() -> list[Posted]:
        return [one for one in slack.slack.messages if one.only_for is None]

    before = len(public())
    event = events.mention(f"<@{BOT}> {text}", user=user, thread=thread)
    await slack.slack.event(event)
    await slack.slack.until(lambda: len(public()) > before, within=20)
    blocks = public()[-1].blocks
    rows = [row for block in blocks if block["type"] == "table" for row in block["rows"][1:]]
    names = [re.sub(r" \([^)]*\d{4}[^)]*\)$", "", words(row[1])) for row in rows]
    return Told(names, " ".join(words(block) for block in blocks)), str(event.get("thread_ts") or event["ts"])


def words(block: Any) -> str:
    """All that can be read in a block."""
    if isinstance(block, dict):
        own = [block["text"]] if isinstance(block.get("text"), str) else []
        return " ".join([*own, *(words(part) for part in block.values() if isinstance(part, (dict, list)))])
    return " ".join(words(part) for part in block) if isinstance(block, list) else ""


async def test_over_slack(demo_bot: Bot, demo_engine: Engine, state: str) -> None:
    bot = restarted(demo_bot, state)
    async with running(partial(answer, bot=bot), patience=30) as slack:
        first, thread = await posted(slack, TOP_15, ANN)
        why, _ = await posted(slack, WHY, ANN, thread)
        ten, _ = await posted(slack, ONLY_10, ANN, thread)
    bot.memory.close()
    async with running(partial(answer, bot=restarted(demo_bot, state)), patience=30) as slack:
        again, other = await posted(slack, TOP_15, BEN)
    assert other != thread
    holds(first, why, ten, again, demo_engine)


async def test_a_restart_in_the_middle_of_a_thread_loses_nothing(demo_bot: Bot, state: str) -> None:
    async with slack_server() as server:
        async with running(
            partial(answer, bot=restarted(demo_bot, state)), slack=server, patience=30
        ) as slack:
            first, thread = await posted(slack, "top 6 metrics for a CRO", ANN)
        async with running(
            partial(answer, bot=restarted(demo_bot, state)), slack=server, patience=30
        ) as slack:
            ten, _ = await posted(slack, "only 4 of those", BEN, thread)
    assert len(ten.names) == 4
    assert set(ten.names) <= set(first.names)
