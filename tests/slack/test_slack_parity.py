"""The same question on every surface, over both transports: the same list and numbers for the same audience."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bot.answer import Bot, answer
from bot.audience.policy import Policy, Rule
from bot.contract import answer_json
from bot.memory import open_memory
from bot.model import Answer, Question
from bot.playground import clicks, payloads
from bot.playground.workspace import Message
from bot.slack.layout.table import HEADINGS
from bot.slack.manifest import WHOLE
from bot.terminal import as_text
from metrics.display import NOTHING
from metrics.engine import Engine
from metrics.opening import open_company
from tests.slack.clicked import FILLED, explain, filled, opened_form, press
from tests.slack_server import ANN, BEN, BOT, SALES, Posted, events
from tests.slack_server.running import Running, running

QUESTION = "top 15 metrics for a CRO"
DEFINED = "What is Win rate and Net revenue retention?"
OTHER = "gross margin"
GRANTS = {"careful": Policy(), "full": Policy(rules=[Rule(show="people", see="people")])}
"""Nothing is granted, so a channel is shown less than who asks in it; and it is shown as much."""
NUMBERS = ("id", "rank", "side", "value", "status", "n", "period", "previous", "change", "target", "flags")
Cells = dict[str, tuple[str, ...]]
Act = Callable[[Running], Awaitable[None]]


@dataclass(frozen=True)
class Heard:
    """What an answer showed to everybody in its place and to the asker, and the numbers behind it."""

    everybody: Cells
    asker: Cells
    numbers: list[dict[str, Any]]
    receipts: dict[str, Any]
    text: str


async def said(bot: Running, text: str = QUESTION, **where: Any) -> None:
    await bot.slack.event(events.message(text, **where))


async def mention(bot: Running, channel: str = SALES, *, inside: bool = False) -> None:
    thread = events.new_ts() if inside else None
    if thread:
        bot.slack.workspace.put(Message(channel, thread, "How are we doing?", user=BEN))
    await bot.slack.event(events.mention(f"<@{BOT}> {QUESTION}", channel=channel, thread=thread))


async def edited(bot: Running, channel: str | None) -> None:
    """First another question, then this one in its place."""
    where = {"channel": channel, "kind": "channel"} if channel else {}
    called = f"<@{BOT}> " if channel else ""
    first = events.message(called + OTHER, **where)
    await bot.slack.event(payloads.mention(first) if channel else first)
    assert await bot.lanes.drain(20) == 0
    await bot.slack.event(events.edited(first, called + QUESTION))


async def follow_up(bot: Running) -> None:
    """Without a mention, in a thread of the bot's."""
    first = events.mention(f"<@{BOT}> {OTHER}")
    await bot.slack.event(first)
    assert await bot.lanes.drain(20) == 0
    await said(bot, channel=SALES, thread=first["ts"], kind="channel")


async def pane(bot: Running) -> None:
    await bot.slack.event(events.home_opened("messages"))
    await said(bot, thread=events.new_ts())


async def form(bot: Running) -> None:
    view = await opened_form(bot)
    assert await clicks.submit(bot.slack, ANN, view["id"], FILLED | filled(count="15")) == {}


async def button(bot: Running) -> None:
    """The list that a reason offers."""
    await said(bot, "why no people metrics for a CRO?")
    assert await bot.lanes.drain(20) == 0
    await press(bot, bot.slack.messages[-1], "Top 15 metrics for the Chief Revenue Officer")


async def command(bot: Running) -> None:
    await bot.slack.command(QUESTION)


ALONE: dict[str, Act] = {
    "direct message": said,
    "direct thread": lambda bot: said(bot, thread=events.new_ts()),
    "direct message, edited": lambda bot: edited(bot, None),
    "agent pane": pane,
    "/metrics": command,
    "form": form,
    "button": button,
}
"""Where the asker alone sees the answer."""
IN_PUBLIC: dict[str, Act] = {
    "public channel": mention,
    "private channel": lambda bot: mention(bot, events.PRIVATE),
    "group message": lambda bot: mention(bot, events.GROUP),
    "thread of a public channel": lambda bot: mention(bot, inside=True),
    "thread of a private channel": lambda bot: mention(bot, events.PRIVATE, inside=True),
    "thread of a group message": lambda bot: mention(bot, events.GROUP, inside=True),
    "thread without a mention": follow_up,
    "mention, edited": lambda bot: edited(bot, SALES),
}
"""Where everybody in a channel sees it, and the asker may see more."""
DEFINITIONS: dict[str, Act] = {
    "definitions": lambda bot: said(bot, DEFINED),
    "message shortcut": lambda bot: explain(bot, ANN),
}


def cells(posted: Posted) -> Cells:
    """The rows of a message's table by metric: side, value, change, target, source; empty without such a column."""
    found: Cells = {}
    for head, *rows in (block["rows"] for block in posted.blocks if block["type"] == "table"):
        for row in rows:
            told = {name["text"]: cell["text"] for name, cell in zip(head, row, strict=True)}
            found[re.sub(r" \(.*", "", row[1]["text"])] = tuple(told.get(name, "") for name in HEADINGS[2:])
    return found


def beside_the_public(public: Cells, alone: Cells) -> Cells:
    """What the asker sees in both: a side that is left out of what they alone see stands in the public list."""
    return public | {name: (side or public[name][0], *rest) for name, (side, *rest) in alone.items()}


async def heard(bot: Running, act: Act, answers: list[Answer], bound: Bot) -> Heard:
    before = {(one.channel, one.ts): one.text for one in bot.slack.messages}
    await act(bot)
    assert await bot.lanes.drain(30) == 0
    new = [one for one in bot.slack.messages if before.get((one.channel, one.ts)) != one.text]
    beside = [one for one in new if one.only_for and one.channel.startswith(("C", "G"))]
    first = next((one for one in new if cells(one)), new[-1])
    more = [one for one in beside if one is not first]
    contract = answer_json(answers[-1], bound.open(None).catalog, as_text(answers[-1]))
    return Heard(
        everybody=cells(first),
        asker=beside_the_public(
            cells(first), {name: row for one in more for name, row in cells(one).items()}
        ),
        numbers=[{name: row[name] for name in NUMBERS} for row in contract["metrics"]],
        receipts=contract["citations"],
        text=first.text,
    )


async def walk(bound: Bot, policy: Policy, *, over_http: bool) -> tuple[dict[str, Heard], list[str], Heard]:
    """Ask on every surface; and what the home page says, with the same list in a direct message."""
    answers: list[Answer] = []

    async def kept(question: Question) -> Answer:
        answers.append(await answer(question, bound))
        return answers[-1]

    opened = partial(bound.open, None)
    async with running(kept, memory=bound.memory, open_=opened, policy=policy, over_http=over_http) as bot:
        bot.slack.scopes |= {*WHOLE.values()}
        bot.slack.subscribed |= {*WHOLE}
        every = ALONE | IN_PUBLIC | DEFINITIONS
        found = {name: await heard(bot, act, answers, bound) for name, act in every.items()}
        await bot.slack.event(events.home_opened("home"))
        await bot.slack.until(lambda: ANN in bot.slack.workspace.homes, within=20)
        page = [field["text"] for block in bot.slack.workspace.homes[ANN].body["blocks"]
                for field in block.get("fields", ())]  # fmt: skip
        eight = "Top 8 metrics for the Chief Revenue Officer"
        return found, page, await heard(bot, lambda one: said(one, eight), answers, bound)


@pytest.fixture(scope="module")
def own_engine(demo_folder: Path) -> Engine:
    """One that nobody else asks: else a value may have to be computed again, with others, by another statement."""
    return open_company(demo_folder)


@pytest.fixture(scope="module", params=[(grant, http) for grant in GRANTS for http in (False, True)],
                ids=lambda one: f"{one[0]}-{'http' if one[1] else 'socket'}")  # fmt: skip
def walked(
    request: pytest.FixtureRequest, own_engine: Engine, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, dict[str, Heard], list[str], Heard]]:
    """All surfaces asked once under one grant and over one transport."""
    grant, over_http = request.param
    folder: Path = tmp_path_factory.mktemp("parity")
    memory = open_memory(f"sqlite:///{folder / 'memory.sqlite3'}")
    bound = Bot(lambda _: own_engine, memory, None, lambda _zone: date(2026, 1, 15))
    yield grant, *asyncio.run(walk(bound, GRANTS[grant], over_http=over_http))
    memory.close()


Walked = tuple[str, dict[str, Heard], list[str], Heard]


@pytest.mark.parametrize("surface", [*ALONE, *IN_PUBLIC])
def test_every_surface_gives_the_same_list_and_the_same_numbers(walked: Walked, surface: str) -> None:
    grant, found, _, _ = walked
    here, usual = found[surface], found["direct message"]
    assert len(here.asker) == 15
    assert list(here.asker) == list(usual.asker)
    assert [row["id"] for row in here.numbers] == [row["id"] for row in usual.numbers]
    if surface in ALONE or grant == "full":
        assert here.everybody == here.asker == usual.asker
        assert (here.numbers, here.receipts) == (usual.numbers, usual.receipts)


@pytest.mark.parametrize("surface", IN_PUBLIC)
def test_every_channel_shows_everybody_the_same_and_the_asker_as_much_as_alone(
    walked: Walked, surface: str
) -> None:
    grant, found, _, _ = walked
    here, usual, direct = found[surface], found["public channel"], found["direct message"]
    assert (here.everybody, here.numbers, here.receipts) == (usual.everybody, usual.numbers, usual.receipts)
    shown = {name: row[1:3] for name, row in here.asker.items()}
    assert shown == {name: row[1:3] for name, row in direct.asker.items()}
    masked = [name for name, row in here.everybody.items() if "not shown here" in " ".join(row)]
    assert bool(masked) == (grant == "careful")


def test_the_message_shortcut_says_what_the_question_says(walked: Walked) -> None:
    _, found, _, _ = walked
    assert "Win rate =" in found["message shortcut"].text
    assert found["message shortcut"].text == found["definitions"].text


def test_the_home_page_shows_the_list_and_the_numbers_of_a_direct_message(walked: Walked) -> None:
    _, _, page, direct = walked
    shown = [re.fullmatch(r"\*(.+)\* · (\w+)\n(.+?)(?: \((.+)\))?", text, re.DOTALL) for text in page]
    rows = {one[1]: (one[2], one[3], one[4] or "") for one in shown if one}
    assert len(rows) == len(page) == 8
    assert rows == {
        name: (row[0], row[1], "" if row[2] == NOTHING else row[2]) for name, row in direct.asker.items()
    }
