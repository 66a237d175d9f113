"""What was taught once holds everywhere in its scope, and nowhere else: the whole matrix in one walk."""

from __future__ import annotations

import asyncio
import json
import multiprocessing
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bot.answer import Bot, answer
from bot.app import build_bot
from bot.llm import OpenAIModel
from bot.model import Question
from bot.settings import Settings
from tests.coach import ask, listed, restarted, teach
from tests.command import counterpoise
from tests.model_server import ModelServer, prose
from tests.processes import PROCESSES
from tests.slack_server import ANN, BEN, BOT, DM, SALES, Posted, events
from tests.slack_server.running import Running, running

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("demo_open")]

LENGTH = 12
ASK = f"top {LENGTH} metrics for a chief revenue officer"
LESSONS = {
    "channel": ("csat", "win_rate", "in this channel"),
    "user": ("nps", "revenue_growth_rate", "for me"),
    "workspace": ("enps", "sales_cycle_length", "for the workspace"),
}
"""For each scope what is always included, what is never shown, and the words for the scope."""


@dataclass(frozen=True)
class Cell:
    """One place of the matrix: who asks and where."""

    user: str
    channel: str
    thread: str

    @property
    def scopes(self) -> set[str]:
        """Whose lessons hold there: Ann taught them all, in the sales channel."""
        own = {"channel": self.channel == SALES, "user": self.user == ANN, "workspace": True}
        return {scope for scope, holds in own.items() if holds}


SAME_THREAD, NEW_THREAD = Cell(ANN, SALES, "t1"), Cell(ANN, SALES, "t2")
SECOND_PERSON, STRANGER = Cell(BEN, SALES, "t3"), Cell(BEN, "D0BEN", "t4")
CELLS = [
    SAME_THREAD,
    NEW_THREAD,
    SECOND_PERSON,
    STRANGER,
    Cell(ANN, DM, "t5"),
    Cell(ANN, "C0OTHER", "t6"),
    Cell(ANN, "terminal", ""),
    Cell("cleo", "terminal", ""),
]
EXPECTED = [cell.scopes for cell in CELLS]


def holding(ids: Sequence[str]) -> set[str]:
    """The scopes whose lessons hold in a list; half a lesson would be a leak or a loss."""
    found = set()
    for scope, (pinned, hidden, _) in LESSONS.items():
        assert (pinned in ids[:10]) == (hidden not in ids), (scope, ids)
        found |= {scope} if pinned in ids else set()
    return found


async def asked(bot: Bot, cell: Cell) -> set[str]:
    found = await ask(bot, ASK, user=cell.user, channel=cell.channel, thread=cell.thread)
    assert not [rule for rule in found.rules if rule.severity == "block" and not rule.passed]
    return holding(listed(found))


async def everywhere(bot: Bot, cells: Sequence[Cell] = CELLS) -> list[set[str]]:
    return [await asked(bot, cell) for cell in cells]


async def test_what_was_taught_holds_in_its_scope_on_every_path_and_nowhere_else(
    demo_bot: Bot, demo_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bot = replace(demo_bot, admins=frozenset({ANN}))
    url = bot.memory.engine.url.render_as_string(hide_password=False)
    monkeypatch.setenv("COUNTERPOISE_STATE_URL", url)
    assert await everywhere(bot, [SAME_THREAD, STRANGER]) == [set(), set()]
    for pinned, hidden, said in LESSONS.values():
        names = [bot.open(None).catalog.metric(one).name for one in (pinned, hidden)]
        await teach(bot, f"always include {names[0]} {said}", user=ANN, channel=SALES)
        await teach(bot, f"never show {names[1]} {said}", user=ANN, channel=SALES)
    assert await everywhere(bot) == EXPECTED
    assert await everywhere(restarted(bot)) == EXPECTED
    assert await with_a_model(bot) == EXPECTED
    assert await in_another_process(demo_folder, url) == EXPECTED
    assert await asyncio.to_thread(ranked_at_the_terminal) == EXPECTED
    for cell in (SECOND_PERSON, CELLS[-1]):
        assert await asyncio.to_thread(asked_at_the_terminal, demo_folder, cell) == cell.scopes
    assert await in_slack(bot) == {
        "DM": {"user", "workspace"},
        "slash": {"channel", "user", "workspace"},
        "mention": {"channel", "user", "workspace"},
        "second person": {"channel", "workspace"},
    }
    for rule in [f"C{number}" for number in range(1, 7)]:
        await ask(bot, f"coach retire {rule}", user=ANN, channel=SALES)
    assert await everywhere(bot, [SAME_THREAD, STRANGER]) == [set(), set()]


async def with_a_model(bot: Bot) -> list[set[str]]:
    """The same with a model that words the answer."""
    with ModelServer() as server:
        server.reply(prose("The list holds [mix.business] business and [mix.people] people metrics."))
        model = OpenAIModel(name="fake", api_key="k", base_url=server.url)
        found = await everywhere(replace(bot, model=model))
        await model.close()
        assert server.requests
    return found


def in_a_process(folder: str, url: str, told: multiprocessing.Queue[list[set[str]]]) -> None:
    """Another process: its own bot, over the same memory."""
    told.put(asyncio.run(everywhere(build_bot(Settings(company=folder, state_url=url)))))


async def in_another_process(folder: Path, url: str) -> list[set[str]]:
    """The same from a process that starts from nothing."""
    told: multiprocessing.Queue[list[set[str]]] = PROCESSES.Queue()
    process = PROCESSES.Process(target=in_a_process, args=(str(folder), url, told))
    process.start()
    found = await asyncio.to_thread(told.get, timeout=120)
    process.join()
    return found


def ranked_at_the_terminal() -> list[set[str]]:
    """`rank` on the command line, as each person in each place."""
    found = []
    for cell in CELLS:
        who = ("--user", cell.user, "--channel", cell.channel, "--json")
        ranked = counterpoise("rank", "chief_revenue_officer", "--count", "12", *who)
        found.append(holding([row["id"] for row in ranked.json["metrics"]]))
    return found


def asked_at_the_terminal(folder: Path, cell: Cell) -> set[str]:
    """`ask` on the command line."""
    who = ("--user", cell.user, "--channel", cell.channel, "--company", str(folder), "--json")
    return holding([row["id"] for row in counterpoise("ask", ASK, *who).json["metrics"]])


async def in_slack(bot: Bot) -> dict[str, set[str]]:
    """The same in a DM, as a command, in a mention, and for the second person of the channel."""
    names = {metric.name: metric.id for metric in bot.open(None).catalog.metrics.values()}
    async with running(partial(answer, bot=bot), patience=30) as slack:
        return {
            "DM": holding(await posted(slack, ANN, "DM", names)),
            "slash": holding(await posted(slack, ANN, "slash", names)),
            "mention": holding(await posted(slack, ANN, "mention", names)),
            "second person": holding(await posted(slack, BEN, "mention", names)),
        }


async def posted(slack: Running, user: str, how: str, names: dict[str, str]) -> list[str]:
    """The ids in the table that Slack shows."""

    def answers() -> list[Posted]:
        """Lists: what else goes to the asker alone is about some of its values."""
        return [one for one in slack.slack.messages if len(_rows(one)) == LENGTH]

    before = len(answers())
    if how == "slash":
        await slack.slack.command(ASK, user=user)
    elif how == "DM":
        await slack.slack.event(events.message(ASK, user=user))
    else:
        await slack.slack.event(events.mention(f"<@{BOT}> {ASK}", user=user))
    await slack.slack.until(lambda: len(answers()) > before, within=20)
    shown = [json.dumps(row[1], ensure_ascii=False) for row in _rows(answers()[-1])]
    return [
        id_ for cell in shown for name, id_ in names.items() if f'"{name}"' in cell or f'"{name} (' in cell
    ]


def _rows(message: Posted) -> list[Any]:
    """The rows of a message's table, without its heading."""
    return [row for block in message.blocks if block["type"] == "table" for row in block["rows"][1:]]


async def test_a_rule_can_be_taught_over_slack_from_lesson_to_yes(demo_bot: Bot) -> None:
    async with running(partial(answer, bot=demo_bot), patience=30) as slack:
        for number, text in enumerate(("coach always include csat", "yes", "coach list"), 1):
            await slack.slack.command(text, user=ANN)
            await slack.slack.replies(number)
        assert "C1" in slack.slack.messages[-1]
        assert "this channel" in slack.slack.messages[-1]


async def test_a_definition_holds_for_metric_and_verify_too(demo_bot: Bot, demo_folder: Path) -> None:
    await teach(demo_bot, "use headcount at period start for turnover", channel="terminal")
    found = await answer(Question("employee turnover rate in 2025-Q3"), demo_bot)
    values = counterpoise(
        "metric", "employee_turnover_rate", "--period", "2025-Q3", "--company", str(demo_folder), "--json"
    )
    assert values.json["values"][0]["method"] == "of_start"
    verified = counterpoise("verify", found.answer_id, "--company", str(demo_folder), "--json").json
    assert (verified["same"], verified["changed"]) == (len(verified["numbers"]), 0)


def test_the_command_teaches_lists_and_retires(demo_folder: Path) -> None:
    company = ("--company", str(demo_folder))
    shown = counterpoise("coach", "always include csat", *company)
    assert "Shall I store this?" in shown.out
    stored = counterpoise(
        "coach", "never", "show", "NPS", "--scope", "workspace", "--yes", "--json", *company
    ).json
    assert stored["kind"] == "coaching"
    assert "C1" in stored["text"]
    assert "the whole workspace" in stored["text"]
    assert "C1" in counterpoise("coach", "list", *company).out
    assert "Retired C1" in counterpoise("coach", "retire", "C1", *company).out
    assert "Retired by" in counterpoise("coach", "history", *company).out.replace("\n", " ")
    assert counterpoise("coach", "retire", "C1", *company).sentence.startswith("No coached rule C1")
