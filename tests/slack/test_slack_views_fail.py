"""A modal that was opened with "One moment" ends in what was asked for, or in a sentence with the answer's id."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from sqlalchemy import text

from bot.answer import Bot, answer
from bot.playground import clicks
from metrics.engine import Engine
from metrics.errors import CompanyError
from tests.slack.clicked import find, modal, press
from tests.slack.test_hostile_slack import find_value
from tests.slack_server import ANN, events
from tests.slack_server.record import Trouble
from tests.slack_server.running import Running, running


class Folder:
    """The company's folder, which can break while the bot runs."""

    def __init__(self, bot: Bot) -> None:
        self.bot, self.broken = bot, False

    def open(self) -> Engine:
        if self.broken:
            raise CompanyError("There is no company folder.")
        return self.bot.open(None)


def at(bot: Bot, folder: Folder, **more: Any) -> Any:
    return running(partial(answer, bot=bot), memory=bot.memory, open_=folder.open, **more)


async def answered(bot: Running) -> tuple[Any, str]:
    """An answer with a number, and its id."""
    await bot.slack.event(events.message("win rate"))
    [reply] = await bot.slack.replies(1, within=20)
    return reply, str(json.loads(find_value(reply, "sources"))["answer"])


async def pressed(bot: Running, user: str, button: str, has: str) -> dict[str, Any]:
    """What the modal on top says in the end, after a button of the one before was pressed."""
    view = bot.slack.workspace.modals[user][-1]
    assert await clicks.click_in_view(bot.slack, user, view.id, find(view.body["blocks"], button))
    return await modal(bot, user, has)


BREAK: dict[str, Callable[[Running, Folder], None]] = {
    "the folder": lambda _bot, folder: setattr(folder, "broken", True),
    "slack refuses": lambda bot, _: bot.slack.trouble("views.update", Trouble(error="invalid_arguments")),
}


@pytest.mark.parametrize("what", BREAK)
async def test_sources_that_cannot_be_filled_say_so_with_the_answers_id(demo_bot: Bot, what: str) -> None:
    folder = Folder(demo_bot)
    async with at(demo_bot, folder) as bot:
        reply, answer_id = await answered(bot)
        BREAK[what](bot, folder)
        await press(bot, reply, "Sources")
        shown = await modal(bot, ANN, "Something went wrong")
    assert f"`{answer_id}`" in shown["text"]
    assert "One moment" not in shown["text"]
    assert "company folder" not in shown["text"]


@pytest.mark.parametrize("button", ["SQL", "Copy"])
@pytest.mark.parametrize("what", BREAK)
async def test_a_receipt_that_cannot_be_shown_says_so_with_the_answers_id(
    demo_bot: Bot, what: str, button: str
) -> None:
    folder = Folder(demo_bot)
    async with at(demo_bot, folder) as bot:
        reply, answer_id = await answered(bot)
        await press(bot, reply, "Sources")
        await modal(bot, ANN, "203 / 742")
        BREAK[what](bot, folder)
        shown = await pressed(bot, ANN, button, "Something went wrong")
    assert f"`{answer_id}`" in shown["text"]


async def test_a_view_is_filled_when_slack_takes_it_at_a_second_try(demo_bot: Bot) -> None:
    async with at(demo_bot, Folder(demo_bot)) as bot:
        reply, _ = await answered(bot)
        bot.slack.trouble("views.update", Trouble(error="ratelimited", status=429, retry_after=1))
        await press(bot, reply, "Sources")
        await modal(bot, ANN, "203 / 742")


async def test_an_answer_of_another_version_ends_in_a_sentence(demo_bot: Bot) -> None:
    async with at(demo_bot, Folder(demo_bot)) as bot:
        reply, odd_id = await answered(bot)
        odd = {"metrics": [{"rank": 1}], "citations": {"win_rate.value": {"metric": "win_rate"}}}
        kept = {"contract": json.dumps(odd), "answer": odd_id}
        with demo_bot.memory.engine.begin() as connection:
            connection.execute(
                text("UPDATE answers SET contract = :contract WHERE answer_id = :answer"), kept
            )
        await press(bot, reply, "Sources")
        shown = await modal(bot, ANN, "Something went wrong")
    assert f"`{odd_id}`" in shown["text"]
