"""An independent validator takes what we send: messages, modals and the home page."""

from __future__ import annotations

import json
from functools import partial

import pytest

from bot.answer import Bot, answer
from bot.model import Question
from bot.slack.layout.blocks import render, render_alone
from bot.slack.layout.buttons import sharing
from bot.slack.layout.cited import Reading
from bot.slack.layout.pages import pages
from bot.slack.layout.receipts import receipts
from bot.slack.surfaces.ask_form import form
from bot.slack.surfaces.feedback import form as feedback_form
from bot.slack.surfaces.home import publish
from bot.slack.surfaces.sources import modal
from metrics.privacy import INSIDE
from tests.slack_server import ANN, DM, events
from tests.slack_server.running import running
from tests.slack_server.samples import recommendation
from tests.slack_server.second_opinion import objections

QUESTIONS = ("top 15 metrics for a CRO", "win rate by month", "win rate last quarter by segment", "help")


@pytest.mark.parametrize("question", QUESTIONS)
async def test_every_message_passes(demo_bot: Bot, question: str) -> None:
    finished = await answer(Question(question, thread="1"), demo_bot)
    for message in pages(render(finished, "1")):
        assert objections(message.blocks) == []


async def test_what_one_person_alone_sees_passes() -> None:
    finished = recommendation(Question("top 15"))
    assert objections([*render_alone(finished, finished), *sharing(finished)]) == []


async def test_the_modals_pass(demo_bot: Bot) -> None:
    engine = demo_bot.open(None)
    finished = await answer(Question("top 15 metrics for a CRO"), demo_bot)
    contract = demo_bot.memory.answer(finished.answer_id) or {}
    place = {"container": {"channel_id": DM, "message_ts": "1.0"}, "response_url": "http://x"}
    for view in (
        form(engine.catalog, "ceo"),
        feedback_form(place, "a1"),
        modal(receipts(Reading(contract, "a1", INSIDE, engine.catalog, "EUR")), "a1", DM),
    ):
        assert objections(view["blocks"], "modal") == []


async def test_the_home_page_passes(demo_bot: Bot) -> None:
    path = partial(answer, bot=demo_bot)
    async with running(path, memory=demo_bot.memory, open_=partial(demo_bot.open, None)) as bot:
        await publish(bot.desk, ANN)
        view = bot.slack.workspace.homes[ANN].body
    assert objections(view["blocks"], "home") == []
    assert "Feedback: 0 good, 0 bad." in json.dumps(view)
    assert events.ANN == ANN


def test_the_validator_refuses_what_slack_would() -> None:
    assert objections([{"type": "header", "text": {"type": "plain_text", "text": "x" * 200}}])
